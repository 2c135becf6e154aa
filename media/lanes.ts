import type { Lane } from '../server/view/protocol.ts';
import { attributes, element, icon } from './dom.ts';
import { type Columns, laneAt } from './layout.ts';
import { laneKind, laneStory } from './words.ts';

/** The sticky header over the arrows: only the lanes on screen have elements. */
export class LaneHeader {
  readonly row: HTMLElement = attributes(element('div', 'header'), { role: 'row', 'aria-rowindex': 1 });
  private readonly number = heading('number', '#', 'Number');
  readonly time = heading('time', 'Time', 'Time');
  private readonly lanes = attributes(element('div', 'lanes'), { role: 'columnheader', 'aria-label': 'Message' });
  private readonly list = attributes(element('div', 'lane-list'), { role: 'list', 'aria-label': 'Lanes' });
  private readonly badges = unseenHeading('badges', 'Problems');
  private drawn = '';
  private of: readonly Lane[] = [];

  constructor() {
    this.lanes.append(this.list);
    this.row.append(this.number, this.time, this.lanes, this.badges);
  }

  /** Says how the times below are to be read. */
  showTimeMode(words: string, title: string): void {
    this.time.textContent = words;
    this.time.title = title;
  }

  /** Draws the lanes that lie between two places. */
  draw(lanes: readonly Lane[], columns: Columns, from: number, to: number): void {
    const first = Math.max(0, Math.floor((from - columns.left) / columns.lane) - 1);
    const last = Math.min(lanes.length, Math.ceil((to - columns.left) / columns.lane) + 1);
    const stamp = `${first} ${last} ${columns.lane} ${columns.left}`;
    if (stamp === this.drawn && lanes === this.of) return;
    this.drawn = stamp;
    this.of = lanes;
    this.row.style.width = `${columns.width}px`;
    const cells = lanes.slice(first, last).map((lane, at) => laneCell(lane, first + at, lanes.length, columns));
    this.list.replaceChildren(...cells);
  }
}

function heading(className: string, text: string, name: string): HTMLElement {
  return attributes(element('div', className, text), { role: 'columnheader', 'aria-label': name });
}

function unseenHeading(className: string, name: string): HTMLElement {
  const made = attributes(element('div', className), { role: 'columnheader' });
  made.append(element('span', 'unseen', name));
  return made;
}

function laneCell(lane: Lane, at: number, count: number, columns: Columns): HTMLElement {
  const cell = element('div', `lane ${lane.kind}`);
  attributes(cell, { role: 'listitem', 'aria-posinset': at + 1, 'aria-setsize': count, title: laneStory(lane) });
  cell.style.left = `${laneAt(columns, at) - Math.floor(columns.lane / 2)}px`;
  cell.style.width = `${columns.lane}px`;
  const label = element('div', 'lane-label');
  label.append(icon(lane.kind), element('span', '', lane.label));
  cell.append(label, element('div', 'lane-kind', laneKind(lane)));
  return cell;
}

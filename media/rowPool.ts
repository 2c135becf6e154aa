import type { LadderRow } from '../server/view/protocol.ts';
import { attributes } from './dom.ts';
import {
  drawCaption,
  drawGap,
  drawMessage,
  drawPlaceholder,
  newSlot,
  place,
  putAway,
  type Scene,
  type Slot,
} from './draw.ts';
import type { LaneView } from './laneView.ts';
import type { RowContent } from './layout.ts';
import { kinship } from './neighbours.ts';
import type { ShownRows } from './shownRows.ts';
import { NO_TIME, type RowTime, rowTime, type TimeLook, waitWords } from './times.ts';

/** Where the rows come from, and who is told which of them are on screen. */
export interface RowSource {
  get(message: number): LadderRow | undefined;
  want(from: number, to: number): void;
  wantEach(messages: readonly number[]): void;
}

/** The part of the ladder that is in view, in pixels. */
export interface View {
  /** From the top of the whole ladder. */
  readonly top: number;
  readonly height: number;
  readonly rowHeight: number;
  /** How far a row's true place is from its place in the scrolled element. */
  readonly shift: number;
}

/** With what rows are drawn that are on screen. */
export interface Drawing {
  readonly scene: Scene;
  readonly lanes: LaneView;
  readonly firstTime: number | null;
}

const SPARE_ROWS = 8;
const NO_TIMES: TimeLook = { mode: 'absolute', zone: 'utc', marked: null, logZone: null, gap: 0, slow: [] };

/** As many row elements as fit on the screen; scrolling gives them other messages. */
export class RowPool {
  /** The message that the reader has marked to be compared with another one; one-based, as all messages here. */
  compared: number | null = null;
  /** The messages that hold what is searched for. */
  matching: ReadonlySet<number> = new Set();
  /** How times are told, and the message that is marked. */
  times: TimeLook = NO_TIMES;
  marked: number | null = null;
  private chosen: number | null = null;
  /** The row of the chosen message, once it is there. */
  private lit: LadderRow | undefined;
  private readonly body: HTMLElement;
  private readonly source: RowSource;
  private readonly shown: ShownRows;
  private slots: Slot[] = [];
  private generation = 0;
  /** The row at the top when rows were drawn last. */
  private lastTop = 0;

  constructor(body: HTMLElement, source: RowSource, shown: ShownRows) {
    this.body = body;
    this.source = source;
    this.shown = shown;
  }

  get selected(): number | null {
    return this.chosen;
  }

  set selected(message: number | null) {
    this.chosen = message;
    this.lit = undefined;
  }

  /** What is on screen is to be read in another way: it is drawn anew the next time. */
  outdate(): void {
    this.generation++;
  }

  /** Makes as many rows as a view needs. */
  fit({ height, rowHeight }: View): void {
    const wanted = Math.min(this.shown.map.count, Math.ceil(height / rowHeight) + 1 + 2 * SPARE_ROWS);
    while (this.slots.length > wanted) this.slots.pop()?.row.remove();
    while (this.slots.length < wanted) {
      const slot = newSlot(this.slots.length);
      this.slots.push(slot);
      this.body.append(slot.row);
    }
  }

  /** Draws the rows in view, and asks for those that are not there. Returns the id of the selected one's element, or null. */
  draw(view: View, drawing: Drawing): string | null {
    const top = Math.floor(view.top / view.rowHeight);
    const first = Math.max(0, Math.min(top - SPARE_ROWS, this.shown.map.count - this.slots.length));
    const last = first + this.slots.length - 1;
    const spare = this.isNear(top, view);
    const bottom = top + Math.ceil(view.height / view.rowHeight);
    this.ask(first, last);
    if (this.chosen !== null) this.lit = this.source.get(this.chosen) ?? this.lit;
    let active: string | null = null;
    for (let row = first; row <= last; row++) {
      const slot = this.slots[row % this.slots.length]!;
      if (!spare && (row < top || row > bottom)) {
        putAway(slot);
        continue;
      }
      place(slot, row * view.rowHeight - view.shift);
      if (this.drawRow(slot, row, drawing)) active = slot.row.id;
    }
    return active;
  }

  /** The message of the row that an event came from. */
  messageOf(target: EventTarget | null): number | null {
    const row = target instanceof Element ? target.closest('.row') : null;
    return this.slots.find((slot) => slot.row === row)?.message || null;
  }

  private ask(first: number, last: number): void {
    const { map, here } = this.shown;
    if (last < first) return;
    if (here) this.source.wantEach(Array.from({ length: last - first + 1 }, (_, at) => map.at(first + at).message));
    else this.source.want(Math.max(1, map.at(first).message - 1), map.at(last).message);
  }

  /** Whether the reader moves slowly enough to pass the rows beside the window; at speed they would be drawn for nothing. */
  private isNear(top: number, { height, rowHeight }: View): boolean {
    const near = Math.abs(top - this.lastTop) * rowHeight < height / 2;
    this.lastTop = top;
    return near;
  }

  /** Returns whether it is the selected row. */
  private drawRow(slot: Slot, row: number, drawing: Drawing): boolean {
    const { message, caption, gap } = this.shown.map.at(row);
    if (gap) return this.drawGap(slot, row, gap);
    const selected = !caption && message === this.chosen;
    const data = this.source.get(message);
    const time = data && !caption ? this.timeOf(data, row, drawing.firstTime) : NO_TIME;
    const marks = caption ? '' : this.marksOf(message, data);
    const stamp = `${row} ${this.generation} ${marks} ${time.text} ${time.gap}`;
    if (slot.drawn === stamp && slot.data === data) return selected;
    slot.drawn = stamp;
    slot.data = data;
    slot.message = message;
    if (caption) drawCaption(slot, drawing.scene, data?.captions.join(' ') ?? '');
    else if (data) drawMessage(slot, drawing.scene, drawing.lanes.placed(data), time);
    else drawPlaceholder(slot, message);
    attributes(slot.row, {
      'aria-hidden': null,
      'aria-rowindex': this.shown.map.toldBefore(row) + 2,
      'aria-selected': caption ? null : String(selected),
    });
    if (marks) slot.row.className += marks;
    return selected;
  }

  /** A gap is drawn for the eye; who cannot see it is told of it with the message behind it. */
  private drawGap(slot: Slot, row: number, gap: NonNullable<RowContent['gap']>): false {
    const stamp = `${row} ${this.generation} gap`;
    if (slot.drawn === stamp) return false;
    slot.drawn = stamp;
    slot.data = undefined;
    slot.message = 0;
    drawGap(slot, gap);
    attributes(slot.row, { 'aria-hidden': 'true', 'aria-rowindex': null, 'aria-selected': null });
    return false;
  }

  /** The classes of a row that are about other rows: what is selected, what belongs to it, what is marked and searched for. */
  private marksOf(message: number, data: LadderRow | undefined): string {
    const selected = message === this.chosen;
    const kin = !selected && data && this.lit ? kinship(this.lit, data) : '';
    return [
      selected ? ' selected' : '',
      kin && ` ${kin}`,
      message === this.marked ? ' marked' : '',
      this.matching.has(message) ? ' match' : '',
      message === this.compared ? ' compared' : '',
    ].join('');
  }

  /** The gap that ends at a row, over its caption. */
  private gapAbove(row: number): RowContent['gap'] {
    const { map } = this.shown;
    const above = row > 0 && map.at(row - 1).caption ? row - 2 : row - 1;
    return above < 0 ? null : map.at(above).gap;
  }

  private timeOf(data: LadderRow, row: number, first: number | null): RowTime {
    const above = this.shown.before(row);
    const previous = above === null ? null : (this.source.get(above)?.time ?? null);
    const time = rowTime(this.times, data.time, previous, first);
    const gap = this.gapAbove(row);
    return gap ? { ...time, gap: waitWords(gap.wait), inRows: true } : time;
  }
}

import type { LadderRow } from '../server/view/protocol.ts';
import { badgesOf, badgesWidth, drawBadges } from './badges.ts';
import { type ColourMode, colouringOf } from './colouring.ts';
import { type Columns, laneAt } from './columns.ts';
import { attributes, element, setText } from './dom.ts';
import { GAP_ROW_MS, isShortened } from './gaps.ts';
import type { ShownLane } from './laneView.ts';
import type { RowContent } from './layout.ts';
import type { TextMeasure } from './measure.ts';
import { type RowTime, waitWords } from './times.ts';
import { rowName } from './words.ts';

/** What every row is drawn with. */
export interface Scene {
  readonly lanes: readonly ShownLane[];
  readonly columns: Columns;
  /** How far the ladder is scrolled sideways, and how much of it is in view, in pixels; 0 where all of it is. */
  readonly scrolled: number;
  readonly view: number;
  readonly measure: TextMeasure;
  /** A second line says what else matters. */
  readonly withFacts: boolean;
  readonly colour: ColourMode;
}

/** The elements of one row on screen. There are as many slots as fit on it; scrolling gives them other rows. */
export interface Slot {
  readonly row: HTMLElement;
  readonly number: HTMLElement;
  readonly time: HTMLElement;
  /** How long nothing came before the message. */
  readonly gap: HTMLElement;
  readonly clock: HTMLElement;
  /** The shape of the dialog or transaction. */
  readonly shape: HTMLElement;
  readonly index: HTMLElement;
  readonly arrow: HTMLElement;
  readonly line: HTMLElement;
  readonly label: HTMLElement;
  readonly mark: HTMLElement;
  readonly words: HTMLElement;
  readonly facts: HTMLElement;
  readonly badges: HTMLElement;
  /** The one-based message that is drawn, or whose caption is. */
  message: number;
  /** Where the row is, in pixels. */
  top: number;
  /** What is drawn, and how, to leave alone what has not changed. */
  data: LadderRow | undefined;
  drawn: string;
}

/** Makes an empty row. */
export function newSlot(id: number): Slot {
  const cell = (className: string) => attributes(element('div', className), { role: 'gridcell' });
  const row = attributes(element('div', 'row'), { role: 'row', id: `row-${id}` });
  const [number, time, arrow, badges] = [cell('number'), cell('time'), cell('arrow'), cell('badges')];
  const [shape, index] = [attributes(element('span', 'shape'), { 'aria-hidden': 'true' }), element('span', '')];
  const [gap, clock] = [element('span', 'gap-words'), element('span', 'clock')];
  number.append(shape, index);
  time.append(gap, clock);
  const line = element('div', 'line');
  const label = element('div', 'label');
  const mark = attributes(element('span', 'mark'), { 'aria-hidden': 'true' });
  const words = element('span', 'words');
  const facts = element('div', 'facts-line');
  label.append(mark, words);
  arrow.append(line, label, facts);
  row.append(number, time, arrow, badges);
  return {
    row,
    number,
    time,
    gap,
    clock,
    shape,
    index,
    arrow,
    line,
    label,
    mark,
    words,
    facts,
    badges,
    message: 0,
    top: -1,
    data: undefined,
    drawn: '',
  };
}

/** Draws a message whose row has not arrived yet. */
export function drawPlaceholder(slot: Slot, message: number): void {
  slot.row.className = 'row waiting';
  slot.row.setAttribute('aria-label', `${message}, not loaded yet`);
  setText(slot.index, String(message));
  for (const part of [slot.clock, slot.gap, slot.shape]) setText(part, '');
  setText(slot.words, '');
  setText(slot.facts, '');
  slot.badges.replaceChildren();
}

/** Draws the caption that stands above a message. */
export function drawCaption(slot: Slot, scene: Scene, caption: string): void {
  const { row, words, label } = slot;
  row.className = 'row caption';
  row.setAttribute('aria-label', caption ? `Step: ${caption}` : 'Step');
  setText(words, caption);
  label.title = caption;
  label.style.left = `${scene.columns.left + 8}px`;
  label.style.width = '';
  for (const part of [slot.index, slot.shape, slot.clock, slot.gap, slot.facts]) setText(part, '');
  slot.badges.replaceChildren();
}

/** Draws a row of the gap before a message: it says how long nothing came in the middle, and below that it is not drawn in proportion. */
export function drawGap(slot: Slot, { at, rows, wait }: NonNullable<RowContent['gap']>): void {
  const middle = (rows - 1) >> 1;
  slot.row.className = isShortened(wait) ? 'row silence shortened' : 'row silence';
  slot.row.removeAttribute('aria-label');
  setText(slot.clock, at === middle ? waitWords(wait) : at === middle + 1 && isShortened(wait) ? 'shortened' : '');
  slot.time.title = isShortened(wait)
    ? `${waitWords(wait)} without a message, drawn as ${waitWords(rows * GAP_ROW_MS)}`
    : `${waitWords(wait)} without a message`;
  for (const part of [slot.index, slot.shape, slot.gap, slot.words, slot.facts]) setText(part, '');
  slot.badges.replaceChildren();
}

/** Draws a message as an arrow from lane to lane. */
export function drawMessage(slot: Slot, scene: Scene, data: LadderRow, time: RowTime): void {
  const { name, shape } = colouringOf(scene.colour, data);
  const gap = time.gap && !time.inRows ? 'after-gap' : '';
  const parts = [kind(data), pinnedKind(scene, data), outOfView(scene, data), name, gap, `slow-${time.slow}`];
  slot.row.className = ['row', 'message', ...parts].join(' ');
  slot.row.setAttribute('aria-label', rowName(data, scene.lanes, time.text, time.gap));
  setText(slot.index, String(data.index));
  setText(slot.shape, shape);
  setText(slot.clock, time.text);
  setText(slot.gap, time.inRows ? '' : time.gap);
  slot.time.title = time.title;
  setText(slot.mark, data.failed ? '✕' : data.retransmissionOf !== null ? '↻' : '');
  setText(slot.words, data.label);
  drawLine(slot, scene, data);
  placeLabel(slot, scene, data);
  placeFacts(slot, scene, data);
  drawBadges(slot.badges, badgesOf(data));
}

function kind(data: LadderRow): string {
  const names: string[] = [data.type];
  if (data.failed) names.push('failed');
  else if (data.status !== null) names.push(`s${Math.floor(data.status / 100)}`);
  if (data.retransmissionOf !== null) names.push('again');
  if (data.from < 0 || data.to < 0) names.push(data.from < 0 && data.to < 0 ? 'hidden-ends' : 'hidden-end');
  if (data.from === data.to) names.push('loop');
  else names.push(data.from < data.to ? 'rightwards' : 'leftwards');
  return names.join(' ');
}

const LOOP_WIDTH = 26;

/** Where an arrow ends whose lane is hidden, beside the other one. */
const STUB = 34;

/** How an arrow goes with pinned lanes: to one, from where another lane has been scrolled out of view, or to none. */
function pinnedKind({ columns, scrolled }: Scene, { from, to }: LadderRow): string {
  const [one, other] = [Math.min(from, to), Math.max(from, to)];
  if (columns.pinned === 0) return '';
  if (one < 0 || one >= columns.pinned) return one < 0 && other >= 0 && other < columns.pinned ? 'to-pinned' : '';
  const isBeyond = other >= columns.pinned && laneAt(columns, other) < columns.pinnedTo + scrolled;
  return isBeyond ? 'to-pinned beyond' : 'to-pinned';
}

function drawLine({ line }: Slot, scene: Scene, { from, to }: LadderRow): void {
  const [start, end] = ends(scene, from, to);
  line.style.left = `${Math.min(start, end)}px`;
  line.style.width = `${from === to ? LOOP_WIDTH : Math.abs(end - start)}px`;
}

function ends({ columns, scrolled }: Scene, from: number, to: number): [number, number] {
  const place = (lane: number, other: number) => {
    const at = laneAt(columns, lane, scrolled);
    // What is under the pinned lanes ends at their edge.
    return other >= 0 && other < columns.pinned && lane >= columns.pinned
      ? Math.max(at, columns.pinnedTo + scrolled)
      : at;
  };
  const [start, end] = [place(from, to), place(to, from)];
  if (from < 0 && to < 0) return [columns.left, columns.left + STUB];
  if (from < 0) return [end - STUB, end];
  return to < 0 ? [start, start - STUB] : [start, end];
}

const MARK_WIDTH = 19;
const MARGIN = 10;
/** What points to an arrow that is out of view. */
const POINTER_WIDTH = 12;

/** Above the middle of what is in view of its arrow; of one that is not, at the edge behind which it is. Cut only if there is no room for it. */
function placeLabel(slot: Slot, scene: Scene, data: LadderRow): void {
  const isOut = outOfView(scene, data) !== '';
  const wanted = labelWidth(scene, data) + (isOut ? POINTER_WIDTH : 0);
  const [least, most] = limits(scene, data);
  const { left, width } =
    data.from === data.to && data.from >= 0 && !isOut
      ? besideLoop(laneAt(scene.columns, data.from, scene.scrolled), wanted, least, most)
      : overArrow(middle(scene, data), wanted, least, most);
  slot.label.style.left = `${Math.round(left)}px`;
  slot.label.style.width = `${width}px`;
  slot.label.title = data.facts ? `${data.label}\n${data.facts}` : data.label;
}

/** Below its arrow, as the label is above it. */
function placeFacts({ facts }: Slot, scene: Scene, data: LadderRow): void {
  const { measure, withFacts } = scene;
  const text = withFacts ? data.facts : '';
  setText(facts, text);
  if (!text) return;
  const wanted = Math.ceil(measure.small(text)) + MARGIN;
  const [least, most] = limits(scene, data);
  const { left, width } = overArrow(middle(scene, data), wanted, least, most);
  facts.style.left = `${Math.round(left)}px`;
  facts.style.width = `${width}px`;
  facts.title = text;
}

function labelWidth({ measure }: Scene, { label, failed, retransmissionOf }: LadderRow): number {
  const text = failed ? measure.bold(label) : measure.normal(label);
  return Math.ceil(text) + MARGIN * 2 + (failed || retransmissionOf !== null ? MARK_WIDTH : 0);
}

/** Whether the whole arrow is beside what is in view. */
function outOfView(scene: Scene, data: LadderRow): '' | 'past-left' | 'past-right' {
  const [start, end] = ends(scene, data.from, data.to);
  const [least, most] = limits(scene, data);
  if (scene.view === 0) return '';
  if (Math.max(start, end) < least) return 'past-left';
  return Math.min(start, end) > most ? 'past-right' : '';
}

/** Between which places the words of an arrow may stand: in view, beside its badges, and not over pinned lanes to which it does not go. */
function limits({ columns, scrolled, view }: Scene, data: LadderRow): [least: number, most: number] {
  const isPinned = [data.from, data.to].some((lane) => lane >= 0 && lane < columns.pinned);
  const least = (isPinned ? columns.left : columns.pinnedTo) + scrolled;
  const most = (view > 0 ? scrolled + view : columns.width) - badgesWidth(data);
  return [least + 2, Math.max(least + 2, most - 2)];
}

/** The middle of what is in view of an arrow. */
function middle(scene: Scene, data: LadderRow): number {
  const [least, most] = limits(scene, data);
  const [start, end] = ends(scene, data.from, data.to).map((at) => Math.max(least, Math.min(at, most)));
  return (start! + end!) / 2;
}

function overArrow(centre: number, wanted: number, least: number, most: number) {
  const width = Math.min(wanted, most - least);
  return { left: Math.max(least, Math.min(centre - width / 2, most - width)), width };
}

function besideLoop(lane: number, wanted: number, least: number, most: number) {
  const start = lane + LOOP_WIDTH + 6;
  const [right, left] = [most - start, lane - 4 - least];
  if (wanted <= right || right >= left) return { left: start, width: Math.min(wanted, right) };
  const width = Math.min(wanted, left);
  return { left: lane - 4 - width, width };
}

/** The row's place: set for all of them on each frame, so as cheap as can be. */
export function place(slot: Slot, top: number): void {
  if (slot.top === top) return;
  slot.top = top;
  slot.row.style.transform = `translateY(${top}px)`;
}

const OUT_OF_SIGHT = -200;

/** Moves a row that is not wanted now out of sight; it stays as it was drawn. */
export function putAway(slot: Slot): void {
  place(slot, OUT_OF_SIGHT);
}

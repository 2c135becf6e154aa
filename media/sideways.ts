import { type Columns, laneAt, lifelines } from './columns.ts';

/** So much of a lane is to be seen beside its line. */
export const EDGE = 42;

/** Scrolls the ladder sideways until the line of a lane is in view, if it is not. */
export function goToLane(ladder: HTMLElement, columns: Columns, lane: number): void {
  const place = laneAt(columns, lane);
  if (lane >= columns.pinned) goTo(ladder, columns, place, place);
}

/** The same for an arrow from lane to lane; a pinned one is in view. */
export function goToArrow(ladder: HTMLElement, columns: Columns, { from, to }: { from: number; to: number }): void {
  const places = [from, to].filter((lane) => lane >= columns.pinned).map((lane) => laneAt(columns, lane));
  if (places.length > 0) goTo(ladder, columns, Math.min(...places), Math.max(...places));
}

function goTo(ladder: HTMLElement, { pinnedTo, badges }: Columns, from: number, to: number): void {
  const { scrollLeft, clientWidth } = ladder;
  const isShown = from - EDGE >= scrollLeft + pinnedTo && to + EDGE <= scrollLeft + clientWidth - badges;
  if (!isShown) ladder.scrollLeft = (from + to) / 2 - (clientWidth + pinnedTo - badges) / 2;
}

/** Gives the style sheet the places of the columns. @param view how wide the ladder is */
export function layOutColumns(ladder: HTMLElement, of: Columns, view: number): void {
  const { number, time, badges, left, width } = of;
  const { style } = ladder;
  // Read before anything is written: behind that it would cost a layout.
  const scrolled = width > view ? ladder.scrollLeft : 0;
  style.setProperty('--view', `${view}px`);
  style.setProperty('--number', `${number}px`);
  style.setProperty('--time', `${time}px`);
  style.setProperty('--badges', `${badges}px`);
  style.setProperty('--left', `${left}px`);
  style.setProperty('--lanes', `${width - left - badges}px`);
  ladder.classList.toggle('timeless', time === 0);
  ladder.classList.toggle('sideways', width > view);
  scrollColumns(ladder, of, scrolled);
}

/** The same for what goes with the ladder when it is scrolled sideways. */
export function scrollColumns({ style, classList }: HTMLElement, of: Columns, scrolled: number): void {
  style.setProperty('--lines', lifelines(of, scrolled));
  style.setProperty('--scrolled', `${of.pinned > 0 ? scrolled : 0}px`);
  style.setProperty('--pinned-edge', `${of.pinnedTo + scrolled}px`);
  classList.toggle('under-pinned', of.pinned > 0 && scrolled > 0);
}

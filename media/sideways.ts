import { type Columns, laneAt } from './layout.ts';

/** So much of a lane is to be seen beside its line. */
export const EDGE = 42;

/** Scrolls the ladder sideways until the line of a lane is in view, if it is not. */
export function goToLane(ladder: HTMLElement, columns: Columns, lane: number): void {
  const place = laneAt(columns, lane);
  goTo(ladder, columns, place, place);
}

/** The same for an arrow from lane to lane. */
export function goToArrow(ladder: HTMLElement, columns: Columns, { from, to }: { from: number; to: number }): void {
  const [one, other] = [laneAt(columns, from), laneAt(columns, to)];
  goTo(ladder, columns, Math.min(one, other), Math.max(one, other));
}

function goTo(ladder: HTMLElement, { left, badges }: Columns, from: number, to: number): void {
  const { scrollLeft, clientWidth } = ladder;
  const isShown = from - EDGE >= scrollLeft + left && to + EDGE <= scrollLeft + clientWidth - badges;
  if (!isShown) ladder.scrollLeft = (from + to) / 2 - (clientWidth + left - badges) / 2;
}

/** Gives the style sheet the places of the columns. */
export function layOutColumns(
  ladder: HTMLElement,
  { number, time, badges, left, width }: Columns,
  lines: string,
): void {
  const { style, clientWidth } = ladder;
  style.setProperty('--view', `${clientWidth}px`);
  style.setProperty('--number', `${number}px`);
  style.setProperty('--time', `${time}px`);
  style.setProperty('--badges', `${badges}px`);
  style.setProperty('--left', `${left}px`);
  style.setProperty('--lines', lines);
  style.setProperty('--lanes', `${width - left - badges}px`);
  ladder.classList.toggle('timeless', time === 0);
  ladder.classList.toggle('sideways', width > clientWidth);
}

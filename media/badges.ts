import type { LadderRow } from '../server/view/protocol.ts';
import { element, type IconName, icon, setIcon, setText } from './dom.ts';
import { grouped, problemWords } from './words.ts';

/** A mark in the column at the right of a row. */
export interface Badge {
  readonly kind: IconName;
  /** What stands beside the icon; '' for the icon alone. */
  readonly count: string;
  readonly words: string;
}

/** A message longer than this may be too long for a packet of UDP (RFC 3261 §18.1.1). */
const LONG = 1300;
const MOST = 3;

/** What a row is marked with: what the message is, then the worst of its problems. */
export function badgesOf(data: LadderRow): readonly Badge[] {
  let badges = known.get(data);
  if (!badges) known.set(data, (badges = makeBadges(data)));
  return badges;
}

/** Asked several times for each row that is drawn. */
const known = new WeakMap<LadderRow, readonly Badge[]>();

function makeBadges(data: LadderRow): Badge[] {
  const marks: Badge[] = [];
  if (data.status === 401 || data.status === 407)
    marks.push({ kind: 'lock', count: '', words: `${data.status}: it asks for credentials` });
  if (data.length > LONG) marks.push({ kind: 'weight', count: '', words: `Long: ${grouped(data.length)} characters` });
  if (data.retransmissions > 0)
    marks.push({
      kind: 'again',
      count: short(data.retransmissions),
      words: `Sent again ${data.retransmissions === 1 ? 'once' : `${data.retransmissions} times`}`,
    });
  const severities = (['error', 'warning', 'info', 'hint'] as const)
    .filter((severity) => data.problems[severity] > 0)
    .slice(0, Math.max(1, MOST - marks.length));
  const words = problemWords(data.problems).join(', ');
  return [...marks, ...severities.map((kind) => ({ kind, count: short(data.problems[kind]), words }))];
}

const EDGE = 10;
const [ICON, DIGIT] = [24, 7];

/** How much of a row its badges take, from its right edge. */
export function badgesWidth(data: LadderRow): number {
  const digits = badgesOf(data).map(({ count }) => count.length);
  return digits.reduce((sum, length) => sum + ICON + DIGIT * length, EDGE);
}

/** Draws badges into their cell; the elements that are there are used again. */
export function drawBadges(cell: HTMLElement, badges: readonly Badge[]): void {
  while (cell.children.length > badges.length) cell.lastElementChild?.remove();
  while (cell.children.length < badges.length) cell.append(newBadge());
  badges.forEach(({ kind, count, words }, at) => {
    const badge = cell.children[at] as HTMLElement;
    badge.className = `badge ${kind}`;
    badge.title = words;
    setIcon(badge.firstElementChild as SVGSVGElement, kind);
    setText(badge.lastElementChild as HTMLElement, count);
  });
}

function newBadge(): HTMLElement {
  const badge = element('span', 'badge');
  badge.append(icon('error'), element('span', ''));
  return badge;
}

function short(count: number): string {
  return count > 99 ? '99+' : String(count);
}

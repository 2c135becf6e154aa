import type { RosterEventView, RosterSpan, RosterUserView } from '../server/view/protocol.ts';
import { attributes, element, setText } from './dom.ts';

/** The elements of one user's row; scrolling gives them other users. */
export interface RosterSlot {
  readonly row: HTMLElement;
  readonly name: HTMLElement;
  readonly role: HTMLElement;
  readonly media: HTMLElement;
  /** The line as it is drawn, and as it is told to a screen reader. */
  readonly drawing: HTMLElement;
  readonly told: HTMLElement;
  /** The place in the list of users that is drawn. */
  user: number;
  drawn: string;
}

/** How the line is laid out: how many marks it has, and how wide it is in pixels. */
export interface LineScale {
  readonly marks: number;
  readonly width: number;
}

/** Narrower spans have no room for words. */
const WORDS_FROM = 48;
/** So many events of a user are told to a screen reader. */
const TOLD = 20;

/** What each kind of change is drawn as: the shape alone tells it. Others are seen from the bars. */
const SHAPES: Readonly<Record<string, string>> = {
  joined: '+',
  left: '−',
  ejected: '✕',
  roles: '★',
  listed: '•',
  'endpoint-gone': '╴',
};

/** Makes an empty row. */
export function newRosterSlot(id: number): RosterSlot {
  const row = attributes(element('div', 'user-row'), { role: 'row', id: `user-${id}` });
  const cell = (className: string, role: string) => attributes(element('div', className), { role });
  const name = cell('user-name', 'rowheader');
  const [role, media, line] = [
    cell('user-role', 'gridcell'),
    cell('user-media', 'gridcell'),
    cell('user-line', 'gridcell'),
  ];
  const told = element('span', 'unseen');
  const drawing = attributes(element('div', 'drawing'), { 'aria-hidden': 'true' });
  line.append(told, drawing);
  row.append(name, role, media, line);
  return { row, name, role, media, drawing, told, user: -1, drawn: '' };
}

/** Draws what does not depend on the cursor: the name and the line. */
export function drawUser(slot: RosterSlot, user: RosterUserView, scale: LineScale): void {
  setText(slot.name, user.label);
  slot.name.title = user.entity;
  const events = user.events.filter(({ kind }) => Object.hasOwn(SHAPES, kind));
  slot.drawing.replaceChildren(
    ...visible(user.spans, scale).map((span) => spanElement(span, scale)),
    ...visible(events, scale).map((event) => eventElement(event, scale)),
  );
  const told = user.events.slice(0, TOLD).map(({ message, text }) => `message ${message}: ${text}`);
  const more = user.events.length > TOLD ? `, and ${user.events.length - TOLD} more` : '';
  setText(slot.told, `${told.join('; ')}${more}` || 'no change');
}

/** Draws how the user is at the cursor. */
export function drawAtCursor(slot: RosterSlot, user: RosterUserView, mark: number): void {
  const span = user.spans.find(({ from, to }) => from <= mark && mark < to);
  setText(slot.role, span ? span.role : 'not in');
  setText(slot.media, span ? mediaWords(span) : '');
  slot.media.title = slot.media.textContent ?? '';
  slot.row.classList.toggle('not-in', !span);
}

function mediaWords({ endpoints }: RosterSpan): string {
  return endpoints.map(({ name, status }) => `${name} ${status}`.trim()).join(', ');
}

/** What is to be drawn of a list by place: of those that fall on one pixel, the last. */
function visible<T extends { readonly from: number } | { readonly at: number }>(
  all: readonly T[],
  { marks, width }: LineScale,
): T[] {
  if (all.length <= width) return [...all];
  const pixel = (one: T) => Math.floor((('from' in one ? one.from : one.at) / marks) * width);
  return all.filter((one, place) => place === all.length - 1 || pixel(one) !== pixel(all[place + 1]!));
}

function spanElement(span: RosterSpan, { marks, width }: LineScale): HTMLElement {
  const made = element('div', 'span');
  const share = (span.to - span.from) / marks;
  made.style.left = percent(span.from / marks);
  made.style.width = percent(share);
  for (const { status } of span.endpoints) made.append(element('div', `stripe ${statusClass(status)}`));
  const words = mediaWords(span) || span.role || 'in';
  if (share * width >= WORDS_FROM) made.append(element('div', 'span-words', words));
  made.title = [span.role, mediaWords(span)].filter(Boolean).join('\n');
  return made;
}

/** What a status looks like (RFC 4575 §5.7.3). */
function statusClass(status: string): string {
  if (/^(?:connected|muted)/.test(status)) return 'is-connected';
  if (/hold/.test(status)) return 'is-held';
  return /^disconnect/.test(status) ? 'is-gone' : 'is-coming';
}

function eventElement({ at, kind, text, message, cause }: RosterEventView, { marks }: LineScale): HTMLElement {
  const made = attributes(element('span', `change change-${kind}`, SHAPES[kind]), { 'data-message': message });
  made.style.left = percent(at / marks);
  made.title = `${text}\nmessage ${message}${cause === null ? '' : `, caused by message ${cause}`}`;
  return made;
}

/** A part of the line as CSS has it. */
export function percent(part: number): string {
  return `${(100 * part).toFixed(4)}%`;
}

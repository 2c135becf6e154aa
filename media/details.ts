import type { BodyView, HeaderView, LadderRow, Lane, MessageDetail } from '../server/view/protocol.ts';
import { colourXml, markWords } from './colours.ts';
import { attributes, element, icon } from './dom.ts';
import { laneStory, plain } from './words.ts';

const MOST_CHARACTERS = 200_000;
const MOST_HEADERS = 200;
const MOST_PROBLEMS = 100;

/** What the pane shows of one message. */
export interface Shown {
  readonly detail: MessageDetail;
  readonly row: LadderRow | undefined;
  readonly lanes: readonly Lane[];
}

/** The pane with the selected message: its problems, its headers, its body. */
export class Details {
  readonly root: HTMLElement = attributes(element('section', 'details'), {
    'aria-label': 'Message details',
    tabindex: 0,
  });
  private readonly follow: (index: number) => void;
  private words = '';
  private folded = new Set<string>();

  constructor(follow: (index: number) => void) {
    this.follow = follow;
    this.hint('Select an arrow to read its message.');
  }

  /** Says in place of a message why there is none. */
  hint(text: string): void {
    this.root.replaceChildren(element('p', 'hint-text', text));
    colourXml([]);
  }

  show({ detail, row, lanes }: Shown): void {
    this.root.scrollTop = 0;
    this.root.replaceChildren(
      heading(detail, row),
      this.journey(detail, row, lanes),
      ...problems(detail),
      ...this.fold('Headers', String(detail.headers.length), () => headers(detail.headers)),
      ...detail.bodies.flatMap((body) => this.fold('Body', body.type, () => bodyText(body))),
    );
    colourXml([...this.root.querySelectorAll<HTMLElement>('pre.xml')]);
    markWords(this.root, this.words);
  }

  /** Marks the words searched for, in this message and the next ones. */
  mark(words: string): void {
    this.words = words;
    markWords(this.root, words);
  }

  private journey(detail: MessageDetail, row: LadderRow | undefined, lanes: readonly Lane[]): HTMLElement {
    const line = element('p', 'journey');
    if (row) line.append(laneChip(lanes[row.from]), element('span', 'to', '→'), laneChip(lanes[row.to]));
    for (const { text, index } of detail.links) {
      const button = element('button', 'link', text);
      button.addEventListener('click', () => this.follow(index));
      line.append(button);
    }
    return line;
  }

  /** A part that can be folded; what was folded stays so in the next message. */
  private fold(name: string, note: string, content: () => HTMLElement): HTMLElement[] {
    const part = element('details', 'part');
    const title = element('summary', '', name);
    title.append(element('span', 'note', note));
    part.append(title, content());
    part.open = !this.folded.has(name);
    part.addEventListener('toggle', () => (part.open ? this.folded.delete(name) : this.folded.add(name)));
    return [part];
  }
}

function heading(detail: MessageDetail, row: LadderRow | undefined): HTMLElement {
  const title = element('h2', row?.failed ? 'failed' : '');
  title.append(element('span', 'ordinal', String(detail.index)), element('span', '', cut(detail.startLine)));
  return title;
}

function laneChip(lane: Lane | undefined): HTMLElement {
  const chip = element('span', 'chip');
  if (!lane) return chip;
  chip.append(icon(lane.kind), element('span', '', lane.label));
  chip.title = laneStory(lane);
  return chip;
}

const SEVERITY_WORDS = { error: 'Error', warning: 'Warning', info: 'Note', hint: 'Hint' };

function problems({ problems: found }: MessageDetail): HTMLElement[] {
  if (found.length === 0) return [];
  const list = attributes(element('ul', 'problems'), { 'aria-label': 'Problems' });
  for (const problem of found.slice(0, MOST_PROBLEMS)) {
    const line = element('li', problem.severity);
    const words = element('span', 'problem-text', problem.message);
    const source = [problem.rule, problem.spec].filter(Boolean).join(' · ');
    words.append(' ', element('span', 'source', source));
    line.append(icon(problem.severity), element('span', 'unseen', `${SEVERITY_WORDS[problem.severity]}: `), words);
    list.append(line);
  }
  if (found.length > MOST_PROBLEMS) list.append(element('li', '', more(found.length - MOST_PROBLEMS, 'problem')));
  return [list];
}

function headers(all: readonly HeaderView[]): HTMLElement {
  const table = attributes(element('table', 'headers'), { 'aria-label': 'Headers' });
  const rows = element('tbody', '');
  for (const { name, value } of all.slice(0, MOST_HEADERS)) {
    const row = element('tr', '');
    row.append(attributes(element('th', '', name), { scope: 'row' }), element('td', '', cut(value)));
    rows.append(row);
  }
  table.append(rows);
  if (all.length > MOST_HEADERS) {
    const row = element('tr', '');
    row.append(attributes(element('td', 'note', more(all.length - MOST_HEADERS, 'header')), { colspan: 2 }));
    rows.append(row);
  }
  return table;
}

function bodyText({ type, text }: BodyView): HTMLElement {
  const xml = /xml|^\s*</.test(type) || text.startsWith('<');
  return element('pre', xml ? 'xml' : '', cut(text));
}

function more(count: number, what: string): string {
  return `${plain(count, `more ${what}`)} in the text.`;
}

/** A pane with megabytes of text would hold up the page; the whole is in the document. */
function cut(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const left = plain(text.length - MOST_CHARACTERS, 'more character');
  return `${text.slice(0, MOST_CHARACTERS)}\n… ${left} in the text.`;
}

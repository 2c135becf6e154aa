import type { PageActionId } from '../server/view/pageActions.ts';
import type { BodyView, LadderRow, Lane, MessageDetail, ProblemView } from '../server/view/protocol.ts';
import { colourBodies, markWords } from './colours.ts';
import { attributes, element, type IconName, icon } from './dom.ts';
import { headerTable } from './headerTable.ts';
import { MenuButton } from './menu.ts';
import { laneStory, plain } from './words.ts';

const MOST_CHARACTERS = 200_000;
const MOST_PROBLEMS = 100;

export interface DetailsHooks {
  /** Goes to another message. */
  readonly follow: (index: number) => void;
  readonly run: (action: PageActionId) => void;
  readonly copy: (text: string) => void;
  /** Offers what mends a problem. */
  readonly fix: (problem: ProblemView) => void;
}

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
  private readonly hooks: DetailsHooks;
  private readonly tools: HTMLElement;
  private words = '';
  private folded = new Set<string>();

  constructor(hooks: DetailsHooks) {
    this.hooks = hooks;
    this.tools = this.toolsOf(hooks.run);
    this.hint('Select an arrow to read its message.');
  }

  /** Says in place of a message why there is none. */
  hint(text: string): void {
    this.root.replaceChildren(element('p', 'hint-text', text));
    colourBodies([]);
  }

  show({ detail, row, lanes }: Shown): void {
    const hadFocus = this.root.contains(document.activeElement);
    this.root.scrollTop = 0;
    this.root.replaceChildren(
      this.heading(detail, row),
      ...journey(row, lanes),
      ...this.related(detail),
      ...this.problems(detail),
      ...this.fold('Headers', String(detail.headers.length), () => headerTable(detail.headers, this.hooks.copy)),
      ...detail.bodies.flatMap((body) => this.fold('Body', body.type, () => bodyText(body))),
    );
    colourBodies([...this.root.querySelectorAll<HTMLElement>('pre.xml, pre.sdp')]);
    markWords(this.root, this.words);
    if (hadFocus && !this.root.contains(document.activeElement)) this.root.focus();
  }

  /** Marks the words searched for, in this message and the next ones. */
  mark(words: string): void {
    this.words = words;
    markWords(this.root, words);
  }

  /** What can be done with the message as a whole. */
  private toolsOf(run: DetailsHooks['run']): HTMLElement {
    const tools = element('span', 'details-tools');
    const button = (name: IconName, title: string, action: PageActionId) => {
      const made = attributes(element('button', 'icon-button'), { title, 'aria-label': title });
      made.append(icon(name));
      made.addEventListener('click', () => run(action));
      return made;
    };
    const copies = [
      { label: 'Message', run: () => run('copyText') },
      { label: 'Headers', run: () => run('copyHeaders') },
      { label: 'Row as text', run: () => run('copyMessage') },
    ];
    tools.append(
      new MenuButton('copy', 'Copy', copies).root,
      button('open', 'Open message as text (Shift+O)', 'openMessage'),
      button('compare', 'Mark for comparison, or compare with the marked message (Space in the ladder)', 'compare'),
      button('dock', 'Details to the right or below (Shift+I)', 'dockDetails'),
    );
    return tools;
  }

  private heading(detail: MessageDetail, row: LadderRow | undefined): HTMLElement {
    const line = element('div', 'details-head');
    const title = element('h2', row?.failed ? 'failed' : '');
    title.append(element('span', 'ordinal', String(detail.index)), element('span', '', cut(detail.startLine)));
    line.append(title, this.tools);
    return line;
  }

  /** The messages that it belongs together with. */
  private related({ links }: MessageDetail): HTMLElement[] {
    if (links.length === 0) return [];
    const list = attributes(element('p', 'related-messages'), { role: 'group', 'aria-label': 'Related messages' });
    for (const { text, index, relation } of links) {
      const button = element('button', `link link-${relation}`, text);
      button.addEventListener('click', () => this.hooks.follow(index));
      list.append(button);
    }
    return [list];
  }

  private problems({ problems: found }: MessageDetail): HTMLElement[] {
    if (found.length === 0) return [];
    const list = attributes(element('ul', 'problems'), { 'aria-label': 'Problems' });
    for (const problem of found.slice(0, MOST_PROBLEMS)) list.append(this.problem(problem));
    if (found.length > MOST_PROBLEMS) list.append(element('li', '', more(found.length - MOST_PROBLEMS, 'problem')));
    return [list];
  }

  private problem(problem: ProblemView): HTMLElement {
    const { severity, message, rule, spec, range } = problem;
    const line = element('li', severity);
    const words = element('span', 'problem-text', message);
    words.append(' ', element('span', 'source', [rule, spec].filter(Boolean).join(' · ')));
    line.append(icon(severity), element('span', 'unseen', `${SEVERITY_WORDS[severity]}: `), words);
    if (range === null) return line;
    const fix = attributes(element('button', 'link', 'Quick Fix…'), { 'aria-label': `Quick Fix for ${rule}` });
    fix.addEventListener('click', () => this.hooks.fix(problem));
    line.append(fix);
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

/** From whom to whom it goes. */
function journey(row: LadderRow | undefined, lanes: readonly Lane[]): HTMLElement[] {
  if (!row) return [];
  const line = element('p', 'journey');
  line.append(laneChip(lanes[row.from]), element('span', 'to', '→'), laneChip(lanes[row.to]));
  return [line];
}

function laneChip(lane: Lane | undefined): HTMLElement {
  const chip = element('span', 'chip');
  if (!lane) return chip;
  chip.append(icon(lane.kind), element('span', '', lane.label));
  chip.title = laneStory(lane);
  return chip;
}

const SEVERITY_WORDS = { error: 'Error', warning: 'Warning', info: 'Note', hint: 'Hint' };

function bodyText({ type, text }: BodyView): HTMLElement {
  const isXml = type.endsWith('xml') || text.startsWith('<');
  return element('pre', isXml ? 'xml' : type === 'application/sdp' ? 'sdp' : '', cut(text));
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

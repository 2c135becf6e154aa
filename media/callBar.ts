import type { LinkingState, ShownCall, WholeCall } from '../server/view/protocol.ts';
import { attributes, element } from './dom.ts';
import { percentage, plain } from './words.ts';

export interface CallBarHooks {
  readonly messages: (shown: ShownCall) => Promise<readonly number[]>;
  readonly whole: (of: string) => Promise<WholeCall>;
  /** How far the legs of a large file are linked. */
  readonly linking: () => Promise<LinkingState>;
  /** Goes to a message. */
  readonly follow: (message: number) => void;
  /** Only these messages (one-based, ascending) are to be seen; null is all. */
  readonly show: (messages: readonly number[] | null) => void;
  /** Another call is shown. */
  readonly changed: () => void;
  readonly remember: (shown: ShownCall | null) => void;
  readonly failed: (error: unknown) => void;
}

/** Says which call alone is shown, while it is one, why its legs are one call, and shows all again. A filter leaves less of it. */
export class CallBar {
  readonly root: HTMLElement = attributes(element('section', 'call-bar'), { 'aria-label': 'The call that is shown' });
  private readonly words = attributes(element('span', 'facts'), { role: 'status' });
  private readonly links = attributes(element('ul', 'call-links'), { 'aria-label': 'Why these legs are one call' });
  private readonly hooks: CallBarHooks;
  private shown: ShownCall | null = null;
  private ofCall: readonly number[] | null = null;
  /** What was told last: of what, and how many legs it has. */
  private told = { of: '', legs: 0 };
  private fitting: readonly number[] | null = null;
  private turn = 0;
  /** What is shown was chosen anew, and is not there yet. */
  private isNew = false;
  /** Further legs of it may still be found. */
  private isLinking = false;

  constructor(hooks: CallBarHooks) {
    this.hooks = hooks;
    this.root.hidden = true;
    const all = element('button', 'text-button', 'Show all');
    all.addEventListener('click', () => this.set(null));
    this.root.append(this.words, all, this.links);
  }

  /** Shows only the messages of a call or a part of one; null shows all. */
  set(shown: ShownCall | null): void {
    this.shown = shown;
    this.isNew = true;
    this.isLinking = true;
    this.hooks.remember(shown);
    void this.again();
  }

  /** Shows all legs of the call of a message. */
  async showWhole(message: number): Promise<void> {
    const turn = ++this.turn;
    try {
      const { of, view, title } = await this.hooks.whole(`message ${message}`);
      if (turn !== this.turn) return;
      this.set({ of, view, title });
    } catch (error) {
      if (turn === this.turn) this.hooks.failed(error);
    }
  }

  /** The call that alone is shown, or the part of one, as its messages name it; null where all are shown. */
  get alone(): ShownCall | null {
    const { shown, ofCall, told } = this;
    if (!shown?.of.startsWith('call ') || shown.of !== told.of || !ofCall?.length) return shown;
    const more = told.legs > 1 ? ` with ${told.legs} linked legs` : '';
    return { ...shown, title: `the call of message ${ofCall[0]}${more}` };
  }

  /** Only these messages fit the filter; null is all. */
  fit(messages: readonly number[] | null): void {
    this.fitting = messages;
    this.hooks.show(inBoth(this.fitting, this.ofCall));
  }

  /** The trace has changed: what is shown is asked for again. */
  async again(): Promise<void> {
    const turn = ++this.turn;
    const { shown } = this;
    if (!shown) {
      if (!this.root.hidden) this.arrived(null);
      return;
    }
    try {
      const isCall = shown.of.startsWith('call ');
      const progress = isCall && this.isLinking ? (await this.hooks.linking()).progress : null;
      if (turn !== this.turn) return;
      const [messages, whole] = await Promise.all([
        this.hooks.messages(shown),
        isCall ? this.hooks.whole(shown.of).catch(() => null) : null,
      ]);
      if (turn !== this.turn) return;
      this.tell(shown, messages.length, whole);
      this.arrived(messages);
      if (progress === null) this.isLinking = false;
      else await this.followLinking(progress, turn);
    } catch (error) {
      if (turn === this.turn) this.hooks.failed(error);
    }
  }

  /** Of a large file legs are linked once somebody asks for them: what was found is shown when all is known. */
  private async followLinking(progress: number, turn: number): Promise<void> {
    for (let far: number | null = progress; far !== null; ) {
      this.links.replaceChildren(element('li', '', `Linking the legs of calls: ${percentage(far)}`));
      far = (await this.hooks.linking()).progress;
      if (turn !== this.turn) return;
    }
    this.isLinking = false;
    await this.again();
  }

  private tell({ of, title }: ShownCall, count: number, whole: WholeCall | null): void {
    this.told = { of, legs: whole?.legs ?? 0 };
    const legs = this.told.legs > 1 ? ` in ${this.told.legs} legs` : '';
    this.words.textContent = `Only ${title}: ${plain(count, 'message')}${legs}`;
    this.links.replaceChildren(...(whole ? this.reasons(whole) : []));
  }

  private reasons({ legs, links, guesses, more }: WholeCall): HTMLElement[] {
    const told = links.map((link) => this.reason(legs > 2 ? `${link.of}: ` : '', link));
    if (more > 0) told.push(element('li', '', `and ${plain(more, 'more link')}`));
    return [...told, ...guesses.map((link) => this.reason(`Perhaps one call with ${link.of}: `, link))];
  }

  private reason(before: string, { text, weight, messages }: WholeCall['links'][number]): HTMLElement {
    const item = element('li', '');
    item.append(attributes(element('span', 'why', before + text), { title: before + text }));
    if (weight) item.append(' · ', attributes(element('span', 'weight', weight), { title: WEIGHT }));
    for (const message of messages) {
      const go = attributes(element('button', 'link', String(message)), { 'aria-label': `Go to message ${message}` });
      go.addEventListener('click', () => this.hooks.follow(message));
      item.append(' ', go);
    }
    return item;
  }

  private arrived(messages: readonly number[] | null): void {
    this.root.hidden = messages === null;
    this.ofCall = messages;
    this.hooks.show(inBoth(this.fitting, messages));
    if (this.isNew) this.hooks.changed();
    this.isNew = false;
  }
}

const WEIGHT = 'How sure it is: 0 is no evidence, 1 is certainty';

/** What both lists have; null stands for all. */
function inBoth(one: readonly number[] | null, other: readonly number[] | null): readonly number[] | null {
  if (!one || !other) return one ?? other;
  const wanted = new Set(other);
  return one.filter((message) => wanted.has(message));
}

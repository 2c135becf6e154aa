import {
  keyName,
  type PageAction,
  type PageActionId,
  type PageDrawing,
  type PageNeed,
  pageActions,
} from '../server/view/pageActions.ts';
import type { TraceSummary } from '../server/view/protocol.ts';
import { attributes, element, icon } from './dom.ts';
import { plain } from './words.ts';

/** The line on top: what the trace is, and what can be done with it. */
export class Toolbar {
  readonly root: HTMLElement = element('header', 'toolbar');
  private readonly facts = element('span', 'facts');
  private readonly buttons = new Map<PageActionId, HTMLElement>();

  constructor(name: string, run: (action: PageActionId) => void) {
    for (const [id, action] of pageActions)
      if (action.button)
        this.buttons.set(
          id,
          button(action, () => run(id)),
        );
    this.root.append(element('h1', 'unseen', `Message ladder of ${name}`), this.facts, ...this.buttons.values());
    this.offer(() => false);
  }

  show({ rows, lanes, profile, format }: TraceSummary, has: (need: PageNeed) => boolean): void {
    const facts = [plain(rows, 'message'), plain(lanes.length, 'lane'), profile];
    this.facts.textContent = facts.filter(Boolean).join(' · ');
    this.facts.title = `Format: ${format}. Judged by the profile: ${profile}.`;
    this.offer(has);
  }

  /** Shows whether what an action turns on is on. */
  press(id: PageActionId, on: boolean): void {
    this.buttons.get(id)?.setAttribute('aria-pressed', String(on));
  }

  private offer(has: (need: PageNeed) => boolean): void {
    for (const [id, { needs }] of pageActions) {
      const made = this.buttons.get(id);
      if (made) made.hidden = needs !== undefined && !has(needs);
    }
  }
}

function button({ title, hint, keys, button: drawing }: PageAction, run: () => void): HTMLElement {
  const key = keys[0] === undefined ? '' : ` (${keyName(keys[0])})`;
  const words = `${hint ? `${title}: ${hint}` : title}${key}`;
  const made = attributes(element('button', 'icon-button'), { title: words, 'aria-label': words });
  made.append(icon(drawing as PageDrawing));
  made.addEventListener('click', run);
  return made;
}

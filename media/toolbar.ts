import type { TraceSummary } from '../server/view/protocol.ts';
import { attributes, element, type IconName, icon } from './dom.ts';
import { plain } from './words.ts';

export interface ToolbarActions {
  search(): void;
  times(): void;
  details(): void;
  roster(): void;
  copy(): void;
  help(): void;
}

/** The line on top: what the trace is, and what can be done with it. */
export class Toolbar {
  readonly root: HTMLElement = element('header', 'toolbar');
  private readonly facts = element('span', 'facts');
  private readonly times: HTMLElement;
  private readonly details: HTMLElement;
  private readonly roster: HTMLElement;

  constructor(name: string, actions: ToolbarActions) {
    this.times = button('clock', 'Times: of day, since the message before, since the first (T)', actions.times);
    this.details = button('details', 'Details of the message (Space)', actions.details);
    this.roster = button('roster', 'Roster: who was in the conference, and when (R)', actions.roster);
    this.times.hidden = this.roster.hidden = true;
    this.root.append(
      element('h1', 'unseen', `Message ladder of ${name}`),
      this.facts,
      button('search', 'Search (/)', actions.search),
      this.roster,
      this.times,
      this.details,
      button('copy', 'Copy the ladder as text', actions.copy),
      button('keys', 'Keys (?)', actions.help),
    );
  }

  show({ rows, lanes, profile, firstTime, format, roster }: TraceSummary): void {
    const facts = [plain(rows, 'message'), plain(lanes.length, 'lane'), profile];
    this.facts.textContent = facts.filter(Boolean).join(' · ');
    this.facts.title = `Format: ${format}. Judged by the profile: ${profile}.`;
    this.times.hidden = firstTime === null;
    this.roster.hidden = !roster;
  }

  showDetails(open: boolean): void {
    this.details.setAttribute('aria-pressed', String(open));
  }

  showRoster(open: boolean): void {
    this.roster.setAttribute('aria-pressed', String(open));
  }
}

function button(name: IconName, title: string, run: () => void): HTMLElement {
  const made = attributes(element('button', 'icon-button'), { title, 'aria-label': title });
  made.append(icon(name));
  made.addEventListener('click', run);
  return made;
}

import { clipped, plain } from '../../base/quote.ts';
import { entityKey, shortUri, userOf } from '../entity.ts';
import type { RosterCommand } from './commands.ts';
import type { Cause, RosterEvent } from './events.ts';
import type { RosterState } from './roster.ts';

const LONGEST = 80;

/** What a notification changed, a line each: `+ carol@contoso.com`, `carol: chat connected`. */
export function changesOf(state: RosterState): string[] {
  return [...notesOf(state), ...state.events.map(eventText)];
}

/** What one event says: `- carol@contoso.com, ejected by alice (request 63022864)`. One line. */
export function eventText(event: RosterEvent): string {
  return plain(`${whatHappened(event)}${causeText(event)}`);
}

function whatHappened({ kind, user, what, status }: RosterEvent): string {
  const name = short(userOf(user));
  switch (kind) {
    case 'joined':
      return `+ ${short(shortUri(user))}`;
    case 'left':
      return `- ${short(shortUri(user))}`;
    case 'listed':
      return `${name}: listed`;
    case 'endpoint':
    case 'medium':
      return `${name}: ${[short(what), short(status)].filter(Boolean).join(' ')}`;
    case 'endpoint-gone':
      return `${name}: ${short(what)} gone`;
    case 'roles':
      return what ? `${name}: now ${short(what)}` : `${name}: no role any more`;
    case 'renamed':
      return `${name}: now called “${short(what)}”`;
    case 'ended':
      return 'the conference is over';
    default:
      return kind;
  }
}

/** What the rules for versions make of a document (RFC 4575 §4.6). */
function notesOf({ outcome, version, missing, isWhole, isFirst, unmergeable }: RosterState): string[] {
  const notes: string[] = [];
  if (outcome === 'discarded') notes.push(`version ${version} was there before: left out (RFC 4575 §4.6)`);
  if (missing !== null) {
    const last = version! - 1;
    const versions = missing === last ? `version ${missing} is` : `versions ${missing} to ${last} are`;
    notes.push(`${versions} missing: the state is stale until the next full document (RFC 4575 §4.6)`);
  }
  if (isFirst && !isWhole && outcome === 'merged')
    notes.push('the trace begins here: who else is in the conference is unknown until a full document');
  if (unmergeable > 0) notes.push(`${unmergeable} without entity: nobody can tell whom they mean (RFC 4575 §4.5)`);
  return notes;
}

function causeText({ kind, user, cause }: RosterEvent): string {
  if (!cause) return '';
  if (cause.kind === 'dialog') return dialogText(cause);
  const { command } = cause;
  const isOwn = entityKey(command.from) === entityKey(user);
  const request = requestText(command);
  if (isOwn && command.name === 'addUser') return '';
  const by = isOwn ? 'on their own' : `by ${short(userOf(command.from))}`;
  return `, ${verb(kind, command, isOwn)}${by} (${request})`;
}

function requestText({ name, requestId, outcome }: RosterCommand): string {
  const named = VERBS.has(name) ? '' : `${name}, `;
  const open = outcome === 'pending' ? ', pending' : '';
  return `${named}request ${short(requestId)}${open}`;
}

const VERBS = new Map([
  ['deleteUser', 'ejected '],
  ['addUser', 'added '],
]);

function verb(kind: RosterEvent['kind'], { name }: RosterCommand, isOwn: boolean): string {
  if (isOwn && kind === 'left') return 'left ';
  return VERBS.get(name) ?? '';
}

function dialogText({ dialog: { ended, service } }: Extract<Cause, { kind: 'dialog' }>): string {
  if (!ended) return '';
  const where = `${ended.method} in message ${ended.index + 1}`;
  return ended.isOwn ? `, left (${where})` : `, dropped by the ${service === 'focus' ? 'focus' : 'MCU'} (${where})`;
}

function short(text: string): string {
  return clipped(text, LONGEST);
}

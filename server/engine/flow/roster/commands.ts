import { kept } from '../../base/kept.ts';
import { child, childrenOf, textOf, type XmlDocument } from '../../xml/xml.ts';
import { type Cccp, type CccpCommand, CONFERENCE_INFO } from '../cccp.ts';
import { conferenceId, conferenceKey, entityKey } from '../entity.ts';

/**
 * How a command stands: `sent`, `accepted` by a 2xx that does not tell the outcome, `pending`, or at its end by a CCCP response or by
 * the SIP response that refused to carry it.
 */
export type Outcome = 'sent' | 'accepted' | 'pending' | 'success' | 'failure';

/** A command to a conference, from its request to its final response (MS-CONFBAS, MS-CONFPRO §2.2.2). Message numbers are zero-based. */
export interface RosterCommand {
  readonly name: string;
  readonly requestId: string;
  /** Who asked for it: URI as written. */
  readonly from: string;
  /** The users it names, as written. */
  readonly users: readonly string[];
  /** The roles it gives, for `modifyUserRoles`. */
  readonly roles: readonly string[];
  readonly index: number;
  /** The SIP response to its carrier; null where there is none. */
  readonly accepted: { readonly index: number; readonly status: number } | null;
  /** Messages with `pending` responses. */
  readonly pending: readonly number[];
  /** The message with the final CCCP response, or null. */
  readonly answered: number | null;
  readonly outcome: Outcome;
  /** Why it failed, as the response tells; ''. */
  readonly reason: string;
}

type Building = { -readonly [K in keyof RosterCommand]: RosterCommand[K] } & { pending: number[] };

/** The commands of a trace as they come, to be asked who did what. */
export class CommandLog {
  private readonly byConference = new Map<string, Building[]>();
  private readonly named = new Map<string, string>();
  private readonly open = new Map<string, Building[]>();
  private readonly carriers = new Map<number, Building[]>();
  private readonly latest = new Map<string, Building>();

  /** The commands of a conference, in trace order. */
  of(conference: string): readonly RosterCommand[] {
    return this.byConference.get(conference) ?? [];
  }

  /** The conferences that commands were sent to, by key, with their URIs; the factory, which makes conferences, is none. */
  conferences(): ReadonlyMap<string, string> {
    return this.named;
  }

  /** Notes a CCCP document of message `index` (zero-based). */
  note(index: number, document: XmlDocument, cccp: Cccp): void {
    if (cccp.kind === 'request') for (const command of cccp.commands) this.ask(index, document, cccp, command);
    else this.answer(index, cccp);
  }

  private ask(index: number, document: XmlDocument, cccp: Cccp, command: CccpCommand): void {
    const focus = kept(command.confEntity?.value || cccp.to?.value || '');
    const conference = conferenceKey(focus);
    if (conferenceId(focus) && !this.named.has(conference)) this.named.set(conference, focus);
    const made: Building = {
      name: kept(command.name),
      requestId: kept(cccp.requestId?.value ?? ''),
      from: kept(cccp.from?.value ?? ''),
      users: [...new Set(command.users.map(({ value }) => kept(value)))],
      roles: rolesOf(document, command),
      index,
      accepted: null,
      pending: [],
      answered: null,
      outcome: 'sent',
      reason: '',
    };
    push(this.byConference, conference, made);
    push(this.open, exchangeKey(made.requestId, cccp.from?.value, cccp.to?.value), made);
    push(this.carriers, index, made);
    const users = made.users.length > 0 ? made.users : [''];
    for (const user of users) this.latest.set(latestKey(conference, made.name, user), made);
  }

  private answer(index: number, cccp: Cccp): void {
    const key = exchangeKey(cccp.requestId?.value ?? '', cccp.to?.value, cccp.from?.value);
    const code = cccp.code?.value ?? '';
    for (const command of this.open.get(key) ?? []) {
      if (code === 'pending') command.pending.push(index);
      else command.answered = index;
      if (code === 'pending' || code === 'success' || code === 'failure') command.outcome = code;
      const own = cccp.commands.find(({ name }) => name === command.name);
      if (code === 'failure') command.reason = kept(own?.reason?.value ?? cccp.reason?.value ?? '');
    }
    if (code !== 'pending') this.open.delete(key);
  }

  /** Notes the SIP response to the message that carried commands. */
  respond(request: number, index: number, status: number): void {
    if (status < 200) return;
    for (const command of this.carriers.get(request) ?? []) {
      command.accepted = { index, status };
      if (command.outcome === 'sent') command.outcome = status < 300 ? 'accepted' : 'failure';
    }
    this.carriers.delete(request);
  }

  /**
   * The last command of one of these names that was sent for a user ('' where it names none), if it has not failed.
   * @param after it was sent behind this message
   */
  last(conference: string, names: readonly string[], user: string, after: number): RosterCommand | null {
    let found: Building | null = null;
    for (const name of names) {
      const one = this.latest.get(latestKey(conference, name, user));
      if (one && one.index > (found?.index ?? after) && one.outcome !== 'failure') found = one;
    }
    return found;
  }
}

function rolesOf(document: XmlDocument, { element }: CccpCommand): string[] {
  const roles = child(element, 'user-roles', CONFERENCE_INFO);
  return roles ? childrenOf(roles, 'entry', CONFERENCE_INFO).map((entry) => kept(textOf(document, entry).trim())) : [];
}

function exchangeKey(requestId: string, asker = '', asked = ''): string {
  return `${requestId} ${entityKey(asker)} ${entityKey(asked)}`;
}

function latestKey(conference: string, name: string, user: string): string {
  return `${conference} ${name} ${user && entityKey(user)}`;
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

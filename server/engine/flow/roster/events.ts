import type { CommandLog, RosterCommand } from './commands.ts';
import type { MemberDialog, MemberLog } from './members.ts';
import type { Merged, UserChange } from './merge.ts';
import type { RosterEndpoint, RosterUser } from './user.ts';

/** What made a change, as far as the trace tells. */
export type Cause =
  | { readonly kind: 'command'; readonly command: RosterCommand }
  | { readonly kind: 'dialog'; readonly dialog: MemberDialog };

/** One thing that changed in a conference. `user` is an entity, '' where it is about the conference. */
export interface RosterEvent {
  /** `listed`: a document names a user of whom it cannot be told whether they were there before. */
  readonly kind:
    | 'joined'
    | 'listed'
    | 'left'
    | 'endpoint'
    | 'endpoint-gone'
    | 'medium'
    | 'roles'
    | 'renamed'
    | 'locked'
    | 'unlocked'
    | 'ended';
  readonly user: string;
  /** The endpoint (`chat`), the roles or the name; ''. */
  readonly what: string;
  /** The status of an endpoint or a medium; ''. */
  readonly status: string;
  readonly cause: Cause | null;
}

/** What is asked for the causes of changes that one subscriber sees. */
export interface Witness {
  readonly conference: string;
  readonly commands: CommandLog;
  readonly members: MemberLog;
  /** By user: the message (zero-based) since which they are listed, and the one that changed them last. */
  readonly since: Map<string, number>;
  readonly changed: Map<string, number>;
  /** The subscriber knows who was there before. */
  readonly knewAll: boolean;
}

/** What a document changed, in single things, with what caused each. `index` is that of its message. */
export function eventsOf(index: number, merged: Merged, witness: Witness): RosterEvent[] {
  const events: RosterEvent[] = [];
  if (merged.outcome === 'ended') events.push(aboutAll('ended', ['deleteConference'], witness));
  else for (const change of merged.changes) events.push(...userEvents(change, witness));
  if (merged.locked !== null)
    events.push(aboutAll(merged.locked ? 'locked' : 'unlocked', ['modifyConferenceLock'], witness));
  for (const { key, before, after } of merged.changes) {
    if (!before && after && witness.knewAll) witness.since.set(key, index);
    witness.changed.set(key, index);
  }
  return events;
}

function aboutAll(kind: RosterEvent['kind'], names: readonly string[], { conference, commands }: Witness): RosterEvent {
  return { kind, user: '', what: '', status: '', cause: byCommand(commands.last(conference, names, '', -1)) };
}

function byCommand(command: RosterCommand | null): Cause | null {
  return command && { kind: 'command', command };
}

function userEvents({ key, before, after }: UserChange, witness: Witness): RosterEvent[] {
  if (!after) return [eventOf('left', key, '', '', causeOfLeaving(key, ['deleteUser'], 'focus', witness))];
  const events: RosterEvent[] = [];
  if (!before && witness.knewAll) events.push(eventOf('joined', key, '', '', causeOfJoining(key, after, witness)));
  if (!before && !witness.knewAll) events.push(...lostBefore(key, after, witness));
  events.push(...endpointEvents(key, before, after, witness));
  if (before && before.roles.join() !== after.roles.join()) events.push(rolesEvent(key, after, witness));
  if (before && before.displayText !== after.displayText && after.displayText)
    events.push(eventOf('renamed', key, after.displayText, '', null));
  if (events.length === 0 && !before) events.push(eventOf('listed', key, '', '', null));
  return events;
}

function eventOf(kind: RosterEvent['kind'], user: string, what: string, status: string, cause: Cause | null) {
  return { kind, user, what, status, cause };
}

/** Why a user or an endpoint is gone: somebody ejected them, or their dialog with that service ended. */
function causeOfLeaving(key: string, names: readonly string[], service: string, witness: Witness): Cause | null {
  const { conference, commands, members, since } = witness;
  const after = since.get(key) ?? -1;
  const command = commands.last(conference, names, key, after);
  if (command) return byCommand(command);
  const dialog = members
    .ended(conference, key)
    .reverse()
    .find((one) => one.service === service && one.ended !== null && one.ended.index > after);
  return dialog ? { kind: 'dialog', dialog } : null;
}

/** Somebody else's `addUser`; who joins does so by one of their own. */
function causeOfJoining(key: string, { entity }: RosterUser, witness: Witness): Cause | null {
  const { conference, commands, changed } = witness;
  return byCommand(commands.last(conference, ['addUser'], entity || key, changed.get(key) ?? -1));
}

/**
 * A full user in a partial document where it is unknown what was before: the kinds of sessions that it does not list, although the trace
 * shows that such a dialog of the user has ended, are those that went.
 */
function lostBefore(key: string, { endpoints }: RosterUser, witness: Witness): RosterEvent[] {
  const listed = new Set(endpoints.map(({ sessionType }) => sessionType.toLowerCase()));
  const ended = witness.members.ended(witness.conference, key).map(({ service }) => service);
  return [...new Set(ended)]
    .filter((service) => listed.size > 0 && !listed.has('') && !listed.has(service))
    .map((service) =>
      eventOf('endpoint-gone', key, service, '', causeOfLeaving(key, ['deleteUser'], service, witness)),
    );
}

const ENDPOINT_COMMANDS = [
  'addEndpoint',
  'modifyEndpoint',
  'addEndpointMedia',
  'modifyEndpointMedia',
  'deleteEndpointMedia',
];

function endpointEvents(key: string, before: RosterUser | null, after: RosterUser, witness: Witness): RosterEvent[] {
  const old = new Map(before?.endpoints.map((endpoint) => [endpoint.entity, endpoint]));
  const { conference, commands, changed } = witness;
  const cause = before ? byCommand(commands.last(conference, ENDPOINT_COMMANDS, key, changed.get(key) ?? -1)) : null;
  const events: RosterEvent[] = [];
  for (const endpoint of after.endpoints) {
    const known = old.get(endpoint.entity);
    old.delete(endpoint.entity);
    const status = statusOf(endpoint);
    if (!known || statusOf(known) !== status) events.push(eventOf('endpoint', key, nameOf(endpoint), status, cause));
    if (known) events.push(...mediaEvents(key, known, endpoint, cause));
  }
  for (const endpoint of old.values()) {
    const service = endpoint.sessionType.toLowerCase();
    const why = causeOfLeaving(key, ['deleteUser', 'deleteEndpoint'], service, witness);
    events.push(eventOf('endpoint-gone', key, nameOf(endpoint), '', why));
  }
  return events;
}

/** What an endpoint is called: its kind of session, its media, or its entity. */
export function nameOf({ sessionType, media, entity }: RosterEndpoint): string {
  return sessionType || [...new Set(media.map(({ type }) => type).filter(Boolean))].join('+') || entity;
}

function statusOf({ status, disconnectionMethod }: RosterEndpoint): string {
  return /^disconnect/.test(status) && disconnectionMethod ? `${status} (${disconnectionMethod})` : status;
}

function mediaEvents(key: string, before: RosterEndpoint, after: RosterEndpoint, cause: Cause | null): RosterEvent[] {
  const old = new Map(before.media.map((medium) => [medium.id, medium]));
  return after.media
    .filter(({ id, status }) => status && old.get(id)?.status !== status)
    .map(({ id, type, label, status }) => eventOf('medium', key, type || label || id, status, cause));
}

function rolesEvent(key: string, { roles }: RosterUser, { conference, commands, since }: Witness): RosterEvent {
  const command = commands.last(conference, ['modifyUserRoles'], key, since.get(key) ?? -1);
  const asked = command && (command.roles.length === 0 || command.roles.join() === roles.join()) ? command : null;
  return eventOf('roles', key, roles.join(', '), '', byCommand(asked));
}

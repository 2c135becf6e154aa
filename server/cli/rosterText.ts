import { clipped, plain } from '../engine/base/quote.ts';
import { shortUri, userOf } from '../engine/flow/entity.ts';
import type { RosterCommand } from '../engine/flow/roster/commands.ts';
import { nameOf } from '../engine/flow/roster/events.ts';
import type { RosterConference, RosterState } from '../engine/flow/roster/roster.ts';
import type { RosterUser } from '../engine/flow/roster/user.ts';
import { changesOf } from '../engine/flow/roster/wording.ts';
import { columns, counted } from './command.ts';

/** What the parties and messages of a trace are called. */
export interface Names {
  /** The id of the subscriber's lane, and what it is called. */
  id(state: RosterState): string;
  label(state: RosterState): string;
  /** ISO 8601, or null. */
  time(index: number): string | null;
}

/** A longer list of users says only how many they are. */
const MOST_USERS = 12;
const LONGEST = 100;
/** More lines than this of one kind are counted only. */
const MOST_LINES = 60;

/** The heading of a conference: what it is, and which servers and subscribers the trace shows. */
export function headText({ entity, servers, states }: RosterConference, names: Names): string {
  const observers = [...new Set(states.map((state) => names.label(state)))];
  const services = [...new Set(servers.map(({ service }) => service))];
  return [
    `Conference ${plain(entity)}`,
    services.length > 0 ? `  servers: ${services.join(', ')}` : '',
    observers.length > 0 ? `  seen by: ${plain(observers.join(', '))}` : '',
  ]
    .filter(Boolean)
    .map((line) => `${line}\n`)
    .join('')
    .concat('\n');
}

/** A state: where it comes from, what changed, and who is in. */
export function stateText(
  state: RosterState,
  users: ReadonlyMap<string, RosterUser>,
  names: Names,
  withTable: boolean,
): string {
  const version = state.version === null ? 'no version' : `version ${state.version}`;
  const time = names.time(state.index);
  const flags = [state.isStale && 'stale', state.isLocked && 'locked'].filter(Boolean).map((flag) => `, ${flag}`);
  const head = `message ${state.index + 1}${time ? `  ${time}` : ''}  to ${plain(names.label(state))}  ${version} ${plain(state.state)}${flags.join('')}\n`;
  const changes = few(changesOf(state).map((change) => `    ${change}\n`));
  const none = changes.length === 0 ? '    nothing changed\n' : '';
  return `${head}${changes.join('')}${none}${withTable ? table(users) : roll(state, users)}\n`;
}

/** The first lines, and how many there are more. */
function few(lines: readonly string[]): readonly string[] {
  const more = lines.length - MOST_LINES;
  return more > 1 ? [...lines.slice(0, MOST_LINES), `    and ${more} more\n`] : lines;
}

/** Who is in, on one line. */
function roll({ isWhole }: RosterState, users: ReadonlyMap<string, RosterUser>): string {
  const all = [...users.values()];
  const shown = all.slice(0, MOST_USERS).map(({ entity, displayText }) => plain(entity ? userOf(entity) : displayText));
  const more = all.length > MOST_USERS ? ` and ${all.length - MOST_USERS} more` : '';
  const known = isWhole ? 'in' : 'known';
  return `    ${known}: ${all.length > 0 ? `${clipped(shown.join(', '), 4 * LONGEST)}${more}` : 'nobody'}\n`;
}

/** Who is in, a line each. */
function table(users: ReadonlyMap<string, RosterUser>): string {
  const rows = [...users.values()].map(({ entity, displayText, roles, endpoints }) => [
    '   ',
    clipped(plain(entity ? shortUri(entity) : '(no entity)'), LONGEST),
    clipped(plain(displayText), LONGEST),
    clipped(plain(roles.join(', ')), LONGEST),
    clipped(plain(endpoints.map((one) => `${nameOf(one)} ${one.status}`.trim()).join(', ')), LONGEST),
  ]);
  return rows.length > 0 ? columns(rows) : '    nobody is listed\n';
}

/** What was asked of the conference, and which dialogs the participants have. */
export function tailText({ commands, members }: RosterConference): string {
  const asked = commands.map((command) => `  ${commandText(command)}\n`);
  const dialogs = members.flatMap(({ entity, dialogs }) =>
    dialogs.map(({ service, isSubscription, first, last, ended }) => {
      const kind = isSubscription ? 'subscription' : 'dialog';
      const end = ended ? `, ended by ${ended.method} in message ${ended.index + 1}` : '';
      const where = first === last ? `message ${first + 1}` : `messages ${first + 1} to ${last + 1}`;
      return `  ${plain(shortUri(entity))}: ${service} ${kind}, ${where}${end}\n`;
    }),
  );
  const block = (title: string, lines: string[]) => (lines.length > 0 ? `${title}\n${few(lines).join('')}\n` : '');
  return block(counted(asked.length, 'command'), asked) + block(counted(dialogs.length, 'dialog'), dialogs);
}

function commandText({
  name,
  requestId,
  from,
  users,
  index,
  accepted,
  pending,
  answered,
  outcome,
  reason,
}: RosterCommand) {
  const steps = [
    accepted && `${accepted.status} in message ${accepted.index + 1}`,
    ...pending.map((message) => `pending in message ${message + 1}`),
    answered !== null && `${outcome}${reason ? ` (${reason})` : ''} in message ${answered + 1}`,
  ].filter(Boolean);
  const whom = users.map(shortUri).join(', ');
  const how = steps.length > 0 ? steps.join(', ') : 'no answer in the trace';
  return plain(
    clipped(
      `message ${index + 1}: ${userOf(from)} ${name}${whom ? ` ${whom}` : ''} (request ${requestId}): ${how}`,
      300,
    ),
  );
}

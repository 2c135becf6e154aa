import { isoTime } from '../engine/base/time.ts';
import { lintText, read } from '../engine/engine.ts';
import type { RosterEvent } from '../engine/flow/roster/events.ts';
import { type RosterConference, type RosterState, readRoster, statesWithUsers } from '../engine/flow/roster/roster.ts';
import { changesOf, eventText } from '../engine/flow/roster/wording.ts';
import { readLanes } from '../engine/ladder/lanes.ts';
import type { Reading } from '../engine/reading.ts';
import { type Command, Failure, formatOf, option } from './command.ts';
import { chosen, type Filtering, filteringOf, filterOptions } from './filtering.ts';
import { headText, type Names, stateText, tailText } from './rosterText.ts';

/**
 * `roster FILE`: the state of each conference after each notification, for each of those who subscribed to it. A state in JSON has:
 * - `messageIndex` (one-based), `time`, `observer` (a participant's id), `version`, `state` as the document says
 * - `outcome`: `replaced`, `merged`, `ended`, or `discarded` where the version had been there; `gap`: `{ from, to }`, the versions that are
 *   missing before it; `stale`: a version is missing since the last full document; `whole`: there has been a full one; `locked`
 * - `changes` in words; `by`: who caused them, `{ change, user, command, requestId, outcome,
 *   method, messageIndex }`, where `method` is that of the message that ended a dialog
 * - `users` behind it
 */
export const roster: Command = {
  name: 'roster',
  usage: 'roster FILE',
  about: 'the state of conferences after each notification: who is in, what changed, and who did it',
  formats: ['text', 'json'],
  options: [{ name: 'at', value: 'N', about: 'only the states that hold at message N' }, ...filterOptions],
  files: [1, 1],
  async run(args, io) {
    const path = args.files[0]!;
    const at = readAt(option(args, 'at'));
    const filtering = filteringOf(args);
    const { reading, fits } = await readFitting(await io.text(path), filtering);
    const { trace, flow } = reading;
    if (trace.count === 0) throw new Failure(`${path}: no SIP message was found`);
    if (at > trace.count) throw new Failure(`--at ${at}: the trace has ${trace.count} messages`);
    const names = namesOf(reading);
    const conferences = readRoster(trace, flow).map((conference) => (at > 0 ? stateAt(conference, at) : conference));
    const wish = { at, fits };
    if (formatOf(args, roster) === 'text') await printText(path, conferences, wish, names, io.print);
    else {
      const listed = conferences.reduce((sum, conference) => sum + listedUsers(conference, wish), 0);
      if (listed > MOST_LISTED)
        throw new Failure(
          `${path}: its states list ${listed} users in all, which is too much for JSON: choose some with --at or --filter`,
        );
      await printJson(conferences, wish, names, io.print);
    }
    return 0;
  },
};

/** More users than this in all states are more than a string can hold. */
const MOST_LISTED = 1_000_000;

type Print = (text: string) => Promise<void>;

function readAt(value: string | undefined): number {
  if (value === undefined) return 0;
  if (!/^\d{1,9}$/.test(value) || Number(value) === 0)
    throw new Failure(`--at ${value}: the number of a message was expected, from 1 on`);
  return Number(value);
}

function namesOf({ trace }: Reading): Names {
  const { lanes, of } = readLanes(trace.built);
  const lane = ({ observer, receiver }: RosterState) => lanes[of[observer]!] ?? lanes[of[receiver]!];
  return {
    id: (state) => lane(state)?.id ?? '',
    label: (state) => lane(state)?.label ?? 'somebody',
    time: (index) => isoTime(trace.columns.timeOf(index)),
  };
}

/** The conference as it was at a message (one-based): the last state of each subscription is to be shown. */
function stateAt(conference: RosterConference, at: number): RosterConference {
  return { ...conference, states: conference.states.filter(({ index }) => index < at) };
}

/** What is to be printed: the states at a message (0: all of them), of those whose messages fit the filter (1 by zero-based number). */
interface Wish {
  readonly at: number;
  readonly fits: Uint8Array | null;
}

/** The states that are to be printed. */
function* shownStates(conference: RosterConference, { at, fits }: Wish) {
  const last = new Map(conference.states.map((state) => [state.subscription, state.index]));
  for (const one of statesWithUsers(conference)) {
    const { subscription, index } = one.state;
    if ((at === 0 || last.get(subscription) === index) && fits?.[index] !== 0) yield one;
  }
}

/** How many users the states to be printed list in all. */
function listedUsers(conference: RosterConference, wish: Wish): number {
  let listed = 0;
  for (const { users } of shownStates(conference, wish)) listed += users.size;
  return listed;
}

/** Checks run only where the filter may ask for what they found. */
async function readFitting(
  text: string,
  filtering: Filtering | null,
): Promise<{ reading: Reading; fits: Uint8Array | null }> {
  if (!filtering) return { reading: read(text), fits: null };
  const { reading, lint } = await lintText(text);
  return { reading, fits: chosen(filtering, reading, lint.problems) };
}

async function printText(
  path: string,
  conferences: readonly RosterConference[],
  wish: Wish,
  names: Names,
  print: Print,
): Promise<void> {
  if (!conferences.some(({ states, commands }) => states.length + commands.length > 0)) {
    await print(`${path}: no conference state and no command was found\n`);
    return;
  }
  for (const conference of conferences) {
    await print(headText(conference, names));
    for (const { state, users } of shownStates(conference, wish))
      await print(stateText(state, users, names, wish.at > 0));
    await print(tailText(conference));
  }
}

/** Printed state by state: those of a large conference are more than one string can hold. */
async function printJson(
  conferences: readonly RosterConference[],
  wish: Wish,
  names: Names,
  print: Print,
): Promise<void> {
  await print('{\n  "version": 1,\n  "conferences": [');
  let first = true;
  for (const conference of conferences) {
    await print(`${first ? '' : ','}\n    {\n      "entity": ${JSON.stringify(conference.entity)},\n      "states": [`);
    first = false;
    let separator = '';
    for (const { state, users } of shownStates(conference, wish)) {
      const value = {
        messageIndex: state.index + 1,
        time: names.time(state.index),
        observer: names.id(state),
        version: state.version,
        state: state.state,
        outcome: state.outcome,
        gap: state.missing === null ? null : { from: state.missing, to: state.version! - 1 },
        stale: state.isStale,
        whole: state.isWhole,
        locked: state.isLocked,
        changes: changesOf(state),
        by: state.events.flatMap(causeJson),
        users: [...users.values()],
      };
      await print(`${separator}\n        ${indented(value, 8)}`);
      separator = ',';
    }
    const rest = indented(restOf(conference), 4).slice(1, -1).trim();
    await print(`${separator ? '\n      ' : ''}],\n      ${rest}\n    }`);
  }
  await print(`${first ? '' : '\n  '}]\n}\n`);
}

/** Who caused a change: by which command, or by the end of which dialog (`method`). Fields that do not apply are null. */
function causeJson(event: RosterEvent): object[] {
  const { cause } = event;
  const change = eventText(event);
  if (cause?.kind === 'command') {
    const { from, name, requestId, outcome, index } = cause.command;
    return [{ change, user: from, command: name, requestId, outcome, method: null, messageIndex: index + 1 }];
  }
  const ended = cause?.dialog.ended;
  if (!ended) return [];
  const user = ended.isOwn ? event.user : null;
  const { method, index } = ended;
  return [{ change, user, command: null, requestId: null, outcome: null, method, messageIndex: index + 1 }];
}

function indented(value: object, depth: number): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(depth)}`);
}

/** What is told of the conference beside its states, with one-based numbers of messages. */
function restOf({ commands, servers, members }: RosterConference): object {
  const one = (index: number | null) => (index === null ? null : index + 1);
  return {
    commands: commands.map(({ name, requestId, from, users, index, accepted, pending, answered, outcome, reason }) => ({
      command: name,
      requestId,
      user: from,
      targets: users,
      messageIndex: index + 1,
      accepted: accepted && { messageIndex: accepted.index + 1, status: accepted.status },
      pending: pending.map((message) => message + 1),
      answered: one(answered),
      outcome,
      reason,
    })),
    servers: servers.map(({ uri, service }) => ({ uri, service })),
    participants: members.map(({ entity, dialogs }) => ({
      entity,
      dialogs: dialogs.map(({ dialog, service, isSubscription, first, last, ended }) => ({
        dialog: `d${dialog}`,
        service,
        kind: isSubscription ? 'subscription' : 'dialog',
        first: first + 1,
        last: last + 1,
        ended: ended && {
          messageIndex: ended.index + 1,
          method: ended.method,
          by: ended.isOwn ? 'user' : 'conference',
        },
      })),
    })),
  };
}

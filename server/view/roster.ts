import { memo } from '../engine/base/memo.ts';
import { clipped, plain } from '../engine/base/quote.ts';
import type { Reading } from '../engine/engine.ts';
import { conferenceId, shortUri, userOf } from '../engine/flow/entity.ts';
import { nameOf, type RosterEvent } from '../engine/flow/roster/events.ts';
import { type RosterConference, type RosterState, readRoster } from '../engine/flow/roster/roster.ts';
import type { RosterUser } from '../engine/flow/roster/user.ts';
import { changesOf, eventText } from '../engine/flow/roster/wording.ts';
import { readLanes } from '../engine/ladder/lanes.ts';
import { Flag } from '../engine/trace/columns.ts';
import type { RosterEventView, RosterMark, RosterSpan, RosterTimeline, RosterUserView } from './protocol.ts';

/** More changes than this of one notification are not told one by one. */
const MOST_CHANGES = 50;
const LONGEST = 100;

/** Whether the trace may show a conference: only then a roster is offered. Looks at the columns alone. */
export const mayHaveRoster: (reading: Reading) => boolean = memo(({ trace }) => {
  const { flags, count } = trace.columns;
  for (let index = 0; index < count; index++) if ((flags[index]! & Flag.xml) !== 0) return true;
  return false;
});

interface Choice {
  readonly conference: RosterConference;
  readonly states: readonly RosterState[];
}

/** What can be chosen: each conference as each of its subscribers learned of it. */
const choicesOf: (reading: Reading) => readonly Choice[] = memo(({ trace, flow }) =>
  readRoster(trace, flow).flatMap((conference) => {
    const bySubscription = new Map<number, RosterState[]>();
    for (const state of conference.states) {
      const known = bySubscription.get(state.subscription);
      if (known) known.push(state);
      else bySubscription.set(state.subscription, [state]);
    }
    return [...bySubscription.values()].map((states) => ({ conference, states }));
  }),
);

/** The roster over time, as one subscriber learned of it. `choice` is a place in the list of choices; the first where there is none such. */
export function rosterOf(reading: Reading, choice: number): RosterTimeline {
  const choices = choicesOf(reading);
  const chosen = choices[choice] ? choice : 0;
  const states = choices[chosen]?.states ?? [];
  return {
    choices: choices.map((one) => titleOf(reading, one)),
    chosen,
    marks: states.map((state) => markOf(reading, state)),
    users: usersOf(states),
  };
}

function titleOf({ trace }: Reading, { conference: { entity }, states }: Choice): string {
  const { lanes, of } = readLanes(trace.built);
  const { observer: party, receiver } = states[0]!;
  const observer = (lanes[of[party]!] ?? lanes[of[receiver]!])?.label ?? 'somebody';
  const id = conferenceId(entity);
  const name = clipped(plain(shortUri(entity)), LONGEST);
  return `${name}${id ? ` (${clipped(plain(id), 12)})` : ''}, as ${clipped(plain(observer), LONGEST)} sees it`;
}

function markOf({ trace }: Reading, state: RosterState): RosterMark {
  const all = changesOf(state);
  const more = all.length - MOST_CHANGES;
  return {
    message: state.index + 1,
    time: trace.columns.timeOf(state.index),
    version: state.version,
    state: plain(state.state),
    gap: state.missing === null ? null : { from: state.missing, to: state.version! - 1 },
    stale: state.isStale,
    locked: state.isLocked === true,
    changes: more > 0 ? [...all.slice(0, MOST_CHANGES), `and ${more} more`] : all,
  };
}

interface Building {
  readonly label: string;
  readonly entity: string;
  readonly spans: RosterSpan[];
  readonly events: RosterEventView[];
  open: { readonly from: number; readonly user: RosterUser } | null;
}

/** Everybody who was listed, in the order of their first mention, with the times at which they were in. */
function usersOf(states: readonly RosterState[]): RosterUserView[] {
  const users = new Map<string, Building>();
  for (const [at, { changes, events, index }] of states.entries()) {
    for (const { key, after } of changes) {
      const user = userNamed(users, key, after);
      close(user, at);
      if (after) user.open = { from: at, user: after };
    }
    for (const event of events)
      if (event.user) userNamed(users, event.user, null).events.push(eventOf(event, at, index));
  }
  return [...users.values()].map((user) => {
    close(user, states.length);
    return { label: user.label, entity: user.entity, spans: user.spans, events: user.events };
  });
}

function userNamed(users: Map<string, Building>, key: string, user: RosterUser | null): Building {
  const known = users.get(key);
  if (known) return known;
  const entity = user?.entity || key.trim();
  const label = clipped(plain(user?.displayText || userOf(entity) || 'no entity'), LONGEST);
  const made = { label, entity: clipped(plain(shortUri(entity)), LONGEST), spans: [], events: [], open: null };
  users.set(key, made);
  return made;
}

function close(user: Building, to: number): void {
  const { open } = user;
  user.open = null;
  if (!open || open.from === to) return;
  user.spans.push({
    from: open.from,
    to,
    role: clipped(plain(open.user.roles.join(', ')), LONGEST),
    endpoints: open.user.endpoints.map((endpoint) => ({
      name: clipped(plain(nameOf(endpoint)), LONGEST),
      status: clipped(plain(endpoint.status), LONGEST),
    })),
  });
}

function eventOf(event: RosterEvent, at: number, index: number): RosterEventView {
  const { cause } = event;
  const by = cause?.kind === 'command' ? cause.command.index : (cause?.dialog.ended?.index ?? null);
  const isEjection = event.kind === 'left' && cause?.kind === 'command';
  return {
    at,
    kind: isEjection ? 'ejected' : event.kind,
    text: clipped(eventText(event), 3 * LONGEST),
    message: index + 1,
    cause: by === null ? null : by + 1,
  };
}

import { memo } from '../engine/base/memo.ts';
import { clipped, plain } from '../engine/base/quote.ts';
import { conferenceId, shortUri, userOf } from '../engine/flow/entity.ts';
import { nameOf, type RosterEvent } from '../engine/flow/roster/events.ts';
import { type RosterConference, RosterReader, type RosterState, type Texts } from '../engine/flow/roster/roster.ts';
import type { RosterUser } from '../engine/flow/roster/user.ts';
import { changesOf, eventText } from '../engine/flow/roster/wording.ts';
import { Flag } from '../engine/trace/columns.ts';
import type { LongAnswer, Looking } from './longAnswer.ts';
import type { RosterEventView, RosterMark, RosterSpan, RosterTimeline, RosterUserView } from './protocol.ts';
import { breath } from './slices.ts';
import type { Loaded, ViewedTrace } from './viewed.ts';

/** More changes than this of one notification are not told one by one. */
const MOST_CHANGES = 50;
const LONGEST = 100;

/** Messages are read so many bytes at once, of heads alone so many messages. */
const BATCH_BYTES = 4 * 1024 * 1024;
const BATCH = 500;
const HEAD_BYTES = 8 * 1024;

/** The conferences as far as the trace was read for them. */
export type RosterAnswer = readonly RosterConference[];

/** Whether the trace may show a conference: only then a roster is offered. Looks at the columns alone. */
export function mayHaveRoster({ columns: { flags, count } }: Pick<ViewedTrace, 'columns'>): boolean {
  for (let index = 0; index < count; index++) if ((flags[index]! & Flag.xml) !== 0) return true;
  return false;
}

interface Choice {
  readonly conference: RosterConference;
  readonly states: readonly RosterState[];
}

/** What can be chosen: each conference as each of its subscribers learned of it. */
const choicesOf: (conferences: RosterAnswer) => readonly Choice[] = memo((conferences) =>
  conferences.flatMap((conference) => {
    const bySubscription = new Map<number, RosterState[]>();
    for (const state of conference.states) {
      const known = bySubscription.get(state.subscription);
      if (known) known.push(state);
      else bySubscription.set(state.subscription, [state]);
    }
    return [...bySubscription.values()].map((states) => ({ conference, states }));
  }),
);

/**
 * The roster over time, as one subscriber learned of it, as far as it is known soon; asked again it goes on. `choice` is a place in the list of choices; the
 * first where there is none such.
 */
export async function rosterOf(
  trace: ViewedTrace,
  choice: number,
  running: LongAnswer<RosterAnswer>,
): Promise<RosterTimeline> {
  const { value, progress } = await running.ask('', trace.state, (looking) => readConferences(trace, looking));
  const choices = choicesOf(value);
  const chosen = choices[choice] ? choice : 0;
  const states = choices[chosen]?.states ?? [];
  return {
    choices: choices.map((one) => titleOf(trace, one)),
    chosen,
    progress,
    marks: states.map((state) => markOf(trace, state)),
    users: usersOf(states),
  };
}

/** Walks through the messages that tell of conferences, a part of them at a time. */
async function readConferences(trace: ViewedTrace, looking: Looking<RosterAnswer>): Promise<RosterAnswer> {
  const { columns, flow } = trace;
  const reader = new RosterReader(trace, flow);
  await noteNotifiers(trace, reader, looking);
  for (let from = 0; from < columns.count && !looking.isGivenUp(); ) {
    const asked: number[] = [];
    let to = from;
    for (let bytes = 0; to < columns.count && bytes < BATCH_BYTES && asked.length < BATCH; to++) {
      if (!reader.asksForText(to)) continue;
      asked.push(to);
      bytes += columns.length[to]!;
    }
    const texts = textsOf(await trace.load(asked, BATCH_BYTES));
    for (; from < to; from++) reader.note(from, texts);
    looking.tell(to / columns.count, []);
    await breath();
  }
  return reader.conferences();
}

async function noteNotifiers(trace: ViewedTrace, reader: RosterReader, looking: Looking<RosterAnswer>): Promise<void> {
  const { count } = trace.columns;
  for (let at = 0; at < count && !looking.isGivenUp(); ) {
    const asked: number[] = [];
    for (; at < count && asked.length < BATCH; at++) if (reader.mayTellNotifier(at)) asked.push(at);
    if (asked.length === 0) continue;
    const texts = textsOf(await trace.load(asked, HEAD_BYTES));
    for (const index of asked) if (reader.mayTellNotifier(index)) reader.noteNotifier(index, texts);
    await breath();
  }
}

function textsOf({ reading: { trace }, place }: Loaded): Texts {
  return (index) => ({ trace, place: place(index) });
}

function titleOf({ lanes: { lanes, of } }: ViewedTrace, { conference: { entity }, states }: Choice): string {
  const { observer: party, receiver } = states[0]!;
  const observer = (lanes[of[party]!] ?? lanes[of[receiver]!])?.label ?? 'somebody';
  const id = conferenceId(entity);
  const name = clipped(plain(shortUri(entity)), LONGEST);
  return `${name}${id ? ` (${clipped(plain(id), 12)})` : ''}, as ${clipped(plain(observer), LONGEST)} sees it`;
}

function markOf({ columns }: ViewedTrace, state: RosterState): RosterMark {
  const all = changesOf(state);
  const more = all.length - MOST_CHANGES;
  return {
    message: state.index + 1,
    time: columns.timeOf(state.index),
    version: state.version,
    state: plain(state.state),
    gap: state.missing === null ? null : { from: state.missing, to: state.version! - 1 },
    stale: state.isStale,
    locked: state.isLocked,
    users: state.userCount,
    isWhole: state.isWhole,
    mcus: state.mcus.map((name) => clipped(plain(name), LONGEST)),
    cause: state.events.map(causeOf).find((cause) => cause !== null) ?? null,
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
  const isEjection = event.kind === 'left' && cause?.kind === 'command';
  return {
    at,
    kind: isEjection ? 'ejected' : event.kind,
    text: clipped(eventText(event), 3 * LONGEST),
    message: index + 1,
    cause: causeOf(event),
  };
}

/** One-based number of the message that caused an event, or null. */
function causeOf({ cause }: RosterEvent): number | null {
  const by = cause?.kind === 'command' ? cause.command.index : (cause?.dialog.ended?.index ?? null);
  return by === null ? null : by + 1;
}

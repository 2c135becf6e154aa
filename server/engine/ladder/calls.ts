import type { Flow } from '../flow/flow.ts';
import type { Attendance } from '../flow/sessions/attendance.ts';
import type { LegLink } from '../flow/sessions/evidence.ts';
import type { DecidedLinks } from '../flow/sessions/grouping.ts';
import { linkLegs } from '../flow/sessions/legs.ts';
import { headerValue } from '../sip/message.ts';
import type { TextTrace } from '../trace/text.ts';
import type { Ladder, LadderConference, LadderDialog, LadderLink } from './ladder.ts';

/**
 * The calls of several legs, with the evidence for each link, what is only a guess, and the conferences.
 * @param decided what was told of legs by hand
 */
export function readCalls(
  trace: TextTrace,
  flow: Flow,
  dialogs: readonly LadderDialog[],
  decided?: DecidedLinks,
): Pick<Ladder, 'calls' | 'guesses' | 'conferences'> {
  const { calls, guesses, conferences } = linkLegs(trace, flow, decided);
  const byCallId = new Map<string, string[]>();
  for (const { id, callId } of dialogs) {
    const known = byCallId.get(callId);
    if (known) known.push(id);
    else byCallId.set(callId, [id]);
  }
  return {
    calls: calls.map(({ callIds, links }, at) => ({
      id: `c${at + 1}`,
      callIds,
      dialogs: callIds.flatMap((callId) => byCallId.get(callId) ?? []),
      links: links.map((link) => linkOf(trace, link)),
    })),
    guesses: guesses.map((link) => linkOf(trace, link)),
    conferences: conferencesOf(trace, [...conferences.values()], byCallId),
  };
}

function conferencesOf(
  trace: TextTrace,
  legs: readonly Attendance[],
  dialogs: ReadonlyMap<string, readonly string[]>,
): LadderConference[] {
  const groups = new Map<string, Attendance[]>();
  for (const leg of legs) {
    const known = groups.get(leg.key);
    if (known) known.push(leg);
    else groups.set(leg.key, [leg]);
  }
  return [...groups.values()].map((group) => {
    const callIds = group.map(({ first }) => headerValue(trace.message(first), 'call-id') ?? '');
    const focus = group.find(({ uri }) => /;opaque=app:conf:focus:/i.test(uri)) ?? group[0]!;
    return { uri: focus.uri, callIds, dialogs: callIds.flatMap((callId) => dialogs.get(callId) ?? []) };
  });
}

function linkOf(trace: TextTrace, { weight, evidence }: LegLink): LadderLink {
  const callId = (index: number) => headerValue(trace.message(index), 'call-id') ?? '';
  const [from, to] = evidence[0]!.messages;
  return {
    from: callId(from),
    to: callId(to),
    weight,
    evidence: evidence.map(({ messages, ...one }) => ({ ...one, messages: messages.map((index) => index + 1) })),
  };
}

import type { Repair } from '../../base/repair.ts';
import type { Call } from '../../flow/call.ts';
import { readCall } from '../../flow/calls.ts';
import { allRules } from '../../rules/all.ts';
import type { Reported } from '../../rules/rule.ts';
import type { SipMessage } from '../../sip/message.ts';
import { address, sameParty, vias } from '../../sip/values.ts';
import { neighboursOf } from '../exchanges.ts';
import { type Fix, type FixedProblem, type MessagePlace, messageAt, type Source } from '../source.ts';
import { placedEdits, spanIn } from './placedEdits.ts';

const byId = new Map(allRules.map((rule) => [rule.id, rule]));

/** What the rule that found a problem in a message knows to mend it. */
export function ruleFixes(source: Source, problem: FixedProblem): Fix[] {
  const rule = byId.get(problem.rule);
  const place = rule?.fix && messageAt(source, problem.from);
  if (!rule?.fix || !place) return [];
  const repairs = rule.fix(reported(source, place, problem));
  return repairs.flatMap((one) => fixOf(source, place, problem, one));
}

function fixOf(source: Source, place: MessagePlace, problem: FixedProblem, repair: Repair): Fix[] {
  const edits = placedEdits(source, place, repair.edits);
  return edits ? [{ title: repair.title, edits, problem, confidence: repair.confidence }] : [];
}

function reported(source: Source, place: MessagePlace, problem: FixedProblem): Reported {
  let known: Call | undefined;
  const call = () => {
    known ??= callOf(source, place.index);
    return known;
  };
  return {
    message: place.message,
    at: spanIn(place.offset, problem, place.message),
    text: problem.message,
    flow: () => call().messages.find(({ index }) => index === place.index)!,
    call,
    neighbours: () => neighbours(source, place),
  };
}

/** The messages of a message's Call-ID; it alone where it has none. */
function callOf({ reading }: Source, index: number): Call {
  const { trace, flow, calls, facts } = reading;
  const number = trace.columns.call[index]!;
  const indices = number === 0 ? [index] : calls.order.subarray(calls.starts[number]!, calls.starts[number + 1]!);
  return readCall(trace, flow, facts, indices);
}

function neighbours(source: Source, { index, message }: MessagePlace): SipMessage[] {
  const near = neighboursOf(source, index);
  const isAlone = source.reading.trace.columns.call[index] === 0;
  return isAlone ? near.filter((other) => isRelated(message, other)) : near;
}

/** Whether two messages share the transaction, by the branch on top, or both parties. */
function isRelated(a: SipMessage, b: SipMessage): boolean {
  const [branch, other] = [branchOf(a), branchOf(b)];
  if (branch && branch === other) return true;
  const [from, to] = partiesOf(a);
  const [otherFrom, otherTo] = partiesOf(b);
  const same = (x: string, y: string) => x !== '' && y !== '' && sameParty(x, y);
  return (same(from, otherFrom) && same(to, otherTo)) || (same(from, otherTo) && same(to, otherFrom));
}

function branchOf(message: SipMessage): string {
  const branch = vias(message)[0]?.params.find(({ name }) => name === 'branch')?.value;
  return branch ? message.text.slice(branch.from, branch.to) : '';
}

function partiesOf(message: SipMessage): [string, string] {
  const uri = (id: string) => {
    const at = address(message, id)?.uri;
    return at ? message.text.slice(at.from, at.to) : '';
  };
  return [uri('from'), uri('to')];
}

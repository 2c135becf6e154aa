import { durationWords } from '../../engine/base/time.ts';
import { xmlOf } from '../../engine/flow/calls.ts';
import { summarize } from '../../engine/flow/conference.ts';
import { organizerKey, shortUri } from '../../engine/flow/entity.ts';
import { labelOf } from '../../engine/ladder/rows.ts';
import type { Messages } from '../../engine/trace/text.ts';
import { entriesOf } from './callEntries.ts';
import { factsOfDialog, factsOfLeg, failuresIn, lastFinal } from './callFacts.ts';
import { idOf } from './callIds.ts';
import type { CallNode, CallsView } from './callNode.ts';
import { messagesOfLeg } from './callSource.ts';
import { answeredOutcome, type CallTable } from './callTable.ts';
import { allChildrenOf, type CallPlace, evidenceOf, messagesIn } from './callTree.ts';
import { hasHops, wayOf } from './callWays.ts';
import * as words from './callWords.ts';

/** What is needed for a node before it can be made. */
interface Plan {
  /** Messages, zero-based. */
  readonly needs: readonly number[];
  make(messages: Messages): Told;
}

/** A node without what its place tells; `message` is zero-based. */
type Told = Omit<CallNode, 'id' | 'tooltip' | 'hasChildren' | 'message'> & {
  readonly message: number;
  /** Lines of the tooltip below the label and the description. */
  readonly more?: readonly string[];
};

/** Makes the nodes of places. Of a file the messages that they need are read together. */
export async function nodesOf(
  table: CallTable,
  places: readonly CallPlace[],
  view: CallsView,
): Promise<readonly CallNode[]> {
  const plans = places.map((place) => planOf(table, place, view));
  const messages = await table.source.load(plans.flatMap(({ needs }) => needs));
  return plans.map(({ make }, at) => {
    const { more = [], message, ...told } = make(messages);
    const place = places[at]!;
    return {
      ...told,
      id: idOf(place),
      tooltip: [told.label, told.description, ...more].filter(Boolean).join('\n'),
      message: message + 1,
      hasChildren: !['message', 'link', 'guess', 'cut'].includes(place.is),
    };
  });
}

type Place<K extends CallPlace['is']> = Extract<CallPlace, { is: K }>;

function planOf(table: CallTable, place: CallPlace, view: CallsView): Plan {
  switch (place.is) {
    case 'call':
      return planCall(table, place);
    case 'leg':
      return planLeg(table, place);
    case 'dialog':
      return planDialog(table, place);
    case 'link':
    case 'guess':
    case 'cut':
      return planLink(table, place);
    case 'transaction':
      return planTransaction(table, place, view);
    case 'message':
      return planMessage(table, place);
    case 'fold':
      return table.conferences.has(place.call) ? planMeeting(table, place, view) : planFold(table, place, view);
    case 'refreshes':
      return planFold(table, place, view);
    default:
      return planRange(table, place, view);
  }
}

/** A call is told by its first leg. */
function planCall(table: CallTable, { call }: Place<'call'>): Plan {
  if (call === 0) return planWithoutCallId(table);
  const facts = factsOfLeg(table, call);
  const legs = table.legsOf.get(call) ?? [call];
  const count = legs.reduce((sum, leg) => sum + messagesOfLeg(table.source, leg).length, 0);
  return {
    needs: words.neededBy(facts),
    make(messages) {
      const first = words.firstOf(facts);
      const told = [...words.factsInWords(facts, messages), words.plural(count, 'message')];
      if (legs.length > 1) told.push(`${legs.length} legs${isByHand(table, legs) ? ', linked by you' : ''}`);
      return {
        kind: facts.kind,
        label: words.titleOf(facts, messages),
        description: [...told, words.clockOf(messages, facts.indices[0]!)].filter(Boolean).join(' · '),
        outcome: facts.outcome,
        message: first,
        more: [`Call-ID: ${words.callIdOf(messages, first)}`],
      };
    },
  };
}

function isByHand({ links }: CallTable, legs: readonly number[]): boolean {
  return legs.some((leg) => links.get(leg)?.some(({ evidence }) => evidence[0]?.kind === 'by-hand'));
}

function planWithoutCallId({ source }: CallTable): Plan {
  const { starts, order } = source.legs;
  return {
    needs: [],
    make: () => ({
      kind: 'fold',
      label: 'Messages without Call-ID',
      description: `×${starts[1]}`,
      outcome: null,
      message: order[0]!,
    }),
  };
}

/** A leg is told by the two that its messages go between. */
function planLeg(table: CallTable, { leg }: Place<'leg'>): Plan {
  const facts = factsOfLeg(table, leg);
  const number = (table.legsOf.get(table.callOf[leg]!)?.indexOf(leg) ?? 0) + 1;
  const first = words.firstOf(facts);
  return {
    needs: words.neededBy(facts),
    make: (messages) => ({
      kind: 'leg',
      label: `Leg ${number}: ${wayOf(table.source, first)}`,
      description: [...words.factsInWords(facts, messages), words.plural(facts.indices.length, 'message')].join(' · '),
      outcome: facts.outcome,
      message: first,
      more: [`Call-ID: ${words.callIdOf(messages, first)}`],
    }),
  };
}

function planDialog(table: CallTable, { leg, dialog }: Place<'dialog'>): Plan {
  const facts = factsOfDialog(table, leg, dialog);
  const { toTag, fromTag } = table.source.messages.columns;
  const tagged = facts.indices.find((index) => toTag[index] && fromTag[index]) ?? facts.indices[0] ?? 0;
  return {
    needs: [...words.neededBy(facts), tagged],
    make: (messages) => ({
      kind: 'dialog',
      label: `Dialog ${words.tagsOf(messages, tagged)}`,
      description: [...words.factsInWords(facts, messages), words.plural(facts.indices.length, 'message')].join(' · '),
      outcome: facts.outcome,
      message: facts.indices[0] ?? 0,
    }),
  };
}

/** Evidence leads to the message of the other leg. */
function planLink(table: CallTable, place: Place<'link'> | Place<'guess'> | Place<'cut'>): Plan {
  const { callOf, legsOf, source } = table;
  const evidence = evidenceOf(table, place);
  const [one, other] = evidence?.messages ?? [-1, -1];
  const facts = factsOfLeg(table, place.other);
  const first = words.firstOf(facts);
  const there = one < 0 ? first : source.messages.columns.call[one] === place.other ? one : other;
  const number = (legsOf.get(callOf[place.other]!)?.indexOf(place.other) ?? 0) + 1;
  const weight = words.weightWords(evidence?.weight ?? 0);
  const [text = '', spec = ''] = (evidence?.text ?? '').split(/ \((?=[^()]*\)$)|\)$/);
  const isByHand = evidence?.kind === 'by-hand';
  return {
    needs: words.neededBy(facts),
    make(messages) {
      const title = words.titleOf(facts, messages);
      const told = {
        link: { label: text, description: [isByHand ? '' : weight, `leg ${number}`, spec] },
        guess: { label: `Perhaps one call with ${title}`, description: [weight, text, spec] },
        cut: { label: `Not one call with ${title}`, description: ['cut by you', text && `though ${text}`, spec] },
      }[place.is];
      return {
        kind: isByHand && place.is === 'link' ? 'linked' : place.is,
        label: told.label,
        description: told.description.filter(Boolean).join(' · '),
        outcome: null,
        message: there,
        more: evidence
          ? [`Messages ${one + 1} and ${other + 1}`, `Weight ${weight}: 0 is no evidence, 1 is certainty.`]
          : [],
      };
    },
  };
}

function planTransaction(table: CallTable, place: Place<'transaction'>, view: CallsView): Plan {
  const indices = messagesIn(table, place, view);
  const { messages } = table.source;
  const [first = 0] = indices;
  const final = lastFinal(messages, indices);
  const [start, end] = [messages.columns.timeOf(first), final < 0 ? null : messages.columns.timeOf(final)];
  const took = start !== null && end !== null && end >= start ? `after ${durationWords(end - start)}` : '';
  const method = messages.method(first);
  const clock = words.clockOf(messages, first);
  const way = hasHops(table, place.leg) ? wayOf(table.source, first) : '';
  return {
    needs: final < 0 ? [first] : [first, final],
    make(loaded) {
      const status = final < 0 ? '' : words.statusOf(loaded.message(final));
      const answer = status || (isAnswered(method) ? 'no final answer' : '');
      return {
        kind: 'transaction',
        label: method || 'Unreadable',
        description: [[answer, took].filter(Boolean).join(' '), way, clock].filter(Boolean).join(' · '),
        outcome: answeredOutcome(table.source, indices),
        message: first,
      };
    },
  };
}

function planMessage({ source }: CallTable, { index }: Place<'message'>): Plan {
  return {
    needs: [index],
    make(messages) {
      const message = messages.message(index);
      const isResponse = message.kind === 'response';
      const again = source.flow.transactions.retransmissionOf[index];
      return {
        kind: isResponse ? 'response' : 'request',
        label: `${index + 1}  ${labelOf(message, summarize(message, xmlOf(message)))}`,
        description: [wayOf(source, index), again ? `sent again (${again})` : '', words.clockOf(messages, index)]
          .filter(Boolean)
          .join(' · '),
        outcome: isResponse && message.status >= 200 ? (message.status < 400 ? 'succeeded' : 'failed') : null,
        message: index,
      };
    },
  };
}

/** A conference: whose it is, how many users and calls it has, and how many of these failed. */
function planMeeting(table: CallTable, place: Place<'fold'>, view: CallsView): Plan {
  const { conferences, source } = table;
  const { conference, uri } = conferences.get(place.call)!;
  const calls = entriesOf(table, view).folds.get(place.call) ?? [];
  const legs = calls.flatMap((call) => table.legsOf.get(call) ?? [call]);
  const users = new Set(legs.flatMap((leg) => table.attendances.get(leg)?.user || []));
  const failed = calls.filter((call) => table.outcomeOf(call) === 'failed').length;
  const messages = legs.reduce((sum, leg) => sum + messagesOfLeg(source, leg).length, 0);
  const first = messagesOfLeg(source, place.call)[0] ?? 0;
  const told = [
    words.plural(users.size, 'user'),
    words.plural(calls.length, 'call'),
    failed > 0 ? `${failed} failed` : '',
    words.plural(messages, 'message'),
    words.clockOf(source.messages, first),
  ];
  return {
    needs: [],
    make: () => ({
      kind: 'meeting',
      label: `Conference ${shortUri(organizerKey(uri))}`,
      description: told.filter(Boolean).join(' · '),
      outcome: null,
      message: first,
      more: [conference],
    }),
  };
}

/** Several of one kind: what they are, how many, and how many of them failed. */
function planFold(table: CallTable, place: Place<'fold'> | Place<'refreshes'>, view: CallsView): Plan {
  const indices = messagesIn(table, place, view);
  const { messages, flow } = table.source;
  const [first = 0] = indices;
  const last = lastFinal(messages, indices);
  const count = new Set(indices.map((index) => flow.transactions.of[index])).size;
  const failed = failuresIn(messages, flow, indices);
  return {
    needs: last < 0 ? [first] : [first, last],
    make(loaded) {
      const message = loaded.message(first);
      const [from, to] = [words.personOf(message, 'from'), words.personOf(message, 'to')];
      const way = from === to ? from : `${from} → ${to}`;
      const isMissing = last < 0 && isAnswered(messages.method(first));
      const status = last < 0 ? (isMissing ? 'no answer' : '') : `last ${words.statusOf(loaded.message(last))}`;
      return {
        kind: 'fold',
        label: `${messages.method(first)} ${way}`,
        description: [`×${count}`, status, failed > 0 ? `${failed} failed` : ''].filter(Boolean).join(' · '),
        outcome: answeredOutcome(table.source, indices),
        message: first,
      };
    },
  };
}

/** ACK gets no answer (RFC 3261 §13), nor does BENOTIFY (MS-SIP §3.5). */
function isAnswered(method: string): boolean {
  return method !== 'ACK' && method !== 'BENOTIFY';
}

function planRange(table: CallTable, place: CallPlace, view: CallsView): Plan {
  const { of, from, to } = place.is === 'range' ? place : { of: place, from: 0, to: 0 };
  const { messages } = table.source;
  const start = allChildrenOf(table, of, view)[from];
  const [first = 0] = start ? messagesIn(table, start, view) : [];
  const what = of.is === 'root' ? 'Calls ' : '';
  const calls = allChildrenOf(table, of, view).slice(from, to);
  const failed = calls.filter((one) => one.is === 'call' && table.outcomeOf(one.call) === 'failed').length;
  const clock = view.order === 'time' || of.is !== 'root' ? words.clockOf(messages, first) : '';
  const told = [failed > 0 ? `${failed} failed` : '', clock];
  return {
    needs: [],
    make: () => ({
      kind: 'range',
      label: `${what}${from + 1}–${to}`,
      description: told.filter(Boolean).join(' · '),
      outcome: null,
      message: first,
    }),
  };
}

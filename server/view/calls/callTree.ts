import type { LegEvidence, LegLink } from '../../engine/flow/sessions/evidence.ts';
import { type CallEntries, entriesOf } from './callEntries.ts';
import type { CallsView } from './callNode.ts';
import { messagesOfLeg } from './callSource.ts';
import type { CallTable } from './callTable.ts';

/** A place in the tree of calls. Numbers are those of Call-IDs, dialogs, transactions and, zero-based, messages. */
export type CallPlace =
  | { readonly is: 'root' }
  /** Part of a long list, by places in it. */
  | { readonly is: 'range'; readonly of: CallPlace; readonly from: number; readonly to: number }
  /** Calls of one kind, or of one conference, by the first of them. */
  | { readonly is: 'fold'; readonly call: number }
  | { readonly is: 'call'; readonly call: number }
  | { readonly is: 'leg'; readonly leg: number }
  /** Evidence that a leg and another one are one call, by its place among those of their link. */
  | { readonly is: 'link'; readonly leg: number; readonly other: number; readonly at: number }
  | { readonly is: 'guess'; readonly leg: number; readonly other: number }
  /** Legs that were told apart by hand. */
  | { readonly is: 'cut'; readonly leg: number; readonly other: number }
  | { readonly is: 'dialog'; readonly leg: number; readonly dialog: number }
  /** Transactions of a dialog with one method. */
  | { readonly is: 'refreshes'; readonly leg: number; readonly dialog: number; readonly method: string }
  | { readonly is: 'transaction'; readonly leg: number; readonly dialog: number; readonly transaction: number }
  | { readonly is: 'message'; readonly index: number };

/** A node has no more children than this: of more, each is a part of the list. */
export const MOST = 500;
/** Requests by which a dialog is kept alive or told of news: so many of one method are one node. */
const REFRESHES = ['REGISTER', 'SUBSCRIBE', 'OPTIONS', 'NOTIFY', 'BENOTIFY', 'PUBLISH', 'UPDATE'];
const MANY = 3;

/** The children of a place, in order. */
export function childrenOf(table: CallTable, place: CallPlace, view: CallsView): readonly CallPlace[] {
  const { of, from, to } = place.is === 'range' ? place : { of: place, from: 0, to: Number.POSITIVE_INFINITY };
  const all = allChildrenOf(table, of, view);
  return parts(of, from, Math.min(to, all.length)) ?? all.slice(from, to);
}

/** The parts of a list from one place to another; undefined where it is short. */
function parts(of: CallPlace, from: number, to: number): CallPlace[] | undefined {
  const step = stepOf(to - from);
  if (step === 1) return undefined;
  const made: CallPlace[] = [];
  for (let at = from; at < to; at += step) made.push({ is: 'range', of, from: at, to: Math.min(to, at + step) });
  return made;
}

function stepOf(length: number): number {
  let step = 1;
  while (length / step > MOST) step *= MOST;
  return step;
}

/** The children of a place that is no part of a list, however many. */
export function allChildrenOf(table: CallTable, place: CallPlace, view: CallsView): readonly CallPlace[] {
  switch (place.is) {
    case 'root':
      return rootsOf(table, view);
    case 'fold':
      return (entriesOf(table, view).folds.get(place.call) ?? []).map((call) => ({ is: 'call', call }));
    case 'call':
      return inCall(table, place.call);
    case 'leg':
      return [...linksOf(table, place.leg), ...inLeg(table, place.leg)];
    case 'dialog':
      return inDialog(table, place.leg, place.dialog);
    case 'refreshes':
      return refreshesOf(table, place).map(single);
    case 'transaction':
      return membersOf(table, place).map(asMessage);
    default:
      return [];
  }
}

const roots = new WeakMap<CallEntries, readonly CallPlace[]>();

function rootsOf(table: CallTable, view: CallsView): readonly CallPlace[] {
  const entries = entriesOf(table, view);
  const known = roots.get(entries);
  if (known) return known;
  const made = entries.heads.map(
    (call): CallPlace => (entries.folds.has(call) ? { is: 'fold', call } : { is: 'call', call }),
  );
  roots.set(entries, made);
  return made;
}

/** Its legs; where it has one alone, what is in it. */
function inCall(table: CallTable, call: number): CallPlace[] {
  const legs = table.legsOf.get(call);
  const inside = legs ? legs.map((leg): CallPlace => ({ is: 'leg', leg })) : inLeg(table, call);
  return [...inside, ...(legs ?? [call]).flatMap((leg) => [...guessesOf(table, leg), ...cutsOf(table, leg)])];
}

function linksOf(table: CallTable, leg: number): CallPlace[] {
  return (table.links.get(leg) ?? []).flatMap(({ from, to, evidence }) =>
    evidence.map((_, at): CallPlace => ({ is: 'link', leg, other: from === leg ? to : from, at })),
  );
}

/** A guess between legs that other evidence joins already is none. */
function guessesOf({ guesses, callOf }: CallTable, leg: number): CallPlace[] {
  return (guesses.get(leg) ?? [])
    .map(({ from, to }) => (from === leg ? to : from))
    .filter((other) => callOf[other] !== callOf[leg])
    .map((other): CallPlace => ({ is: 'guess', leg, other }));
}

function cutsOf({ cuts }: CallTable, leg: number): CallPlace[] {
  return (cuts.get(leg) ?? []).map(({ from, to }) => ({ is: 'cut', leg, other: from === leg ? to : from }));
}

/** Its dialogs; where it has one alone, what is in it. */
function inLeg(table: CallTable, leg: number): CallPlace[] {
  const indices = messagesOfLeg(table.source, leg);
  if (leg === 0) return indices.map(asMessage);
  const dialogs = [...new Set(indices.map((index) => table.source.flow.dialogs.of[index]!))];
  if (dialogs.length === 1) return inDialog(table, leg, dialogs[0]!);
  return dialogs.map((dialog) => ({ is: 'dialog', leg, dialog }));
}

type Transaction = Extract<CallPlace, { is: 'transaction' }>;

/** Its transactions, each at the place of its first message. One of a single message is that message. */
function inDialog(table: CallTable, leg: number, dialog: number): CallPlace[] {
  const all = transactionsOf(table, leg, dialog);
  const counts = new Map<string, number>();
  for (const { method } of all) counts.set(method, (counts.get(method) ?? 0) + 1);
  if (counts.size === 1) return all.map(single);
  const seen = new Set<string>();
  return all.flatMap((one): CallPlace[] => {
    const { method } = one;
    if (!REFRESHES.includes(method) || counts.get(method)! < MANY) return [single(one)];
    if (seen.has(method)) return [];
    seen.add(method);
    return [{ is: 'refreshes', leg, dialog, method }];
  });
}

interface Counted extends Transaction {
  readonly method: string;
  readonly first: number;
  readonly isAlone: boolean;
}

function transactionsOf({ source }: CallTable, leg: number, dialog: number): Counted[] {
  const { dialogs, transactions } = source.flow;
  const found = new Map<number, { first: number; count: number }>();
  for (const index of messagesOfLeg(source, leg)) {
    if (dialogs.of[index] !== dialog) continue;
    const known = found.get(transactions.of[index]!);
    if (known) known.count++;
    else found.set(transactions.of[index]!, { first: index, count: 1 });
  }
  return [...found].map(([transaction, { first, count }]) => {
    const method = source.messages.method(first);
    return { is: 'transaction', leg, dialog, transaction, method, first, isAlone: count === 1 };
  });
}

function single(one: Counted): CallPlace {
  return one.isAlone ? asMessage(one.first) : one;
}

function refreshesOf(table: CallTable, place: Extract<CallPlace, { is: 'refreshes' }>): Counted[] {
  return transactionsOf(table, place.leg, place.dialog).filter(({ method }) => method === place.method);
}

/** The messages of a transaction in a dialog, zero-based. */
function membersOf({ source }: CallTable, { leg, dialog, transaction }: Transaction): number[] {
  const { dialogs, transactions } = source.flow;
  return messagesOfLeg(source, leg).filter(
    (index) => dialogs.of[index] === dialog && transactions.of[index] === transaction,
  );
}

function asMessage(index: number): CallPlace {
  return { is: 'message', index };
}

/** The places from a call down to a message (zero-based), parts of long lists included; none where the view does not list its call. */
export function pathTo(table: CallTable, index: number, view: CallsView): CallPlace[] {
  const path: CallPlace[] = [];
  let place: CallPlace = { is: 'root' };
  while (place.is !== 'message') {
    const all = allChildrenOf(table, place, view);
    const at = all.findIndex((child) => holds(table, child, index, view));
    if (at < 0) return [];
    for (let [from, to] = [0, all.length]; stepOf(to - from) > 1; ) {
      const step = stepOf(to - from);
      from += Math.floor((at - from) / step) * step;
      to = Math.min(to, from + step);
      path.push({ is: 'range', of: place, from, to });
    }
    place = all[at]!;
    path.push(place);
  }
  return path;
}

/** Whether a place has the message somewhere below it; what links legs has none. */
function holds(table: CallTable, place: CallPlace, index: number, view: CallsView): boolean {
  const { source, callOf } = table;
  const leg = source.messages.columns.call[index]!;
  const { dialogs, transactions } = source.flow;
  switch (place.is) {
    case 'fold':
      return entriesOf(table, view).headOf.get(callOf[leg]!) === place.call;
    case 'call':
      return callOf[leg] === place.call;
    case 'leg':
      return leg === place.leg;
    case 'dialog':
      return dialogs.of[index] === place.dialog;
    case 'refreshes':
      return dialogs.of[index] === place.dialog && source.messages.method(index) === place.method;
    case 'transaction':
      return dialogs.of[index] === place.dialog && transactions.of[index] === place.transaction;
    case 'message':
      return place.index === index;
    default:
      return false;
  }
}

/** So many calls before and behind one are near it. */
const NEAR = 100;

/** The calls that begin shortly before or behind another one, in order. */
export function callsNear({ calls }: CallTable, call: number): CallPlace[] {
  const at = calls.indexOf(call);
  const near = at < 0 ? [] : calls.slice(Math.max(0, at - NEAR), at + NEAR + 1);
  return near.filter((one) => one !== call && one > 0).map((one) => ({ is: 'call', call: one }));
}

/** The messages of a place, zero-based, in trace order. */
export function messagesIn(table: CallTable, place: CallPlace, view: CallsView): number[] {
  return [...new Set(gathered(table, place, view))].sort((one, other) => one - other);
}

function gathered(table: CallTable, place: CallPlace, view: CallsView): number[] {
  const { source } = table;
  switch (place.is) {
    case 'root':
    case 'fold':
    case 'range':
      return childrenOf(table, place, view).flatMap((child) => gathered(table, child, view));
    case 'call':
      return legsOfCall(table, place.call).flatMap((leg) => messagesOfLeg(source, leg));
    case 'leg':
      return messagesOfLeg(source, place.leg);
    case 'dialog':
      return messagesOfLeg(source, place.leg).filter((index) => source.flow.dialogs.of[index] === place.dialog);
    case 'refreshes':
      return messagesOfLeg(source, place.leg).filter((index) => holds(table, place, index, view));
    case 'transaction':
      return membersOf(table, place);
    case 'message':
      return [place.index];
    default:
      return evidenceOf(table, place)?.messages.slice() ?? messagesOfLeg(source, place.other);
  }
}

/** What links two legs, as a link, a guess or a cut tells. */
export function linkOf(
  { links, guesses, cuts }: CallTable,
  place: Extract<CallPlace, { is: 'link' | 'guess' | 'cut' }>,
): LegLink | undefined {
  const all = { link: links, guess: guesses, cut: cuts }[place.is].get(place.leg) ?? [];
  return all.find(({ from, to }) => from === place.other || to === place.other);
}

/** All legs of the call of a leg: what was a call may be a leg of another one since. */
function legsOfCall({ legsOf, callOf }: CallTable, leg: number): readonly number[] {
  return legsOf.get(callOf[leg] ?? leg) ?? [leg];
}

/** The evidence that a link, a guess or a cut stands for. */
export function evidenceOf(
  table: CallTable,
  place: Extract<CallPlace, { is: 'link' | 'guess' | 'cut' }>,
): LegEvidence | undefined {
  return linkOf(table, place)?.evidence[place.is === 'link' ? place.at : 0];
}

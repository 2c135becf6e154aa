import { GroupTable } from '../base/groupTable.ts';
import type { TraceBuilder } from '../trace/builder.ts';
import { REQUEST } from '../trace/columns.ts';
import type { Transactions } from './transactions.ts';

/** The dialog of each message: one-based numbers, 0 is none. */
export interface Dialogs {
  readonly count: number;
  readonly of: Uint32Array;
}

/** The requests that make a dialog (RFC 3261 §12.1, RFC 6665 §4.1, RFC 3515 §2.4.4). */
const MAKE_DIALOGS = ['INVITE', 'SUBSCRIBE', 'REFER'];

/**
 * Groups messages into dialogs by Call-ID and the pair of tags (RFC 3261 §12). A request without To tag opens one that the first
 * tag in an answer completes; each further tag (a fork) is a dialog of its own. A failure makes no dialog: the tag of a challenge completes
 * nothing, and the request that comes again goes on with the same. Answers to what makes no dialog, as REGISTER, stay with their request.
 */
export function groupDialogs({ columns, calls, methods }: TraceBuilder, { respondsTo }: Transactions): Dialogs {
  const { count, call, fromTag, toTag, kind, cseqMethod } = columns;
  const making = new Set(MAKE_DIALOGS.map((method) => methods.number(method)));
  const of = new Uint32Array(count);
  const dialogs = new Openings(calls + 1, count);
  for (let index = 0; index < count; index++) {
    if (call[index] === 0) continue;
    const isResponse = kind[index]! < REQUEST;
    if (isResponse && respondsTo[index] && !making.has(cseqMethod[index]!)) of[index] = of[respondsTo[index]! - 1]!;
    else of[index] = dialogs.of(call[index]!, fromTag[index]!, toTag[index]!, isResponse && kind[index]! >= 300);
  }
  return { count: dialogs.count, of };
}

/** The dialogs so far. A pair of tags is an entry; two entries may be one dialog, before and after its answer. */
class Openings {
  count = 0;
  private entries = 0;
  private readonly table: GroupTable;
  /** The dialog of each entry. */
  private readonly dialogs: Uint32Array;
  /** Whether a dialog has both its tags. */
  private readonly bound: Uint8Array;

  constructor(calls: number, messages: number) {
    this.table = new GroupTable(calls, messages + 1);
    this.dialogs = new Uint32Array(messages + 1);
    this.bound = new Uint8Array(messages + 1);
  }

  of(call: number, from: number, to: number, isFailure: boolean): number {
    const key = pair(from, to);
    const known = this.table.find(call, key);
    if (known !== 0) return this.dialogs[known]!;
    const isEarly = from === 0 || to === 0;
    const early = isEarly ? 0 : this.earlyOf(call, from) || this.earlyOf(call, to);
    const dialog = early !== 0 && this.bound[early] === 0 ? early : ++this.count;
    if (!isEarly && !isFailure) this.bound[dialog] = 1;
    this.dialogs[++this.entries] = dialog;
    this.table.add(call, key, this.entries);
    return dialog;
  }

  private earlyOf(call: number, tag: number): number {
    return this.dialogs[this.table.find(call, pair(0, tag))]!;
  }
}

function pair(one: number, other: number): number {
  return (Math.imul(Math.min(one, other), 0x9e3779b1) + Math.max(one, other)) >>> 0;
}

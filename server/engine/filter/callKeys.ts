import { Flag, REQUEST } from '../trace/columns.ts';
import { type FilterKey, oneOf, type Subject, type Test } from './key.ts';

/** A call that neither rings nor is answered this long after it began is slow, in milliseconds. */
const SLOW_SETUP = 3000;
/** One challenge of a registrar or server and one of a proxy are usual (RFC 3261 §22.1); a third in a row is a loop. */
const LOOP = 3;

const MARKINGS = {
  'failed-call': failedCalls,
  'slow-setup': slowSetups,
  'no-ack': unacknowledged,
  'no-answer': unanswered,
  'auth-loop': challengedAgain,
  'late-media': lateMedia,
} satisfies Readonly<Record<string, Marking>>;

/** Messages by what became of the call that they belong to. */
const within: FilterKey = {
  name: 'in',
  value: 'failed-call',
  about: 'messages of calls that went like this',
  meanings: {
    problems: 'calls with any of these',
    'failed-call': 'the INVITE was not granted in the end',
    'slow-setup': 'it neither rang nor was answered for more than 3 s',
    'no-ack': 'no ACK came to a 2xx of INVITE',
    'no-answer': 'no final response came to a request',
    'auth-loop': 'three challenges in a row',
    'late-media': 'the INVITE offers no media: they are offered in a response, or in the ACK',
  },
  on: 'columns',
  ...oneOf('in', {
    ...Object.fromEntries(Object.entries(MARKINGS).map(([name, mark]) => [name, ofCalls(mark)])),
    problems: ofCalls(anyOf),
  }),
};

/** What is asked of whole calls. */
export const callKeys: readonly FilterKey[] = [within];

/** Marks calls, by their number in the columns. */
type Marking = (subject: Subject, marked: Uint8Array) => void;

function ofCalls(mark: Marking): Test {
  return (subject) => {
    const { call, count } = subject.trace.columns;
    const marked = new Uint8Array(call.subarray(0, count).reduce((most, one) => Math.max(most, one), 0) + 1);
    mark(subject, marked);
    marked[0] = 0; // what has no Call-ID is no call
    return (index) => marked[call[index]!] === 1;
  };
}

/** Each marks calls of its own; some take marks back that they made. */
function anyOf(subject: Subject, marked: Uint8Array): void {
  for (const mark of Object.values(MARKINGS)) {
    const own = new Uint8Array(marked.length);
    mark(subject, own);
    for (let number = 0; number < marked.length; number++) if (own[number]) marked[number] = 1;
  }
}

/** The responses to INVITE decide: the last final one that is no challenge is none of success, and no other was. */
function failedCalls({ trace }: Subject, marked: Uint8Array): void {
  const { call, kind, count } = trace.columns;
  const succeeded = new Uint8Array(marked.length);
  for (let index = 0; index < count; index++) {
    const status = kind[index]!;
    if (status < 200 || status >= REQUEST || trace.method(index) !== 'INVITE') continue;
    if (status < 300) succeeded[call[index]!] = 1;
    else if (status >= 400 && !isChallenge(status)) marked[call[index]!] = 1;
  }
  for (let number = 0; number < marked.length; number++) if (succeeded[number]) marked[number] = 0;
}

/** The first INVITE and the first sign of life after it, 18x or final, lie far apart. */
function slowSetups({ trace }: Subject, marked: Uint8Array): void {
  const { columns } = trace;
  const begun = new Float64Array(marked.length).fill(Number.NaN);
  const alive = new Uint8Array(marked.length);
  for (let index = 0; index < columns.count; index++) {
    const time = columns.timeOf(index);
    if (time === null || trace.method(index) !== 'INVITE') continue;
    const call = columns.call[index]!;
    const kind = columns.kind[index]!;
    if (kind >= REQUEST && Number.isNaN(begun[call]!)) begun[call] = time;
    else if (kind > 100 && kind < REQUEST && !isChallenge(kind) && !alive[call] && !Number.isNaN(begun[call]!)) {
      alive[call] = 1;
      if (time - begun[call]! > SLOW_SETUP) marked[call] = 1;
    }
  }
}

/** A 2xx to an INVITE after which no ACK with its CSeq comes in the call (RFC 3261 §13.2.2.4). */
function unacknowledged({ trace }: Subject, marked: Uint8Array): void {
  const { call, cseq, kind, count } = trace.columns;
  /** The CSeq of a 2xx that waits for its ACK, plus 1. */
  const waiting = new Float64Array(marked.length);
  for (let index = 0; index < count; index++) {
    const method = trace.method(index);
    const isSuccess = kind[index]! >= 200 && kind[index]! < 300;
    if (method === 'INVITE' && isSuccess) waiting[call[index]!] = cseq[index]! + 1;
    else if (method === 'ACK' && waiting[call[index]!] === cseq[index]! + 1) waiting[call[index]!] = 0;
  }
  for (let number = 0; number < marked.length; number++) if (waiting[number]) marked[number] = 1;
}

/** A request to which no final response came, as far as the trace goes; ACK and BENOTIFY get none. */
function unanswered({ trace, flow }: Subject, marked: Uint8Array): void {
  const { call, kind, count } = trace.columns;
  const { respondsTo, retransmissionOf } = flow.transactions;
  const answered = new Uint8Array(count);
  for (let index = 0; index < count; index++)
    if (respondsTo[index] && kind[index]! >= 200) answered[respondsTo[index]! - 1] = 1;
  for (let index = 0; index < count; index++) {
    if (kind[index]! < REQUEST || answered[index] || retransmissionOf[index]) continue;
    const method = trace.method(index);
    if (method !== 'ACK' && method !== 'BENOTIFY') marked[call[index]!] = 1;
  }
}

/** Challenges follow each other, and nothing else is answered between them. */
function challengedAgain({ trace, flow }: Subject, marked: Uint8Array): void {
  const { call, kind, count } = trace.columns;
  const inRow = new Uint32Array(marked.length);
  for (let index = 0; index < count; index++) {
    const status = kind[index]!;
    if (status < 200 || status >= REQUEST || flow.transactions.retransmissionOf[index]) continue;
    const number = call[index]!;
    inRow[number] = isChallenge(status) ? inRow[number]! + 1 : 0;
    if (inRow[number]! >= LOOP) marked[number] = 1;
  }
}

/**
 * The INVITE that opens the call has no session description, and one comes behind it: the offer is the called side's, in a response, and the answer comes with
 * the ACK (RFC 3261 §13.2.1, RFC 6337 §2). A session that has been described is not late any more when it is offered anew without a description.
 */
function lateMedia({ trace }: Subject, marked: Uint8Array): void {
  const { call, cseq, kind, flags, count } = trace.columns;
  /** The CSeq of an INVITE without a description that opens a call, plus 1. */
  const bare = new Float64Array(marked.length);
  for (let index = 0; index < count; index++) {
    const [number, isRequest] = [call[index]!, kind[index]! >= REQUEST];
    const isDescribed = (flags[index]! & Flag.described) !== 0;
    const method = trace.method(index);
    if (method === 'INVITE' && isRequest) {
      const isOpening = (flags[index]! & Flag.initial) !== 0;
      bare[number] = isOpening && !isDescribed ? cseq[index]! + 1 : 0;
    } else if (isDescribed && bare[number] === cseq[index]! + 1 && (method === 'INVITE' || method === 'ACK'))
      marked[number] = 1;
  }
}

function isChallenge(status: number): boolean {
  return status === 401 || status === 407;
}

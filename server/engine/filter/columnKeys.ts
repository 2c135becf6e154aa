import { roleOf } from '../flow/participants.ts';
import { REQUEST } from '../trace/columns.ts';
import { type FilterKey, oneOf, type Subject, type Test } from './key.ts';
import { type Range, readDuration, readNumber, readRange, readSize, type Value } from './value.ts';

const METHODS = [
  'INVITE',
  'ACK',
  'BYE',
  'CANCEL',
  'REGISTER',
  'OPTIONS',
  'SUBSCRIBE',
  'NOTIFY',
  'BENOTIFY',
  'INFO',
  'SERVICE',
  'MESSAGE',
  'REFER',
  'UPDATE',
  'PRACK',
  'PUBLISH',
];

const method: FilterKey = {
  name: 'method',
  value: 'INVITE',
  about: 'requests with this method, and their responses',
  values: METHODS,
  on: 'columns',
  read: ({ text }) => {
    const wanted = text.toUpperCase();
    return ({ trace }) =>
      (index) =>
        trace.method(index).toUpperCase() === wanted;
  },
};

const status: FilterKey = {
  name: 'status',
  value: '>=400',
  about: 'responses with this status: 200, 4xx, >=400, 180-199',
  values: ['1xx', '2xx', '3xx', '4xx', '5xx', '6xx', '>=300', '>=400'],
  on: 'columns',
  read: ({ text }) => {
    const range = /^[1-6]xx$/i.test(text) ? hundreds(Number(text[0])) : readRange(text, readNumber);
    if (!range) return `status: takes 200, 4xx, >=400 or 180-199, not “${text}”`;
    return ofStatus(range);
  },
};

function hundreds(first: number): Range {
  return (value) => Math.floor(value / 100) === first;
}

/** Holds for responses whose status is in the range. */
function ofStatus(range: Range): Test {
  return ({ trace: { columns } }) =>
    (index) => {
      const kind = columns.kind[index]!;
      return kind > 0 && kind < REQUEST && range(kind);
    };
}

const is: FilterKey = {
  name: 'is',
  value: 'failure',
  about: 'what kind of message it is',
  on: 'columns',
  ...oneOf('is', {
    request: (subject) => (index) => subject.trace.columns.kind[index]! >= REQUEST,
    response: ofStatus(() => true),
    provisional: ofStatus((status) => status < 200),
    success: ofStatus((status) => status >= 200 && status < 300),
    redirection: ofStatus((status) => status >= 300 && status < 400),
    failure: ofStatus((status) => status >= 400),
    retransmission:
      ({ flow }) =>
      (index) =>
        flow.transactions.retransmissionOf[index]! > 0,
    keepalive:
      ({ trace }) =>
      (index) =>
        trace.method(index) === 'OPTIONS',
    sent:
      ({ trace }) =>
      (index) =>
        trace.way(index).direction === 'sent',
    received:
      ({ trace }) =>
      (index) =>
        trace.way(index).direction === 'received',
  }),
};

const from: FilterKey = {
  name: 'from',
  value: 'alice',
  about: 'messages that this party sends: its name, URI or address',
  on: 'columns',
  read: (value) => (subject) => party(subject, value, 'sender', 'source'),
};

const to: FilterKey = {
  name: 'to',
  value: 'bob',
  about: 'messages that this party gets: its name, URI or address',
  on: 'columns',
  read: (value) => (subject) => party(subject, value, 'receiver', 'destination'),
};

const by: FilterKey = {
  name: 'party',
  value: 'alice',
  about: 'messages that this party sends or gets',
  on: 'columns',
  read: (value) => (subject) => {
    const sends = party(subject, value, 'sender', 'source');
    const gets = party(subject, value, 'receiver', 'destination');
    return (index) => sends(index) || gets(index);
  },
};

/** Each party and each address is looked at once. */
function party({ trace }: Subject, value: Value, side: 'sender' | 'receiver', end: 'source' | 'destination') {
  const { columns, built } = trace;
  const parties = known((number) => value.in(nameOf(built.parties.uri(number), built.parties.name(number))));
  const addresses = known((number) => number > 0 && value.in(built.endpoints.names[number] ?? ''));
  return (index: number) => parties(columns[side][index]!) || addresses(columns[end]?.[index] ?? 0);
}

/** What a party is known by. A focus and its MCUs bear the address of their organizer: of that only the opaque parameter counts. */
function nameOf(uri: string, name: string | undefined): string {
  const { kind, label } = roleOf(uri, name);
  const isConference = kind === 'focus' || kind === 'mcu';
  return `${label}\n${name ?? ''}\n${isConference ? uri.slice(Math.max(0, uri.indexOf(';'))) : uri}`;
}

function known(compute: (number: number) => boolean): (number: number) => boolean {
  const answers = new Map<number, boolean>();
  return (number) => {
    const before = answers.get(number);
    if (before !== undefined) return before;
    const answer = compute(number);
    answers.set(number, answer);
    return answer;
  };
}

const gap: FilterKey = {
  name: 'gap',
  value: '>2s',
  about: 'messages that come so long after the one before: >2s, >500ms',
  values: ['>100ms', '>1s', '>5s'],
  on: 'columns',
  read: ({ text }) => {
    const range = readRange(text, readDuration);
    if (!range) return `gap: takes a comparison with a time, as >2s or >500ms, not “${text}”`;
    return ({ trace: { columns } }) => {
      const before = timesBefore(columns);
      return (index) => {
        const time = columns.timeOf(index);
        return time !== null && !Number.isNaN(before[index]!) && range(time - before[index]!);
      };
    };
  },
};

/** The last time that was told before each message. */
function timesBefore(columns: Subject['trace']['columns']): Float64Array {
  const before = new Float64Array(columns.count);
  let last = Number.NaN;
  for (let index = 0; index < columns.count; index++) {
    before[index] = last;
    last = columns.timeOf(index) ?? last;
  }
  return before;
}

const size: FilterKey = {
  name: 'size',
  value: '>1300',
  about: 'messages of this length: >1300, >10k',
  values: ['>1300', '>10k'],
  on: 'columns',
  read: ({ text }) => {
    const range = readRange(text, readSize);
    if (!range) return `size: takes a comparison with a number of characters, as >1300 or >10k, not “${text}”`;
    return ({ trace: { columns } }) =>
      (index) =>
        range(columns.length[index]!);
  },
};

const message: FilterKey = {
  name: 'message',
  value: '5-10',
  about: 'messages by their numbers: 5, 5-10, >100',
  on: 'columns',
  read: ({ text }) => {
    const range = readRange(text, readNumber);
    if (!range) return `message: takes numbers, as 5, 5-10 or >100, not “${text}”`;
    return () => (index) => range(index + 1);
  },
};

const dialog = numbered(
  'dialog',
  'd',
  'messages of this dialog, as the ladder numbers them',
  ({ flow }) => flow.dialogs.of,
);
const transaction = numbered('transaction', 't', 'messages of this transaction', ({ flow }) => flow.transactions.of);

function numbered(name: string, letter: string, about: string, numbers: (subject: Subject) => Uint32Array): FilterKey {
  return {
    name,
    value: `${letter}1`,
    about,
    on: 'columns',
    read: ({ text }) => {
      if (!new RegExp(`^${letter}?[0-9]{1,9}$`, 'i').test(text))
        return `${name}: takes a number as the ladder has it, ${letter}1, not “${text}”`;
      const wanted = Number(text.replace(/^\D/, ''));
      return (subject) => {
        const of = numbers(subject);
        return (index) => of[index] === wanted;
      };
    },
  };
}

const transport: FilterKey = {
  name: 'transport',
  value: 'TCP',
  about: 'messages that the log saw on this transport',
  values: ['UDP', 'TCP', 'TLS', 'WS', 'WSS', 'SCTP'],
  on: 'columns',
  read: ({ text }) => {
    const wanted = text.toUpperCase();
    return ({ trace }) =>
      (index) =>
        trace.way(index).transport === wanted;
  },
};

const problem: FilterKey = {
  name: 'problem',
  value: 'error',
  about: 'messages in which the checks found something: of a severity, of a rule, or whatever (any)',
  values: ['any', 'error', 'warning', 'info', 'hint'],
  on: 'checks',
  read: (value) => {
    const word = value.text.toLowerCase();
    const isSeverity = problem.values!.includes(word);
    return ({ problems }) =>
      (index) =>
        (problems.get(index + 1) ?? []).some(({ severity, rule }) =>
          isSeverity ? word === 'any' || severity === word : value.in(rule),
        );
  },
};

/** What is asked of columns, and of what the checks found. */
export const columnKeys: readonly FilterKey[] = [
  method,
  status,
  is,
  from,
  to,
  by,
  gap,
  size,
  message,
  dialog,
  transaction,
  transport,
  problem,
];

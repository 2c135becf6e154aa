import { unpackMessages } from '../../server/view/messageBits.ts';
import type {
  LadderRow,
  Lane,
  LaneStory,
  MessageDetail,
  TraceApi,
  TraceOverview,
  TraceSummary,
  WholeCall,
} from '../../server/view/protocol.ts';
import { Mark, writeMarks } from '../../server/view/traceOverview.ts';
import { fakeRoster } from './fakeRoster.ts';

/** What a test wants to see drawn. */
export interface Wanted {
  readonly rows: number;
  readonly lanes: number;
  /** Milliseconds until a reply. */
  readonly delay: number;
  /** Messages have times, each so long after the one before; `rhythm`: in bursts and slowly by turns. */
  readonly times: 'even' | 'rhythm' | null;
  /** Of ten messages two are a keep-alive. */
  readonly keepAlives: boolean;
  /** The trace is a file that is read by ranges: how far it is read. */
  readonly reading: TraceSummary['reading'];
}

/** A call of two legs, with names that are no markup. */
function wholeCall(): WholeCall {
  return {
    ...{ of: 'call 1', view: { show: 'all', order: 'time' }, title: '<b>Alice</b> → Bob', legs: 2, more: 0 },
    links: [{ of: 'Legs 1 and 2', text: 'the same Session-ID (RFC 7989 §5)', weight: '1.0', messages: [2, 4] }],
    guesses: [{ of: '<i>Carol</i> → Bob', text: 'the same users', weight: '0.4', messages: [2, 9] }],
  };
}

/** Each summary is one of a changed trace. */
let revision = 0;

const HOSTILE = '<script>window.hurt=1</script><img src=x onerror="window.hurt=1">';

/** What asks for it is asked so many times before all is known. */
const SLOW = 30;
const SKIPPED = [
  { why: 'packets encrypted with TLS', count: 1200, where: 'first at byte 4,096', line: null },
  { why: 'empty records: keep-alives', count: 2, where: 'first at line 12', line: 11 },
];

/** A trace that answers as the server does. */
export function fakeTrace(wanted: Wanted): TraceApi {
  const rows = wanted.rows === 17 ? conference() : undefined;
  const lanes = rows ? CONFERENCE_LANES : manyLanes(wanted.lanes);
  const row = (at: number) => rows?.[at] ?? generated(at, lanes.length, wanted.times);
  let { reading } = wanted;
  const steer = (state: 'paused' | 'following') => {
    if (reading) reading = { ...reading, state };
    window.dispatchEvent(new MessageEvent('message', { data: { type: 'changed' } }));
  };
  let asked = 0;
  let linked = 0;
  const late = async <T>(value: T): Promise<T> => {
    if (wanted.delay) await new Promise((done) => setTimeout(done, wanted.delay));
    return value;
  };
  return {
    summary: () => late({ ...summary(wanted, lanes, rows), reading, skipped: reading ? SKIPPED : [] }),
    rows: (from, to) => late(range(from, Math.min(to, wanted.rows)).map(row)),
    message: (index) => late(detail(row(index - 1))),
    lane: (number) => late(laneStory(lanes[number]!)),
    overview: () => late(overview(range(0, wanted.rows).map(row))),
    dialogs: () => late(range(0, wanted.rows).map((at) => (rows ? 1 : 1 + Math.floor(at / 4)))),
    search: (words, after, direction) => late(search(words, after, direction, wanted.rows, row)),
    finding: (after, direction, among) => late(finding(after, direction, wanted.rows, row, among)),
    filter: (text) =>
      late(
        text.startsWith('x:')
          ? { messages: null, problem: { from: 0, to: 1, message: 'there is no key “x”' }, progress: null }
          : {
              messages: text
                ? range(0, wanted.rows)
                    .map((at) => at + 1)
                    .filter((message) => message % 5 === 0 && !text.includes('none'))
                : null,
              problem: null,
              // What takes long is asked for again.
              progress: text.includes('slow') && asked++ < SLOW ? 0.42 : null,
            },
      ),
    completions: (text, offset) => late(completions(text, offset)),
    comparable: async (index) => `message ${index}`,
    range: async () => ({ start: { line: 0, character: 0 }, end: { line: 1, character: 0 } }),
    messageAt: async () => 1,
    roster: (choice) => late(fakeRoster(wanted.rows, choice)),
    text: async (index) => ({ text: 'INVITE', places: [{ index, from: 0, to: 1 }] }),
    calls: async () => ({ nodes: [], shown: 0, all: 0, links: 0 }),
    callPath: async () => [],
    callMessages: async (of) => (of === 'call 2' ? evens(wanted.rows) : [2, 4, 6]),
    callSummary: async () => '',
    wholeCall: async () => (linked < (wanted.reading ? SLOW : 1) ? { ...wholeCall(), links: [] } : wholeCall()),
    callsNear: async () => [],
    async linkLegs() {
      const progress = ++linked < SLOW && wanted.reading ? 0.5 : null;
      await new Promise((done) => setTimeout(done, 20));
      return { progress, links: 0, isStopped: false, note: '' };
    },
    decideLinks: async () => [],
    pause: async () => steer('paused'),
    resume: async () => steer('following'),
    export: async () => 'Alice -> Bob',
    exports: async () => [],
    file: async () => ({ content: '', encoding: 'utf8' }),
    redacted: async () => '',
  };
}

/** The messages of a call that grows with the trace. */
function evens(rows: number): number[] {
  return range(1, rows + 1).filter((message) => message % 2 === 0);
}

/** What the server would say of the same rows. */
function overview(rows: readonly LadderRow[]): TraceOverview {
  const marks = rows.map(
    ({ failed, problems }) =>
      Mark.checked +
      (failed ? Mark.failure : 0) +
      (problems.error ? Mark.error : 0) +
      (problems.warning ? Mark.warning : 0),
  );
  const times = rows.map(({ time }) => (time === null ? null : Math.round(time)));
  const waits = times.map((time, at) => (time === null ? null : time - (times[at - 1] ?? time)));
  return {
    ...{ revision, isTooLong: false, marks: writeMarks(Uint8Array.from(marks)), firstTime: times[0] ?? null },
    waits: times.includes(null) ? null : waits,
  };
}

function summary(
  { rows, times, keepAlives }: Wanted,
  lanes: readonly Lane[],
  known: readonly LadderRow[] | undefined,
): TraceSummary {
  return {
    revision: ++revision,
    title: 'eject-user.sip',
    format: 'plain text',
    profile: 'doc + ms',
    lanes,
    rows,
    captionRows: known?.filter(({ captions }) => captions.length > 0).map(({ index }) => index) ?? [],
    retransmissions: rows === 17 ? [] : range(0, Math.floor(rows / 50)).map((at) => [at * 50 + 25, at * 50 + 24]),
    keepAlives: keepAlives ? packedKeepAlives(rows) : null,
    firstTime: times ? START : null,
    logZone: 120,
    roster: rows === 17,
    notices: rows === 0 ? ['The file is empty.'] : [],
    skipped: [],
    clocks: null,
    reading: null,
  };
}

/** Of ten messages the seventh and the eighth. */
function packedKeepAlives(rows: number): string {
  const octets = new Uint8Array(Math.ceil(rows / 4));
  for (let index = 0; index < rows; index++) {
    const mark = [0, 0, 0, 0, 0, 0, 1, 2][index % 10] ?? 0;
    octets[index >> 2]! |= mark << (2 * (index & 3));
  }
  return btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(''));
}

function laneStory({ kind, addresses }: Lane): LaneStory {
  return {
    role: `${kind}: it is drawn so.`,
    traffic: 'It sends 3 messages and gets 4 messages, the first is 1, the last 9.',
    evidence: [
      { what: 'Address in the log', values: addresses.map((text) => ({ text, messages: 7 })), more: 0 },
      { what: 'User-Agent', values: [{ text: HOSTILE, messages: 2 }], more: 3 },
    ],
    sample: 'Headers of 5 of its messages were looked at.',
  };
}

const START = Date.UTC(2026, 0, 5, 9, 30, 12, 480);

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}

function lane(id: number, label: string, kind: Lane['kind'], uri: string | null, why: string): Lane {
  return { id: `p${id}`, label, kind, uri, addresses: ['10.29.106.52:5061'], why };
}

const CONFERENCE = 'sip:alice@contoso.com;gruu;opaque=app:conf';
const CONFERENCE_LANES = [
  lane(1, 'Alice', 'user', 'sip:alice@contoso.com', 'From of message 1.'),
  lane(2, 'Focus', 'focus', `${CONFERENCE}:focus:id:7ECB`, 'opaque=app:conf:focus in To of message 1.'),
  lane(3, 'IM MCU', 'mcu', `${CONFERENCE}:chat:id:7ECB`, 'opaque=app:conf:chat in To of message 5.'),
  lane(4, 'Bob', 'user', 'sip:bob@contoso.com', 'To of message 13.'),
  lane(5, 'Carol', 'user', 'sip:carol@contoso.com', 'To of message 3.'),
];

const NONE = { error: 0, warning: 0, info: 0, hint: 0 };

function newRow(index: number, from: number, to: number, label: string, change: Partial<LadderRow> = {}): LadderRow {
  const status = /^\d{3}/.test(label) ? Number(label.slice(0, 3)) : null;
  return {
    index,
    line: index * 12,
    time: null,
    from,
    to,
    type: status === null ? 'request' : 'response',
    method: label.split(' ')[0]!,
    status,
    reason: status === null ? null : label.slice(4),
    label,
    summary: label.split(' ').slice(1).join(' '),
    facts: '',
    source: null,
    destination: null,
    direction: null,
    transport: null,
    copies: 1,
    callId: 'cfc48d02676c47379c7083eb783ad2ab',
    cseq: 2,
    body: null,
    length: 400,
    dialog: 'd1',
    transaction: `t${index}`,
    respondsTo: null,
    retransmissionOf: null,
    retransmissions: 0,
    failed: status !== null && status >= 400,
    captions: [],
    problems: NONE,
    ...change,
  };
}

function conference(): LadderRow[] {
  const [alice, focus, mcu, bob, carol] = [0, 1, 2, 3, 4];
  const update = 'BENOTIFY conference v10 partial: carol';
  const gone = 'BENOTIFY conference v11 partial: −carol';
  const said = (...captions: string[]) => ({ captions });
  const answers = (respondsTo: number) => ({ respondsTo, transaction: `t${respondsTo}` });
  return [
    newRow(1, alice, focus, 'INFO deleteUser carol@contoso.com', {
      ...said('Alice sends the deleteUser request to the focus to eject Carol.'),
      problems: { ...NONE, warning: 1 },
    }),
    newRow(2, focus, alice, '202 Accepted', {
      ...said('The focus responds that the command has been accepted for processing.'),
      ...answers(1),
    }),
    newRow(3, focus, carol, 'BENOTIFY conference terminated: ParticipantRemoved', {
      ...said('Carol is notified by the focus that she has been forcibly ejected from the conference.'),
      problems: { ...NONE, info: 2 },
    }),
    newRow(4, carol, focus, 'BYE', said('Carol sends a BYE to the focus.')),
    newRow(5, carol, mcu, 'BYE', said('Carol also sends a BYE to the IM MCU.')),
    newRow(6, focus, carol, 'BYE 481 Participant Removed', said('The focus sends a BYE to Carol.')),
    newRow(7, mcu, carol, 'BYE', { ...said('The IM MCU also sends a BYE to Carol.'), problems: { ...NONE, hint: 1 } }),
    newRow(8, focus, carol, '200 OK', {
      ...said("The focus gives a success response to Carol's BYE request."),
      ...answers(4),
    }),
    newRow(9, mcu, carol, '481 Dialog does not exist', {
      ...said(
        "The IM MCU gives a failure response to Carol's BYE request, because it had already terminated her dialog.",
      ),
      ...answers(5),
      problems: { ...NONE, hint: 2 },
    }),
    newRow(10, carol, focus, '200 OK', answers(6)),
    newRow(11, carol, mcu, '200 OK', answers(7)),
    newRow(12, focus, alice, update, {
      ...said('An update is sent to each participant, after first sending to Alice.'),
      body: 'application/conference-info+xml',
    }),
    newRow(13, focus, bob, update, { retransmissionOf: null, problems: { error: 1, warning: 2, info: 0, hint: 1 } }),
    newRow(14, focus, alice, 'INFO deleteUser success', said('The final "success" is issued.')),
    newRow(15, alice, focus, '200 OK', answers(14)),
    newRow(16, focus, alice, gone, { retransmissionOf: 12 }),
    newRow(17, bob, bob, `MESSAGE ${HOSTILE}`, said(`A hostile step ${HOSTILE}`)),
  ];
}

function manyLanes(count: number): Lane[] {
  return range(0, count).map((at) =>
    lane(
      at + 1,
      at % 3 === 2 ? `10.0.${at >> 8}.${at & 255}` : `User ${at + 1}`,
      at % 3 === 2 ? 'address' : 'user',
      null,
      '',
    ),
  );
}

const CALLS_A_ROUND = 50;
const CALLS_A_BURST = 40;

/** Of a message in its call: forty calls come quickly, ten slowly, and so on. */
function rhythm(call: number, step: number): number {
  const [round, place] = [Math.floor(call / CALLS_A_ROUND), call % CALLS_A_ROUND];
  const slow = place - CALLS_A_BURST;
  const own = slow < 0 ? place * 100 + step * 20 : 4000 + slow * 9000 + [0, 120, 2600, 2650][step]!;
  return START + round * 120_000 + own;
}

function generated(at: number, lanes: number, times: Wanted['times']): LadderRow {
  const call = Math.floor(at / 4);
  const [from, to] = [call % lanes, (call * 7 + 1) % lanes];
  const labels = [`INVITE user${call}@example.com`, '180 Ringing', call % 9 ? '200 OK' : '486 Busy Here', 'ACK'];
  const step = at % 4;
  const forward = step === 0 || step === 3;
  return newRow(at + 1, forward ? from : to, forward ? to : from, labels[step]!, {
    time: times === 'rhythm' ? rhythm(call, step) : times ? START + at * 137.25 : null,
    transaction: `t${call}`,
    respondsTo: forward ? null : call * 4 + 1,
    facts: ['offer · audio PCMU/PCMA/telephone-event · at 192.0.2.1:49170', '', 'answer · audio PCMA', ''][step]!,
    retransmissionOf: at % 50 === 24 ? at : null,
    retransmissions: at % 50 === 23 ? 1 : 0,
    problems: at % 11 ? NONE : { error: at % 2, warning: 1, info: 0, hint: 3 },
  });
}

function detail(row: LadderRow): MessageDetail {
  const startLine = row.status === null ? `${row.method} sip:carol@contoso.com SIP/2.0` : `SIP/2.0 ${row.label}`;
  const { error, warning, info, hint } = row.problems;
  const found = (count: number, severity: 'error' | 'warning' | 'info' | 'hint') =>
    range(0, count).map(() => ({
      rule: 'content-length-mismatch',
      severity,
      message: 'Content-Length says 477, the body has 484 bytes.',
      spec: 'RFC 3261 §20.14',
      range: { start: { line: 9, character: 16 }, end: { line: 9, character: 19 } },
    }));
  return {
    index: row.index,
    startLine: row.index === 17 ? `${startLine} ${HOSTILE}` : startLine,
    headers: HEADERS.map(([name, value]) => ({
      name,
      value,
      parts: value.split(',').map((one) => valuePart(one.trim())),
      meaning: `${name}: what it is for. (RFC 3261 §20)`,
    })),
    bodies:
      row.status === null ? [{ type: 'application/cccp+xml', text: BODY + (row.index === 17 ? HOSTILE : '') }] : [],
    problems: [...found(error, 'error'), ...found(warning, 'warning'), ...found(info, 'info'), ...found(hint, 'hint')],
    links:
      row.respondsTo === null
        ? []
        : [{ text: `answers ${row.respondsTo}`, index: row.respondsTo, relation: 'answer' as const }],
  };
}

function valuePart(value: string) {
  const [main = '', ...params] = value.startsWith('<') ? value.split(/;(?![^<]*>)/) : value.split(';');
  return {
    main,
    joint: ';' as const,
    params: params.map((one) => ({ name: one.split('=')[0]!, value: one.split('=')[1] ?? null })),
  };
}

/** Keys, and behind one some values with marks of the language in them. */
function completions(text: string, offset: number) {
  const start = text.slice(0, offset);
  const from = Math.max(start.lastIndexOf(' '), start.lastIndexOf(':'), start.lastIndexOf('-')) + 1;
  const items = start.slice(0, from).endsWith(':')
    ? ['INVITE', 'ACK', HOSTILE].map((one) => ({ text: one, about: 'in 4 messages' }))
    : ['method:', 'message:', 'status:'].map((one) => ({ text: one, about: `what ${one} asks` }));
  return { from, to: offset, items: items.filter((one) => one.text.startsWith(start.slice(from))) };
}

const HEADERS = [
  ['Via', 'SIP/2.0/TLS 10.56.64.122:2157'],
  ['Max-Forwards', '70'],
  ['From', '<sip:alice@contoso.com>;tag=58b76ebb1c;epid=bd4bd366c2'],
  ['To', '<sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9BFFB1F343B36775DBA09E8038>;tag=3C150080'],
  ['Call-ID', 'cfc48d02676c47379c7083eb783ad2ab'],
  ['CSeq', '2 INFO'],
  ['User-Agent', 'UCCP/2.0.6362.0 OC/2.0.6362.0 (Microsoft Office Communicator)'],
  [
    'Proxy-Authorization',
    'Kerberos qop="auth", realm="SIP Communications Service", opaque="4EBBA7AE", crand="e9a45dde", cnum="133"',
  ],
  ['Content-Type', 'application/cccp+xml'],
  ['Content-Length', '477'],
] as const;

const BODY = `<?xml version="1.0"?>
<request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="63022864">
  <!-- Carol leaves -->
  <deleteUser>
    <userKeys confEntity="${CONFERENCE}:focus:id:7ECB" userEntity="sip:carol@contoso.com"/>
  </deleteUser>
</request>
`;

function finding(
  after: number,
  direction: 1 | -1,
  count: number,
  row: (at: number) => LadderRow,
  among: string | null,
): number | null {
  const counts = among === null ? () => true : unpackMessages(among);
  for (let step = 1; step <= count; step++) {
    const index = ((((after - 1 + step * direction) % count) + count) % count) + 1;
    const { failed, problems } = row(index - 1);
    const isFinding = failed || problems.error + problems.warning + problems.info + problems.hint > 0;
    if (isFinding && counts(index)) return index;
  }
  return null;
}

function search(
  words: string,
  after: number,
  direction: 1 | -1,
  count: number,
  row: (at: number) => LadderRow,
): number | null {
  for (let step = 1; step <= count; step++) {
    const index = ((((after - 1 + step * direction) % count) + count) % count) + 1;
    if (
      row(index - 1)
        .label.toLowerCase()
        .includes(words.toLowerCase())
    )
      return index;
  }
  return null;
}

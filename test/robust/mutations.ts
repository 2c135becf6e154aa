import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { traceOf } from '../../bench/generate.ts';
import { allFormats } from '../../server/engine/trace/formats/all.ts';
import { FLATTENED, PLAIN } from './inputs.ts';

/** How many cases a property is tried on: more with FUZZ_RUNS. A failure prints the seed to try it again with. */
export function runs(usual: number): fc.Parameters<unknown> {
  const wanted = Number(process.env.FUZZ_RUNS ?? 0);
  const limit = wanted ? {} : { interruptAfterTimeLimit: 6000 };
  return { numRuns: wanted || usual, includeErrorInReport: true, ...limit };
}

const CALL = traceOf(9).split('\r\n\r\n\r\n').slice(0, 3).join('\r\n\r\n\r\n');
/** With times, comments, a response without request, a retransmission, a message without start line. */
const ODD = `# a call
2024-05-01 10:00:00.100
${PLAIN.slice(0, 1500).replace(/\r\n/g, '\n')}

10:00:00.700 SIP/2.0 200 OK
Via: SIP/2.0/UDP a;branch=z9hG4bKx
From: <sip:a@b>;tag=1
To: <sip:c@d>;tag=2
Call-ID: 7
CSeq: 1 BYE

nonsense
v: SIP/2.0/UDP a;branch=z9hG4bKy
f: "Al\\"ice" <sip:a@b>;tag=1
t: sip:c@d
i: 7
CSeq: 2 INVITE
c: multipart/mixed;boundary=x
l: 70

--x
Content-Type: application/sdp

v=0
--x
Content-Type: text/xml

<a/>
--x--
`;

const bodies = [FLATTENED, PLAIN].flatMap(
  (text) => text.match(/<(request|response|conference-info)\b.*?<\/\1>/gs) ?? [],
);

/** An XML document of the samples after some changes. */
export const mutatedXml = (): fc.Arbitrary<string> => mutatedOf(bodies);

function mutatedOf(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(mutation, { minLength: 1, maxLength: 6 }))
    .map(([sample, mutations]) => mutations.reduce((text, change) => changed(text, change(text)), sample));
}

function said(time: string, start: string, call: string, cseq: string, tags = ['a', 'b']): string {
  const [from, to] = tags;
  return `${time}\n${start}\nVia: SIP/2.0/UDP h;branch=z9hG4bK${call}${cseq.replace(' ', '')}\nFrom: <sip:${from}@x>;tag=${from}\nTo: <sip:${to}@x>${start.startsWith('INVITE') ? '' : `;tag=${to}`}\nCall-ID: ${call}\nCSeq: ${cseq}\n\n`;
}

/** Calls that are judged by what the rest of the trace shows: an answer that never came, a BYE of no dialog. */
function openEnds(timed: boolean): string {
  const clock = (second: number) => (timed ? `10:${String(second).padStart(2, '0')}:00.000` : '# next');
  const texts = [
    said(clock(0), 'INVITE sip:b@x SIP/2.0', '1', '1 INVITE'),
    said(clock(1), 'SIP/2.0 200 OK', '1', '1 INVITE'),
    said(clock(2), 'SUBSCRIBE sip:b@x SIP/2.0', '2', '1 SUBSCRIBE', ['c', '']).replace(';tag=\n', '\n'),
    said(clock(3), 'SIP/2.0 200 OK', '2', '1 SUBSCRIBE', ['c', 'd']),
    said(clock(4), 'BYE sip:b@x SIP/2.0', '2', '2 BYE', ['c', 'd']),
    said(clock(5), 'INFO sip:b@x SIP/2.0', '3', '5 INFO'),
    said(clock(6), 'INFO sip:a@x SIP/2.0', '3', '1 INFO', ['b', 'a']),
  ];
  for (let n = 0; n < 5; n++)
    texts.push(
      said(clock(7 + n), 'OPTIONS sip:b@x SIP/2.0', '4', `${n + 1} OPTIONS`),
      said(clock(7 + n), 'SIP/2.0 200 OK', '4', `${n + 1} OPTIONS`),
    );
  return texts.join('');
}

/** One log of each format, as far as it is small. */
export const logs: readonly string[] = allFormats.flatMap(({ id, isBinary }) => {
  const folder = new URL(`../../server/fixtures/traces/${id}/`, import.meta.url);
  const names = id === 'plain' || isBinary ? [] : readdirSync(folder).filter((name) => !name.endsWith('.expected'));
  const texts = names.map((name) => readFileSync(new URL(name, folder), 'utf8'));
  return texts.sort((a, b) => a.length - b.length).slice(0, 1);
});

/** A call as a quotation, with the codes of a terminal, in JSON, with an empty line behind each line. */
export const layered: readonly string[] = [
  `> ${CALL.replace(/\n/g, '\n> ')}`,
  CALL.replace(/^[\w-]+/gm, '\u001b[1m$&\u001b[0m'),
  JSON.stringify(CALL.split('\r\n\r\n\r\n').map((text) => ({ time: '2024-05-01T10:00:00Z', text: `${text}\r\n\r\n` }))),
  CALL.replace(/\r\n/g, '\r\n\r\n'),
];

/** The texts that are mutated: small ones, because each is read many times. */
export const samples: readonly string[] = [
  ...logs,
  ...layered,
  FLATTENED,
  CALL,
  ODD,
  `${ODD}\n${ODD}`,
  PLAIN,
  openEnds(true),
  openEnds(false),
];

const pieces = [
  ...[
    '\r\n',
    '\n',
    '\r',
    '\n\n',
    '\r\n\r\n',
    ' ',
    '\t',
    '\n ',
    ':',
    ';',
    ',',
    '<',
    '>',
    '"',
    '\\',
    '=',
    '@',
    '%',
    '(',
    ')',
  ],
  ...['\0', '\u0007', 'é', '日', '😀', '\ud800', '\udc00', '\u2028', '\u202e', '\ufeff', '\u0085'],
  ...[
    '<a>',
    '</a>',
    '</',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?xml version="1.0"?>',
    '&lt;',
    '&x;',
    '<!DOCTYPE a [',
    '--x\r\n',
  ],
  ...['<script>alert(1)</script>', '" onerror="x', '#end;', '%%{init:{}}%%'],
  ...[
    'SIP/2.0',
    'SIP/2.0 200 OK\r\n',
    'SIP/2.0 999999 x\n',
    'BYE sip:a@b SIP/2.0\r\n',
    ' INVITE sip:a@b SIP/2.0 Via: x',
  ],
  ...['Via: SIP/2.0/UDP a;branch=z9hG4bK1\r\n', 'v: x\n', 'Call-ID: 7\r\n', 'CSeq: 1 INVITE\n', 'To: <sip:x@y>;tag=\n'],
  ...[
    'Content-Length: 5\r\n',
    'l: 0\n',
    'Content-Length: 99999999999\n',
    'Content-Type: application/cccp+xml\r\n',
    'c: x\n',
  ],
  ...[
    'From: "a" <sip:a@b;opaque=app:conf:focus:id:1>;tag=1\n',
    'Max-Forwards: 0\n',
    'Subscription-State: terminated\n',
  ],
  ...[
    '2024-01-01T00:00:00Z ',
    '10:00:01.5 ',
    '1700000000.123456\n',
    '# x\n',
    '// y\n',
    'some prose between\n',
    '1',
    '0',
    '-',
  ],
];

/** A change of one stretch of a text. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/** A change at a place given in millionths of a text's length, whatever the text. */
export type Mutation = (text: string) => Change;

const place = fc.nat(1_000_000);
const at = (text: string, millionths: number) => Math.floor((millionths / 1_000_001) * (text.length + 1));
/** Mostly short stretches, sometimes long ones. */
const length = fc.oneof({ weight: 5, arbitrary: fc.nat(12) }, fc.nat(300), fc.nat(5000));
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...pieces) },
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.nat(0xffff).map((code) => String.fromCharCode(code)),
);

const insert = fc.tuple(place, piece).map(
  ([where, by]): Mutation =>
    (text) => {
      const from = at(text, where);
      return { from, to: from, by };
    },
);
const remove = fc.tuple(place, length).map(
  ([where, count]): Mutation =>
    (text) => {
      const from = at(text, where);
      return { from, to: Math.min(text.length, from + count), by: '' };
    },
);
const replace = fc.tuple(place, length, piece).map(
  ([where, count, by]): Mutation =>
    (text) => {
      const from = at(text, where);
      return { from, to: Math.min(text.length, from + count), by };
    },
);
const copy = fc.tuple(place, length, place).map(
  ([where, count, target]): Mutation =>
    (text) => {
      const source = at(text, where);
      const from = at(text, target);
      return { from, to: from, by: text.slice(source, source + count) };
    },
);
/** Two neighbouring stretches change places. */
const swap = fc.tuple(place, length, length).map(
  ([where, first, second]): Mutation =>
    (text) => {
      const from = at(text, where);
      const middle = Math.min(text.length, from + first);
      const to = Math.min(text.length, middle + second);
      return { from, to, by: text.slice(middle, to) + text.slice(from, middle) };
    },
);
const flipCase = fc.tuple(place, length).map(
  ([where, count]): Mutation =>
    (text) => {
      const from = at(text, where);
      const to = Math.min(text.length, from + count);
      const by = text
        .slice(from, to)
        .replace(/[A-Za-z]/g, (char) => (char > 'Z' ? char.toUpperCase() : char.toLowerCase()));
      return { from, to, by };
    },
);
const lineEnds = fc.tuple(place, fc.nat(5000), fc.constantFrom('\n', '\r', '\r\n', '\n\n')).map(
  ([where, count, end]): Mutation =>
    (text) => {
      const from = at(text, where);
      const to = Math.min(text.length, from + count);
      return { from, to, by: text.slice(from, to).replace(/\r\n|\n|\r/g, end) };
    },
);
/** A whole line is taken out or said again. */
const line = fc.tuple(place, fc.boolean()).map(
  ([where, twice]): Mutation =>
    (text) => {
      const from = text.lastIndexOf('\n', at(text, where) - 1) + 1;
      const end = text.indexOf('\n', from);
      const to = end < 0 ? text.length : end + 1;
      return { from, to, by: twice ? text.slice(from, to).repeat(2) : '' };
    },
);

/** Any change. */
export const mutation: fc.Arbitrary<Mutation> = fc.oneof(insert, remove, replace, copy, swap, flipCase, lineEnds, line);

/** The text after a change. */
export function changed(text: string, { from, to, by }: Change): string {
  return text.slice(0, from) + by + text.slice(to);
}

/** A sample after some changes. */
export const mutated: fc.Arbitrary<string> = mutatedOf(samples);

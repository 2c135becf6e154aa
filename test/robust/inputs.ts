import { readFileSync } from 'node:fs';
import { traceOf } from '../../bench/generate.ts';

/** The page of documentation with 17 messages, each flattened to one line. */
export const FLATTENED = readFileSync(new URL('../../samples/eject-user.flattened.txt', import.meta.url), 'utf8');
/** Twenty messages in proper lines: calls, subscriptions, commands. */
export const PLAIN = traceOf(20);

const MB = 1024 * 1024;
/** Where much is built for each character the size is smaller, unless FUZZ_RUNS asks for a long run. */
const HEAVY = process.env.FUZZ_RUNS ? 1 : 10;
/** Of texts that are whole messages. */
const LARGE = (10 * MB) / HEAVY;
const MANY = process.env.FUZZ_RUNS ? 100_000 : 20_000;
const HEAD = `INFO sip:bob@example.com SIP/2.0
Via: SIP/2.0/TLS a.example.org;branch=z9hG4bK1
Max-Forwards: 70
From: "Alice" <sip:alice@example.org>;tag=1
To: <sip:bob@example.com>;tag=2
Call-ID: c1
CSeq: 1 INFO
`;
const FOCUS = 'sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:00000001';
const STATE = 'application/conference-info+xml';
const CONFERENCE = `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="${FOCUS}" state="full" version="1">`;

/** A bad input, and how many messages are still shown; undefined where nothing can be asked of their number. */
export interface BadInput {
  readonly text: string;
  readonly messages?: number;
  /** What one problem at least is about. */
  readonly rule?: string;
}

/** Inputs that no one sends on purpose, each made when its turn comes: some are large. */
export const badInputs: Readonly<Record<string, () => BadInput>> = {
  'an empty file': () => ({ text: '', messages: 0 }),
  'one byte': () => ({ text: 'S', messages: 0 }),
  'one line feed': () => ({ text: '\n', messages: 0 }),
  'random bytes': () => ({ text: randomBytes(MB).toString('latin1') }),
  'random bytes as UTF-8': () => ({ text: randomBytes(MB).toString() }),
  'a capture file': () => ({ text: capture().toString('latin1') }),
  'a capture file as UTF-8': () => ({ text: capture().toString() }),
  '10 MB of a': () => ({ text: 'a'.repeat(10 * MB), messages: 0 }),
  '10 MB of <': () => ({ text: '<'.repeat(10 * MB), messages: 0 }),
  '10 MB of blanks': () => ({ text: ' '.repeat(10 * MB), messages: 0 }),
  '10 MB of INVITE': () => ({ text: 'INVITE '.repeat((10 * MB) / 7), messages: 0 }),
  '10 MB of SIP/2.0': () => ({ text: 'SIP/2.0 '.repeat((10 * MB) / 8) }),
  '10 MB of Via:': () => ({ text: ' Via: '.repeat((10 * MB) / 6), messages: 0 }),
  'header names without end behind a start line': () => ({
    text: `INVITE sip:a@b SIP/2.0${' Via: a Call-ID: b CSeq: 1 INVITE'.repeat(LARGE / 33)}`,
    messages: 1,
  }),
  'a flattened message of 10 MB': () => ({
    text: `${flat(HEAD)} Content-Type: text/plain ${'body '.repeat((10 * MB) / 5)}`,
    messages: 1,
  }),
  'a flattened message with a long roster': () => ({
    text: `${flat(HEAD)} Content-Type: ${STATE} ${CONFERENCE}<users>${user().repeat(LARGE / user().length)}</users></conference-info>`,
    messages: 1,
  }),
  'an XML body of 10 MB in one element': () => ({
    text: message(
      STATE,
      `${CONFERENCE}<conference-description><display-text>${'long '.repeat((10 * MB) / 5)}</display-text></conference-description></conference-info>`,
    ),
    messages: 1,
  }),
  'an XML body of many users': () => ({
    text: message(STATE, `${CONFERENCE}<users>${user().repeat(LARGE / user().length)}</users></conference-info>`),
    messages: 1,
  }),
  'an XML body in many lines': () => ({
    text: message(
      STATE,
      `${CONFERENCE}<users>${`${user()}\n`.repeat(LARGE / user().length)}</users></conference-info>`,
    ),
    messages: 1,
  }),
  'an XML body with very many faults': () => ({
    text: message(
      STATE,
      `${CONFERENCE}<users>${'<user state="x"><b/></user><nobody/>'.repeat(MANY)}</users></conference-info>`,
    ),
    messages: 1,
    rule: 'xml-schema',
  }),
  'an XML body with very many undeclared prefixes': () => ({
    text: message(STATE, `${CONFERENCE}${Array.from({ length: MANY }, (_, n) => `<p${n}:a q${n}:b=""/>`).join('')}`),
    messages: 1,
  }),
  'an XML body with very many end tags': () => ({
    text: message(STATE, `${CONFERENCE}<users>${'</user></endpoint>'.repeat(MANY)}`),
    messages: 1,
  }),
  'an XML body with very many references': () => ({
    text: message(STATE, `<a b="${'&amp;&#65;&x;'.repeat(MANY)}">${'&lt;&y;&#x0;'.repeat(MANY)}</a>`),
    messages: 1,
  }),
  'an XML body of open tags': () => ({ text: message(STATE, '<a>'.repeat(LARGE / 6)), messages: 1 }),
  'an XML body of many <': () => ({ text: message(STATE, `<a>${'<'.repeat(LARGE / 5)}`), messages: 1 }),
  'an XML body of many attributes': () => ({
    text: message(STATE, `<a ${Array.from({ length: 150_000 / HEAVY }, (_, n) => `a${n}="1"`).join(' ')}/>`),
    messages: 1,
  }),
  'an XML body of many prefixes': () => ({
    text: message(STATE, `<a ${Array.from({ length: 100_000 / HEAVY }, (_, n) => `xmlns:p${n}="u${n}"`).join(' ')}/>`),
    messages: 1,
  }),
  'elements nested 10,000 deep': () => ({
    text: message(STATE, `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`),
    messages: 1,
  }),
  'users nested 10,000 deep': () => ({
    text: message(
      STATE,
      `${CONFERENCE}${'<users><user>'.repeat(5000)}${'</user></users>'.repeat(5000)}</conference-info>`,
    ),
    messages: 1,
  }),
  'multiparts nested 10,000 deep': () => ({ text: nestedMultipart(10_000), messages: 1 }),
  'a multipart of very many parts': () => ({
    text: message('multipart/mixed;boundary=bb', '--bb\nContent-Type: text/xml\n\n<a/>\n'.repeat(MANY / 2)),
    messages: 1,
  }),
  'entities that would grow': () => ({ text: message(STATE, billionLaughs()), messages: 1, rule: 'xml-doctype' }),
  'an entity from a file': () => ({
    text: message(
      STATE,
      `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${CONFERENCE}<conference-description><display-text>&x;</display-text></conference-description></conference-info>`,
    ),
    messages: 1,
    rule: 'xml-doctype',
  }),
  'many declarations that are never closed': () => ({
    text: message(STATE, '<!DOCTYPE a [<!ENTITY '.repeat(50_000)),
    messages: 1,
  }),
  'comments that are never closed': () => ({ text: message(STATE, `<a>${'<!--'.repeat(200_000)}`), messages: 1 }),
  'an HTML page': () => ({
    text: `<!DOCTYPE html><html><head><title>INVITE</title><script>alert(1)</script></head><body onload="x">${'<p>Via: nothing</p>\n'.repeat(1000)}</body></html>`,
    messages: 0,
  }),
  'an HTML page with a trace in it': () => ({ text: `<html><body><pre>\n${PLAIN}\n</pre></body></html>` }),
  '100,000 blank lines': () => ({ text: '\n'.repeat(100_000), messages: 0 }),
  '100,000 blank lines inside a trace': () => ({
    text: `${message('', '')}${'\r\n'.repeat(100_000)}${message('', '')}`,
    messages: 2,
  }),
  '100,000 blank lines inside a body': () => ({ text: message(STATE, `<a>${'\n'.repeat(100_000)}</a>`), messages: 1 }),
  '100,000 comment lines': () => ({ text: `${'# a comment line\n'.repeat(100_000)}${message('', '')}`, messages: 1 }),
  'lone surrogates': () => ({ text: message('text/plain', '\udc00\ud800\ud800x\udfff', 'Subject: \ud800 \udc00\n') }),
  'lone surrogates everywhere': () => ({ text: PLAIN.replace(/e/g, '\ud800') }),
  NULs: () => ({ text: message('text/plain', '\0\0\0', 'Subject: a\0b\n'), messages: 1 }),
  'a NUL behind each character': () => ({ text: Buffer.from(PLAIN, 'utf16le').toString('latin1') }),
  'a byte order mark': () => ({ text: `\ufeff${PLAIN}` }),
  'control characters everywhere': () => ({ text: PLAIN.replace(/ /g, ' \u0007\u001b[31m\u0085\u202e') }),
  'a body longer than announced': () => ({ text: `${HEAD}Content-Length: 3\n\n${'body '.repeat(100)}`, messages: 1 }),
  'a body shorter than announced': () => ({ text: `${HEAD}Content-Length: 3000\n\nbody\n\n${PLAIN}` }),
  'bodies a little too long and too short': () => ({
    text: PLAIN.replace(
      /Content-Length: (\d+)/g,
      (_, length, at) => `Content-Length: ${Number(length) + (at % 5) - 2}`,
    ),
    messages: 20,
  }),
  'a huge Content-Length': () => ({ text: `${HEAD}Content-Length: 99999999999999999999999\n\nbody\n`, messages: 1 }),
  'a Content-Length above 4 GiB': () => ({ text: `${HEAD}Content-Length: 4294967297\n\nb\n`, messages: 1 }),
  'a negative Content-Length': () => ({ text: `${HEAD}Content-Length: -5\n\nbody\n`, messages: 1 }),
  'a Content-Length of words': () => ({ text: `${HEAD}Content-Length: many\n\nbody\n`, messages: 1 }),
  'a CSeq out of range': () => ({ text: HEAD.replace('CSeq: 1', 'CSeq: 99999999999999999999'), messages: 1 }),
  'a negative CSeq': () => ({ text: HEAD.replace('CSeq: 1', 'CSeq: -1'), messages: 1 }),
  'a status code of 1 MB': () => ({ text: `SIP/2.0 ${'9'.repeat(MB)} OK\n${rest(HEAD)}\n` }),
  'a reason phrase of 1 MB': () => ({ text: `SIP/2.0 200 ${'x '.repeat(MB / 2)}\n${rest(HEAD)}\n`, messages: 1 }),
  'a method of 1 MB': () => ({ text: `${'INVITE'.repeat(MB / 6)} sip:a@b SIP/2.0\n${rest(HEAD)}\n`, messages: 1 }),
  'a Request-URI of 1 MB': () => ({ text: `INFO sip:${'a;b@'.repeat(MB / 4)} SIP/2.0\n${rest(HEAD)}\n`, messages: 1 }),
  '10,000 start lines': () => ({ text: 'INVITE sip:bob@example.com SIP/2.0\n'.repeat(10_000) }),
  '10,000 status lines': () => ({ text: 'SIP/2.0 200 OK\r\n'.repeat(10_000) }),
  '100,000 headers': () => ({ text: `${HEAD}${headers(100_000, (n) => `X-${n}: ${n}`)}\n`, messages: 1 }),
  'very many equal headers': () => ({ text: `${HEAD}${headers(MANY, () => 'Call-ID: c')}\n`, messages: 1 }),
  'very many Via headers': () => ({
    text: `${HEAD}${headers(MANY, (n) => `Via: SIP/2.0/UDP h${n};branch=z9hG4bK${n}`)}\n`,
    messages: 1,
  }),
  'very many headers of known names': () => ({
    text: `${HEAD}${headers(MANY, (n) => `${['Contact', 'Route', 'Supported', 'Warning', 'Expires', 'Event'][n % 6]}: <sip:${n}@x>;a`)}\n`,
    messages: 1,
  }),
  '100,000 fold lines': () => ({ text: `${HEAD}Subject: a\n${headers(100_000, (n) => ` fold ${n}`)}\n`, messages: 1 }),
  '100,000 lines without colon': () => ({ text: `${HEAD}${headers(100_000, () => 'nonsense')}\n` }),
  'very many mistyped header names': () => ({ text: `${HEAD}${headers(MANY, (n) => `Contcat${n % 7}: x`)}\n` }),
  'a Via list of 1 MB': () => ({
    text: `${HEAD}Via: ${Array.from({ length: 20_000 }, (_, n) => `SIP/2.0/UDP host${n}.example.com:5060;branch=z9hG4bK${n};rport`).join(', ')}\n\n`,
    messages: 1,
  }),
  'a header of 1 MB': () => ({ text: `${HEAD}X-Long: ${'long '.repeat(MB / 5)}\n`, messages: 1 }),
  'an address of 1 MB': () => ({ text: HEAD.replace('"Alice"', `"${'Alice '.repeat(MB / 6)}"`), messages: 1 }),
  'a tag of 1 MB': () => ({ text: HEAD.replace('tag=1', `tag=${'x'.repeat(MB)}`), messages: 1 }),
  ...longValues(),
  'CR line ends': () => ({ text: PLAIN.replace(/\r\n/g, '\r') }),
  'LF line ends': () => ({ text: PLAIN.replace(/\r\n/g, '\n'), messages: 20 }),
  'LF CR line ends': () => ({ text: PLAIN.replace(/\r\n/g, '\n\r') }),
  'mixed line ends': () => ({ text: PLAIN.replace(/\r\n/g, (_, at: number) => ['\r\n', '\n', '\r'][at % 3]!) }),
  'UTF-8 values': () => ({ text: HEAD.replace('"Alice"', '"Zoë 日本語 😀"'), messages: 1 }),
  'UTF-8 read as Latin-1': () => ({
    text: Buffer.from(HEAD.replace('"Alice"', '"Zoë 日本語 😀"')).toString('latin1'),
    messages: 1,
  }),
  'Latin-1 read as UTF-8': () => ({
    text: Buffer.from(HEAD.replace('"Alice"', '"Zoë"'), 'latin1').toString(),
    messages: 1,
  }),
  'messages inside messages': () => ({ text: message('message/sipfrag', PLAIN) }),
  'markup in every place': () => ({ text: markup(), messages: 4 }),
  'diagram marks in every place': () => ({
    text: markup().replace(/<\/?script>|<img[^>]*>/g, '%%{init}%%; end # note %0A'),
    messages: 4,
  }),
  'tens of thousands of messages of one call': () => many(50_000, oneCall),
  'tens of thousands of responses of one transaction': () => many(50_000, (count) => response(1).repeat(count)),
  'thousands of calls': () => many(20_000, (count) => heads(count, (n) => HEAD.replace('c1', `call-${n}@host`))),
  'thousands of methods': () => many(20_000, (count) => heads(count, (n) => HEAD.replaceAll('INFO', `METHOD${n}`))),
  'thousands of parties': () => many(20_000, (count) => heads(count, (n) => HEAD.replace('sip:alice', `sip:user${n}`))),
  'thousands of states of one conference': () => many(10_000, states),
  'thousands of ejections from one conference': () => many(10_000, (count) => ejections(count / 2)),
};

/** Characters and words that a reader may look far for, very many of each as the value of headers of every grammar. */
function longValues(): Record<string, () => BadInput> {
  const pieces = [
    '"',
    '<',
    '(',
    '\\',
    ',',
    ';',
    '=',
    '%',
    '@',
    '"\\',
    '(a',
    ';a="',
    '<a>,',
    ' a',
    'a;b=c',
    '"a",',
    '\t;',
  ];
  const names = ['From', 'Via', 'Contact', 'Authorization', 'Warning', 'Subject', 'Call-ID', 'CSeq', 'Event', 'Reason'];
  const size = MB / HEAVY / 4;
  const rows = pieces.map((piece): [string, () => BadInput] => [
    `long headers of ${JSON.stringify(piece)}`,
    () => ({
      text: HEAD + names.map((name) => `${name}: ${piece.repeat(size / piece.length)}\n`).join(''),
      messages: 1,
    }),
  ]);
  const more = ['To', 'Content-Type', 'Content-Length', 'Accept', 'Date', 'ms-diagnostics', 'Session-Expires', 'X-Any'];
  const others = pieces.map((piece): [string, () => BadInput] => [
    `other long headers of ${JSON.stringify(piece)}`,
    () => ({
      text: HEAD + more.map((name) => `${name}: ${piece.repeat(size / piece.length)}\n`).join(''),
      messages: 1,
    }),
  ]);
  return Object.fromEntries([...rows, ...others]);
}

function many(most: number, make: (count: number) => string): BadInput {
  const messages = most / HEAVY;
  return { text: make(messages), messages };
}

function heads(count: number, head: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => head(n)).join('\n');
}

function message(type: string, body: string, more = ''): string {
  const about = type ? `Content-Type: ${type}\r\n` : '';
  const head = `${HEAD}${more}`.replace(/\n/g, '\r\n');
  return `${head}${about}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}\r\n`;
}

function rest(head: string): string {
  return head.slice(head.indexOf('\n') + 1);
}

function flat(head: string): string {
  return head.trim().replace(/\n/g, ' ');
}

function headers(count: number, row: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => `${row(n)}\n`).join('');
}

function user(): string {
  return '<user entity="sip:bob@contoso.com" state="full"><display-text>Bob</display-text><endpoint entity="e1"><status>connected</status></endpoint></user>';
}

function nestedMultipart(depth: number): string {
  const open = Array.from({ length: depth }, (_, n) => `--b${n}\nContent-Type: multipart/mixed;boundary=b${n + 1}\n\n`);
  return message('multipart/mixed;boundary=b0', open.join(''));
}

function billionLaughs(): string {
  const entities = Array.from({ length: 10 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
  return `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">${entities}]>${CONFERENCE}<conference-description><display-text>&l10;</display-text></conference-description></conference-info>`;
}

function markup(): string {
  const evil = `</script><script>alert(1)</script><img src=x onerror=alert(1)>`;
  return [
    `SIP/2.0 486 Busy ${evil}\n${rest(HEAD)}`,
    HEAD.replace('"Alice"', `"${evil}"`).replace('CSeq: 1', 'CSeq: 2'),
    HEAD.replace('sip:bob@', `sip:${evil}@`).replace('CSeq: 1', 'CSeq: 3'),
    `${HEAD.replaceAll('INFO', 'MESSAGE').replace('CSeq: 1', 'CSeq: 4')}Content-Type: text/plain\n\n${evil}\n`,
  ].join(`\n# ${evil}\n\n`);
}

function oneCall(count: number): string {
  const parts: string[] = [];
  for (let n = 1; parts.length < count; n++) {
    const request = HEAD.replace('CSeq: 1', `CSeq: ${n}`).replace('z9hG4bK1', `z9hG4bK${n}`);
    parts.push(`${request}\n`, `SIP/2.0 200 OK\n${rest(request)}\n`);
  }
  return parts.slice(0, count).join('');
}

function response(n: number): string {
  return `SIP/2.0 180 Ringing\n${rest(HEAD).replace('tag=2', `tag=${n}`)}\n`;
}

function notification(n: number, body: string): string {
  return message(STATE, body, 'Event: conference\nSubscription-State: active\n')
    .replaceAll('INFO', 'BENOTIFY')
    .replace('CSeq: 1', `CSeq: ${n}`)
    .replace('z9hG4bK1', `z9hG4bK${n}`);
}

function states(count: number): string {
  const body = (n: number) =>
    `${CONFERENCE.replace('state="full" version="1"', `state="partial" version="${n}"`)}<users state="partial">${user().replace('bob', `user${n % 50}`)}</users></conference-info>`;
  return Array.from({ length: count }, (_, n) => notification(n + 1, body(n + 1))).join('\r\n');
}

function ejections(count: number): string {
  const keys = (n: number) => `<userKeys confEntity="${FOCUS}" userEntity="sip:user${n}@contoso.com"/>`;
  const parts = Array.from({ length: count }, (_, n) => {
    const request = `<request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" to="${FOCUS}" from="sip:alice@contoso.com" requestId="${n}"><deleteUser>${keys(n)}</deleteUser></request>`;
    const answer = `<response xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" from="${FOCUS}" to="sip:alice@contoso.com" requestId="${n}" code="success"><deleteUser/></response>`;
    return [request, answer].map((body, at) =>
      message('application/cccp+xml', body)
        .replace('CSeq: 1', `CSeq: ${2 * n + at + 1}`)
        .replace('z9hG4bK1', `z9hG4bK${n}.${at}`),
    );
  });
  return parts.flat().join('\r\n');
}

/** The same bytes each time. */
function randomBytes(count: number): Buffer {
  const bytes = Buffer.alloc(count);
  let state = 12_345;
  for (let at = 0; at < count; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = state >>> 16;
  }
  return bytes;
}

/** What a pcap file looks like: a binary head before each packet, some of which hold SIP. */
function capture(): Buffer {
  const magic = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex');
  const packets = PLAIN.split('\r\n\r\n\r\n').flatMap((text, n) => {
    const payload = n % 2 === 0 ? Buffer.from(text) : randomBytes(600);
    const record = Buffer.alloc(16 + 42);
    record.writeUInt32LE(1_700_000_000 + n, 0);
    record.writeUInt32LE(payload.length + 42, 8);
    record.writeUInt32LE(payload.length + 42, 12);
    return [record, payload];
  });
  return Buffer.concat([magic, ...packets]);
}

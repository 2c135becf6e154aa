import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headerName, unfold } from '../sip/message.ts';
import { readText } from './text.ts';

const LINES = [
  'MESSAGE sip:bob@example.org SIP/2.0',
  'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1',
  'From: "Al" <sip:alice@example.org>;tag=1',
  'To: <sip:bob@example.org>',
  'Call-ID: 1',
  'CSeq: 1 MESSAGE',
  'Content-Type: text/plain',
  'Subject: folded',
  '  on two lines',
  'Content-Length: 13',
  '',
  'hello',
  '',
  'Bob!',
];
const ANSWER = [
  'SIP/2.0 200 OK',
  'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1',
  'From: "Al" <sip:alice@example.org>;tag=1',
  'To: <sip:bob@example.org>;tag=2',
  'Call-ID: 1',
  'CSeq: 1 MESSAGE',
  'Content-Length: 0',
  '',
];
const BOTH = [...LINES, ...ANSWER];
/** Each line behind words that a log, a mail or a listing puts there. */
const prefixed = (prefix: (line: number) => string) => BOTH.map((line, at) => `${prefix(at)}${line}\n`).join('');
const oneLine = (lines: readonly string[], end: string) => lines.map((line) => line + end).join('');

/** Each message on a line of a syslog. */
function inSyslog(end: string): string {
  const head = 'Nov  3 10:15:42 gw1 app[77]: ';
  return `${head}${oneLine(LINES, end)}\n${head}${oneLine(ANSWER, end)}\n`;
}

/** What a text must give: both messages, as they were sent. */
const LAYERS: Readonly<Record<string, string>> = {
  'a quotation': prefixed(() => '> '),
  'a quotation whose empty lines lost their blank': prefixed(() => '> ').replace(/> \n/g, '>\n'),
  'a quotation of a quotation': prefixed(() => '> > '),
  'line numbers': prefixed((line) => `${String(line + 7).padStart(4)}. `),
  'line numbers behind a colon': prefixed((line) => `${line + 95}:\t`),
  'marks of comments': prefixed(() => '// '),
  'a session id': prefixed(() => '8a1f3c52-1b0d-11ea-9b1c-0242ac110002 '),
  syslog: prefixed((line) => `Nov  ${line > 9 ? 9 : 3} 10:15:${line + 9} gw1 app[${77 + line}]: `),
  logcat: prefixed(() => '11-03 10:15:42.117  1234  1250 D libpjsip: '),
  'colours around words': oneLine(BOTH, '\r\n')
    .replace(/^[\w-]+/gm, '\u001b[1;31m$&\u001b[0m')
    .replace(/alice/g, '\u001b[mal\u001b[32mice'),
  'a CR that is shown': oneLine(BOTH, '^M\n'),
  'an empty line behind each line': oneLine(BOTH, '\n\n'),
  'escapes of a programming language': `log(${oneLine(LINES, '\\r\\n')}\nlog(${oneLine(ANSWER, '\\r\\n')}\n`,
  'escapes that were escaped again': `2019-11-03 log(${oneLine(LINES, '\\\\r\\\\n')}\n2019-11-03 log(${oneLine(ANSWER, '\\\\r\\\\n')}\n`,
  'line feeds that syslog escaped': inSyslog('#012'),
  'line ends that syslog escaped': inSyslog('#015#012'),
  'line ends that syslog escaped, without a head': `${oneLine(LINES, '#015#012')}\n${oneLine(ANSWER, '#015#012')}\n`,
  'line ends in angle brackets': inSyslog('<0d><0a>'),
  'line ends in angle brackets, capitals': inSyslog('<0D><0A>'),
  'line ends in decimal digits': inSyslog('<013><010>'),
  'a CR that is shown, on one line': inSyslog('^M '),
  'words of a log before the first line': `Nov 13 10:15:42 gw1 app: ${oneLine(LINES, '\n')}\nNov 13 10:15:42 gw1 app: ${oneLine(ANSWER, '\n')}`,
  'JSON on one line': JSON.stringify([{ sip: oneLine(LINES, '\r\n') }, { sip: oneLine(ANSWER, '\r\n') }]),
  'JSON in lines': JSON.stringify([{ sip: oneLine(LINES, '\n') }, { sip: oneLine(ANSWER, '\n') }], null, 2),
  'a quotation with colours': prefixed(() => '\u001b[2m>\u001b[0m '),
  'syslog with colours': prefixed((line) => `\u001b[36mNov  3 10:15:${line + 10}\u001b[0m gw1: `),
};

describe('what a log does to the text of messages', () => {
  for (const [name, text] of Object.entries(LAYERS)) {
    it(`${name} is undone`, () => {
      for (const form of [text, text.replace(/\r?\n/g, '\r\n')]) {
        const trace = readText(form);
        assert.deepEqual(
          Array.from({ length: trace.count }, (_, index) => asSent(trace, index)),
          [asLines(LINES), asLines(ANSWER)],
        );
        for (const value of ['alice', 'folded', 'tag=1', 'Bob!']) assert.equal(sourceOf(trace, 0, value), value);
      }
    });
  }

  it('leaves bodies alone that talk of such things', () => {
    const body = 'C:\\new\\road #012 &lt;b&gt; ^M \\r\\n\r\n> quoted\r\n';
    const text = `${LINES.slice(0, 6).join('\r\n')}\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const trace = readText(text);
    assert.equal(trace.count, 1);
    assert.equal(trace.view(0).text, text);
    const { body: span } = trace.message(0);
    assert.equal(text.slice(span.from, span.to), body);
  });

  it('takes a line that talks of a message for none', () => {
    for (const line of [
      'nta: received OPTIONS sip:example.org SIP/2.0 (CSeq 1)',
      '[Nov  3 10:15:00] DEBUG[77] chan_sip.c: Header 0 [ 35]: INVITE sip:bob@example.org SIP/2.0',
      'SIP-Start-Line: INVITE sip:bob@example.org SIP/2.0',
      'Event(SIPMessage) - INVITE sip:bob@example.org SIP/2.0',
      '** reply received after 0.005 ms ** SIP/2.0 404 Not Found',
      'bob@example.org: 200 OK (server)',
    ])
      assert.equal(readText(`${line}\nContent-Type: text/html\n\n${line}\n\n`).count, 0, line);
  });
});

type Trace = ReturnType<typeof readText>;

/** Start line, headers and body of a message. */
function asSent(trace: Trace, index: number): unknown {
  const message = trace.message(index);
  const { startLine, headers, body, stray, text } = message;
  assert.deepEqual(stray, []);
  return {
    start: text.slice(startLine.from, startLine.to),
    headers: headers.map(
      (field) => `${headerName(message, field)}: ${unfold(text.slice(field.value.from, field.value.to))}`,
    ),
    body: text.slice(body.from, body.to).replace(/\r\n/g, '\n').trim(),
  };
}

function asLines(lines: readonly string[]): unknown {
  const [start, ...rest] = lines;
  const head = rest.slice(0, rest.indexOf('')).join('\n').replace(/\n\s+/g, ' ').split('\n');
  return { start, headers: head, body: rest.slice(rest.indexOf('')).join('\n').trim() };
}

/** What the source has in the place of a part of a message; colours in it left out. */
function sourceOf(trace: Trace, index: number, part: string): string {
  const view = trace.view(index);
  const from = view.text.indexOf(part, view.from);
  const place = view.toSource({ from, to: from + part.length });
  return trace.text.slice(place.from, place.to).replace(/\u001b\[[\d;]*m/g, '');
}

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { dedent } from '../base/testing.ts';
import { Flag } from '../trace/columns.ts';
import { provideSchemas } from '../xml/schemas.ts';
import { loadVerdict } from '../xml/verdict.ts';
import { formatting, type Style } from './formatting.ts';
import type { Source, TextEdit } from './source.ts';
import { templates } from './templates.ts';
import { applied, traceSource, xmlSource } from './testing.ts';

const STYLE: Style = { unit: '  ' };

function edits(source: Source, style: Style, part = { from: 0, to: source.text.length }): TextEdit[] {
  const steps = formatting(source, style, part);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The trace after formatting; of a text with two bars, what lies between them is formatted. */
function formatted(marked: string, style = STYLE, sourceOf = traceSource): string {
  const [before, part, behind] = marked.split('|');
  const text = marked.replaceAll('|', '');
  const from = before!.length;
  const within = behind === undefined ? undefined : { from, to: from + part!.length };
  const result = applied(text, edits(sourceOf(text), style, within));
  if (!within) assert.deepEqual(edits(sourceOf(result), style), [], 'formatted twice is formatted once');
  return result;
}

const formattedXml = (text: string, style = STYLE) => formatted(text, style, xmlSource);

const CCCP = 'urn:ietf:params:xml:ns:cccp';

/** A message with an XML body of so many octets, as the head says. */
function message(length: number | string, body: string, type = 'application/cccp+xml'): string {
  const head = `INFO sip:bob@example.org SIP/2.0\nCall-ID: 1\nContent-Type: ${type}\nContent-Length: ${length}`;
  return `${head}\n\n${body}\n`;
}

describe('headers', () => {
  it('get their long names in the registered case, one blank and no more', () => {
    const text = dedent(`
      BYE sip:bob@example.org SIP/2.0~~
      v:SIP/2.0/UDP h;branch=z9hG4bK1~
      MAX-FORWARDS   :  70
      from:\t"A  B" <sip:alice@example.org>;tag=1
      To: <sip:bob@example.org>;tag=2\t~
      i: 1
      X-own:a
      Subject:~~
      CSeq: 1 BYE

    `).replaceAll('~', ' ');
    const wanted = dedent(`
      BYE sip:bob@example.org SIP/2.0
      Via: SIP/2.0/UDP h;branch=z9hG4bK1
      Max-Forwards: 70
      From: "A  B" <sip:alice@example.org>;tag=1
      To: <sip:bob@example.org>;tag=2
      Call-ID: 1
      X-own: a
      Subject:
      CSeq: 1 BYE

    `);
    assert.equal(formatted(text), wanted);
    assert.equal(formatted(text.replaceAll('\n', '\r\n')), wanted.replaceAll('\n', '\r\n'));
  });

  it('stay folded, without blanks at the ends of their lines', () => {
    assert.equal(
      formatted('BYE sip:b@e SIP/2.0\ns: one  \n\t two \n three\ni: 1\n\n'),
      'BYE sip:b@e SIP/2.0\nSubject: one\n\t two\n three\nCall-ID: 1\n\n',
    );
  });

  it('of lines that are not asked for stay', () => {
    assert.equal(
      formatted('BYE sip:b@e SIP/2.0\nv: x\n|f|: y\nt: z\ni: 1\n\n'),
      'BYE sip:b@e SIP/2.0\nv: x\nFrom: y\nt: z\ni: 1\n\n',
    );
    assert.equal(
      formatted('BYE sip:b@e SIP/2.0\nv: x\n|f: y\nt: z\n|i: 1\n\n'),
      'BYE sip:b@e SIP/2.0\nv: x\nFrom: y\nTo: z\ni: 1\n\n',
    );
  });
});

describe('bodies', () => {
  const flat = `<request xmlns="${CCCP}" requestId="1"><getConference  /></request>`;
  const lines = `<request xmlns="${CCCP}" requestId="1">\n  <getConference />\n</request>`;

  it('are laid out, and their length counts octets', () => {
    const before = flat.replace('"1"', '"ü🚆"');
    const after = lines.replace('"1"', '"ü🚆"');
    assert.equal(formatted(message(Buffer.byteLength(before), before)), message(Buffer.byteLength(after) + 2, after));
    const sent = (text: string) => text.replaceAll('\n', '\r\n');
    assert.equal(
      formatted(sent(message(Buffer.byteLength(before), before))),
      sent(message(Buffer.byteLength(sent(after)), after)),
    );
  });

  it('in several messages and in parts of a body change the length of each message', () => {
    const part = (xml: string) =>
      `--x\nContent-Type: application/cccp+xml\n\n${xml}\n--x\nContent-Type: text/plain\n\n a\n--x--`;
    const two = (xml: string) => [xml, part(xml)] as const;
    const [before, after] = [two(flat), two(lines)];
    const both = ([one, other]: readonly [string, string], ends: readonly [number, number]) =>
      `${message(one.length + ends[0], one)}\n${message(other.length + ends[1], other, 'multipart/mixed;boundary=x')}`;
    assert.equal(formatted(both(before, [0, 8])), both(after, [2, 10]));
  });

  it('of other vocabularies, and those that are no XML, stay', () => {
    for (const [type, body] of [
      ['application/pidf+xml', '<presence xmlns="urn:ietf:params:xml:ns:pidf"><tuple id="1"/></presence>'],
      ['application/sdp', 'v=0\ns= '],
      ['text/plain', `see ${flat}`],
    ] as const) {
      const text = message(Buffer.byteLength(body), body, type);
      assert.equal(formatted(text), text);
    }
  });

  it('of messages that stand on one line, or indented, stay', () => {
    const joined = `INFO sip:b@e SIP/2.0 v: SIP/2.0/UDP h From: <sip:a@e>;tag=1 Call-ID: 1 Content-Length: ${flat.length} Content-Type: application/cccp+xml ${flat}`;
    assert.equal(formatted(joined), joined);
    const indented = message(flat.length, flat)
      .replaceAll('Call-ID: 1', 'i: 1\nv: SIP/2.0/UDP h\nFrom: x\nTo: x')
      .replace(/^(?=.)/gm, '      ');
    assert.equal(traceSource(indented).reading.trace.count, 1);
    assert.equal(formatted(indented), indented);
  });

  it('in the sample are laid out, and each length is right then', () => {
    const sample = readFileSync(new URL('../../../samples/eject-user.sip', import.meta.url), 'utf8');
    const { trace } = traceSource(formatted(sample)).reading;
    const measured = (index: number) => (trace.columns.flags[index]! & Flag.measured) !== 0;
    assert.deepEqual(
      Array.from({ length: trace.count }, (_, index) => index).filter((index) => !measured(index)),
      [],
    );
  });
});

describe('documents of their own', () => {
  const root = `<request xmlns="${CCCP}">`;

  it('begin with what they say and end as the editor wants', () => {
    assert.equal(formattedXml(`\n ${root}<ping/></request>  \n\n\t`), `${root}\n  <ping/>\n</request>\n\n`);
    const style = { unit: '\t', insertFinalNewline: true, trimFinalNewlines: true };
    assert.equal(formattedXml(`${root}<ping/></request>`, style), `${root}\n\t<ping/>\n</request>\n`);
    assert.equal(formattedXml(`${root}\r\n<ping/></request>\r\n\r\n`, style), `${root}\r\n\t<ping/>\r\n</request>\r\n`);
  });

  it('keep blanks at the ends of lines in comments unless the editor wants them away', () => {
    const text = `<!-- a \n b\t\n-->\n${root}\n  <ping/>\n  <!-- c \r\n -->\n</request>`;
    assert.equal(formattedXml(text), text);
    const wanted = text.replace(/[ \t]+(?=\r|\n)/g, '');
    assert.equal(formattedXml(text, { ...STYLE, trimTrailingWhitespace: true }), wanted);
  });

  it('have the end tag of an empty element below its start tag', async () => {
    provideSchemas((file) => readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));
    await loadVerdict();
    const text = (end: string) =>
      `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info">\n  <users>\n${end}</users>\n</conference-info>`;
    assert.equal(formattedXml(text('      ')), text('  '));
    const meaningful = text('').replaceAll('users', 'subject');
    assert.equal(formattedXml(meaningful), meaningful);
  });

  it('that are none of ours are left alone', () => {
    for (const text of ['<a><b/></a> ', '<a xmlns="urn:x"><b/></a>', '', 'no XML'])
      assert.equal(formattedXml(text), text);
  });

  it('change on the lines that are asked for', () => {
    assert.equal(
      formattedXml(`${root}\n<!-- a -->\n|<!-- b -->\n|<!-- c --><ping/></request>`),
      `${root}\n<!-- a -->\n  <!-- b -->\n<!-- c --><ping/></request>`,
    );
  });

  it('that a template makes are as they must be', () => {
    const input = {
      conference: 'sip:a@example.org',
      from: 'sip:b@example.org',
      user: 'sip:c@example.org',
      requestId: '1',
      unique: '0'.repeat(32),
    };
    for (const one of templates()) {
      assert.deepEqual(edits(xmlSource(one.document(input)), STYLE), [], one.id);
      assert.deepEqual(edits(traceSource(one.message(input)), STYLE), [], one.id);
    }
  });
});

describe('the text of a trace', () => {
  const text =
    'INVITE sip:b@e SIP/2.0\nCall-ID: 1\n\n# a caption \n\n \n\t BYE sip:b@e SIP/2.0\n\t Call-ID: 1\n\t CSeq: 1 BYE';
  it('loses blanks at the ends of lines, and gets a last line end, where the editor wants it', () => {
    assert.equal(formatted(text), text);
    const style = { ...STYLE, trimTrailingWhitespace: true, trimFinalNewlines: true, insertFinalNewline: true };
    assert.equal(formatted(text, style), `${text.replace(/ +(?=\n)/g, '')}\n`);
  });

  it('without messages is left alone', () => assert.equal(formatted('v: x \n\n<a/> '), 'v: x \n\n<a/> '));

  it('of every fixture, formatted, is read as before', () => {
    const folder = new URL('../../fixtures/traces/plain/', import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(?:sip|txt)$/.test(name),
    );
    assert.ok(files.length > 20);
    for (const file of files) {
      const text = readFileSync(new URL(file, folder), 'utf8');
      const before = traceSource(text).reading.trace;
      const after = traceSource(formatted(text)).reading.trace;
      assert.equal(after.count, before.count, file);
      for (let index = 0; index < before.count; index++) {
        const ids = (trace: typeof before) => trace.message(index).headers.map(({ id }) => id);
        assert.deepEqual(ids(after), ids(before), file);
      }
    }
  });
});

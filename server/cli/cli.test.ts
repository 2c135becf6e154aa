import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { run, sample } from './testing.ts';

describe('--filter', () => {
  it('leaves what fits, with its numbers, in every command about messages', async () => {
    const filter = ['sample.txt', '--filter', 'status:>=400', '--context', 'transaction'];
    const drawn = JSON.parse((await run('ladder', ...filter, '--format', 'json')).out);
    assert.deepEqual(
      drawn.messages.map(({ index, from, to }: { index: number; from: string; to: string }) => [index, from, to]),
      [
        [5, 'p5', 'p3'],
        [9, 'p3', 'p5'],
      ],
    );
    assert.deepEqual(
      drawn.participants.map(({ id }: { id: string }) => id),
      ['p3', 'p5'],
    );
    assert.equal(drawn.dialogs.length, 1);
    const told = (await run('messages', ...filter)).out.trimEnd().split('\n');
    assert.deepEqual(
      told.map((line) => JSON.parse(line).index),
      [5, 9],
    );
    const [counted] = JSON.parse((await run('summary', ...filter, '--format', 'json')).out).files;
    assert.deepEqual([counted.messages, counted.participants, counted.transactions], [2, 2, 1]);
    assert.deepEqual([counted.methods, counted.statuses], [{ BYE: 1 }, { 481: 1 }]);
    const { out } = await run('normalize', ...filter);
    assert.deepEqual(out.match(/^(?:BYE|SIP.*)/gm), ['BYE', 'SIP/2.0 481 Dialog does not exist']);
  });

  it('leaves the problems of the messages that fit', async () => {
    const all = JSON.parse((await run('lint', 'sample.txt', '--format', 'json')).out).files[0];
    const few = JSON.parse((await run('lint', 'sample.txt', '--format', 'json', '--filter', 'problem:warning')).out)
      .files[0];
    assert.ok(few.messages > 0 && few.messages < all.messages);
    const marked = new Set(few.diagnostics.map(({ messageIndex }: { messageIndex: number }) => messageIndex));
    assert.deepEqual(
      few.diagnostics,
      all.diagnostics.filter(({ messageIndex }: { messageIndex: number }) => marked.has(messageIndex)),
    );
  });

  it('says where nothing fits', async () => {
    const { status, out, err } = await run('ladder', 'sample.txt', '--filter', 'method:PRACK');
    assert.deepEqual(
      { status, out, err },
      { status: 0, out: 'No SIP message.\n', err: 'sample.txt: no message fits the filter\n' },
    );
  });
});

describe('usage', () => {
  const refused: [string, string][] = [
    ['', 'a command is missing: see sip-lens --help'],
    ['lnt', 'there is no command “lnt”; did you mean lint?'],
    ['frobnicate', 'there is no command “frobnicate”: see sip-lens --help'],
    ['--format json', 'a command comes first, before --format: see sip-lens --help'],
    ['redact a.sip', 'a.sip: there is no such file'],
    ['redact a.sip --key=', '--key is a text that nobody else knows, not an empty one'],
    ['roster sample.txt --at 18', '--at 18: the trace has 17 messages'],
    ['roster sample.txt --at x', '--at x: the number of a message was expected, from 1 on'],
    ['lint', 'lint needs a file (- is standard input): see sip-lens lint --help'],
    ['messages a b', 'messages takes one file, not 2: a b'],
    ['rules a', 'rules takes no file: a'],
    ['lint --fromat json good.sip', 'lint has no option --fromat; did you mean --format?'],
    ['lint --quite good.sip', 'lint has no option --quite: see sip-lens lint --help'],
    ['lint --filter metod:x good.sip', '--filter, character 1: there is no key “metod”; did you mean method:?'],
    [
      'ladder good.sip --filter status:abc',
      '--filter, character 8: status: takes 200, 4xx, >=400 or 180-199, not “abc”',
    ],
    ['ladder good.sip --context all', '--context is one of message, transaction, dialog, call, not “all”'],
    ['lint good.sip --format', '--format needs a value: --format FORMAT'],
    ['lint --format jsn good.sip', 'there is no format “jsn”; did you mean json?'],
    ['lint --format yaml good.sip', 'there is no format “yaml”; lint prints text, json, sarif, github, junit'],
    ['lint --profile lax good.sip', '--profile is one of auto, strict, trace, ms, doc, not “lax”'],
    ['lint --max-problems few good.sip', '--max-problems is a number, not “few”'],
    [
      'lint --level max-forward-range=off good.sip',
      'there is no rule “max-forward-range”; did you mean max-forwards-range?',
    ],
    [
      'lint --level max-forwards-range=loud good.sip',
      '--level max-forwards-range= is one of error, warning, info, hint, off, not “loud”',
    ],
  ];
  for (const [words, reason] of refused) {
    it(`refuses “${words}”`, async () => {
      const { status, out, err } = await run(...words.split(' ').filter(Boolean));
      assert.deepEqual({ status, out, err }, { status: 2, out: '', err: `${reason}\n` });
    });
  }

  it('tells its version and its help', async () => {
    assert.equal((await run('--version')).out, 'sip-lens 1.2.3\n');
    assert.equal((await run('lint', '--version')).out, 'sip-lens 1.2.3\n');
    for (const words of [['--help'], ['help'], ['-h']])
      assert.match((await run(...words)).out, /lint FILE….*\n.*ladder FILE/);
    for (const words of [
      ['lint', '--help'],
      ['help', 'lint'],
    ])
      assert.match((await run(...words)).out, /--level RULE=LEVEL/);
    assert.match((await run('rules', '--help')).out, /Usage: sip-lens rules \[OPTION…\]\n/);
  });

  it('writes to a file instead', async () => {
    const { status, out, written } = await run('ladder', 'good.sip', '--output', 'a.txt');
    assert.deepEqual([status, out, written.get('a.txt')], [0, '', (await run('ladder', 'good.sip')).out]);
  });
});

describe('files that cannot be read', () => {
  const reasons: Record<string, string> = {
    'lint none.txt': 'none.txt: neither a SIP message nor a CCCP or conference-info document was found',
    'lint page.html': 'page.html: neither a SIP message nor a CCCP or conference-info document was found',
    'lint empty.sip': 'empty.sip: the file is empty',
    'lint missing.sip': 'missing.sip: there is no such file',
    'ladder none.txt': 'none.txt: no SIP message was found',
    'summary none.txt': 'none.txt: no SIP message was found',
    'messages none.txt': 'none.txt: no SIP message was found',
    'normalize none.txt': 'none.txt: no SIP message was found',
  };
  for (const [words, reason] of Object.entries(reasons)) {
    it(words, async () => {
      const { status, err } = await run(...words.split(' '));
      assert.deepEqual({ status, err }, { status: 2, err: `${reason}\n` });
    });
  }

  it('do not stop the others', async () => {
    const linted = await run('lint', 'missing.sip', 'bad.sip', '--format', 'json');
    assert.deepEqual([linted.status, linted.err], [2, 'missing.sip: there is no such file\n']);
    assert.equal(JSON.parse(linted.out).files[0].path, 'bad.sip');
    const counted = await run('summary', 'none.txt', 'good.sip', '--format', 'json');
    assert.deepEqual([counted.status, JSON.parse(counted.out).files.length], [2, 1]);
  });
});

describe('the other commands', () => {
  it('ladder merges several files by time, and puts clocks right if asked', async () => {
    const files = ['left.sip', 'right.sip', '--format', 'json'];
    const { out, err } = await run('ladder', ...files);
    assert.equal(
      err,
      'right.sip: its clock is 1.5 s behind (1 message was seen in both); --align puts its times right\n',
    );
    const merged = JSON.parse(out);
    assert.deepEqual(
      merged.messages.map(({ copies, line, seen }: { copies: number; line: null; seen: object[] }) => [
        copies,
        line,
        seen,
      ]),
      [
        [
          2,
          null,
          [
            { file: 'left.sip', time: '2026-01-05T09:30:10.000Z' },
            { file: 'right.sip', time: '2026-01-05T09:30:08.500Z' },
          ],
        ],
      ],
    );
    assert.deepEqual(merged.files[1].clock, { milliseconds: -1500, pairs: 1 });
    assert.match((await run('ladder', ...files, '--align')).err, /its times are put right/);
    const { status, err: why } = await run('ladder', 'left.sip', 'good.sip');
    assert.deepEqual([status, why], [2, 'good.sip: its messages have no times by which they could be merged\n']);
  });

  it('ladder names the trace in a report, and links to its messages from where the report is', async () => {
    const report = async (...words: string[]) => run('ladder', ...words, '--format', 'markdown');
    const beside = await report('project/bad.sip');
    assert.match(beside.out, /^# SIP ladder of bad\.sip\n\n1 message, /);
    assert.match(beside.out, /message \[1\]\(project\/bad\.sip#L1\): /);
    const { written } = await report('project/bad.sip', '--output', 'reports/may/bad.md');
    assert.match(written.get('reports/may/bad.md')!, /\(\.\.\/\.\.\/project\/bad\.sip#L1\)/);
    const apart = await report('D:\\bad.sip', '--output', 'bad.md');
    assert.match(apart.written.get('bad.md')!, /message \[1\]\(bad\.sip#L1\)/);
    const merged = await report('left.sip', 'right.sip');
    assert.match(merged.out, /^# SIP ladder of left\.sip, right\.sip\n/);
    assert.doesNotMatch(merged.out, /#L1/);
  });

  it('ladder gives JSON', async () => {
    const ladder = JSON.parse((await run('ladder', 'good.sip', '--format', 'json')).out);
    assert.deepEqual(
      ladder.participants.map((one: { id: string; label: string }) => `${one.id} ${one.label}`),
      ['p1 Alice', 'p2 Bob'],
    );
    assert.deepEqual(ladder.messages[0], {
      index: 1,
      line: 0,
      time: null,
      from: 'p1',
      to: 'p2',
      type: 'request',
      method: 'OPTIONS',
      status: null,
      reason: null,
      label: 'OPTIONS',
      summary: '',
      source: null,
      destination: null,
      direction: null,
      transport: null,
      callId: '1',
      cseq: 1,
      body: null,
      dialog: ladder.messages[0].dialog,
      transaction: 't1',
      respondsTo: null,
      retransmissionOf: null,
      copies: 1,
      captions: [],
      problems: 0,
    });
    assert.deepEqual(ladder.skipped, []);
    const { dialogs, calls, guesses, conferences } = JSON.parse(
      (await run('ladder', 'sample.txt', '--format', 'json')).out,
    );
    const { id, kind, state, event, finalStatus, retransmissions, endedBy, endedIn, why } = dialogs[1];
    assert.deepEqual(
      [id, kind, state, event, finalStatus, retransmissions],
      ['d2', 'subscription', 'terminated', 'conference', null, 0],
    );
    assert.deepEqual([endedBy, endedIn], ['p2', 3]);
    assert.deepEqual(why, ['reason ParticipantRemoved', 'ms-diagnostics-public 3118 “Participant Removed”']);
    assert.deepEqual(
      conferences.map((one: { uri: string; dialogs: string[] }) => [one.uri.replace(/.*:id:/, ''), one.dialogs]),
      [['7ECB5F9BFFB1F343B36775DBA09E8038', ['d1', 'd2', 'd3', 'd4', 'd5', 'd6']]],
    );
    assert.deepEqual(
      [calls, guesses].map((all) =>
        all.map((one: { evidence?: object[]; dialogs?: string[] }) => one.dialogs ?? one.evidence),
      ),
      [
        [
          ['d1', 'd5'],
          ['d3', 'd4'],
        ],
        [
          [
            {
              kind: 'conference-again',
              text: 'the same user in the same conference before or after, which is a guess',
              weight: 0.3,
              messages: [3, 4],
            },
          ],
        ],
      ],
    );
  });

  it('ladder draws', async () => {
    assert.match((await run('ladder', 'sample.txt', '--format', 'svg')).out, /^<svg /);
    assert.match((await run('ladder', 'sample.txt', '--format', 'mermaid')).out, /^sequenceDiagram\n/);
  });

  it('summary counts', async () => {
    const { out } = await run('summary', 'sample.txt', '--format', 'json');
    assert.deepEqual(JSON.parse(out).files[0], {
      path: 'sample.txt',
      format: 'flattened',
      bytes: Buffer.byteLength(sample),
      messages: 17,
      participants: 5,
      dialogs: 6,
      transactions: 11,
      methods: { INFO: 2, BENOTIFY: 5, BYE: 4 },
      statuses: { 200: 4, 202: 1, 481: 1 },
      first: null,
      last: null,
      skipped: [],
    });
    assert.match((await run('summary', 'sample.txt')).out, /^ {2}requests +5 BENOTIFY, 4 BYE, 2 INFO$/m);
  });

  it('messages gives a line each', async () => {
    const lines = (await run('messages', 'sample.txt')).out.trimEnd().split('\n');
    assert.equal(lines.length, 17);
    const first = JSON.parse(lines[0]!);
    assert.deepEqual(
      [first.from.label, first.to.label, first.method, first.callId],
      ['Alice', 'Focus', 'INFO', 'cfc48d02676c47379c7083eb783ad2ab'],
    );
    assert.deepEqual(first.headers[0], ['Via', 'SIP/2.0/TLS 10.56.64.122:2157']);
    assert.equal(first.body.type, 'application/cccp+xml');
  });

  it('rules and formats list what there is', async () => {
    const { rules } = JSON.parse((await run('rules', '--format', 'json')).out);
    assert.deepEqual(Object.keys(rules[0]).slice(0, 5), ['id', 'severity', 'title', 'spec', 'url']);
    assert.equal((await run('rules')).out.split('\n').length, rules.length + 2);
    const { formats } = JSON.parse((await run('formats', '--format', 'json')).out);
    assert.deepEqual(
      formats.slice(0, 3).map((one: { id: string; rank: number }) => [one.id, one.rank]),
      [
        ['plain', 1],
        ['flattened', 1],
        ['xml', 1],
      ],
    );
  });
});

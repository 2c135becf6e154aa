import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { URL } from 'node:url';
import fc from 'fast-check';
import { read } from '../engine.ts';
import { selectMessages, subjectOf } from '../selection.ts';
import { completeFilter } from './complete.ts';
import type { Context } from './filter.ts';
import { parseFilter } from './parse.ts';

const sample = read(readFileSync(new URL('../../../samples/eject-user.sip', import.meta.url), 'utf8'));
const timed = read(
  [
    ['2026-01-01 10:00:00.000', 'INVITE sip:bob@example.org SIP/2.0', '1 INVITE', 'User-Agent: snom 300\n', 'v=0\n'],
    ['2026-01-01 10:00:00.100', 'SIP/2.0 180 Ringing', '1 INVITE', '', ''],
    ['2026-01-01 10:00:03.200', 'SIP/2.0 486 Busy Here', '1 INVITE', 'Reason: Q.850;cause=17\n', ''],
    ['2026-01-01 10:00:03.210', 'ACK sip:bob@example.org SIP/2.0', '1 ACK', '', ''],
  ]
    .map(
      ([time, start, cseq, more, body]) => `# ${time}
${start}
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
From: "Alice" <sip:alice@example.org>;tag=1
To: <sip:bob@example.org>;tag=2
Call-ID: a1@example.org
CSeq: ${cseq}
${more}${body ? 'Content-Type: application/sdp\n' : ''}Content-Length: ${body!.length}

${body}`,
    )
    .join('\n'),
);

/** The numbers of the messages that a filter leaves. */
function kept(text: string, reading = sample, context: Context = 'message'): number[] {
  const { filter, problems } = parseFilter(text);
  assert.deepEqual(problems, [], text);
  return numbers(selectMessages(reading, [found(1, 'error'), found(7, 'warning')], filter, context));
}

function numbers(wanted: Uint8Array): number[] {
  return [...wanted.entries()].flatMap(([index, fits]) => (fits ? index + 1 : []));
}

function found(messageIndex: number, severity: 'error' | 'warning') {
  return { from: 0, to: 1, rule: 'call-id-syntax', severity, message: '', messageIndex };
}

describe('a filter', () => {
  const all = Array.from({ length: 17 }, (_, at) => at + 1);
  const cases: [string, number[]][] = [
    ['', all],
    ['method:info', [1, 2, 14, 15]],
    ['method:INFO is:request', [1, 14]],
    ['method:INFO,BYE -is:response', [1, 4, 5, 6, 7, 14]],
    ['status:>=400', [9]],
    ['status:4xx', [9]],
    ['status:200-202 from:focus', [2, 8]],
    ['from:alice', [1, 15]],
    ['party:"im mcu"', [5, 7, 9, 11]],
    ['has:xml -method:BENOTIFY', [1, 14]],
    ['body:/<deleteUser(Keys)? /', []],
    ['body:"<deleteUser>"', [1, 14]],
    ['header:subscription-state=terminated', [3]],
    ['/^SIP.2\\.0 4\\d\\d/', [9]],
    ['"Dialog does not exist"', [9]],
    ['problem:any', [1, 7]],
    ['problem:error', [1]],
    ['-problem:call-id message:<8', [2, 3, 4, 5, 6]],
    ['dialog:d1 transaction:t1', [1, 2]],
    ['sip:carol@contoso.com is:request method:INFO', [1]],
  ];
  it('leaves the messages for which all of its words hold', () => {
    for (const [text, wanted] of cases) {
      assert.deepEqual(kept(text), wanted, text);
    }
  });

  it('knows times, sizes, headers and bodies', () => {
    const timedCases: [string, number[]][] = [
      ['gap:>2s', [3]],
      ['gap:<=100ms', [2, 4]],
      ['has:sdp', [1]],
      ['has:reason', [3]],
      ['header:User-Agent=SNOM', [1]],
      ['header:user-agent="snom 300"', [1]],
      ['header:Reason', [3]],
      ['call:a1@', [1, 2, 3, 4]],
      ['size:>10k', []],
      ['-size:>10k is:failure', [3]],
    ];
    for (const [text, wanted] of timedCases) assert.deepEqual(kept(text, timed), wanted, text);
  });

  it('shows what belongs to a message that fits', () => {
    assert.deepEqual(kept('status:481', sample, 'transaction'), [5, 9]);
    assert.deepEqual(kept('has:sdp', timed, 'dialog'), [1, 2, 3, 4]);
    assert.deepEqual(kept('has:sdp', timed, 'call'), [1, 2, 3, 4]);
    const twoLegs = read(readFileSync(new URL('../../../test/e2e/two-legs.sip', import.meta.url), 'utf8'));
    assert.deepEqual(
      kept('message:3', twoLegs, 'call'),
      Array.from({ length: 13 }, (_, at) => at + 1),
    );
    assert.equal(kept('message:3', twoLegs, 'dialog').length, 6, 'one leg of two');
  });

  it('tells what is wrong with it, at its place', () => {
    const faults: [string, string, string][] = [
      ['metod:INVITE', 'metod', 'there is no key “metod”; did you mean method:?'],
      [
        'is:x',
        'x',
        'is: is one of request, response, provisional, success, redirection, failure, retransmission, keepalive, sent, received, not “x”',
      ],
      ['status:', '', 'status: needs a value: status:>=400'],
      ['gap:>2x', '>2x', 'gap: takes a comparison with a time, as >2s or >500ms, not “>2x”'],
      ['a "b c', '"b c', 'the quotation mark that ends the text is missing'],
      ['/a(b/', '/a(b/', 'the regular expression cannot be used: a “)” is missing'],
      [
        '/(a)\\1/',
        '/(a)\\1/',
        'the regular expression cannot be used: what “\\1” refers to cannot be matched in linear time',
      ],
      [
        'body:/a(?=b)/',
        '/a(?=b)/',
        'the regular expression cannot be used: of the groups that begin with “(?” only “(?:…)” can be matched',
      ],
    ];
    for (const [text, place, message] of faults) {
      const [problem] = parseFilter(text).problems;
      assert.deepEqual(
        { place: problem && text.slice(problem.from, problem.to), message: problem?.message },
        { place, message },
      );
    }
  });

  it('offers keys and values', () => {
    const texts = (text: string) => completeFilter(text, text.length).items.map((item) => item.text);
    assert.deepEqual(texts('st'), ['status:']);
    assert.deepEqual(texts('-me'), ['method:', 'message:']);
    assert.deepEqual(texts('method:INVITE,ca'), ['CANCEL']);
    assert.deepEqual(texts('status:200 is:re'), ['request', 'response', 'redirection', 'retransmission', 'received']);
    assert.deepEqual(texts('body:a'), []);
    assert.ok(texts('').length > 15);
  });

  it('offers what occurs in the trace first, with its count', () => {
    const subject = subjectOf(sample, [found(1, 'error')]);
    const items = (text: string) => completeFilter(text, text.length, subject).items;
    assert.deepEqual(items('method:')[0], { text: 'BYE', about: 'in 8 messages' });
    assert.deepEqual(
      items('from:').map(({ text }) => text),
      ['Focus', 'Carol', 'Alice', '"IM MCU"'],
    );
    assert.deepEqual(items('party:im'), [{ text: '"IM MCU"', about: 'in 4 messages' }]);
    assert.equal(items('status:')[0]?.text, '200');
    assert.ok(items('status:').some(({ text }) => text === '>=400'));
    assert.equal(items('problem:')[0]?.text, 'call-id-syntax');
    for (const { text } of items('party:')) assert.ok(kept(`party:${text}`).length > 0, text);
  });

  it('knows what became of calls', () => {
    const of = (messages: readonly (readonly [at: number, start: string, cseq: string])[]) =>
      read(
        messages
          .map(
            ([at, start, cseq]) =>
              `# 2026-01-01 10:00:${String(at).padStart(2, '0')}.000\n${start}\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK${cseq.replace(' ', '')}\nFrom: <sip:a@example.org>;tag=1\nTo: <sip:b@example.org>\nCall-ID: c@example.org\nCSeq: ${cseq}\nContent-Length: 0\n\n`,
          )
          .join(''),
      );
    const invite = 'INVITE sip:b@example.org SIP/2.0';
    const good = of([
      [0, invite, '1 INVITE'],
      [1, 'SIP/2.0 407 Proxy Authentication Required', '1 INVITE'],
      [1, 'ACK sip:b@example.org SIP/2.0', '1 ACK'],
      [1, invite, '2 INVITE'],
      [2, 'SIP/2.0 180 Ringing', '2 INVITE'],
      [9, 'SIP/2.0 200 OK', '2 INVITE'],
      [9, 'ACK sip:b@example.org SIP/2.0', '2 ACK'],
    ]);
    const bad = of([
      [0, invite, '1 INVITE'],
      [4, 'SIP/2.0 401 Unauthorized', '1 INVITE'],
      [4, invite, '2 INVITE'],
      [4, 'SIP/2.0 401 Unauthorized', '2 INVITE'],
      [4, invite, '3 INVITE'],
      [5, 'SIP/2.0 401 Unauthorized', '3 INVITE'],
      [6, invite, '4 INVITE'],
      [8, 'SIP/2.0 180 Ringing', '4 INVITE'],
      [9, 'SIP/2.0 200 OK', '4 INVITE'],
    ]);
    const failed = of([
      [0, invite, '1 INVITE'],
      [1, 'SIP/2.0 486 Busy Here', '1 INVITE'],
      [2, 'OPTIONS sip:b@example.org SIP/2.0', '2 OPTIONS'],
    ]);
    for (const one of ['slow-setup', 'no-ack', 'auth-loop', 'problems']) {
      assert.deepEqual(kept(`in:${one}`, bad).length, 9, one);
      assert.deepEqual(kept(`in:${one}`, good), [], one);
    }
    for (const one of ['failed-call', 'no-answer', 'problems']) {
      assert.deepEqual(kept(`in:${one}`, failed).length, 3, one);
      assert.deepEqual(kept(`in:${one}`, good), [], one);
    }
    assert.deepEqual(kept('is:keepalive', failed), [3]);
  });

  it('asks for calls whose media are described late', () => {
    const invite = 'INVITE sip:b@example.org SIP/2.0';
    const ack = 'ACK sip:b@example.org SIP/2.0';
    const again = '2 INVITE;tag=2';
    const described = (type: string) => `Content-Type: ${type}\nContent-Length: 4\n\nv=0\n`;
    const [sdp, parts] = ['application/sdp', 'Multipart/Mixed;boundary=x'].map(described);
    const none = 'Content-Length: 0\n\n';
    type Row = readonly [start: string, cseq: string, body: string | undefined];
    const of = (...messages: readonly Row[]) =>
      read(
        messages
          .map(([start, cseq, body]) => {
            const [number, tag = ''] = cseq.split(';');
            const to = tag || start === ack ? `<sip:b@example.org>;${tag || 'tag=2'}` : '<sip:b@example.org>';
            return `${start}\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK${number?.replace(' ', '')}\nFrom: <sip:a@example.org>;tag=1\nTo: ${to}\nCall-ID: c@example.org\nCSeq: ${number}\n${body}`;
          })
          .join('\n'),
      );
    const ok: Row = ['SIP/2.0 200 OK', '1 INVITE;tag=2', sdp];
    const progress = 'SIP/2.0 183 Session Progress';
    const bareOk: Row = ['SIP/2.0 200 OK', '1 INVITE;tag=2', none];
    const late = [
      of([invite, '1 INVITE', none], ok, [ack, '1 ACK', sdp]),
      of([invite, '1 INVITE', none], [progress, '1 INVITE;tag=2', parts]),
      of([invite, '1 INVITE', none], bareOk, [ack, '1 ACK', sdp]),
      of(
        [invite, '1 INVITE', none],
        ['SIP/2.0 401 Unauthorized', '1 INVITE;tag=2', none],
        [invite, '2 INVITE', none],
        ['SIP/2.0 200 OK', again, sdp],
      ),
    ];
    const inTime = [
      // Who answers in the ACK what was offered in the INVITE does wrong, but late nothing is.
      of([invite, '1 INVITE', sdp], ok, [ack, '1 ACK', sdp]),
      of([invite, '1 INVITE', sdp], [progress, '1 INVITE;tag=2', none], ok, [ack, '1 ACK', none]),
      of(
        [invite, '1 INVITE', none],
        ['SIP/2.0 401 Unauthorized', '1 INVITE;tag=2', none],
        [invite, '2 INVITE', sdp],
        ['SIP/2.0 200 OK', again, sdp],
      ),
      of([invite, '1 INVITE', none], bareOk, [ack, '1 ACK', none]), // a session of something else
      // A call that is held, or taken over by a server, is offered anew without a description: it can be heard already.
      of(
        [invite, '1 INVITE', sdp],
        ok,
        [ack, '1 ACK', none],
        [invite, again, none],
        ['SIP/2.0 200 OK', again, sdp],
        [ack, '2 ACK', sdp],
      ),
      of(
        [invite, '1 INVITE', sdp],
        [progress, '1 INVITE;tag=2', none],
        ['SIP/2.0 486 Busy Here', '1 INVITE;tag=2', none],
      ),
    ];
    for (const one of late) assert.equal(kept('in:late-media', one).length, one.trace.count);
    for (const one of inTime) assert.deepEqual(kept('in:late-media', one), []);
    const offered = completeFilter('in:late', 7).items;
    assert.match(offered[0]?.about ?? '', /^the INVITE offers no media/);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('-', 'is:', 'body:', '/', '"', '\\', '(', ')', '[', '*', '{2}', 'a', ' ', ',', '=', '😀'),
        ),
        (parts) => {
          const text = parts.join('');
          const { filter, problems } = parseFilter(text);
          for (const { from, to } of problems) assert.ok(from <= to && to <= text.length);
          selectMessages(timed, [], filter);
          completeFilter(text, text.length);
        },
      ),
      { numRuns: 200 },
    );
  });
});

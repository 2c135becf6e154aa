import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readText } from '../../trace/text.ts';
import { readFlow } from '../flow.ts';
import { readSession, type Session } from './session.ts';

interface Line {
  readonly at?: number | undefined;
  /** Start line: `INVITE`, or `180 Ringing`. */
  readonly say: string;
  readonly cseq?: number;
  readonly from?: 'a' | 'b';
  readonly to?: string | null;
  readonly more?: string;
  readonly vias?: number;
  readonly method?: string;
}

/** A trace of Alice (tag a) and Bob (tag b), one message a line; times in milliseconds. */
function traceOf(lines: readonly Line[]): string {
  return lines
    .map(({ at, say, cseq = 1, from = 'a', to = null, more = '', vias = 1, method }) => {
      const isRequest = !/^\d/.test(say);
      const other = from === 'a' ? 'b' : 'a';
      const time = at === undefined ? '' : `${new Date(Date.UTC(2024, 0, 1) + at).toISOString()}\n`;
      const via = Array.from(
        { length: vias },
        (_, n) => `Via: SIP/2.0/UDP h${n};branch=z9hG4bK${cseq}${from}${method ?? say}${n}`,
      );
      const branch = isRequest ? via : [`Via: SIP/2.0/UDP h0;branch=z9hG4bK${cseq}${from}${method}0`];
      return `${time}${isRequest ? `${say} sip:${other}@example.org SIP/2.0` : `SIP/2.0 ${say}`}
${branch.join('\n')}
From: <sip:${from}@example.org>;tag=${from}
To: <sip:${other}@example.org>${to === null ? '' : `;tag=${to}`}
Call-ID: 1
CSeq: ${cseq} ${method ?? say}
${more ? `${more}\n` : ''}Content-Length: 0
`;
    })
    .join('\n');
}

/** The sessions of a trace, in the order of their beginning. */
function sessions(...lines: Line[]): Session[] {
  const trace = readText(traceOf(lines));
  const flow = readFlow(trace.built);
  return Array.from({ length: flow.dialogs.count }, (_, at) => {
    const indices = [...flow.dialogs.of.keys()].filter((index) => flow.dialogs.of[index] === at + 1);
    return readSession(trace, flow, indices, false);
  });
}

const INVITE: Line = { at: 0, say: 'INVITE', vias: 2 };
const answer = (say: string, at: number, more: Partial<Line> = {}): Line => ({
  at,
  say,
  method: 'INVITE',
  to: 'b',
  ...more,
});

describe('a call in short', () => {
  it('that was answered and ended', () => {
    const [one, ...others] = sessions(
      INVITE,
      { ...INVITE, at: 500 },
      answer('100 Trying', 600, { to: null }),
      answer('180 Ringing', 1000),
      answer('200 OK', 4000),
      { at: 4100, say: 'ACK', to: 'b' },
      { at: 64_000, say: 'BYE', from: 'b', to: 'a', more: 'Reason: Q.850;cause=16;text="Terminated"' },
      { at: 64_010, say: '200 OK', from: 'b', to: 'a', method: 'BYE' },
    );
    assert.equal(others.length, 0);
    const { ending, ...rest } = one!;
    assert.deepEqual(rest, {
      kind: 'call',
      state: 'terminated',
      event: null,
      finalStatus: 200,
      setupTime: 4000,
      postDialDelay: 1000,
      ringTime: 3000,
      talkTime: 60_000,
      hops: 2,
      retransmissions: 1,
    });
    assert.deepEqual([ending?.index, ending?.why], [6, ['Reason Q.850 16 “Terminated”']]);
  });

  it('with a challenge is one dialog; a refusal says why', () => {
    const [one, ...others] = sessions(
      INVITE,
      answer('407 Proxy Authentication Required', 10, { to: 'x' }),
      { say: 'ACK', at: 11, to: 'x' },
      { ...INVITE, at: 20, cseq: 2 },
      answer('486 Busy Here', 1000, { cseq: 2, more: 'Warning: 399 example.org "At lunch"' }),
    );
    assert.equal(others.length, 0);
    assert.deepEqual([one?.state, one?.finalStatus, one?.postDialDelay, one?.setupTime], ['failed', 486, 1000, null]);
    assert.deepEqual(
      [one?.ending?.index, one?.ending?.why],
      [4, ['486 Busy Here', 'Warning 399 “At lunch” (example.org)']],
    );
  });

  it('that the caller gave up; one whose end the trace does not show', () => {
    const [given] = sessions(
      INVITE,
      answer('180 Ringing', 1000),
      { at: 9000, say: 'CANCEL', more: 'Reason: SIP;cause=200;text="Call completed elsewhere"' },
      answer('487 Request Terminated', 9010),
    );
    assert.deepEqual([given?.ringTime, given?.ending?.index], [8010, 2]);
    assert.deepEqual(given?.ending?.why, ['cancelled', 'Reason SIP 200 “Call completed elsewhere”']);
    const [open] = sessions({ ...INVITE, at: undefined }, answer('200 OK', 0, { at: undefined }));
    assert.deepEqual([open?.state, open?.ending, open?.setupTime], ['established', null, null]);
  });

  it('each device of a fork has a dialog that begins with the same INVITE', () => {
    const both = sessions(
      INVITE,
      answer('180 Ringing', 1000),
      answer('180 Ringing', 2000, { to: 'c' }),
      answer('200 OK', 3000, { to: 'c' }),
    );
    assert.deepEqual(
      both.map(({ state, postDialDelay, setupTime }) => [state, postDialDelay, setupTime]),
      [
        ['early', 1000, null],
        ['established', 2000, 3000],
      ],
    );
  });
});

describe('what is no call', () => {
  it('a registration: challenged, renewed, taken back', () => {
    const register = (cseq: number, more: string): Line => ({ at: cseq * 1000, say: 'REGISTER', cseq, more });
    const ok = (say: string, cseq: number, to: string): Line => ({
      at: cseq * 1000 + 50,
      say,
      cseq,
      to,
      method: 'REGISTER',
    });
    const lines = [
      register(1, 'Expires: 3600'),
      ok('401 Unauthorized', 1, 'x'),
      register(2, 'Expires: 3600'),
      ok('200 OK', 2, 'y'),
      register(3, 'Expires: 3600'),
      ok('200 OK', 3, 'z'),
    ];
    const [one, ...others] = sessions(...lines);
    assert.equal(others.length, 0);
    assert.deepEqual(
      [one?.kind, one?.state, one?.finalStatus, one?.setupTime],
      ['registration', 'established', 200, 1050],
    );
    const last = sessions(...lines, register(4, 'Contact: <sip:a@192.0.2.1>;expires=0'), ok('200 OK', 4, 'w'))[0];
    assert.deepEqual([last?.state, last?.ending?.index, last?.ending?.why], ['terminated', 6, ['Expires: 0']]);
    assert.equal(sessions(register(1, 'Expires: 60'), ok('403 Forbidden', 1, 'x'))[0]?.ending?.why[0], '403 Forbidden');
  });

  it('a subscription names its package and how it ended', () => {
    const [one] = sessions(
      { say: 'SUBSCRIBE', more: 'Event: message-summary' },
      { say: '202 Accepted', to: 'b', method: 'SUBSCRIBE' },
      {
        say: 'NOTIFY',
        from: 'b',
        to: 'a',
        more: 'Event: message-summary\nSubscription-State: terminated;reason=timeout',
      },
    );
    assert.deepEqual(
      [one?.kind, one?.event, one?.state, one?.finalStatus],
      ['subscription', 'message-summary', 'terminated', 202],
    );
    assert.deepEqual(one?.ending?.why, ['reason timeout']);
    const [refer] = sessions({ say: 'REFER' }, { say: '202 Accepted', to: 'b', method: 'REFER' });
    assert.deepEqual([refer?.kind, refer?.event, refer?.state], ['subscription', 'refer', 'established']);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readText } from '../../trace/text.ts';
import { readFlow } from '../flow.ts';
import type { Legs } from './evidence.ts';
import { linkLegs } from './legs.ts';

interface Leg {
  readonly id: string;
  readonly at?: number;
  readonly method?: string;
  readonly from?: string;
  readonly to?: string;
  readonly more?: string;
  readonly origin?: string;
}

/** Legs that begin one after another and end one after another. */
function read(...legs: Leg[]): Legs {
  return found([...legs.map(opening), ...legs.map(bye)]);
}

/** Legs each of which is over before the next begins. */
function oneByOne(...legs: Leg[]): Legs {
  return found(legs.flatMap((leg) => [opening(leg), bye({ ...leg, at: (leg.at ?? 0) - 59_000 })]));
}

function found(messages: readonly string[]): Legs {
  const trace = readText(messages.join('\n'));
  return linkLegs(trace, readFlow(trace.built));
}

function opening({ id, at, method = 'INVITE', from = `a${id}`, to = `b${id}`, more = '', origin }: Leg): string {
  const body = origin ? `v=0\r\no=${origin}\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n` : '';
  return `${stamp(at)}${method} sip:${to}@example.org SIP/2.0
Via: SIP/2.0/UDP h;branch=z9hG4bK${id}${method}
From: <sip:${from}@example.org>;tag=f${id}
To: <sip:${to}@example.org>
Call-ID: ${id}
CSeq: 1 ${method}
${more ? `${more}\n` : ''}Content-Type: application/sdp
Content-Length: ${body.length}

${body}`;
}

function bye({ id, at, from = `a${id}`, to = `b${id}` }: Leg): string {
  return `${stamp(at === undefined ? undefined : at + 60_000)}BYE sip:${to}@example.org SIP/2.0
From: <sip:${from}@example.org>;tag=f${id}
To: <sip:${to}@example.org>;tag=t
Call-ID: ${id}
CSeq: 2 BYE

`;
}

function stamp(at: number | undefined): string {
  return at === undefined ? '' : `${new Date(Date.UTC(2024, 0, 1) + at).toISOString()}\n`;
}

const kinds = ({ calls }: Legs) =>
  calls.flatMap(({ links }) => links.flatMap(({ evidence }) => evidence.map(({ kind }) => kind)));
const UUID = 'a358d2f7a35f4bd6a6c8e4b1c2d3e4f5';
const OTHER = 'b358d2f7a35f4bd6a6c8e4b1c2d3e4f5';
const NIL = '0'.repeat(32);

describe('legs of one call', () => {
  const shared: [string, string, Partial<Leg>, Partial<Leg>][] = [
    [
      'session-id',
      'a half of the Session-ID',
      { more: `Session-ID: ${UUID};remote=${NIL}` },
      { more: `Session-ID: ${OTHER};remote=${UUID}` },
    ],
    ['replaces', 'Replaces', {}, { more: 'Replaces: leg-1;to-tag=1;from-tag=2' }],
    [
      'replaces',
      'Replaces in Refer-To',
      {},
      { method: 'REFER', more: 'Refer-To: <sip:x@example.org?Replaces=leg-1%3Bto-tag%3D1>' },
    ],
    ['join', 'Join', {}, { more: 'Join: leg-1;to-tag=1;from-tag=2' }],
    ['target-dialog', 'Target-Dialog', {}, { more: 'Target-Dialog: leg-1;local-tag=1;remote-tag=2' }],
    ['in-reply-to', 'In-Reply-To', {}, { more: 'In-Reply-To: other@x, leg-1' }],
    ['other-call-id', 'a header of its own', {}, { more: 'X-CID: leg-1' }],
    [
      'icid',
      'the charging vector',
      { more: 'P-Charging-Vector: icid-value="1ab;2"' },
      { more: 'P-Charging-Vector: icid-value="1ab;2"; orig-ioi=x' },
    ],
    ['conversation', 'the conversation', { more: 'Ms-Conversation-ID: AdU9' }, { more: 'Ms-Conversation-ID: AdU9' }],
    [
      'refer',
      'REFER and Referred-By',
      { method: 'REFER', from: 'bob', more: 'Refer-To: <sip:carol@example.org>' },
      { to: 'carol', more: 'Referred-By: <sip:bob@example.org>' },
    ],
    [
      'sdp-origin',
      'the origin of SDP',
      { origin: 'x 12345 1 IN IP4 192.0.2.7' },
      { origin: 'x 12345 2 IN IP4 192.0.2.7' },
    ],
  ];
  for (const [kind, name, first, second] of shared)
    it(`by ${name}, with the messages that show it`, () => {
      const found = read({ id: 'leg-1', ...first }, { id: 'leg-0' }, { id: 'leg-2', ...second });
      assert.deepEqual(kinds(found), [kind]);
      assert.deepEqual(found.calls[0]?.callIds, ['leg-1', 'leg-2']);
      assert.deepEqual(found.calls[0]?.links[0]?.evidence[0]?.messages, [0, 2]);
      assert.deepEqual(found.guesses, []);
    });

  it('of three legs, and what together weighs more', () => {
    const found = read(
      { id: 'leg-1', origin: 'x 12345 1 IN IP4 192.0.2.7', more: 'Ms-Conversation-ID: A' },
      { id: 'leg-2', origin: 'x 12345 1 IN IP4 192.0.2.7', more: 'Ms-Conversation-ID: A' },
      { id: 'leg-3', more: 'X-Leg: leg-2' },
    );
    assert.deepEqual(
      found.calls.map(({ callIds }) => callIds),
      [['leg-1', 'leg-2', 'leg-3']],
    );
    assert.deepEqual(
      found.calls[0]?.links.map(({ weight }) => weight),
      [0.98, 0.95],
    );
  });
});

describe('legs that nothing links', () => {
  it('the same users at the same time are a guess, and said to be', () => {
    const both = [
      { id: 'one', at: 0, from: '+49301234567', to: '0891234567' },
      { id: 'two', at: 1500, from: '0301234567', to: '+49891234567' },
    ];
    const { calls, guesses } = read(...both);
    assert.deepEqual(calls, []);
    assert.deepEqual(
      guesses.map(({ weight, evidence }) => [weight, evidence[0]?.text]),
      [[0.4, 'the same users within two seconds, which is a guess']],
    );
    assert.deepEqual(read(both[0]!, { ...both[1]!, at: 5000 }).guesses, []);
  });

  it('common values, unknown Call-IDs and empty ids say nothing', () => {
    const origin = '- 0 0 IN IP4 0.0.0.0';
    assert.deepEqual(
      read(
        { id: 'one', origin, more: `Session-ID: ${NIL};remote=${NIL}` },
        { id: 'two', origin, more: `Session-ID: ${NIL}\nX-Trace: nothing-known\nReplaces: unknown;to-tag=1` },
      ),
      { calls: [], guesses: [], conferences: new Map(), cuts: [] },
    );
    const alike = { origin: 'x 12345 1 IN IP4 192.0.2.7', from: 'alice', to: 'bob' };
    const after = [
      { id: 'one', at: 0, ...alike },
      { id: 'two', at: 1500, ...alike },
    ] as const;
    assert.deepEqual(
      oneByOne(...after),
      { calls: [], guesses: [], conferences: new Map(), cuts: [] },
      'one call after another',
    );
    assert.equal(read(...after).calls.length, 1);
    const many = Array.from({ length: 30 }, (_, n) => ({ id: `leg${n}`, origin: 'root 1234 1 IN IP4 192.0.2.1' }));
    assert.deepEqual(read(...many).calls, []);
  });
});

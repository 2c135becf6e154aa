import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { snapshotOf } from '../indexed/snapshot.ts';
import { type Lanes, readLanes } from '../ladder/lanes.ts';
import type { TraceBuilder } from '../trace/builder.ts';
import { GrowingTrace } from '../trace/growing.ts';
import { readText } from '../trace/text.ts';
import { readFlow } from './flow.ts';

interface Told {
  readonly from: string;
  readonly to: string;
  readonly call: string;
  /** Sent-by of the Vias, the top one first. */
  readonly via: readonly string[];
  readonly contact?: string;
  readonly cseq?: string;
  readonly tags?: readonly [string, string];
  readonly more?: string;
}

/** A message that tells no addresses but those of its headers. */
function message(start: string, { from, to, call, via, contact, cseq, tags = ['f', ''], more = '' }: Told): string {
  const method = /^(?:SIP\/2\.0 \d+ )?(\w+)/.exec(start)![1]!;
  const vias = via.map((host) => `Via: SIP/2.0/UDP ${host};branch=z9hG4bK${call}${host}`);
  const lines = [
    start.startsWith('SIP/2.0') ? start : `${start} SIP/2.0`,
    ...vias,
    `From: <sip:${from}>;tag=${tags[0]}${call}`,
    `To: <sip:${to}>${tags[1] && `;tag=${tags[1]}${call}`}`,
    `Call-ID: ${call}`,
    `CSeq: ${cseq ?? `1 ${method}`}`,
    ...(contact ? [`Contact: <${contact}>`] : []),
    `${more}Content-Length: 0`,
  ];
  return `${lines.join('\n')}\n\n\n`;
}

const invite = (told: Told) => message(`INVITE sip:${told.to}`, told);
const answer = (status: string, told: Told) =>
  message(`SIP/2.0 ${status}`, { cseq: '1 INVITE', ...told, tags: ['f', 't'] });
const bye = (told: Told) => message(`BYE sip:${told.to}`, { ...told, tags: ['f', 't'], cseq: '2 BYE' });

function arrowsOf({ columns }: TraceBuilder, { lanes, of }: Lanes): string[] {
  const label = (party: number) => lanes[of[party]!]!.label;
  return Array.from(
    { length: columns.count },
    (_, at) => `${label(columns.sender[at]!)} > ${label(columns.receiver[at]!)}`,
  );
}

/** The arrows of a trace, and its lanes. */
function drawn(...messages: string[]) {
  const { built } = readText(messages.join(''));
  readFlow(built);
  const lanes = readLanes(built);
  return { arrows: arrowsOf(built, lanes), lanes: lanes.lanes, guessed: lanes.lanes.filter(({ isGuess }) => isGuess) };
}

/** A call of one leg. */
const leg = (told: Omit<Told, 'via'> & { at: string; answers: string }) => {
  const { at, answers, ...rest } = told;
  const both = { ...rest, via: [at] };
  return {
    invite: invite({ ...both, contact: `sip:${told.contact ?? 'x'}@${at.replace(/:\d+$/, '')}` }),
    ringing: answer('180 Ringing', { ...both, contact: `sip:y@${answers}` }),
    ok: answer('200 OK', { ...both, contact: `sip:y@${answers}` }),
    busy: answer('486 Busy Here', both),
    bye: bye(both),
  };
};

const [A, P, B] = ['192.0.2.1', '192.0.2.9:5060', '192.0.2.2'];
const [ALICE, BOB] = ['alice@example.com', 'bob@example.com'];

describe('a server that only Via and Contact give away', () => {
  const one = leg({ from: ALICE, to: BOB, call: '1', at: A, answers: P });
  const two = leg({ from: ALICE, to: BOB, call: '2', at: P, answers: B });
  const asterisk = [one.invite, two.invite, two.ringing, one.ringing, two.ok, one.ok, one.bye, two.bye];

  it('has a lane between the users of both legs (Asterisk)', () => {
    const { arrows, lanes, guessed } = drawn(...asterisk);
    assert.deepEqual(arrows, [
      'Alice > 192.0.2.9',
      '192.0.2.9 > Bob',
      'Bob > 192.0.2.9',
      '192.0.2.9 > Alice',
      'Bob > 192.0.2.9',
      '192.0.2.9 > Alice',
      'Alice > 192.0.2.9',
      '192.0.2.9 > Bob',
    ]);
    assert.deepEqual(
      lanes.map(({ label, kind }) => `${label} ${kind}`),
      ['Alice user', '192.0.2.9 server', 'Bob user'],
    );
    assert.match(guessed[0]!.why, /^Guessed: .*the call of message 1 and makes that of message 2 of it$/);
  });

  it('is the same in a file that is read page by page, in the order of time, and grows', async () => {
    const text = asterisk.map((one, at) => `# 2026-01-01T00:00:0${at}.000Z\n${one}`);
    const bytes = Buffer.from([...text.slice(1), text[0]].join(''));
    const source = (size: number) => ({
      size,
      read: (from: number, into: Uint8Array) => bytes.copy(into, 0, from, Math.min(size, from + into.length)),
    });
    const whole = drawn(...text).arrows;
    for (const cut of [0, 300, 700, 1000, 1333, 2000]) {
      const trace = new GrowingTrace();
      if (cut > 0) await trace.readOn(source(cut), { page: 512 });
      await trace.readOn(source(bytes.length), { page: 512 });
      const { built, lanes } = snapshotOf(trace.builder);
      assert.deepEqual(arrowsOf(built, lanes), whole, `cut at ${cut}`);
    }
  });

  it('takes back what a part of a Contact told that was read before the rest came', async () => {
    const text = [one.invite, two.invite, two.ringing, one.ringing].join('');
    const cut = text.lastIndexOf('192.0.2.9:5060>') + 6;
    const source = (size: number) => ({
      size,
      read: (from: number, into: Uint8Array) =>
        Buffer.from(text).copy(into, 0, from, Math.min(size, from + into.length)),
    });
    const trace = new GrowingTrace();
    await trace.readOn(source(cut));
    await trace.readOn(source(text.length));
    const { built, lanes } = snapshotOf(trace.builder);
    assert.deepEqual(arrowsOf(built, lanes).slice(0, 2), ['Alice > 192.0.2.9', '192.0.2.9 > Bob']);
  });

  it('is known where it answers first and calls then, under another From host and another number form (FreeSWITCH)', () => {
    const inbound = leg({ from: '+15551234567@192.0.2.1', to: '5000@pbx.example.com', call: '1', at: A, answers: P });
    const outbound = leg({ from: '5551234567@192.0.2.9', to: '1001@192.0.2.2', call: '2', at: P, answers: B });
    const { arrows } = drawn(inbound.invite, inbound.ok, outbound.invite, outbound.ok);
    assert.deepEqual(arrows, [
      '+15551234567 > 192.0.2.9',
      '192.0.2.9 > +15551234567',
      '192.0.2.9 > 1001',
      '1001 > 192.0.2.9',
    ]);
  });

  it('is known by the callee where it calls in its own name (a Cisco gateway)', () => {
    const inbound = leg({ from: 'anonymous@anonymous.invalid', to: BOB, call: '1', at: A, answers: P });
    const outbound = leg({ from: 'main@example.com', to: BOB, call: '2', at: P, answers: B });
    assert.deepEqual(drawn(inbound.invite, outbound.invite, inbound.ringing).arrows.slice(0, 2), [
      'Anonymous > 192.0.2.9',
      '192.0.2.9 > Bob',
    ]);
  });

  it('has two lanes where it has an address on each side (a session border controller of Teams)', () => {
    const outside = leg({ from: ALICE, to: BOB, call: '1', at: A, answers: 'sbc.contoso.com:5061' });
    const inside = leg({ from: ALICE, to: BOB, call: '2', at: '10.0.0.9', answers: B });
    assert.deepEqual(drawn(outside.invite, inside.invite, inside.ok, outside.ok).arrows, [
      'Alice > sbc.contoso.com',
      '10.0.0.9 > Bob',
      'Bob > 10.0.0.9',
      'sbc.contoso.com > Alice',
    ]);
  });

  it('gets the call that it passes on although it never says where it is reached', () => {
    assert.deepEqual(drawn(one.invite, two.invite, two.busy, one.busy).arrows, [
      'Alice > 192.0.2.9',
      '192.0.2.9 > Bob',
      'Bob > 192.0.2.9',
      '192.0.2.9 > Alice',
    ]);
  });

  it('sends and gets whatever else comes from its host or is answered there, in calls of one leg, too', () => {
    const options = message('OPTIONS sip:bob@192.0.2.2', { from: 'pbx@example.com', to: BOB, call: '3', via: [P] });
    const dave = leg({ from: 'dave@example.com', to: 'erin@example.com', call: '4', at: '192.0.2.4', answers: P });
    const registered = message('REGISTER sip:192.0.2.9', { from: ALICE, to: ALICE, call: '5', via: [A] });
    const { arrows } = drawn(...asterisk, options, dave.invite, dave.ok, registered);
    assert.deepEqual(arrows.slice(8), ['192.0.2.9 > Bob', 'Dave > 192.0.2.9', '192.0.2.9 > Dave', 'Alice > 192.0.2.9']);
  });

  it('stands behind a proxy that passes on its calls (Kamailio before FreeSWITCH)', () => {
    const K = '192.0.2.60';
    const told = { from: ALICE, to: BOB, call: '1' };
    const back = { from: ALICE, to: BOB, call: '2' };
    const { arrows } = drawn(
      invite({ ...told, via: [A] }),
      invite({ ...told, via: [K, A] }),
      answer('180 Ringing', { ...told, via: [K, A], contact: `sip:b@${P}` }),
      invite({ ...back, via: [P] }),
      invite({ ...back, via: [K, P] }),
      answer('180 Ringing', { ...told, via: [A], contact: `sip:b@${P}` }),
    );
    assert.deepEqual(arrows, [
      `Alice > ${K}`,
      `${K} > 192.0.2.9`,
      `192.0.2.9 > ${K}`,
      `192.0.2.9 > ${K}`,
      `${K} > Bob`,
      `${K} > Alice`,
    ]);
  });

  it('is the proxy that bears its name, and is known behind others by its Contact', () => {
    const proxied = { from: 'carol@example.com', to: 'dave@example.com', call: '3' };
    const passed = [
      invite({ ...proxied, via: ['192.0.2.3'] }),
      invite({ ...proxied, via: ['192.0.2.9', '192.0.2.3'] }),
    ];
    const { lanes } = drawn(...asterisk, ...passed);
    assert.deepEqual(
      lanes.map(({ label }) => label),
      ['Alice', '192.0.2.9', 'Bob', 'Carol', 'Dave'],
    );
    const behind = invite({ from: ALICE, to: BOB, call: '2', via: ['192.0.2.60', P], contact: `sip:x@${P}` });
    const { arrows } = drawn(one.invite, behind, one.ok);
    assert.deepEqual(arrows, ['Alice > 192.0.2.9', '192.0.2.9 > Bob', '192.0.2.9 > Alice']);
  });

  it('answers the one who began, and nobody who is answered', () => {
    const back = { from: BOB, to: ALICE, call: '1', via: [B], tags: ['t', 'f'] as const };
    const ended = message('SIP/2.0 200 OK', { ...back, contact: 'sip:a@192.0.2.1', cseq: '1 BYE' });
    const { hosts } = readText([one.invite, message('BYE sip:alice@192.0.2.1', back), ended].join('')).built;
    assert.deepEqual([hosts.name(hosts.beginner(1)), hosts.answerer(1)], ['192.0.2.1', 0]);
  });

  it('is told by ports on one machine', () => {
    const inbound = leg({ from: ALICE, to: BOB, call: '1', at: '127.0.0.1:5061', answers: '127.0.0.1' });
    const outbound = leg({ from: ALICE, to: BOB, call: '2', at: '127.0.0.1:5060', answers: '127.0.0.1:5070' });
    assert.deepEqual(drawn(inbound.invite, outbound.invite, inbound.ok).arrows.slice(0, 2), [
      'Alice > 127.0.0.1:5060',
      '127.0.0.1:5060 > Bob',
    ]);
  });
});

describe('no server between', () => {
  const guessed = (...messages: string[]) => drawn(...messages).guessed.map(({ label }) => label);

  it('is a proxy, which keeps the Call-ID and adds its Via or is in Record-Route only', () => {
    const told = { from: ALICE, to: BOB, call: '1', more: 'Record-Route: <sip:192.0.2.60;lr>\n' };
    const way = ['192.0.2.60', A];
    const passed = drawn(
      invite({ ...told, via: [A] }),
      invite({ ...told, via: way }),
      answer('200 OK', { ...told, via: way, contact: `sip:bob@${B}` }),
      answer('200 OK', { ...told, via: [A], contact: `sip:bob@${B}` }),
    );
    assert.deepEqual(passed.guessed, []);
    assert.deepEqual(
      guessed(invite({ ...told, via: [A] }), answer('200 OK', { ...told, via: [A], contact: `sip:bob@${B}` })),
      [],
    );
  });

  it('is a phone that is called and calls, under other names, too, and whose user calls from two phones', () => {
    const called = leg({
      from: 'carol@example.com',
      to: '+4930123@example.com',
      call: '1',
      at: '192.0.2.3',
      answers: B,
    });
    const calls = leg({ from: BOB, to: 'dave@example.com', call: '2', at: B, answers: '192.0.2.4' });
    const other = leg({ from: BOB, to: 'erin@example.com', call: '3', at: '192.0.2.5', answers: '192.0.2.4' });
    const mailbox = leg({ from: '+4930123@example.net', to: '+4930123@example.com', call: '4', at: B, answers: P });
    assert.deepEqual(
      guessed(called.invite, called.ok, calls.invite, calls.ok, other.invite, other.ok, mailbox.invite, called.bye),
      [],
    );
  });

  it('is a phone that was called before, and whose user calls somebody from another one or twice', () => {
    const first = leg({ from: ALICE, to: BOB, call: '1', at: A, answers: B });
    const lent = leg({ from: ALICE, to: 'dave@example.com', call: '2', at: B, answers: '192.0.2.4' });
    assert.deepEqual(guessed(first.invite, first.ok, first.bye, lent.invite, lent.ok), []);
    const again = leg({ from: ALICE, to: BOB, call: '3', at: '192.0.2.5', answers: B });
    const unanswered = [first.ok, again.invite, again.busy, first.bye];
    assert.deepEqual(guessed(first.invite, ...unanswered), []);
    assert.deepEqual(guessed(first.invite, again.invite, first.ringing, again.ringing), []);
  });

  it('are callers who do not say who they are, nor hosts that do not', () => {
    for (const from of ['anonymous@anonymous.invalid', 'Unavailable@example.net', 'restricted@example.net']) {
      const first = leg({ from, to: BOB, call: '1', at: A, answers: B });
      const second = leg({ from, to: BOB, call: '2', at: '192.0.2.3', answers: B });
      assert.deepEqual(guessed(first.invite, second.invite, second.busy, first.busy), [], from);
    }
    const hidden = leg({ from: ALICE, to: BOB, call: '3', at: A, answers: 'anonymous.invalid' });
    const other = leg({ from: ALICE, to: 'carol@example.com', call: '4', at: 'anonymous.invalid', answers: B });
    assert.deepEqual(guessed(hidden.invite, hidden.ok, other.invite, other.ok), []);
  });

  it('are two programs on one machine', () => {
    const carol = leg({ from: 'carol@example.com', to: BOB, call: '1', at: '192.0.2.3', answers: A });
    const inside = leg({ from: ALICE, to: BOB, call: '2', at: A, answers: A });
    const outside = leg({ from: ALICE, to: 'dave@example.com', call: '3', at: A, answers: B });
    assert.deepEqual(guessed(carol.invite, carol.ok, inside.invite, inside.ok, outside.invite, outside.ok), []);
  });

  it('is a phone that is called back by the one it called, or both that call each other at once', () => {
    const first = leg({ from: ALICE, to: BOB, call: '1', at: A, answers: B });
    const second = leg({ from: BOB, to: ALICE, call: '2', at: B, answers: A });
    assert.deepEqual(guessed(first.invite, second.invite, second.busy, first.busy), []);
    assert.deepEqual(guessed(first.invite, first.ok, first.bye, second.invite, second.ok), []);
  });

  it('are phones behind two NATs that have the same address', () => {
    const inbound = leg({ from: ALICE, to: 'conf@example.com', call: '1', at: '10.0.0.5', answers: P });
    const outbound = leg({ from: 'carol@example.com', to: BOB, call: '2', at: P, answers: '10.0.0.5' });
    assert.deepEqual(guessed(inbound.invite, inbound.ok, outbound.invite, outbound.ok), []);
  });

  it('are tools for load that call each other under the same names', () => {
    const forth = leg({ from: `sipp@${A}`, to: 'service@example.com', call: '1', at: A, answers: B });
    const back = leg({ from: `sipp@${B}`, to: 'service@example.com', call: '2', at: B, answers: A });
    const third = leg({ from: 'sipp@192.0.2.3', to: 'service@example.com', call: '3', at: '192.0.2.3', answers: B });
    assert.deepEqual(guessed(forth.invite, forth.ok, back.invite, back.ok, third.invite, third.ok), []);
  });

  it('is a focus or an MCU, which call in the name of their organizer (Lync), nor a domain in a GRUU', () => {
    const focus = `alice@contoso.com;gruu;opaque=app:conf:focus:id:7E`;
    const joined = { from: 'alice@contoso.com', to: focus, call: '1', via: [A] };
    const dialled = { from: focus, to: 'bob@contoso.com', call: '2', via: ['192.0.2.9'] };
    const another = invite({ from: 'dave@contoso.com', to: 'bob@contoso.com', call: '5', via: ['192.0.2.9'] });
    assert.deepEqual(
      guessed(invite(joined), answer('200 OK', { ...joined, contact: 'sip:x@192.0.2.9' }), invite(dialled), another),
      [],
    );
    const gruu = { from: ALICE, to: BOB, call: '3', via: [A] };
    const next = { from: ALICE, to: 'dave@contoso.com', call: '4', via: ['contoso.com'] };
    assert.deepEqual(
      guessed(
        invite(gruu),
        answer('200 OK', { ...gruu, contact: 'sip:bob@contoso.com;opaque=user:epid:x;gruu' }),
        invite(next),
      ),
      [],
    );
  });

  it('is who redirects a call, or registers a user', () => {
    const told = { from: ALICE, to: BOB, call: '1', via: [A] };
    const moved = answer('302 Moved Temporarily', { ...told, contact: `sip:bob@${B}` });
    const next = invite({ from: ALICE, to: 'carol@example.com', call: '2', via: [B] });
    assert.deepEqual(guessed(invite(told), next, moved), []);
    const register = { from: BOB, to: BOB, call: '3', via: [P], cseq: '1 REGISTER' };
    const registered = message('SIP/2.0 200 OK', { ...register, contact: `sip:bob@${P}`, tags: ['f', 't'] });
    const one = leg({ from: ALICE, to: BOB, call: '1', at: A, answers: P });
    const two = leg({ from: ALICE, to: BOB, call: '2', at: P, answers: B });
    const trunk = drawn(one.invite, two.invite, one.ok, message('REGISTER sip:example.org', register), registered);
    assert.deepEqual(trunk.arrows.slice(3), ['192.0.2.9 > example.org', 'example.org > 192.0.2.9']);
  });
});

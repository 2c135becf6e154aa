import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { conference } from '../../../../test/traces/conference.ts';
import { read } from '../../reading.ts';
import type { Legs } from './evidence.ts';
import { linkLegs } from './legs.ts';

const ID = '7ECB5F9BFFB1F343';
const uriOf = (service: string, id = ID) => `sip:alice@contoso.com;gruu;opaque=app:conf:${service}:id:${id}`;
const [FOCUS, AV, CHAT] = [uriOf('focus'), uriOf('audio-video'), uriOf('chat')];

interface Sent {
  readonly start: string;
  readonly from: string;
  readonly to: string;
  readonly id: string;
  /** Seconds. */
  readonly at: number;
  readonly more?: string;
  readonly body?: string;
  readonly toTag?: string;
}

function written({ start, from, to, id, at, more = '', body = '', toTag = '' }: Sent): string {
  const method = /^SIP/.test(start) ? 'INVITE' : start.split(' ')[0];
  return `# ${new Date(Date.UTC(2024, 0, 1) + at * 1000).toISOString()}
${start}
Via: SIP/2.0/TLS h;branch=z9hG4bK${id}${method}${at}
From: <${from}>;tag=f${id}
To: <${to}>${toTag && `;tag=${toTag}`}
Call-ID: ${id}
CSeq: 1 ${method}
${more && `${more}\n`}Content-Length: ${body.length}

${body}
`;
}

const user = (name: string) => `sip:${name}@contoso.com`;
const invite = (id: string, from: string, to: string, at: number, more = '') =>
  written({ start: `INVITE ${to} SIP/2.0`, from, to, id, at, more });
const bye = (id: string, from: string, to: string, at: number) =>
  written({ start: `BYE ${to} SIP/2.0`, from, to, id, at, toTag: 't' });

function addUser(id: string, called: string, at: number, requestId = 7, joining = 'dialed-out'): string {
  const CI = 'xmlns:ci="urn:ietf:params:xml:ns:conference-info"';
  const body = `<request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="${requestId}" from="${user('alice')}" to="${FOCUS}"><addUser><conferenceKeys confEntity="${FOCUS}"/><ci:user ${CI} entity="${called}"><ci:endpoint entity="{1}"><ci:joining-method>${joining}</ci:joining-method></ci:endpoint></ci:user></addUser></request>`;
  const more = 'Content-Type: application/cccp+xml';
  return written({ start: `INFO ${FOCUS} SIP/2.0`, from: user('alice'), to: FOCUS, id, at, more, body, toTag: 't' });
}

function found(...messages: readonly string[]): Legs {
  const { trace, flow } = read(messages.join('\n'));
  return linkLegs(trace, flow);
}

const kinds = ({ calls }: Legs) =>
  calls.flatMap(({ links }) => links.flatMap(({ evidence }) => evidence.map((one) => one.kind)));
const legs = ({ calls }: Legs) => calls.map(({ callIds }) => callIds);

describe('legs of conferences', () => {
  it('of one user with the focus and its MCUs at the same time are one call, those of others are not', () => {
    const told = found(
      invite('focus-a', user('alice'), FOCUS, 0),
      invite('focus-b', user('bob'), FOCUS, 1),
      written({
        start: `SUBSCRIBE ${FOCUS} SIP/2.0`,
        from: user('alice'),
        to: FOCUS,
        id: 'sub-a',
        at: 2,
        more: 'Event: conference',
      }),
      invite('av-a', user('Alice'), AV, 3),
      invite('chat-b', CHAT, user('bob'), 4),
      ...['focus-a', 'sub-a', 'av-a'].map((id) => bye(id, user('alice'), FOCUS, 60)),
      ...['focus-b', 'chat-b'].map((id) => bye(id, user('bob'), FOCUS, 61)),
    );
    assert.deepEqual(legs(told), [
      ['focus-a', 'sub-a', 'av-a'],
      ['focus-b', 'chat-b'],
    ]);
    assert.deepEqual(new Set(kinds(told)), new Set(['same-conference']));
    assert.deepEqual(told.guesses, []);
    assert.deepEqual([...new Set([...told.conferences.values()].map((one) => one.conference))], [ID.toLowerCase()]);
    assert.equal(told.conferences.size, 5);
  });

  it('of another time are a guess, and said to be one; of another conference they are nothing', () => {
    const again = found(
      invite('first', user('alice'), FOCUS, 0),
      bye('first', user('alice'), FOCUS, 10),
      invite('other', user('alice'), uriOf('focus', 'OTHER'), 15),
      bye('other', user('alice'), uriOf('focus', 'OTHER'), 16),
      invite('second', user('alice'), FOCUS, 100),
      bye('second', user('alice'), FOCUS, 110),
    );
    assert.deepEqual(again.calls, []);
    assert.deepEqual(
      again.guesses.map(({ weight, evidence }) => [weight, evidence[0]!.kind, evidence[0]!.messages]),
      [[0.3, 'conference-again', [0, 4]]],
    );
    assert.match(again.guesses[0]!.evidence[0]!.text, /which is a guess$/);
  });

  it('are silent for two calls to a number that many call', () => {
    const NUMBER = 'sip:+4989100@contoso.com;user=phone';
    const told = found(
      invite('a', user('alice'), NUMBER, 0),
      invite('b', user('bob'), NUMBER, 1),
      invite('c', user('alice'), NUMBER, 5),
      ...['a', 'b', 'c'].map((id) => bye(id, user('alice'), NUMBER, 20)),
    );
    assert.deepEqual([told.calls, told.guesses, told.conferences.size], [[], [], 0]);
  });

  it('whose focus tells itself by isfocus are known as such', () => {
    const ROOM = 'sip:room1@example.com';
    const accepted = (id: string, from: string, at: number) =>
      written({ start: 'SIP/2.0 200 OK', from, to: ROOM, id, at, more: `Contact: <${ROOM}>;isfocus`, toTag: 't' });
    const told = found(
      invite('a', user('alice'), ROOM, 0),
      accepted('a', user('alice'), 1),
      invite('b', user('bob'), ROOM, 2),
      accepted('b', user('bob'), 3),
      written({
        start: `SUBSCRIBE ${ROOM} SIP/2.0`,
        from: user('alice'),
        to: ROOM,
        id: 'sub-a',
        at: 4,
        more: 'Event: conference',
      }),
      ...['a', 'b', 'sub-a'].map((id) => bye(id, user('alice'), ROOM, 20)),
    );
    assert.deepEqual(legs(told), [['a', 'sub-a']]);
    assert.deepEqual(told.conferences.size, 3);
  });

  it('of two organizers are two conferences, though these have the same id', () => {
    const other = uriOf('focus').replace('alice@contoso', 'dave@fabrikam');
    const told = found(
      invite('a', user('bob'), FOCUS, 0),
      invite('b', user('bob'), other, 5),
      addUser('a', user('carol'), 6),
      invite('c', other, user('carol'), 7),
      bye('a', user('bob'), FOCUS, 20),
      bye('b', user('bob'), other, 20),
    );
    assert.deepEqual([told.calls, told.guesses], [[], []]);
    assert.equal(new Set([...told.conferences.values()].map((one) => one.key)).size, 2);
  });

  it('are only those in which a telephone that joins two calls says that it is a focus, not its other calls', () => {
    const [alice, bob] = [user('alice'), user('bob')];
    const joined = (id: string, to: string, at: number) =>
      written({
        ...{ start: `INVITE ${to} SIP/2.0`, from: alice, to, id, at, toTag: 't' },
        more: `Contact: <${alice};gr=urn:uuid:1>;isfocus`,
      });
    const told = found(
      invite('morning', bob, alice, 0),
      bye('morning', bob, alice, 20),
      invite('again', bob, alice, 25),
      bye('again', bob, alice, 40),
      invite('three', alice, user('carol'), 900),
      joined('three', user('carol'), 910),
      bye('three', alice, user('carol'), 950),
    );
    assert.deepEqual([legs(told), told.guesses], [[], []]);
    assert.deepEqual(
      [...told.conferences.values()].map((one) => one.user),
      [user('carol')],
    );
  });

  it('that addUser asked for are one call with it, with the requestId; not what comes much later, nor who joins by himself', () => {
    const carol = user('carol');
    const dialled = (at: number, joining = 'dialed-out') =>
      found(
        invite('focus-a', user('alice'), FOCUS, 0),
        addUser('focus-a', carol, 5, 7, joining),
        invite('av-c', AV, carol, at),
        bye('focus-a', user('alice'), FOCUS, 90),
        bye('av-c', AV, carol, 91),
      );
    const told = dialled(7);
    assert.deepEqual(legs(told), [['focus-a', 'av-c']]);
    assert.deepEqual(told.calls[0]!.links[0]!.evidence, [
      {
        kind: 'dial-out',
        text: 'addUser asked the conference for it, requestId 7 (MS-CONFBAS §2.2.3.15)',
        weight: 0.9,
        messages: [1, 2],
      },
    ]);
    const byNumber = found(
      addUser('focus-a', 'tel:+49-89-1234', 5),
      invite('av-n', AV, 'sip:+49891234@contoso.com;user=phone', 7),
    );
    assert.deepEqual(kinds(byNumber), ['dial-out']);
    assert.deepEqual(dialled(60).calls, []);
    assert.deepEqual(dialled(7, 'dialed-in').calls, []);
  });

  it('that a REFER asked for are one call with it', () => {
    const refer = (to: string, target: string) =>
      written({
        start: `REFER ${to} SIP/2.0`,
        from: user('alice'),
        to,
        id: 'refer',
        at: 1,
        more: `Refer-To: <${target}>`,
      });
    const toRoom = found(refer(user('bob'), FOCUS), invite('b', user('bob'), FOCUS, 2));
    assert.deepEqual([legs(toRoom), kinds(toRoom)], [[['refer', 'b']], ['refer-conference']]);
    const byRoom = found(refer(FOCUS, user('bob')), invite('b', AV.replace('audio-video', 'focus'), user('bob'), 2));
    assert.deepEqual(kinds(byRoom), ['refer-conference']);
    const toNumber = found(refer(user('bob'), user('hotline')), invite('b', user('bob'), user('hotline'), 2));
    assert.deepEqual(toNumber.calls, []);
  });

  it('of many users stay calls of few legs', () => {
    const dialIns = linkLegsOf(conference(50));
    assert.ok(Math.max(...dialIns.calls.map(({ legs: all }) => all.length)) <= 3);
    assert.equal(new Set([...dialIns.conferences.values()].map((one) => one.conference)).size, 1);
    const names = Array.from({ length: 50 }, (_, at) => user(`u${at}`));
    const dialOuts = found(
      invite('focus-a', user('alice'), FOCUS, 0),
      ...names.map((name, at) => addUser('focus-a', name, 1 + at / 10, at)),
      ...names.map((name, at) => invite(`av-${at}`, AV, name, 7 + at / 10)),
      ...names.map((name, at) => bye(`av-${at}`, AV, name, 90)),
    );
    assert.deepEqual([dialOuts.calls, dialOuts.guesses], [[], []]);
    assert.equal(dialOuts.conferences.size, 51);
  });
});

function linkLegsOf(text: string): Legs {
  const { trace, flow } = read(text);
  return linkLegs(trace, flow);
}

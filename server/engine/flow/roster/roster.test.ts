import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { URL } from 'node:url';
import { readText } from '../../trace/text.ts';
import { readFlow } from '../flow.ts';
import { type RosterConference, readRoster, statesWithUsers } from './roster.ts';
import { changesOf } from './wording.ts';

const FOCUS = 'sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB';
const MSCI = 'http://schemas.microsoft.com/rtc/2005/08/confinfoextensions';

interface Sent {
  readonly to?: string;
  readonly method?: string;
  readonly cseq?: number;
}
let count = 0;

/** A notification of the focus; each of a subscriber belongs to one subscription. */
function notification(body: string, { to = 'bob', method = 'BENOTIFY', cseq = ++count }: Sent = {}): string {
  return `${method} sip:${to}@192.0.2.1 SIP/2.0
Via: SIP/2.0/TLS 192.0.2.9;branch=z9hG4bK${to}${cseq}
Max-Forwards: 70
From: <${FOCUS}>;tag=f-${to}
To: <sip:${to}@contoso.com>;tag=t-${to}
Call-ID: roster-${to}
CSeq: ${cseq} ${method}
Event: conference
Subscription-State: active
Content-Type: application/conference-info+xml
Content-Length: ${body.length}

${body}
`;
}

function conference(version: number | null, state: string, content: string): string {
  const number = version === null ? '' : ` version="${version}"`;
  return `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" xmlns:msci="${MSCI}" entity="${FOCUS}" state="${state}"${number}>${content}</conference-info>`;
}
const full = (version: number, users: string) => conference(version, 'full', `<users>${users}</users>`);
const partial = (version: number, users: string) =>
  conference(version, 'partial', `<users state="partial">${users}</users>`);
const endpoint = (type: string, status = 'connected', state = 'full') =>
  `<endpoint entity="{${type}}" msci:session-type="${type}" state="${state}"><status>${status}</status></endpoint>`;
const user = (name: string, content = '', state = 'full') =>
  `<user entity="sip:${name}@contoso.com" state="${state}">${content}</user>`;
const gone = (name: string) => user(name, '', 'deleted');

/** A command of a user, or the response to it. */
function command(from: string, content: string, code = ''): string {
  const envelope = `xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" requestId="7"`;
  const body = code
    ? `<response ${envelope} from="${FOCUS}" to="sip:${from}@contoso.com" code="${code}">${content}</response>`
    : `<request ${envelope} to="${FOCUS}" from="sip:${from}@contoso.com">${content}</request>`;
  const [sender, receiver] = code ? [FOCUS, `sip:${from}@contoso.com`] : [`sip:${from}@contoso.com`, FOCUS];
  return `INFO sip:x@192.0.2.9 SIP/2.0
Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bKi${++count}
Max-Forwards: 70
From: <${sender}>;tag=${code ? 'i-focus' : 'i-user'}
To: <${receiver}>;tag=${code ? 'i-user' : 'i-focus'}
Call-ID: info-${from}
CSeq: ${count} INFO
Content-Type: application/cccp+xml
Content-Length: ${body.length}

${body}
`;
}
const keys = (name: string) => `<userKeys confEntity="${FOCUS}" userEntity="sip:${name}@contoso.com"/>`;

function read(...messages: string[]): RosterConference {
  const trace = readText(messages.join('\n'));
  const all = readRoster(trace, readFlow(trace.built));
  assert.equal(all.length, 1);
  return all[0]!;
}

/** What each document changed, and who is in behind it. */
function story(...messages: string[]): string[][] {
  const all = [];
  for (const { state, users } of statesWithUsers(read(...messages))) {
    const names = [...users.keys()].map((key) => /^sip:([^@]*)/.exec(key)?.[1]);
    all.push([...changesOf(state), `= ${names.join(' ')}`]);
  }
  return all;
}

describe('the state of a conference, document by document (RFC 4575 §4.6)', () => {
  it('a full document lists everybody, partial ones add, change and take away', () => {
    const told = story(
      notification(full(1, user('alice', endpoint('focus')) + user('bob'))),
      notification(partial(2, user('carol', endpoint('chat', 'dialing-out')))),
      notification(partial(3, user('carol', endpoint('chat', 'connected', 'partial'), 'partial'))),
      notification(partial(4, user('carol', endpoint('audio-video'), 'partial'))),
      notification(partial(5, user('carol', '<endpoint entity="{chat}" state="deleted"/>', 'partial'))),
      notification(partial(6, gone('carol') + gone('nobody'))),
    );
    assert.deepEqual(told, [
      ['+ alice@contoso.com', 'alice: focus connected', '+ bob@contoso.com', '= alice bob'],
      ['+ carol@contoso.com', 'carol: chat dialing-out', '= alice bob carol'],
      ['carol: chat connected', '= alice bob carol'],
      ['carol: audio-video connected', '= alice bob carol'],
      ['carol: chat gone', '= alice bob carol'],
      ['- carol@contoso.com', '= alice bob'],
    ]);
  });

  it('a full user in a partial document is all that there is of the user', () => {
    const both = user('carol', endpoint('focus') + endpoint('chat'));
    assert.deepEqual(story(notification(full(1, both)), notification(partial(2, user('carol', endpoint('chat')))))[1], [
      'carol: focus gone',
      '= carol',
    ]);
  });

  it('how many users there are, the lock, and the MCUs as they come and go', () => {
    const view = (name: string, state = 'full') =>
      `<msci:entity-view entity="${FOCUS.replace(':focus:', `:${name}:`)}" state="${state}"/>`;
    const views = (...all: string[]) => `<msci:conference-view>${all.join('')}</msci:conference-view>`;
    const { states } = read(
      notification(conference(1, 'full', `<users>${user('carol')}</users>${views(view('focus'), view('chat'))}`)),
      notification(conference(2, 'partial', views(view('audio-video')))),
      notification(conference(3, 'partial', `<conference-state><locked>true</locked></conference-state>`)),
      notification(partial(3, gone('carol'))),
      notification(conference(4, 'partial', views(view('chat', 'deleted')))),
    );
    assert.deepEqual(
      states.map(({ userCount, isLocked, mcus }) => [userCount, isLocked, mcus.join(' ')]),
      [
        [1, null, 'chat'],
        [1, null, 'audio-video chat'],
        [1, true, 'audio-video chat'],
        [1, true, 'audio-video chat'],
        [1, true, 'audio-video'],
      ],
    );
  });

  it('roles, names, media and the lock', () => {
    const medium = (status: string) =>
      `<endpoint entity="{1}" state="partial"><media id="1"><type>audio</type><status>${status}</status></media></endpoint>`;
    const roles = (role: string) => `<roles><entry>${role}</entry></roles>`;
    const locked = '<conference-state><locked>true</locked></conference-state>';
    const told = story(
      notification(full(1, user('carol', `${roles('attendee')}${medium('sendrecv')}`))),
      notification(partial(2, user('carol', roles('presenter'), 'partial'))),
      notification(partial(3, user('carol', medium('recvonly'), 'partial'))),
      notification(partial(4, user('carol', '<display-text>Carol &amp; Co</display-text>', 'partial'))),
      notification(conference(5, 'partial', locked)),
      notification(conference(6, 'deleted', '')),
    );
    assert.deepEqual(
      told.slice(1).map(([change]) => change),
      [
        'carol: now presenter',
        'carol: audio recvonly',
        'carol: now called “Carol & Co”',
        'locked',
        'the conference is over',
      ],
    );
    assert.deepEqual(told.at(-1)?.at(-1), '= ');
  });

  it('a missing version makes the state stale until a full document; what comes is merged all the same', () => {
    const { states } = read(
      notification(full(1, user('alice'))),
      notification(partial(4, user('bob'))),
      notification(partial(5, user('carol'))),
      notification(full(9, user('alice'))),
    );
    assert.deepEqual(
      states.map(({ isStale, missing }) => [isStale, missing]),
      [
        [false, null],
        [true, 2],
        [true, null],
        [false, null],
      ],
    );
    assert.deepEqual(changesOf(states[1]!), [
      'versions 2 to 3 are missing: the state is stale until the next full document (RFC 4575 §4.6)',
      'bob: listed',
    ]);
  });

  it('a version that was there is left out; that of another subscriber is another matter', () => {
    const told = story(
      notification(full(5, user('alice'))),
      notification(partial(5, gone('alice'))),
      notification(partial(4, gone('alice'))),
      notification(full(5, user('alice')), { to: 'carol' }),
    );
    const left = (version: number) => `version ${version} was there before: left out (RFC 4575 §4.6)`;
    assert.deepEqual(told, [
      ['+ alice@contoso.com', '= alice'],
      [left(5), '= alice'],
      [left(4), '= alice'],
      ['+ alice@contoso.com', '= alice'],
    ]);
  });

  it('says that it does not know what was before the trace, and takes nobody for new', () => {
    assert.deepEqual(story(notification(partial(10, user('carol', endpoint('chat'))))), [
      [
        'the trace begins here: who else is in the conference is unknown until a full document',
        'carol: chat connected',
        '= carol',
      ],
    ]);
  });

  it('a message that is seen twice says nothing twice', () => {
    const one = notification(full(1, user('alice')), { method: 'NOTIFY', cseq: 900 });
    assert.equal(story(one, one.replace('branch=z9hG4bK', 'branch=z9hG4bKhop')).length, 1);
  });

  it('a list without state in a partial document is partial where its users are; users without entity are counted', () => {
    const told = story(
      notification(full(1, user('alice') + user('bob'))),
      notification(conference(2, 'partial', `<users>${gone('bob')}</users>`)),
      notification(conference(3, 'partial', `<users state="partial"><user><roles/></user></users>`)),
      notification(conference(4, 'partial', `<users>${user('dave')}</users>`)),
    );
    assert.deepEqual(told.slice(1), [
      ['- bob@contoso.com', '= alice'],
      ['1 without entity: nobody can tell whom they mean (RFC 4575 §4.5)', '= alice'],
      ['- alice@contoso.com', '+ dave@contoso.com', '= dave'],
    ]);
  });

  it('names the servers that a document tells of', () => {
    const uri = (service: string) => FOCUS.replace('focus', service);
    const uris = `<conference-description><conf-uris><entry><uri>${uri('chat')}</uri><purpose>chat</purpose></entry><entry><uri>sip:x@contoso.com</uri></entry></conf-uris></conference-description>`;
    const view = `<msci:conference-view><msci:entity-view entity="${uri('audio-video')}"/></msci:conference-view>`;
    const { servers } = read(notification(conference(1, 'full', `${uris}<users/>${view}`)));
    assert.deepEqual(
      servers.map(({ service }) => service),
      ['chat', 'audio-video', 'focus'],
    );
  });

  it('reads what is no conference without a word', () => {
    const trace = readText(
      notification('<presence xmlns="urn:ietf:params:xml:ns:pidf"/>') + notification('<conference'),
    );
    assert.deepEqual(readRoster(trace, readFlow(trace.built)), []);
  });
});

describe('who did it', () => {
  const all = full(1, user('alice') + user('carol', '<roles><entry>attendee</entry></roles>'));

  it('the command that asked for it, unless it failed', () => {
    const eject = command('alice', `<deleteUser>${keys('carol')}</deleteUser>`);
    const told = (...answer: string[]) =>
      story(notification(all), eject, ...answer, notification(partial(2, gone('carol'))))[1]?.[0];
    assert.equal(told(), '- carol@contoso.com, ejected by alice (request 7)');
    assert.equal(
      told(command('alice', '<deleteUser/>', 'pending')),
      '- carol@contoso.com, ejected by alice (request 7, pending)',
    );
    assert.equal(told(command('alice', '<deleteUser/>', 'failure')), '- carol@contoso.com');
  });

  it('somebody else who added them, and the role that was asked for', () => {
    const roles = (role: string) =>
      `<modifyUserRoles>${keys('carol')}<ci:user-roles><ci:entry>${role}</ci:entry></ci:user-roles></modifyUserRoles>`;
    const presenter = partial(2, user('carol', '<roles><entry>presenter</entry></roles>', 'partial'));
    assert.equal(
      story(notification(all), command('alice', roles('presenter')), notification(presenter))[1]?.[0],
      'carol: now presenter, by alice (modifyUserRoles, request 7)',
    );
    assert.equal(
      story(notification(all), command('alice', roles('attendee')), notification(presenter))[1]?.[0],
      'carol: now presenter',
    );
    const add = command('alice', `<addUser>${keys('dave')}</addUser>`);
    assert.equal(
      story(notification(all), add, notification(partial(2, user('dave'))))[1]?.[0],
      '+ dave@contoso.com, added by alice (request 7)',
    );
  });

  it('a command of long ago is not taken for it once the user came back', () => {
    const told = story(
      notification(all),
      command('alice', `<deleteUser>${keys('carol')}</deleteUser>`),
      notification(partial(2, gone('carol'))),
      notification(partial(3, user('carol'))),
      notification(partial(4, gone('carol'))),
    );
    assert.equal(told[3]?.[0], '- carol@contoso.com');
  });

  it('the end of their own dialog', () => {
    const bye = (from: string, to: string) => `BYE sip:x@192.0.2.9 SIP/2.0
Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bKbye
Max-Forwards: 70
From: <${from}>;tag=1
To: <${to}>;tag=2
Call-ID: bye
CSeq: 2 BYE
Content-Length: 0
`;
    const told = (message: string) =>
      story(notification(all), message, notification(partial(2, gone('carol'))))[1]?.[0];
    assert.equal(told(bye('sip:carol@contoso.com', FOCUS)), '- carol@contoso.com, left (BYE in message 2)');
    assert.equal(
      told(bye(FOCUS, 'sip:carol@contoso.com')),
      '- carol@contoso.com, dropped by the focus (BYE in message 2)',
    );
  });

  it('a focus with any URI is known by its notifications: the dialogs of its participants are told', () => {
    const plain = `sip:conf${'@example.com'.padStart(FOCUS.length - 8, '2')}`; // as long as the other, so that lengths stay right
    const bye = `BYE sip:x@192.0.2.9 SIP/2.0\nFrom: <sip:carol@contoso.com>;tag=1\nTo: <${plain}>;tag=2\nCall-ID: bye\nCSeq: 2 BYE\n\n`;
    const { states, members } = read(
      ...[notification(all), bye, notification(partial(2, gone('carol')))].map((one) => one.replaceAll(FOCUS, plain)),
    );
    assert.equal(changesOf(states[1]!)[0], '- carol@contoso.com, left (BYE in message 2)');
    assert.deepEqual(
      members.map(({ entity }) => entity),
      ['sip:bob@contoso.com', 'sip:carol@contoso.com'],
    );
  });

  it('the sample: first an endpoint of Carol goes, then Carol, ejected by Alice', () => {
    for (const name of ['eject-user.sip', 'eject-user.flattened.txt']) {
      const trace = readText(readFileSync(new URL(`../../../../samples/${name}`, import.meta.url), 'utf8'));
      const [found] = readRoster(trace, readFlow(trace.built));
      const events = found!.states.map((state) => [
        state.index + 1,
        ...changesOf(state).filter((one) => /alice/.test(one)),
      ]);
      const before = 'carol: focus gone, ejected by alice (request 63022864)';
      const behind = '- carol@contoso.com, ejected by alice (request 63022864)';
      assert.deepEqual(events, [
        [12, before],
        [13, before],
        [16, behind],
        [17, behind],
      ]);
      const [asked] = found!.commands;
      assert.deepEqual([asked?.accepted, asked?.answered, asked?.outcome], [{ index: 1, status: 202 }, 13, 'success']);
      assert.equal(found!.members.find(({ entity }) => entity.includes('carol'))?.dialogs.length, 3);
      assert.deepEqual(found!.servers.map(({ service }) => service).sort(), ['chat', 'focus']);
    }
  });
});

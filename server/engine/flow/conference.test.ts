import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dedent } from '../base/testing.ts';
import { hasBody, parseMessage } from '../sip/message.ts';
import { parseXml } from '../xml/xml.ts';
import { noticeOf, readCccp, readConferenceInfo, summarize } from './conference.ts';

const FOCUS = 'sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB';
const request = `<request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" to="${FOCUS}" from="sip:alice@contoso.com" requestId="63022864">
  <deleteUser><userKeys confEntity="${FOCUS}" userEntity=" sip:carol@contoso.com" /></deleteUser></request>`;
const response = `<response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" requestId="63022864" code="success">
  <deleteUser><conferenceKeys confEntity="${FOCUS}"/><ci:user entity="sip:bob@contoso.com"/></deleteUser></response>`;
const conference = (users: string, attributes = 'state="partial" version="10"') =>
  `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="${FOCUS}" ${attributes}><users state="partial">${users}</users></conference-info>`;
const carol = '<user entity="sip:carol@contoso.com" state="deleted"/>';

/** The summary of a message of which only the start line and some headers are written. */
function said(head: string, body = ''): string {
  const message = parseMessage(body ? `${dedent(head)}\n\n${body}` : dedent(head));
  return summarize(
    message,
    hasBody(message) && body.startsWith('<') ? parseXml(message.text, message.body.from) : null,
  );
}

describe('CCCP', () => {
  it('reads what a request asks for, with its places', () => {
    const read = readCccp(parseXml(request));
    assert.equal(read?.kind, 'request');
    assert.equal(read?.requestId?.value, '63022864');
    assert.equal(read?.version?.value, '1');
    const [command] = read?.commands ?? [];
    assert.equal(command?.name, 'deleteUser');
    assert.equal(command?.confEntity?.value, FOCUS);
    const [user] = command?.users ?? [];
    assert.equal(user?.value, 'sip:carol@contoso.com');
    assert.equal(request.slice(user?.at.from, user?.at.to), 'sip:carol@contoso.com');
  });
  it('does not take users inside a conference state for users that are named', () => {
    const inner = conference(carol);
    const text = `<response xmlns="urn:ietf:params:xml:ns:cccp"><getConference>${inner}</getConference></response>`;
    assert.deepEqual(readCccp(parseXml(text))?.commands[0]?.users, []);
  });
  it('is nothing else', () => {
    for (const text of ['', '<request/>', '<request xmlns="urn:x"/>', conference(carol), '<', '\ud800']) {
      assert.equal(readCccp(parseXml(text)), null);
    }
  });
});

describe('conference-info', () => {
  it('reads version, state, users and endpoints', () => {
    const endpoint = `<endpoint xmlns:m="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions" entity="{C2}" m:session-type="chat"><status>connected</status></endpoint>`;
    const user = `<user entity="sip:carol@contoso.com"><display-text>Carol</display-text>${endpoint}</user>`;
    const read = readConferenceInfo(parseXml(conference(user)));
    assert.equal(read?.version, 10);
    assert.equal(read?.state, 'partial');
    assert.equal(read?.users[0]?.state, 'full');
    assert.equal(read?.users[0]?.stated, null);
    assert.equal(read?.users[0]?.displayText, 'Carol');
    assert.equal(read?.users[0]?.endpoints[0]?.status, 'connected');
    assert.equal(read?.users[0]?.endpoints[0]?.sessionType, 'chat');
  });
  it('has no version where none can be read', () => {
    for (const version of ['', 'version="x"', 'version="4294967296"', 'version="-1"']) {
      assert.equal(readConferenceInfo(parseXml(conference(carol, version)))?.version, null);
    }
  });
});

describe('summaries', () => {
  const expected: [string, string, string?][] = [
    ['deleteUser carol@contoso.com', 'INFO sip:a@h SIP/2.0', request],
    ['response deleteUser success', 'INFO sip:a@h SIP/2.0', response],
    [
      'response deleteUser failure userDoesntExist',
      'SIP/2.0 200 OK',
      '<response xmlns="urn:ietf:params:xml:ns:cccp" code="failure"><deleteUser reason="userDoesntExist"/></response>',
    ],
    ['conference v10 partial: -carol', 'BENOTIFY sip:a@h SIP/2.0', conference(carol)],
    ['conference full', 'NOTIFY sip:a@h SIP/2.0', conference('', '')],
    [
      'conference v1 full: u1, u2, u3 +2 more',
      'NOTIFY sip:a@h SIP/2.0',
      conference([1, 2, 3, 4, 5].map((n) => `<user entity="sip:u${n}@h"/>`).join(''), 'version="1"'),
    ],
    [
      'conference terminated ParticipantRemoved',
      'BENOTIFY sip:a@h SIP/2.0\nEvent: conference\nsubscription-state: terminated;expires=0;reason=ParticipantRemoved',
    ],
    ['presence', 'NOTIFY sip:a@h SIP/2.0\nEvent: presence;id=4\nSubscription-State: active;expires=60'],
    [
      'refer terminated noresource 200 OK',
      'NOTIFY sip:a@h SIP/2.0\nEvent: refer\nSubscription-State: terminated;reason=noresource\nContent-Type: message/sipfrag;version=2.0',
      'SIP/2.0 200 OK\r\n',
    ],
    ['to bob@example.org', 'REFER sip:a@h SIP/2.0\nRefer-To: <sip:bob@example.org;method=INVITE?Replaces=x>'],
    ['unsubscribe presence', 'SUBSCRIBE sip:a@h SIP/2.0\nEvent: presence\nExpires: 0'],
    ['presence', 'PUBLISH sip:a@h SIP/2.0\nEvent: presence\nExpires: 3600'],
    [
      'bob@example.org',
      'REGISTER sip:example.org SIP/2.0\nTo: <sip:bob@example.org>\nContact: <sip:bob@192.0.2.4>;expires=60',
    ],
    [
      'unregister bob@example.org',
      'REGISTER sip:example.org SIP/2.0\nTo: <sip:bob@example.org>\nContact: *\nExpires: 0',
    ],
    ['“Hello, <script> & 😀”', 'MESSAGE sip:a@h SIP/2.0\nContent-Type: text/plain', 'Hello,\r\n\t<script> \u202e& 😀'],
    ['', 'INVITE sip:a@h SIP/2.0\nContent-Type: application/sdp', 'v=0\r\n'],
    ['', 'SIP/2.0 200 OK\nEvent: presence'],
    ['', 'nonsense'],
  ];
  for (const [summary, head, body] of expected)
    it(summary || `nothing for ${head.split('\n')[0]}`, () => assert.equal(said(head, body), summary));

  it('stay short and on one line', () => {
    const long = said(`MESSAGE sip:a@h SIP/2.0\nContent-Type: text/plain`, '😀'.repeat(500));
    assert.equal(long, `“${'😀'.repeat(19)}…”`);
    const noisy = said(`SUBSCRIBE sip:a@h SIP/2.0\nEvent: ${'x'.repeat(500)}\u0007\u0000y`);
    assert.equal(noisy.length, 120);
    assert.doesNotMatch(noisy, /[\u0000-\u001f]/);
  });
});

describe('notices', () => {
  const notice = (head: string, body = '') => {
    const message = parseMessage(body ? `${dedent(head)}\n\n${body}` : dedent(head));
    return noticeOf(7, message, body ? parseXml(message.text, message.body.from) : null);
  };
  const document = (body: string) => {
    const found = notice('BENOTIFY sip:a@h SIP/2.0\nCall-ID: 1', body);
    assert.equal(found?.kind, 'document');
    return found?.kind === 'document' ? found : assert.fail();
  };
  it('tell documents apart by their content alone', () => {
    const one = document(conference(carol));
    assert.equal(
      one.fingerprint,
      document(conference(carol).replaceAll(' ', '\r\n ').replace('/>', '></user>')).fingerprint,
    );
    assert.notEqual(one.fingerprint, document(conference(carol.replace('carol', 'bob'))).fingerprint);
    assert.deepEqual([one.conference, one.version, one.state], ['7ecb', 10, 'partial']);
    assert.deepEqual([one.deleted, one.listed], [['sip:carol@contoso.com'], []]);
  });
  it('tell who is ejected and who leaves', () => {
    const asked = notice('INFO sip:a@h SIP/2.0\nCall-ID: 1', request);
    assert.ok(asked?.kind === 'ejection' && asked.user === 'sip:carol@contoso.com' && asked.conference === '7ecb');
    const left = notice(
      `BYE sip:a@h SIP/2.0\nFrom: <${FOCUS}>;tag=1\nTo: <sip:carol@contoso.com;opaque=user:epid:x;gruu>;tag=2`,
    );
    assert.ok(left?.kind === 'departure' && left.parties.includes('sip:carol@contoso.com'));
    assert.equal(notice('BYE sip:a@h SIP/2.0\nFrom: <sip:b@h>;tag=1\nTo: <sip:a@h>;tag=2'), null);
  });
});

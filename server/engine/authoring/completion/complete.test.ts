import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { cursor } from '../../base/testing.ts';
import { provideSchemas } from '../../xml/schemas.ts';
import { loadVerdict } from '../../xml/verdict.ts';
import type { Source } from '../source.ts';
import { traceSource, xmlSource } from '../testing.ts';
import { accepted, offered } from './testing.ts';

before(async () => {
  provideSchemas((file) => readFileSync(new URL(`../../../schemas/${file}`, import.meta.url), 'utf8'));
  await loadVerdict();
});

const CI = 'xmlns="urn:ietf:params:xml:ns:conference-info"';
const CCCP = 'xmlns="urn:ietf:params:xml:ns:cccp"';
const FOCUS = 'sip:al@x.org;gruu;opaque=app:conf:focus:id:7E';

/** A document with a bar at the cursor and what is to be in it: labels, or a label and the document after it was chosen. */
interface Case {
  readonly title: string;
  readonly at: string;
  /** The labels, or the first of them where the last is `…`. */
  readonly offers?: readonly string[];
  readonly choose?: string;
  readonly gives?: string;
}

/** A document of its own, or in a message with this head. */
function cases(title: string, head: string, all: readonly Case[]): void {
  describe(title, () => {
    for (const one of all) test(one.title, () => check(head, one));
  });
}

function check(head: string, { at, offers, choose, gives }: Case): void {
  const { text, offset } = cursor(head + at);
  const source: Source = head ? traceSource(text) : xmlSource(text);
  const items = offered(source, offset);
  const labels = items.map(({ label }) => label);
  if (offers?.at(-1) === '…') assert.deepEqual([...labels.slice(0, offers.length - 1), '…'], offers);
  else if (offers) assert.deepEqual(labels, offers);
  if (choose === undefined) return;
  const chosen = items.find(({ label }) => label === choose);
  assert.ok(chosen, `${choose} is offered, besides ${labels.join(' ')}`);
  assert.equal(accepted(text, chosen), head + gives);
}

cases('elements', '', [
  {
    title: 'in their order, what is there already left out',
    at: `<conference-info ${CI} entity="sip:c"><conference-state><active>true</active>|</conference-state></conference-info>`,
    offers: ['locked', '…'],
  },
  {
    title: 'between others',
    at: `<conference-info ${CI} entity="sip:c"><conference-description/>\n<|\n<users/></conference-info>`,
    offers: ['host-info', 'conference-state'],
  },
  {
    title: 'with what is required in them',
    at: `<request ${CCCP} requestId="1" from="sip:al@x.org" to="${FOCUS}">\n<del|\n</request>`,
    choose: 'deleteUser',
    gives: `<request ${CCCP} requestId="1" from="sip:al@x.org" to="${FOCUS}">
<deleteUser>
  <userKeys confEntity="${FOCUS}" userEntity="sip:al@x.org"/>
</deleteUser>
</request>`,
  },
  {
    title: 'with the declaration of their prefix at the root',
    at: `<request ${CCCP}><addUser><conferenceKeys/>\n|</addUser></request>`,
    choose: 'ci:user',
    gives: `<request xmlns:ci="urn:ietf:params:xml:ns:conference-info" ${CCCP}><addUser><conferenceKeys/>\n<ci:user entity="">\n  \n</ci:user></addUser></request>`,
  },
  {
    title: 'with the prefix that is declared',
    at: `<c:request xmlns:c="urn:ietf:params:xml:ns:cccp" xmlns:k="urn:ietf:params:xml:ns:conference-info"><c:addUser><c:conferenceKeys/><|</c:addUser></c:request>`,
    offers: ['k:user'],
  },
  {
    title: 'in the place of the > that an editor wrote',
    at: `<conference-info ${CI} entity="sip:c"><users><us|></users></conference-info>`,
    choose: 'user',
    gives: `<conference-info ${CI} entity="sip:c"><users><user entity="">\n  \n</user></users></conference-info>`,
  },
  {
    title: 'for a name that is wrong, with its end tag',
    at: `<conference-info ${CI} entity="sip:c"><users><us|r entity="sip:b"></usr></users></conference-info>`,
    choose: 'user',
    gives: `<conference-info ${CI} entity="sip:c"><users><user entity="sip:b"></user></users></conference-info>`,
  },
  {
    title: 'not for a name that is right',
    at: `<conference-info ${CI} entity="sip:c"><us|ers/></conference-info>`,
    offers: [],
  },
  { title: 'not in a comment', at: `<conference-info ${CI} entity="sip:c"><!-- | --></conference-info>`, offers: [] },
  { title: 'not in XML of another vocabulary', at: '<a xmlns="urn:x"><|</a>', offers: [] },
  {
    title: 'not inside what no schema knows',
    at: `<request ${CCCP}><x:a xmlns:x="urn:x">|</x:a></request>`,
    offers: [],
  },
  { title: 'the root of an empty document', at: '|', offers: ['request', 'response'] },
  {
    title: 'the root with its namespace',
    at: '<re|',
    choose: 'request',
    gives: '<request xmlns="urn:ietf:params:xml:ns:cccp" requestId="1" from="" to="">\n  \n</request>',
  },
]);

cases('end tags', '', [
  { title: 'behind </', at: `<conference-info ${CI}><users></|</conference-info>`, offers: ['</users>'] },
  {
    title: 'of what is open',
    at: `<conference-info ${CI}><users><user>|</users></conference-info>`,
    choose: '</user>',
    gives: `<conference-info ${CI}><users><user></user></users></conference-info>`,
  },
  {
    title: 'behind <',
    at: `<conference-info ${CI}><users><|`,
    choose: '</users>',
    gives: `<conference-info ${CI}><users></users>`,
  },
  { title: 'of nothing else', at: '<a xmlns="urn:x"><b></|', offers: [] },
]);

cases('attributes', '', [
  {
    title: 'those that are required first, those that are there left out',
    at: `<response ${CCCP} code="failure" |/>`,
    offers: ['requestId', 'from', 'to', 'reason', '…'],
  },
  {
    title: 'with the values that there are',
    at: `<conference-info ${CI} entity="sip:c" sta|/>`,
    choose: 'state',
    gives: `<conference-info ${CI} entity="sip:c" state="full"/>`,
  },
  {
    title: 'before another one',
    at: `<conference-info ${CI} |entity="sip:c"/>`,
    choose: 'version',
    gives: `<conference-info ${CI} version="1" entity="sip:c"/>`,
  },
  {
    title: 'in the place of a name that is wrong',
    at: `<conference-info ${CI} enti|y="sip:c"/>`,
    choose: 'entity',
    gives: `<conference-info ${CI} entity="sip:c"/>`,
  },
  {
    title: 'the declaration of a namespace',
    at: `<request ${CCCP} xm|/>`,
    choose: 'xmlns:ci',
    gives: `<request ${CCCP} xmlns:ci="urn:ietf:params:xml:ns:conference-info"/>`,
  },
  {
    title: 'the namespace of the document itself',
    at: '<request |/>',
    offers: ['xmlns', '…'],
  },
]);

cases('values', '', [
  { title: 'of an attribute', at: `<conference-info ${CI} state="|"/>`, offers: ['full', 'partial', 'deleted'] },
  {
    title: 'with the quotes that are missing',
    at: `<conference-info ${CI} state=|/>`,
    choose: 'partial',
    gives: `<conference-info ${CI} state="partial"/>`,
  },
  {
    title: 'with the quote that is missing behind it',
    at: `<conference-info ${CI} state="par|`,
    choose: 'partial',
    gives: `<conference-info ${CI} state="partial"`,
  },
  {
    title: 'of an element',
    at: `<conference-info ${CI}><conference-state><active>fa|</active></conference-state></conference-info>`,
    choose: 'false',
    gives: `<conference-info ${CI}><conference-state><active>false</active></conference-state></conference-info>`,
  },
  {
    title: 'why a command failed',
    at: `<response ${CCCP} code="failure"><deleteUser reason="|"/></response>`,
    offers: ['conferenceDoesntExist', 'userDoesntExist', 'otherFailure'],
  },
  {
    title: 'of a namespace declaration',
    at: `<request ${CCCP} xmlns:ci="|"/>`,
    offers: ['urn:ietf:params:xml:ns:conference-info', '…'],
  },
]);

cases('names of the document', '', [
  {
    title: 'users, the nearest first',
    at: `<request ${CCCP} from="sip:al@x.org" to="${FOCUS}"><deleteUser><userKeys userEntity="sip:bo&amp;b@x.org"/></deleteUser><deleteUser><userKeys userEntity="|"/></deleteUser></request>`,
    offers: ['sip:bo&b@x.org', 'sip:al@x.org'],
  },
  {
    title: 'written as XML wants it',
    at: `<request ${CCCP}><deleteUser><userKeys userEntity="sip:bo&amp;b@x.org"/></deleteUser><deleteUser><userKeys userEntity="|"/></deleteUser></request>`,
    choose: 'sip:bo&b@x.org',
    gives: `<request ${CCCP}><deleteUser><userKeys userEntity="sip:bo&amp;b@x.org"/></deleteUser><deleteUser><userKeys userEntity="sip:bo&amp;b@x.org"/></deleteUser></request>`,
  },
  {
    title: 'the conference, and its servers',
    at: `<request ${CCCP} to="${FOCUS}"><getConference><conferenceKeys confEntity="|"/></getConference></request>`,
    offers: [FOCUS],
  },
  { title: 'not the one that is being typed', at: `<request ${CCCP} from="sip:al@|"/>`, offers: [] },
  { title: 'a requestId that is free', at: `<request ${CCCP} requestId="|"><cancel/></request>`, offers: ['1'] },
]);

const HEAD = `INFO ${FOCUS} SIP/2.0
From: <sip:al@x.org>;tag=1
To: <${FOCUS}>;tag=2
Call-ID: c1
CSeq: 1 INFO
Content-Type: application/cccp+xml

`;
const REQUEST = `${HEAD}<request ${CCCP} requestId="41" from="sip:al@x.org" to="${FOCUS}"><deleteUser><userKeys confEntity="${FOCUS}" userEntity="sip:bo@x.org"/></deleteUser></request>

`;
const ANSWERED = `${REQUEST}${HEAD}<response ${CCCP} requestId="41" from="${FOCUS}" to="sip:al@x.org" code="success"/>

`;

cases('in a message', HEAD, [
  { title: 'the root that its type announces', at: '|', offers: ['request', 'response'] },
  {
    title: 'addresses out of its head',
    at: `<request ${CCCP} to="|"/>`,
    offers: [FOCUS, 'sip:al@x.org'],
  },
]);

cases('in the response', REQUEST + HEAD, [
  {
    title: 'the requestId that is not answered',
    at: `<response ${CCCP} requestId="|"/>`,
    offers: ['41'],
  },
  {
    title: 'the addresses of the request, exchanged',
    at: `<response ${CCCP} requestId="41" from="|"/>`,
    offers: [FOCUS, '…'],
  },
  {
    title: 'its command first',
    at: `<response ${CCCP} requestId="41">|</response>`,
    offers: ['deleteUser', '…'],
  },
]);

cases('once there is a response', ANSWERED.replaceAll('"41"', '"7"') + REQUEST + HEAD, [
  { title: 'the other requestId comes first', at: `<response ${CCCP} requestId="|"/>`, offers: ['41', '7'] },
]);

const INVITE = `INVITE sip:bo@x.org SIP/2.0
Via: SIP/2.0/TCP al.x.org;branch=z9hG4bK1
From: <sip:al@x.org>;tag=1
`;

cases('a new message', INVITE.replace(/$/, 'To: <sip:bo@x.org>\nCall-ID: c1\nCSeq: 1 INVITE\n\n'), [
  {
    title: 'its method with an address',
    at: 'OPT|',
    choose: 'OPTIONS',
    gives: 'OPTIONS sip:al@x.org SIP/2.0',
  },
  {
    title: 'its method alone where the line goes on',
    at: 'IN| sip:bo@x.org SIP/2.0',
    choose: 'INFO',
    gives: 'INFO sip:bo@x.org SIP/2.0',
  },
  { title: 'its address', at: 'BYE |', offers: ['sip:al@x.org', 'sip:bo@x.org'] },
  { title: 'its version', at: 'BYE sip:bo@x.org S|', choose: 'SIP/2.0', gives: 'BYE sip:bo@x.org SIP/2.0' },
  { title: 'a response', at: 'SI|', choose: 'SIP/2.0', gives: 'SIP/2.0 ' },
  { title: 'its status with the reason', at: 'SIP/2.0 48|', choose: '486 Busy Here', gives: 'SIP/2.0 486 Busy Here' },
  { title: 'not in prose', at: 'Alice calls Bob |', offers: [] },
]);

cases('headers', INVITE, [
  {
    title: 'what is mandatory and missing first',
    at: '|\n\n',
    offers: ['Call-ID', 'Contact', 'CSeq', 'Max-Forwards', 'To', 'Content-Length', '…'],
  },
  { title: 'with what the message tells of them', at: 'CS|\n\n', choose: 'CSeq', gives: 'CSeq: 1 INVITE\n\n' },
  {
    title: 'with the length of the body',
    at: 'Content-L|\nContent-Type: text/plain\n\nhällo',
    choose: 'Content-Length',
    gives: 'Content-Length: 6\nContent-Type: text/plain\n\nhällo',
  },
  {
    title: 'the name alone where the value is there',
    at: 'Max-Fo|ward: 70\n\n',
    choose: 'Max-Forwards',
    gives: 'Max-Forwards: 70\n\n',
  },
]);

test('what stands once only is not offered again, nor what belongs elsewhere', () => {
  const { text, offset } = cursor(`${INVITE}To: <sip:bo@x.org>\n|\n\n`);
  const labels = offered(traceSource(text), offset).map(({ label }) => label);
  for (const name of ['From', 'To', 'Server', 'WWW-Authenticate', 'Event', 'Encryption'])
    assert.ok(!labels.includes(name), name);
  for (const name of ['Via', 'Route', 'Supported', 'Subject']) assert.ok(labels.includes(name), name);
});

cases('values of headers', INVITE, [
  { title: 'event packages', at: 'Event: con|\n\n', choose: 'conference', gives: 'Event: conference\n\n' },
  { title: 'with the blank that is missing', at: 'Event:|\n\n', choose: 'conference', gives: 'Event: conference\n\n' },
  {
    title: 'option tags that are not there',
    at: 'Supported: timer,|\n\n',
    choose: 'replaces',
    gives: 'Supported: timer, replaces\n\n',
  },
  { title: 'states of a subscription', at: 'Subscription-State: |\n\n', offers: ['active', 'pending', 'terminated'] },
  { title: 'the number and the method', at: 'CSeq: 7 |\n\n', choose: '7 INVITE', gives: 'CSeq: 7 INVITE\n\n' },
  {
    title: 'the media type of the body',
    at: 'Content-Type: application/s|\n\n',
    choose: 'application/sdp',
    gives: 'Content-Type: application/sdp\n\n',
  },
  {
    title: 'transports',
    at: 'Via: SIP/2.0/U| al.x.org\n\n',
    choose: 'SIP/2.0/TLS',
    gives: 'Via: SIP/2.0/TLS al.x.org\n\n',
  },
  { title: 'addresses', at: 'Contact: |\n\n', choose: 'sip:bo@x.org', gives: 'Contact: <sip:bo@x.org>\n\n' },
  { title: 'nothing in free text', at: 'Subject: su|\n\n', offers: [] },
]);

test('an option tag that is there is not offered again', () => {
  const { text, offset } = cursor(`${INVITE}Supported: timer,|\n\n`);
  assert.ok(!offered(traceSource(text), offset).some(({ label }) => label === 'timer'));
});

cases('parameters', INVITE, [
  { title: 'of a header', at: 'Event: conference;|\n\n', choose: 'id', gives: 'Event: conference;id=\n\n' },
  { title: 'that have no value', at: 'Route: <sip:p.x.org;|>\n\n', choose: 'lr', gives: 'Route: <sip:p.x.org;lr>\n\n' },
  {
    title: 'of a URI',
    at: 'Contact: <sip:al@x.org;tr|>\n\n',
    choose: 'transport',
    gives: 'Contact: <sip:al@x.org;transport=tcp>\n\n',
  },
  {
    title: 'that are in quotes',
    at: 'Reason: SIP;cause=486;|\n\n',
    choose: 'text',
    gives: 'Reason: SIP;cause=486;text=""\n\n',
  },
  {
    title: 'and their values',
    at: 'Contact: <sip:al@x.org;transport=|>\n\n',
    offers: ['tcp', 'udp', 'tls', 'sctp', 'ws'],
  },
  {
    title: 'why a subscription ended',
    at: 'Subscription-State: terminated;reason=|\n\n',
    offers: ['deactivated', 'probation', '…'],
  },
  { title: 'not in a URI that has none', at: 'Route: <urn:service:sos;|>\n\n', offers: [] },
]);

test('a message that stands on one line is not to be edited', () => {
  const text = `${REQUEST.replace(/\n+/g, ' ').replace(' <request', '  <request')}`;
  const offset = text.indexOf('"41"') + 1;
  assert.ok(traceSource(text).reading.trace.count > 0);
  assert.deepEqual(offered(traceSource(text), offset), []);
});

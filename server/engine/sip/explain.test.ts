import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cursor, dedent } from '../base/testing.ts';
import { slice } from '../base/text.ts';
import { explain } from './explain.ts';
import { parseMessage } from './message.ts';

/** What is explained at the bar: the explained text, and the explanation without the addresses of links. */
function explained(line: string, before = 'BYE sip:bob@example.org SIP/2.0'): string | null {
  const isStartLine = /SIP\/2\.0/.test(line) && !/^[|a-z-]*:/i.test(line);
  const { text, offset } = cursor(isStartLine ? `${line}\n\n` : `${before}\n${line}\n\n`);
  const found = explain(parseMessage(text), offset);
  return found && `${slice(text, found.at)} → ${found.markdown.replace(/\]\([^)]*\)/g, ']')}`;
}

describe('header names', () => {
  it('tells what the header is, where it may be, and where to read on', () => {
    const { text, offset } = cursor('BYE sip:bob@example.org SIP/2.0\n|i: 1@example.org\n');
    assert.deepEqual(explain(parseMessage(text), offset), {
      at: { from: 32, to: 33 },
      markdown: dedent(`
        **Call\\-ID** · compact form \`i\` · [RFC 3261 §20.8](https://www.rfc-editor.org/rfc/rfc3261#section-20.8)

        Case\\-sensitive id shared by all messages of a dialog or registration sequence\\: word with optional \\@word.

        In requests and responses; one row.`),
    });
  });
  it('knows the place of a header in a response', () => {
    assert.match(
      explained('Con|tact: <sip:a@h>', 'SIP/2.0 200 OK\nCSeq: 1 INVITE') ?? '',
      /In a 200 response to INVITE: mandatory\./,
    );
  });
  it('has nothing to say of a header it does not know', () => assert.equal(explained('X-|Odd: 1'), null));
});

const words: [string, RegExp][] = [
  [
    'BENO|TIFY sip:a@h SIP/2.0',
    /^BENOTIFY → \*\*BENOTIFY\*\* · method of Microsoft · \[MS\\-SIP §3.5\]\n\nSent inside a dialog\. Gets no response\./,
  ],
  ['CSeq: 2 IN|FO', /^INFO → \*\*INFO\*\* · method/],
  ['Allow: INVITE, UP|DATE', /^UPDATE → \*\*UPDATE\*\*/],
  [
    'SIP/2.0 48|1 Dialog does not exist',
    /^481 Dialog does not exist → \*\*481 Call\/Transaction Does Not Exist\*\* · request failure · \[RFC 3261 §21\.4\.19\]/,
  ],
  ['SIP/2.0 |606 Not Acceptable', /§21\.6\.4/],
  ['SIP/2.0 20|2 Accepted', /^202 Accepted → \*\*202 Accepted\*\* · success · \[RFC 6665\]/],
  ['SIP/2.0 |477 Send failed', /read as 400 Bad Request\./],
  ['Event: confer|ence;id=1', /^conference → \*\*conference\*\* · event package/],
  ['o: presence.wi|nfo', /^presence\.winfo → /],
  ['Supported: timer, ms-ben|otify', /^ms-benotify → \*\*ms\\-benotify\*\* · option tag · \[MS\\-SIP §4\.4\]/],
  [
    'c: application/cc|cp+xml;charset=utf-8',
    /^application\/cccp\+xml → .*media type of Microsoft[\s\S]*`request`, `response`, `notify`/,
  ],
  [
    'Ms-Diagnostics: 31|18;reason="Participant Removed"',
    /^3118 → \*\*3118\*\* · error id[\s\S]*Participant Removed\.\n\nFrom: User Services/,
  ],
  ['ms-diagnostics: 3118;comp|onent="x"', /^component="x" → \*\*component\*\* · parameter of ms\\-diagnostics/],
  ['Reason: SIP;cause=4|81;text="x"', /^cause=481 → \*\*481 Call/],
  [
    'Warning: 30|5 a.example.org "No codec", 399 b "x"',
    /^305 → \*\*305 Incompatible media format\*\* · warn code · \[RFC 3261 §20\.43\].*Likely cause: none of the codecs/s,
  ],
  ['ms-diagnostics: 31|18;reason="x"', /Likely cause: a presenter ejected the participant/],
  ['Reason: Q.850 ;ca|use=16', /^cause=16 → \*\*16 Normal call clearing\*\* · cause of Q\.850/],
  ['subscription-state: term|inated;expires=0', /^terminated → \*\*terminated\*\*/],
  ['subscription-state: terminated;expires=0;reason=Parti|cipantRemoved', /The user was removed from the conference\./],
  ['Subscription-State: active;exp|ires=0', /Seconds that the subscription still has to live/],
  ['From: "A" <sip:a@h>;tag=1;epi|d=2', /^epid=2 → \*\*epid\*\* · parameter of From · \[MS\\-SIPRE §3\.2\.4\.1\]/],
  ['v: SIP/2.0/TLS h;branch=z;ms-rece|ived-cid=2', /^ms-received-cid=2 → /],
  ['Route: <sip:p;l|r>', /^lr → \*\*lr\*\* · URI parameter · \[RFC 3261\]/],
  ['To: <sip:a@h;gr|uu;opaque=app:conf:focus:id:7E>;tag=1', /^gruu → \*\*gruu\*\* · URI parameter/],
  [
    'To: <sip:a@h;gruu;opaque=app:conf:fo|cus:id:7E>;tag=1',
    /^opaque=app:conf:focus:id:7E → [\s\S]*`app:conf:focus:id:<id>`: Conference focus/,
  ],
  ['To: <sip:a|@h;gruu;opaque=app:conf:audiovideo:id:7E>', /^sip:a@h.* → `app:conf:audio-video:id:<id>`/],
  ['Contact: <sip:a@h>;gruu="sip:b@h;opaque=user:ep|id:x;gruu"', /^opaque=user:epid:x → /],
  ['INVITE sip:10.0.0.1;ms-rec|eived-cid=200;grid SIP/2.0', /^ms-received-cid=200 → /],
];

describe('words', () => {
  for (const [line, wanted] of words) it(line, () => assert.match(explained(line) ?? 'nothing', wanted));
});

describe('nothing to say', () => {
  const lines = [
    'Fr|om: <sip:a@h>;constructor=1',
    'From: <sip:a@h>;con|structor=1',
    'To: <sip:a@h;__pro|to__=1>',
    'Reason: to|String;cause=1',
  ];
  it('knows header names only by the table', () => assert.match(explained(lines[0]!) ?? '', /^From → /));
  for (const line of [
    ...lines.slice(1),
    'Subscription-State: con|structor',
    'From: "Al|ice" <sip:a@h>',
    '|garbage',
    'Max-Forwards: 7|0',
  ])
    it(line, () => assert.equal(explained(line), null));
});

it('lets no markup of a trace through', () => {
  const { text, offset } = cursor('<IMG](command:x)*a* sip:a@h SIP/2.0\nCSeq: 1 [a](b)\n|Via: x\n');
  const markdown = explain(parseMessage(text), offset)?.markdown ?? '';
  assert.match(markdown, /\*\*Via\*\*/);
  assert.doesNotMatch(markdown, /command:|[^\\]<|\*a\*/);
});

it('answers at every offset of a mutilated message', () => {
  const text =
    'SIP/2.0 999 \nVia: SIP/2.0/;;=<\nFrom: "\\\n <sip:\uD800;opaque=>;=\nReason: ;cause=,\nEvent:;\nAccept: ,;\nms-diagnostics: ;\n\nx';
  for (let offset = -1; offset <= text.length; offset++) explain(parseMessage(text), offset);
});

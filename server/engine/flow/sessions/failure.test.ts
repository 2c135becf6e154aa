import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { URL } from 'node:url';
import { readText } from '../../trace/text.ts';
import { readFlow } from '../flow.ts';
import { failureSteps } from './failure.ts';

/** Why the message (one-based) failed; all messages of the text are of one Call-ID. */
function why(text: string, message: number, members?: number[]): string[] {
  const trace = readText(text);
  const all = members ?? Array.from({ length: trace.count }, (_, index) => index);
  return failureSteps(trace, readFlow(trace.built), all, message - 1).map((step) => step.text);
}

/** A message of Alice's call to Bob; `more` are header lines. */
function line(
  start: string,
  cseq: string,
  more = '',
  { from = 'alice', branch = cseq, tag = '', at = '' } = {},
): string {
  const isRequest = !/^\d/.test(start);
  const to = from === 'alice' ? 'bob' : 'alice';
  return `${at ? `2024-01-01 00:00:${at}\n` : ''}${isRequest ? `${start} sip:${to}@example.org SIP/2.0` : `SIP/2.0 ${start}`}
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK${branch.replace(' ', '')}
From: <sip:${from}@example.org>;tag=${from}
To: <sip:${to}@example.org>${tag && `;tag=${tag}`}
Call-ID: 1
CSeq: ${cseq}
${more ? `${more}\n` : ''}Content-Length: 0

`;
}
const invite = (more = '', cseq = 1) => line('INVITE', `${cseq} INVITE`, more);
const answer = (status: string, more = '', cseq = 1) => line(status, `${cseq} INVITE`, more, { tag: 'bob' });
const ASKED = 'It answers the INVITE sip:bob@example.org of Alice (message 1).';

describe('why a request failed', () => {
  it('the sample: two BYEs crossed', () => {
    const text = readFileSync(new URL('../../../../samples/eject-user.sip', import.meta.url), 'utf8');
    const [asked, ...steps] = why(text, 9, [4, 6, 8, 10]);
    assert.match(asked!, /^It answers the BYE sip:poola\.topa\.contoso\.com:5061.* of Carol \(message 5\)\.$/);
    assert.deepEqual(steps, [
      'ms-diagnostics 6019 “Dialog does not exist” (ImMcu)',
      'The other side had sent a BYE too (message 7): the two crossed, and nothing is wrong (RFC 5407 §3.2.1).',
    ]);
  });

  const cases: [name: string, message: number, text: string, steps: string[]][] = [
    [
      'nobody was let ring any longer',
      4,
      line('INVITE', '1 INVITE', '', { at: '01' }) +
        line('180 Ringing', '1 INVITE', '', { tag: 'bob', at: '02' }) +
        line('CANCEL', '1 CANCEL', 'Reason: SIP;cause=200;text="Answered elsewhere"', {
          branch: '1 INVITE',
          at: '05',
        }) +
        line('487 Request Terminated', '1 INVITE', '', { tag: 'bob', at: '05' }),
      [
        'It answers the INVITE sip:bob@example.org of Alice (message 1), after 4.0 s.',
        'Alice had cancelled it (message 3): Reason SIP 200 “Answered elsewhere”.',
        'It had come as far as 180 (message 2), 3.0 s before.',
      ],
    ],
    [
      'credentials were refused',
      2,
      invite('Proxy-Authorization: Digest x') + answer('407 Auth', 'Proxy-Authenticate: Digest realm="x"'),
      [ASKED, 'The request had credentials in Proxy-Authorization, and they were refused.'],
    ],
    [
      'the nonce had run out',
      2,
      invite('Authorization: Digest x') + answer('401 Auth', 'WWW-Authenticate: Digest stale=TRUE'),
      [
        ASKED,
        'The request had credentials, and their nonce has run out: with the new one they may be right (stale=true).',
      ],
    ],
    [
      'credentials were asked for',
      2,
      invite() + answer('407 Auth') + invite('', 2),
      [ASKED, 'The request came without Proxy-Authorization: this asks for it.', 'It was tried again in message 3.'],
    ],
    [
      'nothing came back',
      4,
      invite() + invite() + invite() + answer('408 Request Timeout'),
      [ASKED, 'It was sent 3 times, and nothing but this came back.'],
    ],
    [
      'an extension was missing',
      2,
      invite('Require: x') + answer('420 Bad Extension', 'Unsupported: x'),
      [ASKED, 'It says Unsupported: x.'],
    ],
    [
      'the hops ran out',
      2,
      invite('Max-Forwards: 0') + answer('483 Too Many Hops'),
      [ASKED, 'The request came with Max-Forwards: 0.'],
    ],
    [
      'a Warning and telephony say why',
      2,
      invite() +
        answer('503 Service Unavailable', 'Reason: Q.850;cause=34\nWarning: 399 gw "No line"\nRetry-After: 30'),
      [ASKED, 'Reason Q.850 34', 'Warning 399 “No line” (gw)', 'It says Retry-After: 30.'],
    ],
    [
      'both sides changed the session',
      3,
      line('INVITE', '5 INVITE', '', { from: 'bob', tag: 'alice' }) +
        line('INVITE', '2 INVITE', '', { tag: 'bob' }) +
        answer('491 Request Pending', '', 2),
      [
        'It answers the INVITE sip:bob@example.org of Alice (message 2).',
        'The other side had sent INVITE in message 1 (RFC 3261 §14.1).',
      ],
    ],
    [
      'a dialog that is not there',
      2,
      line('INFO', '7 INFO', '', { tag: 'bob' }) + line('481 Gone', '7 INFO', '', { tag: 'bob' }),
      [
        'It answers the INFO sip:bob@example.org of Alice (message 1).',
        'The trace shows nothing of the dialog before.',
      ],
    ],
    [
      'a dialog that had ended',
      3,
      line('BYE', '3 BYE', '', { from: 'bob', tag: 'alice' }) +
        line('INFO', '7 INFO', '', { tag: 'bob' }) +
        line('481 Gone', '7 INFO', '', { tag: 'bob' }),
      [
        'It answers the INFO sip:bob@example.org of Alice (message 2).',
        'The dialog had ended with the BYE of Bob (message 1).',
      ],
    ],
  ];
  for (const [name, message, text, steps] of cases) it(name, () => assert.deepEqual(why(text, message), steps));

  it('where a proxy handed the failure on, who sent it first', () => {
    const first = answer('486 Busy Here').replace('branch=z9hG4bK', 'branch=z9hG4bKproxy');
    assert.match(why(invite() + first + answer('486 Busy Here'), 3)[1]!, /^It was seen first in message 2, from /);
    assert.equal(why(invite() + answer('486 Busy Here') + answer('486 Busy Here'), 3).length, 1);
  });

  it('what was offered', () => {
    const body = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio 4000 RTP/AVP 18\r\n';
    const offer = invite('Content-Type: application/sdp').replace(
      'Content-Length: 0\n\n',
      `Content-Length: ${body.length}\n\n${body}\n`,
    );
    assert.equal(why(offer + answer('488 Not Acceptable Here'), 2)[1], 'The request offered audio 4000 RTP/AVP 18.');
  });

  it('says nothing of what is no failure, and that the request is not there', () => {
    assert.deepEqual(why(invite() + answer('200 OK'), 1), []);
    assert.deepEqual(why(invite() + answer('200 OK'), 2), []);
    assert.deepEqual(why(answer('404 Not Found'), 1), ['The request that it answers is not in the trace.']);
  });
});

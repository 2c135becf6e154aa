import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Profile } from '../base/text.ts';
import { DEFAULT_OPTIONS, lintText } from '../engine.ts';

// What looks odd and is lawful, so that no rule may ever say a word of it, whatever the profile.
const message = (...lines: string[]) =>
  [
    'NOTIFY sip:alice@192.0.2.1 SIP/2.0',
    'Via: SIP/2.0/TLS 192.0.2.4:5061;branch=z9hG4bK776asdhds',
    'Max-Forwards: 70',
    'From: <sip:bob@example.org>;tag=a6c85cf',
    'To: <sip:alice@example.org>;tag=1928301774',
    'Call-ID: a84b4c76e66710',
    lines.some((line) => line.startsWith('CSeq')) ? '' : 'CSeq: 7 NOTIFY',
    'Contact: <sip:bob@192.0.2.4;transport=tls>',
    lines.some((line) => line.startsWith('Event')) ? '' : 'Event: presence',
    'Subscription-State: active;expires=60',
    ...lines,
    'Content-Length: 0',
  ]
    .filter((line) => line)
    .join('\r\n')
    .concat('\r\n\r\n');

const LAWFUL: Record<string, string> = {
  'empty lines before the start line (RFC 3261 §7.5; RFC 5626 §3.5.1)': `\r\n\r\n\r\n\r\n${message()}`,
  'no blank behind the colon (RFC 3261 §7.3.1)': message('Event:presence'),
  'lr with a value, as old proxies write it (RFC 3261 §19.1.1)': message(
    'Route: <sip:p1.example.org;lr=on>, <sip:p2.example.org;lr=true>',
  ),
  'a CSeq just below the limit (RFC 3261 §8.1.1.5)': message('CSeq: 2147483645 NOTIFY'),
  "a signature of Microsoft's, which has other parameters than Digest (MS-SIPAE §2.2)": message(
    'Proxy-Authorization: Kerberos qop="auth", realm="SIP Communications Service", opaque="4EBBA7AE", crand="e9a45dde", cnum="133", targetname="sip/M17-OCG.contoso.com", response="6023"',
  ),
  'a handshake of the same (MS-SIPAE §3.2.5.1)': message(
    'Authorization: TLS-DSK realm="SIP Communications Service", targetname="M17", opaque="4EBBA7AE", gssapi-data="FgMB", version=4, crand="1"',
  ),
};

describe('lawful, and never a finding', () => {
  for (const [what, text] of Object.entries(LAWFUL))
    it(what, async () => {
      for (const profile of ['strict', 'trace', 'ms', 'doc'] satisfies Profile[]) {
        const { lint } = await lintText(text, { ...DEFAULT_OPTIONS, profile });
        assert.deepEqual(
          lint.problems.map(({ rule, message: said }) => `${rule}: ${said}`),
          [],
          profile,
        );
      }
    });
});

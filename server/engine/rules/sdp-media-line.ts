import { quote } from '../base/quote.ts';
import { slice, trimmed } from '../base/text.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { type SdpMedium, sessionDescriptions } from '../sip/sdp.ts';
import type { MessageRule, Report } from './rule.ts';

const FIELDS = ['medium is', 'port is', 'protocol is', 'formats are'] as const;

export const sdpMediaLine: MessageRule = {
  id: 'sdp-media-line',
  group: 'sdp',
  scope: 'message',
  title: 'A line m= lacks the medium, its port, its protocol or its formats, or the port cannot be one.',
  spec: 'RFC 8866 §5.14',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    c=IN IP4 192.0.2.1
    t=0 0
    m=audio 49170/2 RTP/AVP 0 8
    m=message 5060 sip null
    m=application 5 UDP/BFCP *
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    c=IN IP4 192.0.2.1
    t=0 0
    m=audio RTP/AVP 0
            ^^^ “RTP” is no port: a number up to 65535 is expected.
    m=audio 65536 RTP/AVP 0
            ^^^^^ “65536” is no port: a number up to 65535 is expected.
    m=video 4000 RTP/AVP
      ^^^^^^^^^^^^^^^^^^ The formats are missing: m= has a medium, a port, a protocol and at least one format.
  `,
  needs: ['sdp'],
  check(message, report) {
    for (const { media, whole } of sessionDescriptions(message))
      for (const medium of whole ? media : []) checkMedium(message.text, medium, report);
  },
};

function checkMedium(text: string, medium: SdpMedium, report: Report): void {
  const { line, port, ports } = medium;
  for (const number of [port, ports]) {
    const written = number ? slice(text, number) : '';
    if (!number || isPlaceholder(written) || (/^\d{1,5}$/.test(written) && Number(written) <= 65535)) continue;
    const what = number === port ? 'port' : 'number of ports';
    report(number, `${quote(written)} is no ${what}: a number up to 65535 is expected.`);
    return;
  }
  const missing = FIELDS.find((field) => isMissing(medium, field));
  if (!missing) return;
  const value = trimmed(text, line.value.from, line.value.to);
  const at = value.from < value.to ? value : line;
  report(at, `The ${missing} missing: m= has a medium, a port, a protocol and at least one format.`);
}

function isMissing(medium: SdpMedium, field: (typeof FIELDS)[number]): boolean {
  if (field === 'medium is') return !medium.media;
  if (field === 'port is') return !medium.port;
  return field === 'protocol is' ? !medium.protocol : medium.formats.length === 0;
}

import { slice, trimmed } from '../base/text.ts';
import { newUris } from '../sip/addresses.ts';
import { replaced } from '../sip/repairs.ts';
import { param, vias } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const uriSipsTransport: MessageRule = {
  id: 'uri-sips-transport',
  group: 'uris',
  scope: 'message',
  title: 'A sips URI goes with UDP, which cannot carry TLS.',
  spec: 'RFC 5630 §3.1.1; RFC 3261 §26.2.2',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sips:bob@example.org;transport=tcp SIP/2.0
    Via: SIP/2.0/TLS 192.0.2.10:5061;branch=z9hG4bK776asdhds
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKnashds8
    Contact: <sips:alice@192.0.2.10>, <sip:alice@192.0.2.10;transport=udp>
  `,
  bad: `
    INVITE sips:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5061;branch=z9hG4bK776asdhds
         ^^^^^^^^^^^ A request to a sips URI must be sent over TLS, which UDP cannot carry.
    Contact: <sips:alice@192.0.2.10;transport=udp>
                                    ^^^^^^^^^^^^^ A sips URI must be reached over TLS, which UDP cannot carry.
  `,
  reads: { each: 'address', outline: [], form: true },
  check(message, report, context) {
    for (const { field, uri } of newUris(message, context)) {
      if (uri.scheme !== 'sips') continue;
      const transport = param(uri.params, 'transport');
      if (transport?.value && /^udp$/i.test(slice(message.text, transport.value)))
        report(transport, 'A sips URI must be reached over TLS, which UDP cannot carry.');
      const top = field ? undefined : vias(message)[0];
      if (top?.transport === 'UDP') {
        const protocol = trimmed(message.text, top.from, top.host.from);
        report(protocol, 'A request to a sips URI must be sent over TLS, which UDP cannot carry.');
      }
    }
  },
  fix: (reported) =>
    slice(reported.message.text, reported.at).startsWith('SIP') ? [] : replaced(reported, 'transport=tcp'),
};

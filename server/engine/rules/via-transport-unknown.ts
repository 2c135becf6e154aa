import { quote } from '../base/quote.ts';
import { nearest, type Span, slice } from '../base/text.ts';
import { knownValues } from '../sip/registry.ts';
import { replaced } from '../sip/repairs.ts';
import { type Via, vias } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const viaTransportUnknown: MessageRule = {
  id: 'via-transport-unknown',
  group: 'header-values',
  scope: 'message',
  title: 'The transport in a Via is none of the registered ones.',
  spec: 'RFC 3261 §20.42; RFC 7118 §5.2',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/tls 192.0.2.2:5061;branch=z9hG4bK1
    Via: SIP/2.0/WSS df7jal23ls0d.invalid;branch=z9hG4bK56sdasks, SIP / 2.0 / TLS-SCTP h.example.org
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/HTTP 192.0.2.2;branch=z9hG4bK1
                 ^^^^ “HTTP” is no registered transport; known are UDP, TCP, TLS, SCTP, TLS-SCTP, WS, WSS.
  `,
  reads: { each: ['via'], form: true },
  check(message, report) {
    for (const via of vias(message)) {
      if (!via.transport || knownValues.viaTransports.includes(via.transport)) continue;
      const at = transportAt(message.text, via);
      const known = knownValues.viaTransports.join(', ');
      report(at, `${quote(slice(message.text, at))} is no registered transport; known are ${known}.`);
    }
  },
  fix: (reported) => {
    const near = nearest(slice(reported.message.text, reported.at), knownValues.viaTransports);
    return near ? replaced(reported, near) : [];
  },
};

/** The transport stands right before the blanks that part it from the host. */
function transportAt(text: string, via: Via): Span {
  const before = text.slice(via.from, via.host.from).trimEnd();
  const to = via.from + before.length;
  return { from: to - via.transport.length, to };
}

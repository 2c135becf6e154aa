import { lacks } from '../sip/presence.ts';
import { withContentLength } from '../sip/repairs.ts';
import { vias } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

/** A WebSocket frame has a length of its own (RFC 7118). */
const STREAMS = ['TCP', 'TLS'];

export const contentLengthMissingStream: MessageRule = {
  id: 'content-length-missing-stream',
  group: 'header-presence',
  scope: 'message',
  title: 'A message over TCP or TLS has no Content-Length.',
  spec: 'RFC 3261 §20.14; RFC 3261 §18.3',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'off' },
  good: `
    SIP/2.0 200 OK
    Via: SIP/2.0/WSS df7jal23ls0d.invalid;branch=z9hG4bK56sdasks
    Via: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=asdyka899
    To: <sip:bob@example.org>;tag=bmqkjhsd
    Call-ID: asidkj3ss
    CSeq: 1 MESSAGE
  `,
  bad: `
    SIP/2.0 200 OK
    ^^^^^^^^^^^^^^ TLS is a stream, and without Content-Length nothing says where this message ends in it.
    Via: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK776asdhds
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK74b43
    From: <sip:alice@example.org>;tag=asdyka899
    To: <sip:bob@example.org>;tag=bmqkjhsd
    Call-ID: asidkj3ss
    CSeq: 1 MESSAGE
  `,
  reads: { outline: [] },
  check(message, report) {
    if (!lacks(message, 'content-length')) return;
    const transport = vias(message)[0]?.transport ?? '';
    if (!STREAMS.includes(transport)) return;
    report(
      message.startLine,
      `${transport} is a stream, and without Content-Length nothing says where this message ends in it.`,
    );
  },
  fix: withContentLength,
};

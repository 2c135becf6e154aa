import { quote } from '../base/quote.ts';
import { isBlank, type Span, slice, trimmed } from '../base/text.ts';
import { type SdpLine, sessionDescriptions } from '../sip/sdp.ts';
import type { MessageRule } from './rule.ts';

export const sdpLineForm: MessageRule = {
  id: 'sdp-line-form',
  group: 'sdp',
  scope: 'message',
  title: 'A line of a session description is not of the form x=value, without blanks around the equals sign.',
  spec: 'RFC 8866 §5',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s= 
    c=IN IP4 192.0.2.1
    t=0 0
    m=audio 4000 RTP/AVP 0
    a=sendrecv
    a=fmtp:0 x=1; y = 2
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    c=IN IP4 192.0.2.1
    t=0 0
    m=audio 4000 RTP/AVP 0
    a = sendrecv
    ^^^^ There must be no blanks around the equals sign: “a=sendrecv”.
    a= ptime:20
    ^^^ There must be no blanks around the equals sign: “a=ptime:20”.
    sendrecv
    ^^^^^^^^ “sendrecv” is no line of a session description: each is one letter, an equals sign and a value.
  `,
  needs: ['sdp'],
  check(message, report, context) {
    if (context.reflowed) return;
    for (const { lines, whole } of sessionDescriptions(message))
      for (const line of whole ? lines : []) {
        const fault = faultOf(message.text, line);
        if (fault) report(fault.at, fault.text);
      }
  },
};

function faultOf(text: string, line: SdpLine): { at: Span; text: string } | null {
  const written = slice(text, line);
  if (!/^[A-Za-z]$/.test(line.type)) {
    const what = quote(written.trimEnd());
    return {
      at: trimmed(text, line.from, line.to),
      text: `${what} is no line of a session description: each is one letter, an equals sign and a value.`,
    };
  }
  const value = trimmed(text, line.value.from, line.value.to);
  // A value of one blank is how a session without a name is written (RFC 8866 §5.3).
  const isApart =
    line.value.from - line.from > 2 || (value.from < value.to && isBlank(text.charCodeAt(line.value.from)));
  if (!isApart) return null;
  const right = quote(`${line.type}=${slice(text, value)}`);
  return { at: { from: line.from, to: value.from }, text: `There must be no blanks around the equals sign: ${right}.` };
}

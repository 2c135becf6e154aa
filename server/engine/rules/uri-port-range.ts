import { quote } from '../base/quote.ts';
import { type Severity, type Span, slice } from '../base/text.ts';
import { newSipUris } from '../sip/addresses.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { replaced } from '../sip/repairs.ts';
import { isBareIPv6, isPort } from '../sip/valueGrammar.ts';
import type { SipUri } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const uriPortRange: MessageRule = {
  id: 'uri-port-range',
  group: 'uris',
  scope: 'message',
  title: 'The port of a URI is not a number from 1 to 65535, or an IPv6 address stands where it is read as one.',
  spec: 'RFC 3261 §25.1; RFC 5118 §4.2',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    REGISTER sip:[2001:db8::10]:5070 SIP/2.0
    From: <sip:alice:70000@example.org:05060>;tag=1
    To: <sip:alice@[2001:db8::10:5070]>
    Contact: <sip:alice@192.0.2.1:65535;transport=tcp>
    Route: <sip:p1.example.org:...;lr>
  `,
  bad: `
    REGISTER sip:2001:db8::10 SIP/2.0
                 ^^^^^^^^^^^^ An IPv6 address in a URI must stand in square brackets: what follows its first colon is read as a port.
    From: <sip:alice@example.org:70000>;tag=1
                                 ^^^^^ The port of a URI must be a number from 1 to 65535, not “70000”.
    To: <sip:alice@example.org:>
                              ^ A port is expected behind this colon.
    Contact: <sip:alice@192.0.2.1:0>
                                  ^ Nothing can be sent to port 0.
  `,
  reads: { each: 'address', form: true },
  check(message, report, context) {
    for (const { uri } of newSipUris(message, context)) {
      const fault = faultOf(message.text, uri);
      if (fault) report(fault.at, fault.text, fault.most);
    }
  },
  fix: (reported) => {
    const written = slice(reported.message.text, reported.at);
    if (written === ':') return replaced(reported, '', 'sure');
    return isBareIPv6(written) ? replaced(reported, `[${written}]`) : [];
  },
};

function faultOf(text: string, { host, port }: SipUri): { at: Span; text: string; most?: Severity } | null {
  const written = port ? slice(text, port) : '';
  if (!port || isPort(written) || isPlaceholder(written)) return null;
  const whole = { from: host.from, to: port.to };
  if (isBareIPv6(slice(text, whole))) {
    const why = 'what follows its first colon is read as a port';
    return { at: whole, text: `An IPv6 address in a URI must stand in square brackets: ${why}.` };
  }
  if (!written) return { at: { from: port.from - 1, to: port.from }, text: 'A port is expected behind this colon.' };
  // Refused and hidden contacts have it.
  if (/^0+$/.test(written)) return { at: port, text: 'Nothing can be sent to port 0.', most: 'hint' };
  return { at: port, text: `The port of a URI must be a number from 1 to 65535, not ${quote(written)}.` };
}

import { quote } from '../base/quote.ts';
import { type Profile, type Span, slice } from '../base/text.ts';
import { unfold } from '../sip/message.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { knownValues } from '../sip/registry.ts';
import { replaced } from '../sip/repairs.ts';
import { isBareIPv6, isHost, isPort } from '../sip/valueGrammar.ts';
import { type Via, vias } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const viaSyntax: MessageRule = {
  id: 'via-syntax',
  group: 'header-values',
  scope: 'message',
  title: 'A Via value is not SIP/2.0, a transport and a host.',
  spec: 'RFC 3261 §20.42; RFC 3261 §25.1',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    OPTIONS sip:bob@example.org SIP/2.0
    Via: SIP / 2.0
     /UDP
        192.0.2.2;branch=z9hG4bK390skdjuw
    v: SIP/2.0/TLS [2001:db8::9:1]:5061;branch=z9hG4bKas3, SIP / 2.0 / TCP sbc_1.example.org: 5060 ;branch=z9hG4bK1
    VIA: SIP/2.0/tls 10.56.65.217:2308
  `,
  bad: `
    OPTIONS sip:bob@example.org SIP/2.0
    Via: UDP 192.0.2.2;branch=z9hG4bK1
         ^^^^^^^^^^^^^ A Via begins with SIP/2.0, a transport and a host, as in “SIP/2.0/UDP host”, not with “UDP 192.0.2.2”.
    Via: SIP/2.0/TCP sip server:5060;branch=z9hG4bK2
                     ^^^^^^^^^^ The host of a Via must be a name or an IP address, not “sip server”.
    Via: SIP/2.0/UDP 192.0.2.2:port
                               ^^^^ The port of a Via must be a number from 1 to 65535, not “port”.
    Via: SIP/2.0/UDP 2001:db8::9
                     ^^^^^^^^^^^ An IPv6 address in a Via must stand in square brackets.
  `,
  reads: { each: ['via'], form: true },
  check(message, report, context) {
    for (const via of vias(message)) {
      if (isPlaceholder(slice(message.text, via))) continue;
      const fault = faultOf(message.text, via, context.profiles);
      if (fault) report(fault.at, fault.text);
    }
  },
  fix: (reported) => {
    const { message, at } = reported;
    const written = slice(message.text, at);
    if (isBareIPv6(written)) return replaced(reported, `[${written}]`);
    const transport = /^(\w+)\s/.exec(written)?.[1]?.toUpperCase() ?? '';
    return knownValues.viaTransports.includes(transport) ? replaced(reported, `SIP/2.0/${written}`) : [];
  },
};

function faultOf(text: string, via: Via, profiles: readonly Profile[]): { at: Span; text: string } | null {
  const sentBy = { from: via.host.from, to: via.port?.to ?? via.host.to };
  const shown = quote(unfold(slice(text, sentBy)));
  if (!via.transport) {
    const wanted = 'A Via begins with SIP/2.0, a transport and a host, as in “SIP/2.0/UDP host”';
    return { at: sentBy.to > sentBy.from ? sentBy : via, text: `${wanted}, not with ${shown}.` };
  }
  if (isBareIPv6(slice(text, sentBy))) {
    // Old stacks send it so; a trace of them is no place to say it.
    const isHandWritten = profiles.every((profile) => profile === 'strict');
    return isHandWritten ? { at: sentBy, text: 'An IPv6 address in a Via must stand in square brackets.' } : null;
  }
  if (!isHost(slice(text, via.host))) {
    const at = via.host.to > via.host.from ? via.host : via;
    return { at, text: `The host of a Via must be a name or an IP address, not ${quote(slice(text, via.host))}.` };
  }
  return via.port && !isPort(slice(text, via.port))
    ? { at: via.port, text: `The port of a Via must be a number from 1 to 65535, not ${quote(slice(text, via.port))}.` }
    : null;
}

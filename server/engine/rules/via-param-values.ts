import { quote } from '../base/quote.ts';
import { type Span, slice } from '../base/text.ts';
import type { SipMessage } from '../sip/message.ts';
import { repair } from '../sip/repairs.ts';
import { isNumber, isPort } from '../sip/valueGrammar.ts';
import { type Param, param, unquote, type Via, vias } from '../sip/values.ts';
import type { MessageRule, Report } from './rule.ts';

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const IPV6 = /^\[?[0-9a-f:]*:[0-9a-f:.]*(?:%[\w.~-]+)?\]?$/i;

/** What the value of a parameter must be, in words and as a test. */
const VALUES: Record<string, { wanted: string; fits: (value: string) => boolean }> = {
  rport: { wanted: 'a port from 1 to 65535', fits: isPort },
  'ms-received-port': { wanted: 'a port from 1 to 65535', fits: isPort },
  received: { wanted: 'an IP address', fits: (value) => IPV4.test(value) || IPV6.test(value) },
  ttl: { wanted: 'a number from 0 to 255', fits: (value) => isNumber(value, 0, 255) },
  branched: { wanted: 'TRUE or FALSE', fits: (value) => /^(?:true|false)$/i.test(value) },
};

export const viaParamValues: MessageRule = {
  id: 'via-param-values',
  group: 'header-values',
  scope: 'message',
  title: 'A Via parameter (rport, received, ttl, ms-received-port, branched) has a value it cannot have.',
  spec: 'RFC 3261 §20.42; RFC 3581 §3; MS-SIPRE §2.2',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    BYE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;rport
    Via: SIP/2.0/TLS 10.0.0.9;branch=z9hG4bK2;rport=50521;received=[2001:db8::1];branched=FALSE;ms-internal-info="ca3S;ttl=999"
    Via: SIP/2.0/UDP 10.0.0.7;branch=z9hG4bK3;ttl=16;ms-received-port=2308;ms-received-cid=200;x-ds0num="ISDN 7/0:15"
    Via: SIP/2.0/UDP 10.0.0.8;branch=z9hG4bK4;rport=
  `,
  bad: `
    BYE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;rport=5060
                                               ^^^^^^^^^^ The sender of a request leaves rport without a value; the next hop fills it in.
    Via: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK2;ttl=999;received=proxy.example.org
                                                   ^^^ The Via parameter ttl must be a number from 0 to 255, not “999”.
                                                                ^^^^^^^^^^^^^^^^^ The Via parameter received must be an IP address, not “proxy.example.org”.
  `,
  reads: { each: ['via'], having: ';' },
  check(message, report) {
    for (const [index, via] of vias(message).entries()) {
      const rport = index === 0 && message.kind === 'request' ? ownRport(via) : undefined;
      if (rport) report(rport, 'The sender of a request leaves rport without a value; the next hop fills it in.');
      for (const entry of via.params) if (entry !== rport) checkValue(message, entry, report);
    }
  },
  fix: ({ message, at }) => {
    const [rport] = /^rport/i.exec(slice(message.text, at)) ?? [];
    return rport ? repair("Leave 'rport' without a value", [{ ...at, text: rport }]) : [];
  },
};

/** An rport that the sender filled in itself; the next hop adds received too (RFC 3581 §4), which a capture behind it shows. */
function ownRport(via: Via): Param | undefined {
  const rport = param(via.params, 'rport');
  return rport?.value && !param(via.params, 'received') ? rport : undefined;
}

function checkValue(message: SipMessage, { name, value }: Param, report: Report): void {
  const rule = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
  if (!rule || isEmpty(value)) return;
  const written = unquote(slice(message.text, value));
  if (!rule.fits(written)) report(value, `The Via parameter ${name} must be ${rule.wanted}, not ${quote(written)}.`);
}

function isEmpty(value: Span | null): value is null {
  return !value || value.from === value.to;
}

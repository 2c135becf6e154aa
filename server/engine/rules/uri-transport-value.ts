import { quote } from '../base/quote.ts';
import { nearest, slice } from '../base/text.ts';
import { newSipUris } from '../sip/addresses.ts';
import { knownValues } from '../sip/registry.ts';
import { replaced } from '../sip/repairs.ts';
import { param } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

const KNOWN = knownValues.viaTransports.map((name) => name.toLowerCase());

export const uriTransportValue: MessageRule = {
  id: 'uri-transport-value',
  group: 'uris',
  scope: 'message',
  title: 'The transport of a URI is none of the known ones.',
  spec: 'RFC 3261 §19.1.1; RFC 7118 §5.2',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@192.0.2.4;transport=TLS SIP/2.0
    Contact: <sip:df7jal23ls0d.invalid;transport=ws>, <sip:a@h;transport=wss>;transport=carrier-pigeon
    Route: <sip:p1.example.org;transport=tls-sctp;lr>
  `,
  bad: `
    INVITE sip:bob@192.0.2.4;transport=tpc SIP/2.0
                                       ^^^ “tpc” is no known transport; is tcp meant?
    Contact: <sip:alice@192.0.2.1;transport=carrier-pigeon>
                                            ^^^^^^^^^^^^^^ “carrier-pigeon” is no known transport, as udp, tcp, tls, sctp, ws and wss are.
  `,
  reads: { each: 'address', having: ';', form: true },
  check(message, report, context) {
    for (const { uri } of newSipUris(message, context)) {
      const at = param(uri.params, 'transport')?.value;
      const name = at ? slice(message.text, at) : '';
      if (!at || !name || KNOWN.includes(name.toLowerCase())) continue;
      const near = nearest(name, KNOWN);
      const advice = near ? `; is ${near} meant?` : ', as udp, tcp, tls, sctp, ws and wss are.';
      report(at, `${quote(name)} is no known transport${advice}`);
    }
  },
  fix: (reported) => {
    const near = nearest(slice(reported.message.text, reported.at), KNOWN);
    return near ? replaced(reported, near) : [];
  },
};

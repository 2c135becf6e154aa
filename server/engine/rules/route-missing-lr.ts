import { addressesIn, type HeaderAddress } from '../sip/addresses.ts';
import { headers, type SipRequest } from '../sip/message.ts';
import { headerFacts } from '../sip/registry.ts';
import { repair } from '../sip/repairs.ts';
import { param, parseUri, type SipUri } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const routeMissingLr: MessageRule = {
  id: 'route-missing-lr',
  group: 'uris',
  scope: 'message',
  title: 'A route URI has no lr, which marks a strict router of RFC 2543.',
  spec: 'RFC 3261 §16.12; RFC 3261 §19.1.1',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'off' },
  good: `
    BYE sip:poola.topa.contoso.com:5061;transport=tls;ms-fe=M17-OCG.topa.contoso.com;lr;ms-rgs-cid=200 SIP/2.0
    Record-Route: <sip:p1.example.org;lr=on>, <sips:p2.example.org:5061;transport=tls;LR>
    Route: <sip:p3.example.org;lr>
    Route: <sip:poola.topa.contoso.com:5062;transport=tls;ms-fe=M18-OCG.topa.contoso.com>
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Route: <sip:p1.example.org:5060>, <sip:p2.example.org;lr>
            ^^^^^^^^^^^^^^^^^^^^^^^ This Route has no lr and so asks for the strict routing of RFC 2543.
  `,
  reads: { outline: ['start-line', 'route', 'record-route', 'path'] },
  check(message, report) {
    if (message.kind !== 'request') return; // a response repeats what its request says
    for (const id of ['route', 'record-route', 'path']) {
      for (const { address } of routesOf(message, id)) {
        if (!address.bracketed || hasLr(parseUri(message.text, address.uri))) continue;
        const name = headerFacts(id)?.name ?? id;
        report(address.uri, `This ${name} has no lr and so asks for the strict routing of RFC 2543.`);
      }
    }
  },
  fix: ({ message, at }) => {
    const { headers } = parseUri(message.text, at);
    const to = headers ? headers.from - 1 : at.to;
    return repair("Add ';lr'", [{ from: to, to, text: ';lr' }]);
  },
};

/** Under strict routing the last Route is no route: it is where the request is to go in the end (RFC 3261 §12.2.1.1). */
function routesOf(message: SipRequest, id: string): HeaderAddress[] {
  const routes = headers(message, id).flatMap((field) => addressesIn(message, field));
  const last = routes.at(-1);
  if (id !== 'route' || !last) return routes;
  const target = parseUri(message.text, last.address.uri);
  const isTarget = target.user !== null || param(parseUri(message.text, message.at.uri).params, 'lr');
  return isTarget ? routes.slice(0, -1) : routes;
}

function hasLr({ scheme, params }: SipUri): boolean {
  return (scheme !== 'sip' && scheme !== 'sips') || param(params, 'lr') !== undefined;
}

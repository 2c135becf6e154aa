import { param, parseUri } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const requestUriLr: MessageRule = {
  id: 'request-uri-lr',
  group: 'uris',
  scope: 'message',
  title: 'The Request-URI has lr: the sender routes strictly towards a router that is loose.',
  spec: 'RFC 3261 §12.2.1.1; RFC 3261 §16.4',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'off' },
  good: `
    INVITE sip:lr;lr@10.0.0.2;transport=tls;ms-lr=on SIP/2.0
    Route: <sip:p1.example.org;lr>
  `,
  bad: `
    BYE sip:poola.topa.contoso.com:5061;transport=tls;ms-role-rs-to;lr;ms-rgs-cid=200 SIP/2.0
                                                                    ^^ A loose router (lr) belongs in Route; the Request-URI should be the remote target.
    Route: <sip:poola.topa.contoso.com:5062;transport=tls;ms-fe=M18-OCG.topa.contoso.com>
  `,
  reads: { each: ['start-line'], having: ';' },
  check(message, report) {
    if (message.kind !== 'request') return;
    const lr = param(parseUri(message.text, message.at.uri).params, 'lr');
    if (lr) report(lr, 'A loose router (lr) belongs in Route; the Request-URI should be the remote target.');
  },
};

import { quote } from '../base/quote.ts';
import { newUris } from '../sip/addresses.ts';
import { withoutParam } from '../sip/repairs.ts';
import type { Param } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const uriParamDuplicate: MessageRule = {
  id: 'uri-param-duplicate',
  group: 'uris',
  scope: 'message',
  title: 'A URI has the same parameter twice.',
  spec: 'RFC 3261 §19.1.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    BENOTIFY sip:10.29.107.208:2308;transport=tls;ms-opaque=3c71125d8b;ms-received-cid=200;grid SIP/2.0
    From: <sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B>;tag=1;opaque=x
    Contact: <sip:a;lr;lr@192.0.2.1;lr>;lr, <sip:a@192.0.2.2;lr>;lr
  `,
  bad: `
    BYE sip:bob@192.0.2.4 SIP/2.0
    Route: <sip:p1.example.org;lr;transport=tls;LR=on>
                                                ^^^^^ The URI has the parameter “lr” already.
  `,
  reads: { each: 'address', having: ';', form: true },
  check(message, report, context) {
    for (const { uri } of newUris(message, context)) {
      if (!['sip', 'sips', 'tel'].includes(uri.scheme)) continue;
      for (const again of repeated(uri.params))
        report(again, `The URI has the parameter ${quote(again.name)} already.`);
    }
  },
  fix: withoutParam,
};

function repeated(params: readonly Param[]): Param[] {
  const seen = new Set<string>();
  return params.filter(({ name }) => seen.size === seen.add(name).size);
}

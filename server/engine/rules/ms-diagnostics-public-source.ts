import { slice } from '../base/text.ts';
import { headers } from '../sip/message.ts';
import { withoutParam, withoutRow } from '../sip/repairs.ts';
import { param, parseParams } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const msDiagnosticsPublicSource: MessageRule = {
  id: 'ms-diagnostics-public-source',
  group: 'header-values',
  scope: 'message',
  title: 'ms-diagnostics-public, which leaves the enterprise, names its source, or is there twice.',
  spec: 'MS-OCER §2.2.1.2',
  severity: { strict: 'warning', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    BYE sip:10.29.107.208:2308;transport=tls;ms-opaque=3c71125d8b;ms-received-cid=200;grid SIP/2.0
    ms-diagnostics-public: 3118;reason="Participant Removed;source=x"
    ms-diagnostics: 3118;reason="Participant Removed";source="M18-OCG.topa.contoso.com"
  `,
  bad: `
    BYE sip:10.29.107.208:2308;transport=tls;ms-opaque=3c71125d8b;ms-received-cid=200;grid SIP/2.0
    ms-diagnostics-public: 3118;reason="Participant Removed";source="M18-OCG.topa.contoso.com"
                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ms-diagnostics-public goes outside and must not name the server that is its source.
    MS-Diagnostics-Public: 1008;reason="Unable to resolve DNS SRV record"
                           ^^^^ A message may have one ms-diagnostics-public only; this is another one.
  `,
  reads: { outline: ['ms-diagnostics-public'] },
  check(message, report) {
    for (const [index, field] of headers(message, 'ms-diagnostics-public').entries()) {
      const [id, ...params] = parseParams(message.text, field.value.from, field.value.to);
      const source = param(params, 'source');
      if (source) report(source, 'ms-diagnostics-public goes outside and must not name the server that is its source.');
      if (id && index > 0) report(id, 'A message may have one ms-diagnostics-public only; this is another one.');
    }
  },
  fix: (reported) =>
    /^source\b/i.test(slice(reported.message.text, reported.at)) ? withoutParam(reported) : withoutRow(reported),
};

import { slice } from '../base/text.ts';
import { diagnosticFacts } from '../sip/registry.ts';
import { parseParams } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

const NAMES = ['ms-diagnostics', 'ms-diagnostics-public', 'ms-client-diagnostics'];

export const msDiagnosticsInfo: MessageRule = {
  id: 'ms-diagnostics-info',
  group: 'header-values',
  scope: 'message',
  title: 'Tells which component an ms-diagnostics error id comes from and what it means; nothing is wrong.',
  spec: 'MS-OCER §7; MS-OCER §8',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    SIP/2.0 504 Server time-out
    ms-diagnostics: 99999;reason="An id that no table lists";source="sip.contoso.com"
  `,
  bad: `
    BYE sip:10.29.107.208:2308;transport=tls;ms-opaque=3c71125d8b;ms-received-cid=200;grid SIP/2.0
    ms-diagnostics-public: 3118;reason="Participant Removed"
                           ^^^^ 3118: conferencing, Focus and Focus Factory: Participant Removed
    Ms-Diagnostics: 6998;source="M18-OCG.topa.contoso.com";reason="Not in the tables"
                    ^^^^ 6998: IM conferencing server (component ImMcu)
  `,
  reads: { each: NAMES },
  check(message, report) {
    for (const field of message.headers) {
      if (!NAMES.includes(field.id)) continue;
      const id = parseParams(message.text, field.value.from, field.value.to)[0];
      const meaning = id && meaningOf(slice(message.text, id));
      if (id && meaning) report(id, meaning);
    }
  },
};

function meaningOf(id: string): string | undefined {
  if (!/^\d{1,6}(?:\.\d+)?$/.test(id)) return undefined;
  const { component, reason } = diagnosticFacts(Math.floor(Number(id)));
  const known = [component?.replace(/^User Services: /, ''), reason].filter((part) => part !== undefined);
  return known.length ? [id, ...known].join(': ') : undefined;
}

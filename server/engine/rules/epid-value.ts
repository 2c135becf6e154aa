import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { address, param } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const epidValue: MessageRule = {
  id: 'epid-value',
  group: 'header-values',
  scope: 'message',
  title: 'The epid of From or To is empty, longer than 16 characters, or not of letters and digits.',
  spec: 'MS-SIPRE §3.2; MS-OCER',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@contoso.com SIP/2.0
    From: <sip:alice@contoso.com;epid=>;tag=58b76ebb1c;epid=0004F2AB12CD34
    To: <sip:bob@contoso.com>;epid=dceed2edfb
  `,
  bad: `
    INVITE sip:bob@contoso.com SIP/2.0
    From: <sip:alice@contoso.com>;tag=1;epid=
                                        ^^^^^ The epid is empty; it names the device, as in “epid=dceed2edfb”.
    To: <sip:bob@contoso.com>;epid=dceed2edfbdceed2edfb
                                   ^^^^^^^^^^^^^^^^^^^^ An epid has at most 16 letters and digits, unlike “dceed2edfbdceed2edfb”.
  `,
  reads: { each: ['from', 'to'], having: ';', form: true },
  check(message, report, context) {
    if (context.answers) return; // From and To are those of the request
    for (const id of ['from', 'to']) {
      const entry = param(address(message, id)?.params ?? [], 'epid');
      const written = entry?.value ? slice(message.text, entry.value) : '';
      if (!entry || /^[\da-z]{1,16}$/i.test(written)) continue;
      if (!written || !entry.value) report(entry, 'The epid is empty; it names the device, as in “epid=dceed2edfb”.');
      else report(entry.value, `An epid has at most 16 letters and digits, unlike ${quote(written)}.`);
    }
  },
};

import { slice } from '../base/text.ts';
import { fieldAt } from '../sip/edits.ts';
import { type HeaderField, header, headers, type SipMessage } from '../sip/message.ts';
import { headerFacts } from '../sip/registry.ts';
import { withoutRow } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const headerDuplicateSingle: MessageRule = {
  id: 'header-duplicate-single',
  group: 'header-count',
  scope: 'message',
  title: 'A header that may be there once is there again.',
  spec: 'RFC 3261 §7.3.1; RFC 6665 §8.2.1; RFC 3515 §2.4.1',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    SIP/2.0 504 Server time-out
    Via: SIP/2.0/TLS 10.29.106.52:5061;branch=z9hG4bK813470AD.FD03477F;branched=FALSE
    Authentication-Info: NTLM rspauth="0100", srand="461D78BD", snum="214", qop="auth"
    VIA: SIP/2.0/TLS 10.29.106.56:18164;branch=z9hG4bK86ed724f;ms-received-port=18164
    FROM: <sip:alice@contoso.com>;tag=740746dec;epid=bd4bd366c2
    TO: <sip:carol@fabrikam.com>;tag=8d9b5cc1fb
    CSEQ: 2 INVITE
    CALL-ID: 08501c03562b4515a1ad55e367dd503d
    ms-diagnostics: 1008;reason="Unable to resolve DNS SRV record";source="sip.contoso.com"
    ms-diagnostics: 1027;reason="Cannot route this type of SIP request to or from federated partners";source="sip.fabrikam.com"
    ms-diagnostics-public: 1008;reason="Unable to resolve DNS SRV record"
    ms-diagnostics-public: 1027;reason="Cannot route this type of SIP request to or from federated partners"
    CONTENT-LENGTH: 0
  `,
  bad: `
    SUBSCRIBE sip:alice@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK74b43
    From: <sip:bob@example.org>;tag=9fxced76sl
    To: <sip:alice@example.org>
    Call-ID: 3848276298220188511@example.org
    CSeq: 1 SUBSCRIBE
    Event: presence
    o: dialog
    ^ Event may be there only once; this is another row of it.
    Content-Length: 0
  `,
  reads: { outline: ['content-length'] },
  check(message, report) {
    const spared = sparedIn(message);
    const seen = new Set<string>();
    for (const field of message.headers) {
      if (!seen.has(field.id)) seen.add(field.id);
      else if (isSingle(field) && !spared.has(field.id)) {
        const text = `${headerFacts(field.id)?.name} may be there only once; this is another row of it.`;
        report(field.name, text, PRODUCTS.has(field.id) ? 'info' : undefined);
      }
    }
  },
  fix: (reported) => {
    const { message, at } = reported;
    const field = fieldAt(message, at.from);
    const first = field && header(message, field.id);
    const isEqual = first && slice(message.text, first.value) === slice(message.text, field.value);
    return withoutRow(reported, isEqual ? 'sure' : 'possible');
  },
};

/** Back-to-back user agents keep the other side's beside their own. */
const PRODUCTS = new Set(['server', 'user-agent']);

/** Once only by a specification that was read; what a list of names says is no ground for a fault. */
function isSingle(field: HeaderField): boolean {
  const facts = headerFacts(field.id);
  return facts?.cardinality === 'single' && facts.sure === true;
}

/** Each Microsoft server on the way adds its own diagnostics; the others are left to refer-to-missing and content-length-conflict. */
function sparedIn(message: SipMessage): Set<string> {
  const spared = new Set(['ms-client-diagnostics', 'ms-diagnostics', 'ms-diagnostics-public']);
  if (message.kind === 'request' && message.method === 'REFER') spared.add('refer-to');
  const lengths = headers(message, 'content-length').map((row) => Number(slice(message.text, row.value)));
  if (new Set(lengths).size > 1) spared.add('content-length');
  return spared;
}

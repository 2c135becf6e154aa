import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import type { HeaderField, SipMessage } from '../sip/message.ts';
import { replaced } from '../sip/repairs.ts';
import { type Param, param, parseParams } from '../sip/values.ts';
import type { MessageRule, Report } from './rule.ts';

const NAMES = ['ms-diagnostics', 'ms-diagnostics-public', 'ms-client-diagnostics'];

export const msDiagnosticsSyntax: MessageRule = {
  id: 'ms-diagnostics-syntax',
  group: 'header-values',
  scope: 'message',
  title: 'An ms-diagnostics header is not an error id with a quoted reason.',
  spec: 'MS-OCER §2.2.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'hint' },
  good: `
    SIP/2.0 481 Dialog does not exist
    CSEQ: 2 BYE
    Ms-Diagnostics: 6019;source="M18-OCG.topa.contoso.com";reason="Dialog does not exist";component="ImMcu"
    ms-diagnostics: 1000 ; reason="Final handshake failed; 3\\" away";HRESULT=0xC3E93EC3(SIP_E_AUTH_UNAUTHORIZED);source="sip"
    ms-diagnostics: 123.4;reason="";AppUri="http://www.microsoft.com/LCS/ApiModule"
    ms-client-diagnostics: 52001; reason="Client side general processing."
  `,
  bad: `
    SIP/2.0 481 Dialog does not exist
    ms-diagnostics: reason="Dialog does not exist"
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ms-diagnostics begins with an error id, as in “6019;reason="…"”.
    ms-diagnostics-public: 6019
                           ^^^^ ms-diagnostics-public gives a reason after its error id, as in “6019;reason="…"”.
    ms-client-diagnostics: 51004;reason=Action initiated by user
                                        ^^^^^^^^^^^^^^^^^^^^^^^^ The reason must be in quotation marks.
  `,
  reads: { each: NAMES },
  check(message, report) {
    for (const field of message.headers) if (NAMES.includes(field.id)) checkRow(message, field, report);
  },
  fix: (reported) => {
    const written = slice(reported.message.text, reported.at);
    return /^reason\b|^\d/i.test(written) ? [] : replaced(reported, `"${written.replace(/["\\]/g, '')}"`);
  },
};

function checkRow({ text }: SipMessage, field: HeaderField, report: Report): void {
  const [id, ...params] = parseParams(text, field.value.from, field.value.to);
  if (!id) return;
  if (!isErrorId(slice(text, id))) {
    const not = id.value ? '' : `, not ${quote(slice(text, id))}`;
    report(id, `${field.id} begins with an error id, as in “6019;reason="…"”${not}.`);
    return;
  }
  const reason = param(params, 'reason');
  if (!reason) report(id, `${field.id} gives a reason after its error id, as in “6019;reason="…"”.`);
  else if (!isQuoted(text, reason)) report(reason.value ?? reason, 'The reason must be in quotation marks.');
}

/** Some servers add a sub-code: `123.4`. */
function isErrorId(value: string): boolean {
  return /^\d+(?:\.\d+)?$/.test(value);
}

function isQuoted(text: string, { value }: Param): boolean {
  return value !== null && /^".*"$/s.test(slice(text, value));
}

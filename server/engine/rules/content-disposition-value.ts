import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { header } from '../sip/message.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { isToken } from '../sip/valueGrammar.ts';
import { param, parseParams } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const contentDispositionValue: MessageRule = {
  id: 'content-disposition-value',
  group: 'header-values',
  scope: 'message',
  title: 'Content-Disposition does not begin with one word, or its handling is neither optional nor required.',
  spec: 'RFC 3261 §20.11',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Disposition: session; Handling=Optional; ms-proxy-2007fallback
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Disposition: session;handling=maybe
                                          ^^^^^ The handling of a body is optional or required, not “maybe”.
  `,
  reads: { each: ['content-disposition'] },
  check(message, report) {
    const value = header(message, 'content-disposition')?.value;
    const [kind, ...params] = value ? parseParams(message.text, value.from, value.to) : [];
    if (!kind || isPlaceholder(slice(message.text, kind))) return;
    const word = slice(message.text, kind);
    if (!isToken(word))
      report(kind, `Content-Disposition begins with a word such as session or render, not ${quote(word)}.`);
    const at = param(params, 'handling')?.value;
    const handling = at ? slice(message.text, at) : '';
    if (at && handling && !/^(?:optional|required)$/i.test(handling))
      report(at, `The handling of a body is optional or required, not ${quote(handling)}.`);
  },
};

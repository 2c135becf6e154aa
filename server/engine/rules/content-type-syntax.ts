import { quote } from '../base/quote.ts';
import { type Span, slice } from '../base/text.ts';
import { header, type SipMessage } from '../sip/message.ts';
import { isToken } from '../sip/valueGrammar.ts';
import { type Param, parseParams } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

const TYPE = /^[\w.!%*+`'~-]+\s*\/\s*[\w.!%*+`'~-]+$/;
/** Unquoted boundaries with = or / are common and harmless. */
const VALUE = /^(?:"[^"\\]*(?:\\.[^"\\]*)*"|[^\s";,]+)$/s;

export const contentTypeSyntax: MessageRule = {
  id: 'content-type-syntax',
  group: 'bodies',
  scope: 'message',
  title: 'Content-Type is not a type, a subtype and parameters.',
  spec: 'RFC 3261 §20.15',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    MESSAGE sip:bob@example.org SIP/2.0
    Content-Type: multipart / mixed ; boundary=----=_Part_1/2?;type="text/plain; a, b";
      charset = UTF-8
  `,
  bad: `
    MESSAGE sip:bob@example.org SIP/2.0
    c: text;charset=UTF-8
       ^^^^ Content-Type must be a type and a subtype, as in “text/plain”, not “text”.
  `,
  reads: { each: ['content-type'] },
  check(message, report) {
    const field = header(message, 'content-type');
    const fault = field && faultOf(message, field.value);
    if (fault) report(fault.at, fault.text);
  },
};

function faultOf({ text }: SipMessage, value: Span): { at: Span; text: string } | null {
  const [type, ...params] = parseParams(text, value.from, value.to);
  if (!type) return null;
  const written = slice(text, type);
  if (!TYPE.test(written)) {
    return { at: type, text: `Content-Type must be a type and a subtype, as in “text/plain”, not ${quote(written)}.` };
  }
  const bad = params.find((entry) => !isParam(text, entry));
  const shown = bad && quote(slice(text, bad));
  return bad ? { at: bad, text: `A parameter of Content-Type must be a name and a value, not ${shown}.` } : null;
}

function isParam(text: string, { name, value }: Param): boolean {
  return isToken(name) && value !== null && VALUE.test(slice(text, value));
}

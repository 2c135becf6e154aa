import { quote } from '../base/quote.ts';
import { nearest, slice } from '../base/text.ts';
import { header, type SipMessage } from '../sip/message.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { allMethods, methodFacts } from '../sip/registry.ts';
import { replaced } from '../sip/repairs.ts';
import { isToken } from '../sip/valueGrammar.ts';
import { listValues } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

const NAMES = allMethods.filter((method) => !method.legacy).map((method) => method.name);
/** Who sends an INVITE takes these, or no call comes about. */
const FOR_CALLS = ['INVITE', 'ACK'];

export const allowMethodToken: MessageRule = {
  id: 'allow-method-token',
  group: 'header-values',
  scope: 'message',
  title: 'Allow names something that is no known method in upper case, or leaves out INVITE or ACK in an INVITE.',
  spec: 'RFC 3261 §20.5; RFC 3261 §7.1',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Allow: INVITE,ACK, COMET, BENOTIFY
    Allow: BYE, ...

    REGISTER sip:example.org SIP/2.0
    Allow:
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Allow: INVITE, BYE, cancel
           ^^^^^^^^^^^^^^^^^^^ Allow in an INVITE names what the caller takes, and leaves out ACK.
                        ^^^^^^ Methods are case-sensitive: write CANCEL, not “cancel”.
    Allow: INFOO, UPDATE OPTIONS
           ^^^^^ “INFOO” is no known method; is INFO meant?
                  ^^^^^^^^^^^^^^ “UPDATE OPTIONS” is no method: a comma parts two of them.
  `,
  reads: { outline: ['allow'] },
  check(message, report) {
    const values = listValues(message, 'allow');
    const methods = values.map((at) => slice(message.text, at));
    for (const [index, at] of values.entries()) {
      const text = textAbout(methods[index]!);
      if (text) report(at, text);
    }
    const missing = isCall(message) && methods.length > 0 && !methods.some(isPlaceholder) ? lacking(methods) : '';
    const first = header(message, 'allow')?.value;
    if (missing && first) report(first, `Allow in an INVITE names what the caller takes, and leaves out ${missing}.`);
  },
  fix: (reported) => {
    const written = slice(reported.message.text, reported.at);
    const missing = /leaves out (.+)\.$/.exec(reported.text)?.[1];
    if (missing) return replaced(reported, [written, ...missing.split(' and ')].join(', '));
    const method = methodFacts(written.toUpperCase())?.name ?? nearest(written, NAMES);
    return method ? replaced(reported, method) : [];
  },
};

function isCall(message: SipMessage): boolean {
  return message.kind === 'request' && message.method === 'INVITE';
}

function lacking(methods: readonly string[]): string {
  return FOR_CALLS.filter((name) => !methods.some((method) => method.toUpperCase() === name)).join(' and ');
}

function textAbout(method: string): string {
  if (methodFacts(method) || isPlaceholder(method)) return '';
  const upper = method.toUpperCase();
  if (methodFacts(upper)) return `Methods are case-sensitive: write ${upper}, not ${quote(method)}.`;
  if (!isToken(method)) return `${quote(method)} is no method: a comma parts two of them.`;
  const near = nearest(method, NAMES);
  return `${quote(method)} is no known method${near ? `; is ${near} meant?` : '.'}`;
}

import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { replaced } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const startLineVersion: MessageRule = {
  id: 'start-line-version',
  group: 'start-line',
  scope: 'message',
  title: 'The SIP version is not “SIP/2.0” in upper case.',
  spec: 'RFC 3261 §7.1',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    REGISTER sip:fetion.example.com SIP-C/4.0
    CSeq: 1 REGISTER
  `,
  bad: `
    BYE sip:alice@pc33.atlanta.example.com SIP/1.0
                                           ^^^^^^^ The SIP version must be “SIP/2.0”, not “SIP/1.0”.
    CSeq: 231 BYE
  `,
  reads: { each: ['start-line'] },
  check(message, report) {
    if (message.kind === 'unknown') return;
    const version = slice(message.text, message.at.version);
    if (version === 'SIP/2.0') return;
    const isCase = version.toUpperCase() === 'SIP/2.0';
    const text = isCase ? 'must be in upper case, “SIP/2.0”' : 'must be “SIP/2.0”';
    report(message.at.version, `The SIP version ${text}, not ${quote(version)}.`);
  },
  fix: (reported) => replaced(reported, 'SIP/2.0', 'sure'),
};

import { slice } from '../base/text.ts';
import { statusFacts } from '../sip/registry.ts';
import { replaced } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const reasonPhraseMismatch: MessageRule = {
  id: 'reason-phrase-mismatch',
  group: 'start-line',
  scope: 'message',
  title: 'The reason phrase is the one of another status code.',
  spec: 'RFC 3261 §7.2',
  severity: { strict: 'hint', trace: 'off', ms: 'off', doc: 'off' },
  good: `
    SIP/2.0 481 Dialog does not exist
    CSeq: 2 BYE
  `,
  bad: `
    SIP/2.0 200 Not Found
                ^^^^^^^^^ “Not Found” is the reason phrase of 404; that of 200 is “OK”.
    CSeq: 2 BYE
  `,
  reads: { each: ['start-line'] },
  check(message, report) {
    if (message.kind !== 'response') return;
    const own = statusFacts(message.status);
    const phrase = slice(message.text, message.at.reason);
    const owners = codesOf(phrase);
    if (!own || owners.length === 0 || owners.includes(message.status) || isShortFor(phrase, own.reason)) return;
    report(
      message.at.reason,
      `“${phrase}” is the reason phrase of ${owners.join(' and ')}; that of ${message.status} is “${own.reason}”.`,
    );
  },
  fix: (reported) => {
    const { message } = reported;
    return message.kind === 'response' ? replaced(reported, statusFacts(message.status)!.reason) : [];
  },
};

/** Registered codes with that reason phrase; 406 and 606 share one. */
function codesOf(phrase: string): number[] {
  const wanted = plain(phrase);
  const found: number[] = [];
  for (let code = 100; code < 700; code++) {
    const facts = statusFacts(code);
    if (wanted && facts && !facts.unregistered && plain(facts.reason) === wanted) found.push(code);
  }
  return found;
}

/** “Not Acceptable” is common for 488 Not Acceptable Here. */
function isShortFor(phrase: string, registered: string): boolean {
  return plain(registered).startsWith(plain(phrase)) || plain(phrase).startsWith(plain(registered));
}

function plain(phrase: string): string {
  return phrase.toLowerCase().replace(/[^a-z0-9]/g, '');
}

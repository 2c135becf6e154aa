import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import type { FlowMessage } from '../flow/call.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { isToken } from '../sip/valueGrammar.ts';
import { address, param } from '../sip/values.ts';
import type { CallReport, CallRule } from './rule.ts';

export const tagSyntax: CallRule = {
  id: 'tag-syntax',
  group: 'header-values',
  scope: 'call',
  title: 'The tag of From or To is empty, or holds what no tag may hold.',
  spec: 'RFC 3261 §19.3; RFC 3261 §25.1',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    From: <sip:alice@example.org;tag=<>;epid=1;tag=a6c85cf.!%*_+\`'~-
    To: <sip:bob@example.org>
    Call-ID: 1

    SIP/2.0 200 OK
    From: <sip:alice@example.org>;tag=a6c85cf
    To: <sip:bob@example.org>;tag=...
    Call-ID: 1
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    From: <sip:alice@example.org>;tag="x"
                                      ^^^ A tag is one word of letters, digits and -.!%*_+\`'~ and must not be “"x"”.
    To: <sip:bob@example.org>
    Call-ID: 1
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    From: <sip:alice@example.org>;tag="x"
    To: <sip:bob@example.org>;tag=
                              ^^^^ The tag of To is empty.
    Call-ID: 1
    CSeq: 1 INVITE
  `,
  check(call, report) {
    const told = new Set<string>();
    for (const where of call.messages)
      if (!where.retransmissionOf && where.message.kind !== 'unknown')
        for (const side of ['From', 'To']) checkSide(where, side, told, report);
  },
};

/** A tag is written anew in each message of a dialog: its fault is told once. */
function checkSide(where: FlowMessage, side: string, told: Set<string>, report: CallReport): void {
  const tag = param(address(where.message, side.toLowerCase())?.params ?? [], 'tag');
  if (!tag) return;
  const written = tag.value ? slice(where.message.text, tag.value) : '';
  if (isToken(written) || isPlaceholder(written) || told.has(written)) return;
  told.add(written);
  if (!written || !tag.value) report(where, tag, `The tag of ${side} is empty.`);
  else {
    const text = `A tag is one word of letters, digits and -.!%*_+\`'~ and must not be ${quote(written)}.`;
    report(where, tag.value, text);
  }
}

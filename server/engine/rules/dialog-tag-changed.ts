import { quote } from '../base/quote.ts';
import { changedTags } from '../flow/changedTags.ts';
import { headOf, named, pointTo } from '../flow/sequence.ts';
import { replaced } from '../sip/repairs.ts';
import { address, param } from '../sip/values.ts';
import type { CallRule } from './rule.ts';

export const dialogTagChanged: CallRule = {
  id: 'dialog-tag-changed',
  group: 'dialogs',
  scope: 'call',
  title: 'A request has one tag of a dialog, and another than the dialog’s for the other side.',
  spec: 'RFC 3261 §12',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    ACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 ACK

    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE

    BYE sip:carol@192.0.2.7 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK9
    From: <sip:alice@example.org>;tag=a
    To: <sip:carol@example.org>;tag=x
    Call-ID: 2@example.org
    CSeq: 1 BYE
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    ACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 ACK

    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=c
                                  ^ The To tag of this dialog is “b” (message 2): with another one the other side finds no dialog and answers 481.
    Call-ID: 1@example.org
    CSeq: 2 BYE
  `,
  needs: ['response'],
  check(call, report) {
    for (const { request, side, wanted, made } of changedTags(call)) {
      const at = param(address(request.message, side)?.params ?? [], 'tag')?.value ?? headOf(request);
      const name = side === 'from' ? 'From' : 'To';
      const text = `The ${name} tag of this dialog is ${quote(wanted)} (${named(made)}): with another one the other side finds no dialog and answers 481.`;
      report(request, at, text, [pointTo(made, 'It made the dialog.')]);
    }
  },
  fix: ({ message, at, flow, call }) => {
    const found = changedTags(call()).find(({ request }) => request.index === flow().index);
    return found ? replaced({ message, at }, found.wanted) : [];
  },
};

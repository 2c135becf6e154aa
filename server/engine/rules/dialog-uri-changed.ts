import { quote } from '../base/quote.ts';
import type { Span } from '../base/text.ts';
import type { FlowMessage } from '../flow/call.ts';
import { isOfCaller, type OpenedDialog, openedDialogs } from '../flow/openedDialogs.ts';
import { named, pointTo } from '../flow/sequence.ts';
import { address, hasOption, identity } from '../sip/values.ts';
import type { CallRule } from './rule.ts';

export const dialogUriChanged: CallRule = {
  id: 'dialog-uri-changed',
  group: 'dialogs',
  scope: 'call',
  title: 'A request in a dialog has another From or To URI than the dialog began with.',
  spec: 'RFC 3261 §12.2.1.1; RFC 4916',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
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

    INFO sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK3
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 INFO

    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK4
    From: <sip:alice@example.org>;tag=a
    To: "Robert" <sip:bob@EXAMPLE.org:5060>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE
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

    BYE sip:carol@192.0.2.7 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:carol@example.org>;tag=b
         ^^^^^^^^^^^^^^^^^^^^^ The dialog began with “sip:bob@example.org” for this side (message 1); peers go by the tags, but old ones may not find the dialog.
    Call-ID: 1@example.org
    CSeq: 2 BYE
  `,
  needs: ['response'],
  check(call, report) {
    for (const dialog of openedDialogs(call)) {
      const told = new Set<string>();
      for (const request of dialog.requests) {
        if (hasOption(request.message, 'supported', 'from-change')) break;
        for (const side of ['from', 'to'] as const) {
          const tag = side === 'from' ? request.fromTag : request.toTag;
          const found = told.has(tag) ? null : changed(dialog, request, side);
          if (!found) continue;
          told.add(tag);
          const text = `The dialog began with ${quote(found.wanted)} for this side (${named(dialog.opening)}); peers go by the tags, but old ones may not find the dialog.`;
          report(request, found.at, text, [pointTo(dialog.opening, 'It opened the dialog.')]);
        }
      }
    }
  },
};

function changed(dialog: OpenedDialog, request: FlowMessage, side: 'from' | 'to'): { at: Span; wanted: string } | null {
  const { opening, answers } = dialog;
  if (request.method === 'ACK' || request.method === 'CANCEL') return null; // as their INVITE
  const isCallers = isOfCaller(dialog, request) === (side === 'from');
  const known = [opening, ...answers].map(({ fromUri, toUri }) => (isCallers ? fromUri : toUri));
  const uri = side === 'from' ? request.fromUri : request.toUri;
  const at = address(request.message, side)?.uri;
  if (!at || !isSip(uri) || known.some((one) => !isSip(one) || person(one) === person(uri))) return null;
  return { at, wanted: known[0]! };
}

/** Numbers in tel URIs are written as sip URIs by some hops, and back. */
function isSip(uri: string): boolean {
  return /^sips?:/i.test(uri);
}

/** User and host; case does not count here, nor do port and parameters. */
function person(uri: string): string {
  return identity(uri)
    .replace(/;opaque=.*/, '')
    .toLowerCase();
}

import type { FlowMessage } from '../flow/call.ts';
import { hopsOf, openedDialogs } from '../flow/openedDialogs.ts';
import { named, pointTo } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const recordRouteChangedInDialog: CallRule = {
  id: 'record-route-changed-in-dialog',
  group: 'dialogs',
  scope: 'call',
  title: 'A proxy adds itself to the Record-Route of a dialog that has its route set already.',
  spec: 'RFC 3261 §12.2',
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
    Record-Route: <sip:p1.example.org;lr>, <sip:p2.example.org;lr>

    INVITE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INVITE
    Record-Route: <sip:p1.example.org;lr>

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INVITE
    Record-Route: <sip:p1.example.org;lr>, <sip:p2.example.org;lr>
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
    Record-Route: <sip:p1.example.org;lr>, <sip:p2.example.org;lr>

    INVITE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INVITE
    Record-Route: <sip:p3.example.org;lr>, <sip:p1.example.org;lr>
                   ^^^^^^^^^^^^^^^^^^^^^ This Record-Route is ignored: the route set of a dialog stays as message 2 has made it, so that later requests do not pass here.
  `,
  needs: ['record-route'],
  check(call, report) {
    for (const dialog of openedDialogs(call)) {
      const source = dialog.answers.find((answer) => hopsOf(answer, 'record-route').length > 0) ?? dialog.answers[0]!;
      const known = new Set([dialog.opening, ...dialog.answers].flatMap(namesOf));
      for (const request of dialog.requests) {
        const added =
          request.method === 'INVITE' ? hopsOf(request, 'record-route').find(({ name }) => !known.has(name)) : null;
        if (!added) continue;
        known.add(added.name);
        const text = `This Record-Route is ignored: the route set of a dialog stays as ${named(source)} has made it, so that later requests do not pass here.`;
        report(request, added.at, text, [pointTo(source, 'It made the route set.')]);
      }
    }
  },
};

function namesOf(message: FlowMessage): string[] {
  return hopsOf(message, 'record-route').map(({ name }) => name);
}

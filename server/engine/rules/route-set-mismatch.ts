import { slice } from '../base/text.ts';
import type { FlowMessage } from '../flow/call.ts';
import { hopsOf, isOfCaller, openedDialogs } from '../flow/openedDialogs.ts';
import { named } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const routeSetMismatch: CallRule = {
  id: 'route-set-mismatch',
  group: 'dialogs',
  scope: 'call',
  title: 'The Route of a request is not the route set of its dialog.',
  spec: 'RFC 3261 §12.1; RFC 3261 §12.2.1.1',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
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

    ACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 ACK
    Route: <sip:p2.example.org;lr>, <sip:p1.example.org;lr>

    INFO sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Route: <sip:p1.example.org;lr>

    BYE sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK4
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 BYE
    Route: <sip:p1.example.org;lr>, <sip:p2.example.org;lr>
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

    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE
    Route: <sip:p1.example.org;lr>, <sip:p2.example.org;lr>
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Route must be the Record-Route of message 2, from the last entry to the first: with another one the request may not reach the other side.
  `,
  needs: ['route', 'record-route'],
  check(call, report) {
    for (const dialog of openedDialogs(call)) {
      const sets = dialog.answers.map((answer) => hopsOf(answer, 'record-route').map(({ name }) => name));
      for (const request of dialog.requests) {
        const route = hopsOf(request, 'route');
        const first = route[0];
        if (!first || request.method === 'CANCEL' || isStrict(request)) continue;
        const fromCaller = isOfCaller(dialog, request);
        const names = route.map(({ name }) => name);
        const wanted = sets.filter((set) => set.length > 0).map((set) => (fromCaller ? [...set].reverse() : set));
        if (!wanted.length || wanted.some((set) => endsAlike(set, names))) continue;
        const order = fromCaller ? 'from the last entry to the first' : 'in its order';
        const source = dialog.answers.find((answer) => hopsOf(answer, 'record-route').length > 0)!;
        const text = `Route must be the Record-Route of ${named(source)}, ${order}: with another one the request may not reach the other side.`;
        const at = { from: first.at.from, to: route.at(-1)!.at.to };
        const hops = hopsOf(source, 'record-route');
        const related = { in: source, at: { from: hops[0]!.at.from, to: hops.at(-1)!.at.to }, text: 'The route set.' };
        report(request, at, text, [related]);
      }
    }
  },
};

/** Proxies take entries off the front of a Route, and a user agent may put its own proxy before it. */
function endsAlike(one: readonly string[], other: readonly string[]): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(one.length - length).join() === other.slice(other.length - length).join();
}

/** The first hop of a strict router's route stands in the Request-URI (RFC 3261 §12.2.1.1). */
function isStrict({ message }: FlowMessage): boolean {
  return message.kind === 'request' && /;lr\b/i.test(slice(message.text, message.at.uri));
}

import { durationWords } from '../base/time.ts';
import type { Call, FlowMessage } from '../flow/call.ts';
import { dialogKey, isRequest, pointTo, sentMessages } from '../flow/sequence.ts';
import { header, headerValue } from '../sip/message.ts';
import type { CallRule, RelatedMessage } from './rule.ts';

/** Logs often tell times in whole seconds. */
const ROUNDING_MS = 2000;

export const refreshNoSessionTimer: CallRule = {
  id: 'refresh-no-session-timer',
  group: 'dialogs',
  scope: 'call',
  title: 'A session was not refreshed before its timer ran out.',
  spec: 'RFC 4028 §10',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    2024-05-02 10:00:00.000 sent to 192.0.2.9:5060
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    2024-05-02 10:00:01.000 received from 192.0.2.9:5060
    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Session-Expires: 90;refresher=uac

    2024-05-02 10:00:46.000 sent to 192.0.2.9:5060
    UPDATE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 UPDATE

    2024-05-02 10:04:30.000 sent to 192.0.2.9:5060
    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 3 BYE
  `,
  bad: `
    2024-05-02 10:00:00.000 sent to 192.0.2.9:5060
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    2024-05-02 10:00:01.000 received from 192.0.2.9:5060
    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Session-Expires: 90;refresher=uac
                     ^^^^^^^^^^^^^^^^ No re-INVITE or UPDATE refreshes the session within these 90 seconds: either side may take the call for dead and end it.

    2024-05-02 10:04:30.000 received from 192.0.2.9:5060
    BYE sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK3
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 3 BYE
  `,
  needs: ['session-expires'],
  check(call, report) {
    if (!call.timed || call.until === null) return;
    for (const { granted, seconds, next } of lapsed(call)) {
      const at = header(granted.message, 'session-expires')!.value;
      const text = `No re-INVITE or UPDATE refreshes the session within these ${seconds} seconds: either side may take the call for dead and end it.`;
      const related: RelatedMessage[] = next ? [pointTo(next, toldNext(granted, next))] : [];
      report(granted, at, text, related);
    }
  },
};

function toldNext(granted: FlowMessage, next: FlowMessage): string {
  const after = durationWords((next.time ?? 0) - (granted.time ?? 0));
  return `The next ${next.method} of the dialog comes ${after} later.`;
}

interface Lapsed {
  /** The 2xx that says how long the session lives. */
  readonly granted: FlowMessage;
  readonly seconds: number;
  /** What comes next in the dialog, too late. */
  readonly next: FlowMessage | undefined;
}

/** The sessions whose time ran out in the trace before they were refreshed or ended. */
function lapsed(call: Call): Lapsed[] {
  const dialogs = new Map<string, FlowMessage[]>();
  for (const message of sentMessages(call)) {
    const key = dialogKey(message);
    const list = dialogs.get(key);
    if (list) list.push(message);
    else if (key) dialogs.set(key, [message]);
  }
  return [...dialogs.values()].flatMap((messages) =>
    messages.flatMap((granted, at) => lapsedAfter(call, granted, messages, at)),
  );
}

function lapsedAfter(call: Call, granted: FlowMessage, messages: readonly FlowMessage[], at: number): Lapsed[] {
  const seconds = grantedSeconds(granted);
  if (seconds === null || granted.time === null || call.until === null) return [];
  const end = granted.time + seconds * 1000 + ROUNDING_MS;
  if (call.until <= end) return [];
  const next = nextRefresh(messages, at);
  if (next && (next.time === null || next.time <= end)) return [];
  return [{ granted, seconds, next }];
}

/** What refreshes or ends the session next. */
function nextRefresh(messages: readonly FlowMessage[], at: number): FlowMessage | undefined {
  for (let later = at + 1; later < messages.length; later++) {
    const message = messages[later]!;
    if (isRequest(message) && ['INVITE', 'UPDATE', 'BYE'].includes(message.method)) return message;
  }
  return undefined;
}

function grantedSeconds({ message, status, method }: FlowMessage): number | null {
  if (status < 200 || status > 299 || (method !== 'INVITE' && method !== 'UPDATE')) return null;
  const written = /^\s*(\d{1,9})\s*(?:;|$)/.exec(headerValue(message, 'session-expires') ?? '')?.[1];
  return written ? Number(written) : null;
}

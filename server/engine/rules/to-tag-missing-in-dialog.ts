import type { Call, FlowMessage } from '../flow/call.ts';
import { readCccp } from '../flow/cccp.ts';
import { pointTo } from '../flow/sequence.ts';
import { header } from '../sip/message.ts';
import { isUnsolicited } from '../sip/presence.ts';
import { repair } from '../sip/repairs.ts';
import { tagOf } from '../sip/values.ts';
import type { CallRule } from './rule.ts';

const IN_DIALOG = ['BYE', 'PRACK', 'INFO', 'UPDATE', 'NOTIFY'];

export const toTagMissingInDialog: CallRule = {
  id: 'to-tag-missing-in-dialog',
  group: 'header-presence',
  scope: 'call',
  title: 'A request inside a dialog has no To tag.',
  spec: 'RFC 3261 §12.2.1.1; RFC 6086 §6.1',
  severity: { strict: 'error', trace: 'warning', ms: 'info', doc: 'off' },
  good: `
    NOTIFY sip:1001@192.0.2.20:5060 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1d2a
    From: <sip:1001@192.0.2.1>;tag=as58f4201b
    To: <sip:1001@192.0.2.20:5060>
    Call-ID: 4cb0a7@192.0.2.1
    CSeq: 102 NOTIFY
    Event: check-sync;reboot=true
    User-Agent: Asterisk PBX 1.6.2
    Content-Length: 0
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    Content-Length: 0

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    Content-Length: 0

    ACK sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKnashds9
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>
        ^^^^^^^^^^^^^^^^^^^^^ To has no tag; ACK belongs to a dialog and names the other side's tag: without it nobody finds the dialog.
    Call-ID: a84b4c76e66710
    CSeq: 1 ACK
    Content-Length: 0
  `,
  check(call, report) {
    const acceptedInvites = acceptedWithTag(call);
    if (acceptedInvites === null) return;
    const tags = remoteTags(call);
    const hasInvite = call.messages.some(({ method }) => method === 'INVITE');
    for (const where of call.messages) {
      const to = header(where.message, 'to');
      if (!to || where.status || where.retransmissionOf || tagOf(where.message, 'to') !== undefined) continue;
      const isInDialog =
        where.method === 'ACK' ? acceptedInvites.has(inviteKey(where)) : IN_DIALOG.includes(where.method);
      if (!isInDialog || where.message.kind === 'unknown' || isUnsolicited(where.message)) continue;
      if (where.method === 'INFO' && (!hasInvite || (where.xml && readCccp(where.xml)))) continue; // other rules say so
      const other = tags.get(where.fromTag);
      const related = other ? [pointTo(other, 'It gives the tag of the other side.')] : [];
      report(
        where,
        to.value,
        `To has no tag; ${where.method} belongs to a dialog and names the other side's tag: without it nobody finds the dialog.`,
        related,
      );
    }
  },
  fix: ({ at, flow, call }) => {
    const known = remoteTag(flow(), call());
    const tag = `;tag=${known}`;
    return known ? repair(`Add '${tag}' to To`, [{ from: at.to, to: at.to, text: tag }]) : [];
  },
};

/** The INVITEs that a 2xx with a To tag answers; null where a side knows no tags (RFC 2543), so that none can be named. */
function acceptedWithTag(call: Call): Set<string> | null {
  const accepted = new Set<string>();
  for (const where of call.messages) {
    if (where.method !== 'INVITE') continue;
    if (!where.status && !where.fromTag) return null;
    if (where.status < 200 || where.status > 299) continue;
    if (!where.toTag) return null;
    accepted.add(inviteKey(where));
  }
  return accepted;
}

function inviteKey(where: FlowMessage): string {
  return `${where.cseq?.number} ${where.fromTag}`;
}

/** For each side by its own tag, the first message that tells the tag of the other side. */
function remoteTags(call: Call): Map<string, FlowMessage> {
  const found = new Map<string, FlowMessage>();
  for (const message of call.messages) {
    const { fromTag, toTag } = message;
    if (!fromTag || !toTag) continue;
    for (const own of [fromTag, toTag]) if (!found.has(own)) found.set(own, message);
  }
  return found;
}

function remoteTag(where: FlowMessage, call: Call): string | undefined {
  const other = remoteTags(call).get(where.fromTag);
  return other && (other.fromTag === where.fromTag ? other.toTag : other.fromTag);
}

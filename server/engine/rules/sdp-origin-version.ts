import { type Span, slice } from '../base/text.ts';
import type { Call, FlowMessage } from '../flow/call.ts';
import { finalOf } from '../flow/invites.ts';
import { isRequest, named, sentMessages } from '../flow/sequence.ts';
import { replaced } from '../sip/repairs.ts';
import { type SessionDescription, sessionDescriptions } from '../sip/sdp.ts';
import type { CallRule } from './rule.ts';

export const sdpOriginVersion: CallRule = {
  id: 'sdp-origin-version',
  group: 'sdp',
  scope: 'call',
  title: 'A session description changed, but the version in its o= did not, or went back.',
  spec: 'RFC 3264 §8',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    t=0 0
    m=audio 4000 RTP/AVP 0

    INVITE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INVITE
    Content-Type: application/sdp

    v=0
    o=alice 1 2 IN IP4 192.0.2.1
    s=-
    t=0 0
    m=audio 5000 RTP/AVP 0
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    t=0 0
    m=audio 4000 RTP/AVP 0

    INVITE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INVITE
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
              ^ The session description is another one than in message 1, and its version must be 2: the receiver may take it for the same and change nothing.
    s=-
    t=0 0
    m=audio 5000 RTP/AVP 0
  `,
  needs: ['sdp'],
  check(call, report) {
    for (const { sent, at, before, next } of misnumbered(call)) {
      const text = `The session description is another one than in ${named(before.sent)}, and its version must be ${next}: the receiver may take it for the same and change nothing.`;
      report(sent, at, text, [{ in: before.sent, at: before.at, text: `The version in ${named(before.sent)}.` }]);
    }
  },
  fix: ({ message, at, flow, call }) => {
    const found = misnumbered(call()).find((one) => one.sent.index === flow().index && one.at.from === at.from);
    return found ? replaced({ message, at }, found.next) : [];
  },
};

/** A session description as it was sent, with its version. */
interface Version {
  readonly sent: FlowMessage;
  readonly at: Span;
  readonly number: bigint;
  /** Its lines but for o=. */
  content(): string;
}

/** The session descriptions whose version is not above that of the one before, although they differ. */
function misnumbered(call: Call): (Version & { readonly before: Version; readonly next: string })[] {
  const last = new Map<string, Version>();
  const found: (Version & { before: Version; next: string })[] = [];
  for (const sent of sentMessages(call)) {
    if (isRefused(sent)) continue;
    for (const description of sessionDescriptions(sent.message)) {
      const version = versionOf(sent, description);
      if (!version) continue;
      const [key, opening] = keysOf(sent, description);
      const before = last.get(key) ?? last.get(opening);
      last.set(key, version);
      if (before && version.number <= before.number && version.content() !== before.content())
        found.push({ ...version, before, next: String(before.number + 1n) });
    }
  }
  return found;
}

/** An offer that was turned down changed nothing: what it said of versions is forgotten. */
function isRefused(sent: FlowMessage): boolean {
  return (isRequest(sent) ? (finalOf(sent)?.status ?? 0) : sent.status) >= 300;
}

function versionOf(sent: FlowMessage, { text, origin, lines, whole }: SessionDescription): Version | null {
  const at = origin?.version;
  const written = at ? slice(text, at) : '';
  if (!at || !whole || !/^\d{1,20}$/.test(written)) return null;
  const content = () =>
    lines
      .filter(({ type }) => type !== 'o')
      .map((line) => slice(text, line).trimEnd())
      .join('\n');
  return { sent, at, number: BigInt(written), content };
}

/**
 * Who describes which session to whom, and as seen from where: what a proxy on the way changes is not the sender's. The request that opens
 * a dialog goes before the later ones of each.
 */
function keysOf(sent: FlowMessage, { text, origin }: SessionDescription): [string, string] {
  const [own, other] = isRequest(sent) ? [sent.fromTag, sent.toTag] : [sent.toTag, sent.fromTag];
  const parts = [origin?.user, origin?.session, origin?.address].map((part) => (part ? slice(text, part) : ''));
  const key = [sent.vias.length, own, ...parts].join(' ');
  return [`${key} ${other}`, `${key} `];
}

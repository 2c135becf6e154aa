import { insertHeader } from '../sip/edits.ts';
import { isExcerpt, missingAlways } from '../sip/presence.ts';
import { called, repair } from '../sip/repairs.ts';
import { SOUND, soundValue } from '../sip/soundValues.ts';
import type { MessageRule } from './rule.ts';

export const mandatoryHeaderMissing: MessageRule = {
  id: 'mandatory-header-missing',
  group: 'header-presence',
  scope: 'message',
  title: 'Via, From, To, Call-ID or CSeq is not there.',
  spec: 'RFC 3261 §8.1.1; RFC 3261 §8.2.6.2',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    BYE sip:10.29.107.208:2308;transport=tls;ms-received-cid=200;grid SIP/2.0
    v: SIP/2.0/TLS 10.29.106.56:18164;branch=z9hG4bK86ed724f
    FROM: <sip:alice@contoso.com;gruu;opaque=app:conf:chat:id:7ECB5F9B>;tag=740746dec
    t: <sip:carol@contoso.com>;epid=dceed2edfb;tag=8d9b5cc1fb
    CSEQ: 2 BYE
    i: 08501c03562b4515a1ad55e367dd503d
  `,
  bad: `
    SIP/2.0 200 OK
    ^^^^^^^^^^^^^^ Every response carries Via, From, To, Call-ID and CSeq; here there is no From and no Call-ID.
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    To: <sip:bob@example.org>;tag=a6c85cf
    CSeq: 314159 OPTIONS
    Content-Length: 0
  `,
  reads: { outline: [] },
  check(message, report) {
    const missing = missingAlways(message);
    if (message.kind === 'unknown' || missing.length === 0) return;
    const excerpt = isExcerpt(message);
    const list = missing.map((name) => `no ${name}`);
    const absent = list.length > 1 ? `${list.slice(0, -1).join(', ')} and ${list.at(-1)}` : list[0];
    const guess = excerpt ? '; this may be an excerpt.' : '.';
    const text = `Every ${message.kind} carries Via, From, To, Call-ID and CSeq; here there is ${absent}${guess}`;
    report(message.startLine, text, excerpt ? 'info' : undefined);
  },
  fix: ({ message, neighbours }) => {
    const known = neighbours();
    const missing = SOUND.filter((name) => missingAlways(message).includes(name));
    const edits = missing.map((name) => insertHeader(message, name, soundValue(message, name, known)));
    return edits.length ? repair(`Insert ${missing.map(called).join(', ')}`, edits) : [];
  },
};

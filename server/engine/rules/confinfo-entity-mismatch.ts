import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { readConferenceInfo } from '../flow/conferenceInfo.ts';
import { conferenceKey } from '../flow/entity.ts';
import type { SipMessage } from '../sip/message.ts';
import { address, methodOf } from '../sip/values.ts';
import type { DocumentRule } from './rule.ts';

export const confinfoEntityMismatch: DocumentRule = {
  id: 'confinfo-entity-mismatch',
  group: 'conferences',
  scope: 'document',
  title: 'A conference state is about another conference than the one that sends it.',
  spec: 'RFC 4575 §5.2',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    CSeq: 9 NOTIFY
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info"
      entity="sip:Alice@example.org;opaque=app:conf:focus:id:7e;gruu" state="partial" version="10">
      <users state="partial"/>
    </conference-info>

    SIP/2.0 200 OK
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    CSeq: 1 SUBSCRIBE
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info"
      entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" state="partial" version="10">
      <users state="partial"/>
    </conference-info>
  `,
  bad: `
    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    CSeq: 9 NOTIFY
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info"
      entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:8F" state="partial" version="10">
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This is not the conference that sends the message: From is “sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E”.
      <users state="partial"/>
    </conference-info>
  `,
  check(document, report, { carrier }) {
    const entity = readConferenceInfo(document)?.entity;
    const side = carrier && notifierOf(carrier);
    const at = carrier && side && address(carrier, side)?.uri;
    if (!entity?.value || !at) return;
    const uri = slice(carrier.text, at);
    if (!uri || conferenceKey(uri) === conferenceKey(entity.value)) return;
    const header = side === 'from' ? 'From' : 'To';
    report(entity.at, `This is not the conference that sends the message: ${header} is ${quote(uri)}.`, {
      related: [{ at, text: 'Who sends the conference state.' }],
    });
  },
};

/** Where the head names the conference: a notification comes from it, the answer to a SUBSCRIBE too. */
function notifierOf(carrier: SipMessage): 'from' | 'to' | null {
  const method = methodOf(carrier);
  if (carrier.kind === 'request') return method === 'NOTIFY' || method === 'BENOTIFY' ? 'from' : null;
  return method === 'SUBSCRIBE' ? 'to' : null;
}

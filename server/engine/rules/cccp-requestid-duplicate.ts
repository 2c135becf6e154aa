import { slice } from '../base/text.ts';
import { type Carried, cccpMessages } from '../flow/cccpAnswers.ts';
import { entityKey } from '../flow/entity.ts';
import { named } from '../flow/sequence.ts';
import { replaced } from '../sip/repairs.ts';
import type { CallRule } from './rule.ts';

export const cccpRequestidDuplicate: CallRule = {
  id: 'cccp-requestid-duplicate',
  group: 'conferences',
  scope: 'call',
  title: 'Two CCCP requests of one sender are under way with the same requestId.',
  spec: 'MS-CONFPRO §2.2.2',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser><userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/></deleteUser>
    </request>

    SIP/2.0 401 Unauthorized
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 INFO

    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 3 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser><userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/></deleteUser>
    </request>

    INFO sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 INFO
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="success">
      <deleteUser/>
    </response>

    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 4 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <modifyConferenceLock><conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/><locked>true</locked></modifyConferenceLock>
    </request>
  `,
  bad: `
    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser><userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/></deleteUser>
    </request>

    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 3 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
                 ^ Request 7 (message 1) still waits for its response: another requestId is needed to tell them apart.
      <modifyConferenceLock><conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/><locked>true</locked></modifyConferenceLock>
    </request>
  `,
  needs: ['cccp'],
  check(call, report) {
    const pending = new Map<string, Carried>();
    for (const carried of cccpMessages(call)) {
      const { message, cccp } = carried;
      const id = cccp.requestId;
      if (!id?.value) continue;
      const sender = cccp.kind === 'request' ? cccp.from : cccp.to;
      const key = `${id.value} ${entityKey(sender?.value ?? '')}`;
      const before = pending.get(key);
      if (cccp.kind === 'response') {
        if (cccp.code?.value !== 'pending') pending.delete(key);
      } else if (!before || isRefused(before) || bodyOf(before) === bodyOf(carried)) pending.set(key, carried);
      else {
        const text = `Request ${id.value} (${named(before.message)}) still waits for its response: another requestId is needed to tell them apart.`;
        const at = before.cccp.requestId?.at ?? before.cccp.root.nameAt;
        report(message, id.at, text, [{ in: before.message, at, text: 'The request that waits.' }]);
      }
    }
  },
  fix: (reported) => {
    const used = cccpMessages(reported.call()).map(({ cccp }) => Number(cccp.requestId?.value));
    const next = Math.max(0, ...used.filter((id) => Number.isSafeInteger(id))) + 1;
    return replaced(reported, String(next), 'possible');
  },
};

/** A request that SIP refused, as with 401, is not under way any more. */
function isRefused({ message }: Carried): boolean {
  return message.responses.some(({ status }) => status >= 300);
}

function bodyOf({ message: { message } }: Carried): string {
  return slice(message.text, message.body).trim();
}

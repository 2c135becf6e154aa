import { xmlOf } from '../flow/calls.ts';
import { readCccp } from '../flow/cccp.ts';
import { header } from '../sip/message.ts';
import { tagOf } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const cccpInfoOutsideDialog: MessageRule = {
  id: 'cccp-info-outside-dialog',
  group: 'conferences',
  scope: 'message',
  title: 'An INFO with a CCCP document is sent outside a dialog.',
  spec: 'RFC 6086 §6.1; MS-CONFBAS §3.5',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
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
  `,
  bad: `
    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ To has no tag: a command to the focus is sent in the dialog that joining has opened.
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser><userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/></deleteUser>
    </request>
  `,
  needs: ['xml'],
  check(message, report) {
    if (message.kind !== 'request' || message.method !== 'INFO' || tagOf(message, 'to') !== undefined) return;
    const to = header(message, 'to');
    const xml = to && xmlOf(message);
    if (to && xml && readCccp(xml))
      report(to.value, 'To has no tag: a command to the focus is sent in the dialog that joining has opened.');
  },
};

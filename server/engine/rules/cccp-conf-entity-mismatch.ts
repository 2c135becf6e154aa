import { quote } from '../base/quote.ts';
import { readCccp } from '../flow/cccp.ts';
import { conferenceId } from '../flow/entity.ts';
import type { DocumentRule } from './rule.ts';

export const cccpConfEntityMismatch: DocumentRule = {
  id: 'cccp-conf-entity-mismatch',
  group: 'conferences',
  scope: 'document',
  title: 'A CCCP document names another conference than the focus it goes to or comes from.',
  spec: 'MS-CONFBAS §2.2.3.6; MS-CONFBAS §2.2.3.14',
  severity: { strict: 'warning', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <getConference><conferenceKeys confEntity=" sip:alice@example.org;opaque=app:conf:focus:id:7e;gruu "/></getConference>
    </request>
  `,
  bad: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <getConference><conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:8F"/></getConference>
                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The request goes to another conference: “sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E”.
    </request>
  `,
  check(document, report) {
    const cccp = readCccp(document);
    const focus = cccp?.kind === 'request' ? cccp.to : cccp?.from;
    const id = focus && conferenceId(focus.value);
    if (!cccp || !focus || id === undefined) return;
    const [how, text] =
      cccp.kind === 'request'
        ? ['goes to', 'Where the request goes.']
        : ['comes from', 'Where the response comes from.'];
    for (const { confEntity } of cccp.commands) {
      const other = confEntity && conferenceId(confEntity.value);
      if (!confEntity || !other || other === id) continue;
      report(confEntity.at, `The ${cccp.kind} ${how} another conference: ${quote(focus.value)}.`, {
        related: [{ at: focus.at, text }],
      });
    }
  },
};

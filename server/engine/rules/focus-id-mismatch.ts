import { quote } from '../base/quote.ts';
import {
  CCCP_EXTENSIONS,
  CONFERENCE_INFO,
  CONFINFO_EXTENSIONS,
  type Placed,
  placed,
  placedText,
  readCccp,
} from '../flow/cccp.ts';
import { readConferenceInfo } from '../flow/conferenceInfo.ts';
import { conferenceId, conferenceKey, organizerKey } from '../flow/entity.ts';
import { childrenOf, type XmlDocument, type XmlElement } from '../xml/xml.ts';
import type { DocumentReport, DocumentRule } from './rule.ts';

export const focusIdMismatch: DocumentRule = {
  id: 'focus-id-mismatch',
  group: 'conferences',
  scope: 'document',
  title: 'The addresses of a conference and of its servers have different ids or organizers.',
  spec: 'MS-SIPRE §2.2.3; MS-CONFBAS §2.2.3.15',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions"
      entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" state="partial" version="3">
      <conference-description>
        <conf-uris>
          <entry><uri>sip:alice@example.org;gruu;opaque=app:conf:chat:id:7E</uri><purpose>chat</purpose></entry>
          <entry><uri>tel:+18005671234</uri><purpose>participation</purpose></entry>
        </conf-uris>
      </conference-description>
      <msci:conference-view>
        <msci:entity-view entity="chat"/>
        <msci:entity-view entity="sip:alice@example.org;gruu;opaque=app:conf:audio-video:id:7E"/>
      </msci:conference-view>
    </conference-info>
  `,
  bad: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions"
      entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" state="partial" version="3">
      <conference-description>
        <conf-uris>
          <entry><uri>sip:alice@example.org;gruu;opaque=app:conf:chat:id:8F</uri><purpose>chat</purpose></entry>
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This belongs to another conference: its id is not that of “sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E”.
        </conf-uris>
      </conference-description>
      <msci:conference-view>
        <msci:entity-view entity="sip:bob@example.org;gruu;opaque=app:conf:audio-video:id:7E"/>
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This address has another organizer than “sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E”.
      </msci:conference-view>
    </conference-info>
  `,
  check(document, report) {
    const info = readConferenceInfo(document);
    if (info?.entity) compare(info.entity, partsOf(document, info.element), report);
    const cccp = readCccp(document);
    const focus = cccp?.kind === 'request' ? cccp.to : cccp?.from;
    for (const command of cccp?.commands ?? []) {
      const conference = command.confEntity ?? focus;
      if (conference) compare(conference, serversOf(document, command.element), report);
    }
  },
};

function compare(conference: Placed, servers: readonly Placed[], report: DocumentReport): void {
  if (conferenceId(conference.value) === undefined) return;
  const related = [{ at: conference.at, text: 'The conference.' }];
  for (const { value, at } of servers) {
    if (conferenceId(value) === undefined) continue;
    if (conferenceKey(value) !== conferenceKey(conference.value))
      report(at, `This belongs to another conference: its id is not that of ${quote(conference.value)}.`, {
        related,
      });
    else if (organizerKey(value) !== organizerKey(conference.value))
      report(at, `This address has another organizer than ${quote(conference.value)}.`, { related });
  }
}

/** The server a command is for, and the conferences that it carries. */
function serversOf(document: XmlDocument, command: XmlElement): Placed[] {
  const carried = childrenOf(command, 'conference-info', CONFERENCE_INFO);
  const own = [placed(document, command, 'mcuUri', CCCP_EXTENSIONS)];
  return [
    ...[...own, ...carried.map((one) => placed(document, one, 'entity'))].filter((one) => one !== null),
    ...carried.flatMap((one) => partsOf(document, one)),
  ];
}

/** Addresses that a conference state gives of its servers; those of sidebars are conferences of their own. */
function partsOf(document: XmlDocument, info: XmlElement): Placed[] {
  const inside = (around: readonly XmlElement[], local: string, namespace = CONFERENCE_INFO) =>
    around.flatMap((one) => childrenOf(one, local, namespace));
  const description = inside([info], 'conference-description');
  const uris = inside(inside(inside(description, 'conf-uris'), 'entry'), 'uri');
  const views = inside(inside([info], 'conference-view', CONFINFO_EXTENSIONS), 'entity-view', CONFINFO_EXTENSIONS);
  return [
    ...uris.map((one) => placedText(document, one)),
    ...views.map((one) => placed(document, one, 'entity')),
  ].filter((one) => one !== null);
}

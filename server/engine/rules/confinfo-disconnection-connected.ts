import { CONFERENCE_INFO } from '../flow/cccp.ts';
import { endpointElements, readConferenceInfo, userElements } from '../flow/conferenceInfo.ts';
import { child, textOf } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

/** How, when and why an endpoint left. */
const TELLS = ['disconnection-method', 'disconnection-info'];

export const confinfoDisconnectionConnected: DocumentRule = {
  id: 'confinfo-disconnection-connected',
  group: 'conferences',
  scope: 'document',
  title: 'An endpoint is connected, but the conference state tells how it was disconnected.',
  spec: 'RFC 4575 §5',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:room@example.org" state="partial" version="2">
      <users state="partial">
        <user entity="sip:bob@example.org">
          <endpoint entity="{B0D}">
            <status>disconnecting</status>
            <disconnection-method>booted</disconnection-method>
          </endpoint>
        </user>
      </users>
    </conference-info>
  `,
  bad: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:room@example.org" state="partial" version="2">
      <users state="partial">
        <user entity="sip:bob@example.org">
          <endpoint entity="{B0D}">
            <status>connected</status>
            <disconnection-method>booted</disconnection-method>
             ^^^^^^^^^^^^^^^^^^^^ disconnection-method tells how an endpoint left, but this one is connected.
          </endpoint>
        </user>
      </users>
    </conference-info>
  `,
  check(document, report) {
    const info = readConferenceInfo(document);
    for (const endpoint of info ? userElements(info.element).flatMap(endpointElements) : []) {
      const told = endpoint.children.find(
        ({ local, namespace }) => TELLS.includes(local) && namespace === CONFERENCE_INFO,
      );
      const status = told && child(endpoint, 'status', CONFERENCE_INFO);
      if (status && textOf(document, status).trim() === 'connected')
        report(told.nameAt, `${told.local} tells how an endpoint left, but this one is connected.`);
    }
  },
};

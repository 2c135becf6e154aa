import { quote } from '../base/quote.ts';
import { CONFERENCE_INFO, placed, placedText } from '../flow/cccp.ts';
import { readConferenceInfo } from '../flow/conferenceInfo.ts';
import { child, childrenOf } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

export const confinfoMediaLabel: DocumentRule = {
  id: 'confinfo-media-label',
  group: 'conferences',
  scope: 'document',
  title: 'A medium of an endpoint has a label that none of the media of the conference has.',
  spec: 'RFC 4575 §5',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:room@example.org" state="full" version="1">
      <conference-description>
        <available-media><entry label="34"><type>audio</type></entry></available-media>
      </conference-description>
      <users>
        <user entity="sip:bob@example.org"><endpoint entity="{B0D}"><media id="1"><label>34</label></media></endpoint></user>
      </users>
    </conference-info>
  `,
  bad: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:room@example.org" state="full" version="1">
      <conference-description>
        <available-media><entry label="34"><type>audio</type></entry></available-media>
      </conference-description>
      <users>
        <user entity="sip:bob@example.org"><endpoint entity="{B0D}"><media id="1"><label>35</label></media></endpoint></user>
                                                                                         ^^ No medium of the conference has the label “35”.
      </users>
    </conference-info>
  `,
  check(document, report) {
    const info = readConferenceInfo(document);
    const description =
      info?.state === 'full' ? child(info.element, 'conference-description', CONFERENCE_INFO) : undefined;
    const offered = description && child(description, 'available-media', CONFERENCE_INFO);
    if (!info || !offered) return;
    const entries = childrenOf(offered, 'entry', CONFERENCE_INFO);
    const labels = new Set(entries.map((entry) => placed(document, entry, 'label')?.value));
    for (const { element } of info.users.flatMap((user) => user.endpoints)) {
      for (const media of childrenOf(element, 'media', CONFERENCE_INFO)) {
        const written = child(media, 'label', CONFERENCE_INFO);
        const label = written && placedText(document, written);
        if (label && !labels.has(label.value))
          report(label.at, `No medium of the conference has the label ${quote(label.value)}.`, {
            related: [{ at: offered.nameAt, text: 'The media of the conference.' }],
          });
      }
    }
  },
};

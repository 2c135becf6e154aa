import { walk } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

const SEPARATORS = 'urn:ietf:params:xml:ns:conference-info-separator';

export const separatorLast: DocumentRule = {
  id: 'separator-last',
  group: 'header-syntax',
  scope: 'document',
  title: 'A separator has nothing behind it that it could separate.',
  spec: 'draft-levin-xcon-conference-package-ext-00 §4; draft-levin-xcon-cccp-04 §8',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" xmlns:cis="urn:ietf:params:xml:ns:conference-info-separator"
      xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions" entity="sip:room@example.org" state="partial" version="2">
      <conference-description>
        <cis:separator/>
        <msci:conference-id>SDFBSD12</msci:conference-id>
        <cis:separator/>
        <msci:autopromote>2147483648</msci:autopromote>
      </conference-description>
    </conference-info>
  `,
  bad: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" xmlns:cis="urn:ietf:params:xml:ns:conference-info-separator"
      xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions" entity="sip:room@example.org" state="partial" version="2">
      <conference-description>
        <msci:conference-id>SDFBSD12</msci:conference-id>
        <cis:separator/>
         ^^^^^^^^^^^^^ The separator stands between extensions; nothing follows it here.
      </conference-description>
    </conference-info>
  `,
  check(document, report) {
    for (const element of walk(document)) {
      const last = element.children.at(-1);
      if (last?.namespace === SEPARATORS && last.local === 'separator' && element.closeTag)
        report(last.nameAt, 'The separator stands between extensions; nothing follows it here.');
    }
  },
};

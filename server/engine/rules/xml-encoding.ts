import { quote } from '../base/quote.ts';
import { readCccp } from '../flow/cccp.ts';
import { readConferenceInfo } from '../flow/conferenceInfo.ts';
import type { DocumentRule } from './rule.ts';

/** As XML 1.0 §2.8 wants it: the declaration is the first thing of a document. */
const DECLARATION = /^\s*<\?xml\s[^?>]*?\bencoding\s*=\s*["']([^"'?>]*)/;
/** No declaration is longer. */
const LONGEST = 200;
/** US-ASCII is a part of it. */
const UTF8 = /^(?:utf-?8|(?:us-)?ascii)$/i;

export const xmlEncoding: DocumentRule = {
  id: 'xml-encoding',
  group: 'bodies',
  scope: 'document',
  title: 'A CCCP or conference-info document says that it is in another encoding than UTF-8.',
  spec: 'RFC 4575 §4.1; MS-CONFBAS §2.2.2.12',
  severity: { strict: 'warning', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    <?xml version="1.0"
      encoding="utf-8"?>
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:room@example.org" state="deleted" version="9"/>
  `,
  bad: `
    <?xml version="1.0" encoding="utf-16"?>
                                  ^^^^^^ Documents of this kind are sent in UTF-8; a receiver that believes “utf-16” cannot read this one.
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:room@example.org" state="deleted" version="9"/>
  `,
  check(document, report) {
    if (!readCccp(document) && !readConferenceInfo(document)) return;
    const start = document.text.slice(document.from, Math.min(document.to, document.from + LONGEST));
    const [declared, encoding] = DECLARATION.exec(start) ?? [];
    if (!declared || !encoding || UTF8.test(encoding)) return;
    const to = document.from + declared.length;
    const text = `Documents of this kind are sent in UTF-8; a receiver that believes ${quote(encoding)} cannot read this one.`;
    report({ from: to - encoding.length, to }, text);
  },
};

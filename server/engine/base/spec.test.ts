import assert from 'node:assert/strict';
import { it } from 'node:test';
import { specUrl } from './spec.ts';

const pages: [string, string | null][] = [
  ['RFC 3261 §20.22', 'https://www.rfc-editor.org/rfc/rfc3261#section-20.22'],
  ['RFC 3261 §8.1.1.7; RFC 3261 §20.42', 'https://www.rfc-editor.org/rfc/rfc3261#section-8.1.1.7'],
  ['RFC 3261 13.2.2.4, 17.1.1.3', 'https://www.rfc-editor.org/rfc/rfc3261#section-13.2.2.4'],
  ['RFC 6665 (RFC 3265)', 'https://www.rfc-editor.org/rfc/rfc6665'],
  ['RFC 6501/6502', 'https://www.rfc-editor.org/rfc/rfc6501'],
  ['RFC5806', 'https://www.rfc-editor.org/rfc/rfc5806'],
  ['RFC 3261 §B.2', 'https://www.rfc-editor.org/rfc/rfc3261#appendix-B.2'],
  ['RFC 3966 / MS-SIPRE', 'https://www.rfc-editor.org/rfc/rfc3966'],
  ['MS-CONFBAS §2.2.3', 'https://learn.microsoft.com/openspecs/office_protocols/ms-confbas'],
  ['MS-OCER 7.2/8.2', 'https://learn.microsoft.com/openspecs/office_protocols/ms-ocer'],
  ['MS-SIP 3.5', 'https://learn.microsoft.com/openspecs/windows_protocols/ms-sip'],
  ['XML 1.0 §2.1', 'https://www.w3.org/TR/xml/'],
  ['Namespaces in XML', 'https://www.w3.org/TR/xml-names/'],
  ['XSD 1.0', 'https://www.w3.org/TR/xmlschema-1/'],
  ['IANA', 'https://www.iana.org/assignments/sip-parameters/'],
  ['IANA media-types', 'https://www.iana.org/assignments/media-types/'],
  ['3GPP TS24.229', 'https://www.3gpp.org/dynareport/24229.htm'],
  ['draft-ietf-sip-privacy-04', 'https://datatracker.ietf.org/doc/html/draft-ietf-sip-privacy-04'],
  ['de facto', null],
  ['-', null],
  ['', null],
];

for (const [spec, page] of pages) {
  it(`finds the page of “${spec}”`, () => assert.equal(specUrl(spec), page));
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { annotate, dedent, strip } from '../base/testing.ts';
import { linksIn } from './links.ts';
import { finished, traceSource, xmlSource } from './testing.ts';

function linked(annotated: string): string {
  const text = strip(annotated);
  const source = text.startsWith('<') ? xmlSource(text) : traceSource(text);
  const links = finished(linksIn(source, 100));
  return annotate(
    text,
    links.map(({ at, target }) => ({ ...at, message: target })),
  );
}

const TEXTS: Readonly<Record<string, string>> = {
  'in headers': `
    # http://example.org/prose
    INVITE sip:b@x SIP/2.0
    Subject: http://example.org/subject
    Call-Info: <http://example.org/a.png>;purpose=icon, <HTTPS://example.org/info>
                ^^^^^^^^^^^^^^^^^^^^^^^^ http://example.org/a.png
                                                         ^^^^^^^^^^^^^^^^^^^^^^^^ HTTPS://example.org/info
    Contact: "http://example.org/quoted" <sip:a@x>
    Refer-To: <https://example.org/?a=1&b=2>
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ https://example.org/?a=1&b=2
    Error-Info: <command:https://example.org>
`,
  'in values of XML': `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" xmlns:msci = "http://schemas.microsoft.com/rtc/2005/08/confinfoextensions" entity="https://example.org/e">
                                                                                                                                                       ^^^^^^^^^^^^^^^^^^^^^ https://example.org/e
      <host-info><web-page> http://example.org/?a=1&amp;b=2 </web-page></host-info>
                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ http://example.org/?a=1&b=2
      <conference-description><free-text>see http://example.org</free-text>
        <msci:join-url><![CDATA[https://example.org/?a=1&b=2]]></msci:join-url>
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ https://example.org/?a=1&b=2
        <msci:x>http://</msci:x>
        <!-- http://example.org -->
      </conference-description>
    </conference-info>
`,
};

describe('links', () => {
  for (const [where, text] of Object.entries(TEXTS)) it(where, () => assert.equal(linked(text), dedent(text)));

  it('stop at a limit', () => {
    const headers = 'Call-Info: <http://example.org/>\n'.repeat(9);
    assert.equal(finished(linksIn(traceSource(`BYE sip:b@x SIP/2.0\n${headers}`), 4)).length, 4);
  });
});

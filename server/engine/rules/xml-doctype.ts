import type { DocumentRule } from './rule.ts';

export const xmlDoctype: DocumentRule = {
  id: 'xml-doctype',
  group: 'bodies',
  scope: 'document',
  title: 'An XML document has a document type declaration, by which entities could be made to grow without end.',
  spec: 'XML 1.0 §2.8',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    INFO sip:bob@example.org SIP/2.0
    Content-Type: application/cccp+xml

    <?xml version="1.0"?>
    <request xmlns="urn:ietf:params:xml:ns:cccp"/>
  `,
  bad: `
    INFO sip:bob@example.org SIP/2.0
    Content-Type: application/cccp+xml

    <!DOCTYPE request [<!ENTITY a "&b;&b;"><!ENTITY b "and so on">]>
    ^^^^^^^^^ A document type declaration is not allowed here; entities are not expanded.
    <request xmlns="urn:ietf:params:xml:ns:cccp">&a;</request>
  `,
  check({ problems }, report) {
    for (const problem of problems) if (problem.kind === 'doctype') report(problem, problem.message);
  },
};

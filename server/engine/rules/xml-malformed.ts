import { search } from '../base/text.ts';
import type { DocumentRule } from './rule.ts';

export const xmlMalformed: DocumentRule = {
  id: 'xml-malformed',
  group: 'bodies',
  scope: 'document',
  title: 'An XML document is not well-formed.',
  spec: 'XML 1.0 §2.1',
  severity: { strict: 'error', trace: 'error', ms: 'warning', doc: 'info' },
  good: `
    INFO sip:bob@example.org SIP/2.0
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp"><getConference/></request>
  `,
  bad: `
    INFO sip:bob@example.org SIP/2.0
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp"><getConference></request>
                                                  ^^^^^^^^^^^^^ The element \`getConference\` is not closed before \`</request>\`.
  `,
  check({ problems, text, from, to }, report, { carrier }) {
    // A body without any markup is no XML at all: body-not-matching-type.
    if (carrier && search(text, 60, from, to) === to) return;
    for (const problem of problems) if (problem.kind === 'syntax') report(problem, problem.message);
  },
};

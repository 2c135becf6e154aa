import type { Severity, Span } from './base/text.ts';
import { xmlBodies } from './flow/bodies.ts';
import { allRules } from './rules/all.ts';
import type { DocumentContext, DocumentReport, DocumentRule } from './rules/rule.ts';
import { guarded } from './severity.ts';
import type { SipMessage } from './sip/message.ts';
import type { XmlDocument } from './xml/xml.ts';

/** What a rule found in an XML document; the places are those of the document's text. */
export interface XmlFinding {
  readonly rule: DocumentRule;
  readonly at: Span;
  readonly text: string;
  /** No graver than this. */
  readonly cap: Severity | undefined;
  readonly related: readonly { readonly at: Span; readonly text: string }[];
}

const documentRules = allRules.filter((rule): rule is DocumentRule => rule.scope === 'document');

/** Runs all rules about documents on the XML bodies of a message; of one rule no more findings a body than `most` are kept. */
export function checkBodies(message: SipMessage, most: number): XmlFinding[] {
  return xmlBodies(message).flatMap(({ document, type }) => checkXml(document, { carrier: message, type }, most));
}

/** Runs all rules about one document. A rule that throws is left out; of one rule no more findings than `most` are kept. */
export function checkXml(document: XmlDocument, context: DocumentContext, most: number): XmlFinding[] {
  const findings: XmlFinding[] = [];
  for (const rule of documentRules) {
    let said = 0;
    const report: DocumentReport = (at, text, remark) => {
      if (said++ < most) findings.push({ rule, at, text, cap: remark?.most, related: remark?.related ?? [] });
    };
    guarded(() => rule.check(document, report, context));
  }
  return findings;
}

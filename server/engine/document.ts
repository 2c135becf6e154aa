import { sentence } from './base/quote.ts';
import type { Problem } from './base/text.ts';
import { fragmentOf, mayBeFragment } from './flow/fragments.ts';
import { type LintOptions, severityAlone } from './severity.ts';
import { unsilencedXml } from './silencing.ts';
import { SCHEMAS } from './xml/schemas.ts';
import { loadVerdict, userNamespaces } from './xml/verdict.ts';
import { parseXml, type XmlDocument } from './xml/xml.ts';
import { checkXml, type XmlFinding } from './xmlChecks.ts';

/** So many findings of one rule are told of one document. */
const PER_RULE = 20;

/**
 * Checks a text that is one XML document. Null where its root is in no namespace that has a schema, and no piece of a document
 * that would be: it is none of ours.
 * @param parse gives the text as a tree, where somebody has it already
 */
export async function lintDocument(
  text: string,
  options: LintOptions,
  parse: () => XmlDocument = () => parseXml(text),
): Promise<readonly Problem[] | null> {
  // Most documents of other vocabularies are told apart without being parsed.
  if (!mayBeOurs(text)) return null;
  const document = parse();
  if (!isOurs(document)) return null;
  await loadVerdict();
  const findings = checkXml(document, { carrier: null, type: null }, PER_RULE);
  const problems = findings.flatMap((one) => asProblem(one, options)).sort((a, b) => a.from - b.from || a.to - b.to);
  return unsilencedXml(problems, document);
}

/** Whether a text may be a document of ours: to be asked before it is parsed. */
export function mayBeOurs(text: string): boolean {
  return ourNamespaces().some((namespace) => text.includes(namespace)) || mayBeFragment(text);
}

/** Whether a document is one of ours: its root is in a namespace that has a schema, or it is a piece of one that would be. */
export function isOurs(document: XmlDocument): boolean {
  return ourNamespaces().includes(document.root?.namespace ?? '') || fragmentOf(document) !== null;
}

function ourNamespaces(): string[] {
  return [...SCHEMAS.map(({ namespace }) => namespace), ...userNamespaces()];
}

function asProblem({ rule, at, text, cap, related }: XmlFinding, options: LintOptions): Problem[] {
  const severity = severityAlone(rule, options, cap);
  if (severity === 'off') return [];
  return [
    {
      ...{ rule: rule.id, severity, spec: rule.spec, message: sentence(text), messageIndex: null },
      ...{ from: at.from, to: at.to },
      related: related.map((other) => ({ ...other.at, message: null, text: sentence(other.text) })),
    },
  ];
}

import { ruleUrl } from '../engine/base/rulePage.ts';
import type { Problem, Related, Severity, Span } from '../engine/base/text.ts';
import { allRules } from '../engine/rules/all.ts';
import type { Rule } from '../engine/rules/rule.ts';
import { fingerprint } from './baseline.ts';
import { json } from './command.ts';
import { type LintReport, regionOf, type Shown } from './lintReport.ts';

type Level = 'error' | 'warning' | 'note' | 'none';

const LEVELS: Readonly<Record<Severity | 'off', Level>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
  off: 'none',
};

/** For code scanning: SARIF 2.1.0 (OASIS Standard); columns are UTF-16 units, counted from one. */
export const sarifReport: LintReport = {
  name: 'sarif',
  begin(version) {
    const results: object[] = [];
    return {
      file(found) {
        for (const problem of found.shown) results.push(result(problem, found));
        return '';
      },
      end: () =>
        json({
          $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
          version: '2.1.0',
          runs: [
            {
              tool: { driver: { name: 'SIP Lens', version, rules: allRules.map(descriptor) } },
              columnKind: 'utf16CodeUnits',
              results,
            },
          ],
        }),
    };
  },
};

const indexOf: ReadonlyMap<string, number> = new Map(allRules.map(({ id }, index) => [id, index]));

function descriptor({ id, title, spec, severity, group }: Rule): object {
  const helpUri = ruleUrl(id, spec);
  return {
    id,
    shortDescription: { text: title },
    help: { text: `${title} Source: ${spec}.` },
    ...(helpUri && { helpUri }),
    defaultConfiguration: { level: LEVELS[severity.strict] },
    properties: { tags: [group] },
  };
}

function result(problem: Problem, found: Shown): object {
  const { rule, severity, message, messageIndex, related = [] } = problem;
  return {
    ruleId: rule,
    ruleIndex: indexOf.get(rule) ?? -1,
    level: LEVELS[severity],
    message: { text: message },
    locations: [location(problem, found)],
    ...(related.length > 0 && { relatedLocations: related.map((other, at) => relatedLocation(other, at, found)) }),
    partialFingerprints: { 'problemAndLine/v1': fingerprint(problem, found.text) },
    properties: { severity, ...(messageIndex !== null && { messageIndex }) },
  };
}

function relatedLocation(other: Related, at: number, found: Shown): object {
  const text = other.message === null ? other.text : `message ${other.message}: ${other.text}`;
  return { id: at + 1, ...location(other, found), message: { text } };
}

function location(span: Span, { path, lines }: Shown) {
  return { physicalLocation: { artifactLocation: { uri: uriOf(path) }, region: regionOf(lines, span) } };
}

/** A path as a reference that names the same file from where the program runs. */
function uriOf(path: string): string {
  if (path === '-') return 'stdin';
  const plain = path.replaceAll('\\', '/').replace(/\p{Surrogate}/gu, '\ufffd');
  const encoded = plain.split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:\//.test(plain)) return `file:///${encoded.replace('%3A', ':')}`;
  return plain.startsWith('/') ? `file://${encoded}` : encoded;
}

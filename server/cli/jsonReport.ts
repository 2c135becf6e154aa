import { specUrl } from '../engine/base/spec.ts';
import type { LineMap, Problem, Span } from '../engine/base/text.ts';
import { json } from './command.ts';
import type { LintReport } from './lintReport.ts';

/** For scripts: one document; lines and characters are counted from zero, as editors do. */
export const jsonReport: LintReport = {
  name: 'json',
  begin() {
    const files: object[] = [];
    return {
      file({ path, format, messages, profiles, problems, shown, known, lines }) {
        const omitted = problems.length - shown.length;
        const diagnostics = shown.map((problem) => diagnosticJson(problem, lines));
        const left = { ...(omitted > 0 && { omitted }), ...(known > 0 && { known }) };
        files.push({ path, format, messages, profiles, diagnostics, ...left });
        return '';
      },
      end: () => json({ version: 1, files }),
    };
  },
};

function diagnosticJson(
  { rule, severity, message, from, to, messageIndex, spec, related }: Problem,
  lines: LineMap,
): object {
  const range = (span: Span) => ({ start: lines.position(span.from), end: lines.position(span.to) });
  const others = related?.map((other) => ({ messageIndex: other.message, message: other.text, range: range(other) }));
  return {
    rule,
    severity,
    message,
    range: range({ from, to }),
    messageIndex,
    spec: spec ?? null,
    url: spec ? specUrl(spec) : null,
    ...(others?.length && { related: others }),
  };
}

import { clocksOf } from '../view/merged.ts';
import type { OpenTrace } from '../view/openTrace.ts';
import type { LinkDecision, TraceApi } from '../view/protocol.ts';
import { createTraceApi } from '../view/traces.ts';
import type { Analysis } from './analysis.ts';
import type { Checked, Checks } from './checks.ts';

/** A ladder that opens does not wait longer for the checks: its first rows come without badges then. */
const PATIENCE_MS = 40;

/**
 * Answers the page's questions about open documents.
 * @param decided what was told of the legs of a document by hand
 */
export function createOpenTraces(
  analysisOf: (uri: string) => Analysis | null,
  checks: Checks,
  decided: (uri: string) => readonly LinkDecision[] = () => [],
) {
  const open = new Map<string, { trace: OpenTrace; analysis: Analysis; checked: Checked | undefined }>();
  let revision = 0;
  const apis = new Map<string, TraceApi>();
  const latest = async (uri: string): Promise<OpenTrace> => {
    const isChecked = () => checks.latest(uri)?.analysis.version === analysisOf(uri)?.version;
    if (!isChecked()) await Promise.race([checks.settled(uri), pause(PATIENCE_MS)]);
    const analysis = analysisOf(uri);
    if (!analysis) throw new Error(`${titleOf(uri)} is not open as a SIP trace.`);
    const checked = checks.latest(uri);
    const known = open.get(uri);
    if (known?.analysis === analysis && known.checked === checked) return known.trace;
    const trace = openTrace(analysis, checked, ++revision);
    open.set(uri, { trace, analysis, checked });
    return trace;
  };
  return {
    latest,
    /** Answers the page's questions about a document, as it is when they come. */
    api(uri: string): TraceApi {
      const api = apis.get(uri) ?? createTraceApi(() => latest(uri), { decided: () => decided(uri) });
      apis.set(uri, api);
      return api;
    },
    forget(uri: string): void {
      open.delete(uri);
      apis.delete(uri);
    },
  };
}

function openTrace(analysis: Analysis, checked: Checked | undefined, revision: number): OpenTrace {
  const { reading, trace, uri } = analysis;
  // Results of the version before keep the badges from blinking, as long as message numbers mean the same.
  const fits = checked?.analysis.trace.count === trace.count;
  return {
    reading,
    problems: fits ? checked.problems : [],
    profiles: checked?.lint?.profiles ?? [],
    revision,
    title: titleOf(uri),
    lines: { position: (offset) => analysis.range({ from: offset, to: offset }).start },
    offsetAt: (line, character) => analysis.offset({ line, character }),
    clocks: clocksOf(uri, analysis.text),
    notices: trace.count ? [] : [`No SIP message was found in ${titleOf(uri)}.`],
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The file's name out of its URI. */
function titleOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1).replace(/[?#].*$/, '') || uri;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

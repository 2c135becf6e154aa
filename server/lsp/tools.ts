import type { CancellationToken } from 'vscode-languageserver';
import { lintDocument } from '../engine/document.ts';
import { lintSteps, loadSchemasFor, read } from '../engine/engine.ts';
import { decidedLinks } from '../view/calls/linkDecisions.ts';
import { textOf } from '../view/fileText.ts';
import { type LinkDecision, TOOL_REQUEST, type ToolParams } from '../view/protocol.ts';
import { inSlices } from '../view/slices.ts';
import type { Subject } from '../view/tools/tool.ts';
import { toolAnswer } from '../view/tools/tools.ts';
import type { Feature, FeatureHost } from './feature.ts';

const MEGABYTE = 1024 * 1024;
/** A file that nobody has opened is read as a whole. */
const LARGEST = 50 * MEGABYTE;

/** What language models ask of traces and documents. What goes wrong is told to them, in a sentence. */
export const toolsFeature: Feature = {
  capabilities: {},
  register(host) {
    let newest: Known | undefined;
    host.connection.onRequest(TOOL_REQUEST, async (params: ToolParams, token: CancellationToken) => {
      const open = await ofDocument(host, params.uri);
      if (!open) newest = await ofFile(host, params.uri, newest, token);
      const subject = linked(open ?? newest!.subject, host.linkDecisions(params.uri));
      return toolAnswer(subject, params.tool, params.input ?? {}, params.longest);
    });
  },
};

/** A trace or a document, before it is known what the user told of the legs of its calls by hand. */
type Checked = Omit<Subject, 'decided'>;

const told = new WeakMap<Checked, { readonly decisions: string; readonly subject: Subject }>();

/** The subject with what the user told: the same one as long as that is the same, so that what was made of it stays. */
function linked(checked: Checked, all: readonly LinkDecision[]): Subject {
  const decisions = JSON.stringify(all);
  const before = told.get(checked);
  if (before?.decisions === decisions) return before.subject;
  const { trace, calls } = checked.reading;
  const subject = { ...checked, decided: decidedLinks({ built: trace.built, legs: calls }, all) };
  told.set(checked, { decisions, subject });
  return subject;
}

/** A file that was asked about last, as it was then: models ask several questions about one. */
interface Known {
  readonly uri: string;
  readonly size: number;
  readonly changed: number;
  readonly subject: Checked;
}

/** A document that is open in the editor, as it is now, judged as the editor shows it. */
async function ofDocument(host: FeatureHost, uri: string): Promise<Checked | null> {
  if (!host.analysis(uri)) return null;
  await host.checks.settled(uri);
  const analysis = host.analysis(uri);
  const checked = host.checks.latest(uri);
  if (!analysis || checked?.analysis.version !== analysis.version) return null;
  const { text, reading } = analysis;
  return known({
    title: nameOf(uri),
    text,
    reading,
    problems: checked.problems,
    profiles: checked.lint?.profiles ?? [],
  });
}

const subjects = new WeakMap<object, Checked>();

/** The same subject for the same problems, so that what was made of it stays. */
function known(subject: Checked): Checked {
  const before = subjects.get(subject.problems);
  if (before?.text === subject.text) return before;
  subjects.set(subject.problems, subject);
  return subject;
}

async function ofFile(
  host: FeatureHost,
  uri: string,
  before: Known | undefined,
  token: CancellationToken,
): Promise<Known> {
  const file = await host.openFile(uri);
  try {
    const { size, changed, name } = file;
    if (before?.uri === uri && changed > 0 && before.size === size && before.changed === changed) return before;
    if (size > LARGEST)
      throw new Error(`${name} has more than ${LARGEST / MEGABYTE} MB: open its ladder, and a call of it as text.`);
    return { uri, size, changed, subject: await checkedText(host, uri, name, await textOf(file), token) };
  } finally {
    file.close();
  }
}

async function checkedText(
  host: FeatureHost,
  uri: string,
  title: string,
  text: string,
  token: CancellationToken,
): Promise<Checked> {
  const reading = read(text);
  const settings = await host.settings(uri);
  if (reading.trace.count === 0) {
    const problems = await lintDocument(text, settings);
    if (!problems) throw new Error(`${title}: neither a SIP message nor a CCCP or conference-info document was found.`);
    return { title, text, reading, problems, profiles: [] };
  }
  const steps = lintSteps(reading, settings, await loadSchemasFor(reading));
  const lint = await inSlices(
    steps,
    () => token.isCancellationRequested,
    () => {},
  );
  if (!lint) throw new Error('The question was taken back.');
  return { title, text, reading, problems: lint.problems, profiles: lint.profiles };
}

function nameOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1) || uri;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

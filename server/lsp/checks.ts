import type { Problem } from '../engine/base/text.ts';
import { lintDocument } from '../engine/document.ts';
import { type Lint, lintSteps, loadSchemasFor, type Memory } from '../engine/engine.ts';
import { inSlices } from '../view/slices.ts';
import type { Analysis } from './analysis.ts';
import { editBetween } from './edit.ts';
import type { Settings } from './settings.ts';

/** Changes that come within this time are checked together. */
const PAUSE_MS = 10;

/** What the checks found in one version of a document. */
export interface Checked {
  readonly analysis: Analysis;
  readonly problems: readonly Problem[];
  /** Null for an XML document. */
  readonly lint: Lint | null;
}

/** What the checks need of the server, and tell it. */
export interface ChecksHost {
  /** The document as it is now, or null where it is closed or none of ours. */
  analysis(uri: string): Analysis | null;
  settings(uri: string): Promise<Settings>;
  /** A check is done, and no newer change has come in. */
  done(checked: Checked, settings: Settings): void;
  failed(what: string, error: unknown): void;
}

/** The checks of all open documents, one run at a time for each; a newer change stops the run before. */
export interface Checks {
  schedule(uri: string): void;
  /** The newest result, which may be about an older version. */
  latest(uri: string): Checked | undefined;
  /** Resolves when the run that is scheduled or under way has ended, one way or the other. */
  settled(uri: string): Promise<void>;
  forget(uri: string): void;
}

interface Run {
  stopped: boolean;
  readonly ended: Promise<void>;
  end(): void;
}

/** Checks documents a little after they change. */
export function createChecks(host: ChecksHost): Checks {
  const runs = new Map<string, Run>();
  const results = new Map<string, Checked>();
  const reached = new Map<string, Reached>();
  const stop = (uri: string) => {
    const run = runs.get(uri);
    if (run) run.stopped = true;
    run?.end();
    runs.delete(uri);
  };
  return {
    schedule(uri) {
      stop(uri);
      const run = newRun();
      runs.set(uri, run);
      setTimeout(() => void start(host, uri, { results, reached }, run), PAUSE_MS);
    },
    latest: (uri) => results.get(uri),
    settled: async (uri) => runs.get(uri)?.ended,
    forget(uri) {
      stop(uri);
      results.delete(uri);
      reached.delete(uri);
    },
  };
}

function newRun(): Run {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { stopped: false, ended, end };
}

/** How far the newest run has come, also one that was stopped: the next goes on from there. */
interface Reached {
  readonly text: string;
  readonly memory: Memory;
}

interface Kept {
  readonly results: Map<string, Checked>;
  readonly reached: Map<string, Reached>;
}

async function start(host: ChecksHost, uri: string, kept: Kept, run: Run): Promise<void> {
  try {
    if (!run.stopped) await check(host, uri, kept, () => run.stopped);
  } catch (error) {
    host.failed(uri, error);
  }
  run.end();
}

async function check(host: ChecksHost, uri: string, kept: Kept, stopped: () => boolean): Promise<void> {
  const analysis = host.analysis(uri);
  if (!analysis) return;
  const settings = await host.settings(uri);
  const checked =
    analysis.kind === 'xml'
      ? { analysis, lint: null, problems: (await lintDocument(analysis.text, settings, () => analysis.xml!)) ?? [] }
      : await checkTrace(host, analysis, settings, kept.reached, stopped);
  if (!checked || stopped()) return;
  kept.results.set(uri, checked);
  host.done(checked, settings);
}

async function checkTrace(
  host: ChecksHost,
  analysis: Analysis,
  settings: Settings,
  reached: Map<string, Reached>,
  stopped: () => boolean,
): Promise<Checked | null> {
  const schemas = await loadSchemasFor(analysis.reading).catch((error) => {
    host.failed('the schemas of XML bodies', error);
    return false;
  });
  const before = reached.get(analysis.uri);
  const reuse = before && { memory: before.memory, edit: editBetween(before.text, analysis.text) };
  const keep = (memory: Memory) => reached.set(analysis.uri, { text: analysis.text, memory });
  const lint = await inSlices(lintSteps(analysis.reading, settings, schemas, reuse), stopped, (memory) => {
    if (!before || filled(memory) >= filled(before.memory) / 2) keep(memory);
  });
  if (lint) keep(lint.memory);
  return lint && { analysis, problems: lint.problems, lint };
}

/** How much a memory holds. */
function filled(memory: Memory): number {
  return memory.messages.length;
}

import type { HintOptions } from '../engine/authoring/answers.ts';
import type { Profile, Severity } from '../engine/base/text.ts';
import type { LintOptions } from '../engine/severity.ts';

/** The user's settings `sipLens.*`. */
export interface Settings extends LintOptions {
  readonly maxProblems: number;
  /** The user's own schemas: by namespace or content type, a file relative to the workspace folder. */
  readonly schemas: Readonly<Record<string, string>>;
  /** Which message answers a request is told above it. */
  readonly codeLens: boolean;
  readonly inlayHints: HintOptions;
  /** Lengths of bodies are put right when a trace is saved. */
  readonly fixContentLengthOnSave: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  profile: 'auto',
  levels: {},
  maxProblems: 1000,
  schemas: {},
  codeLens: true,
  inlayHints: { time: false, matchedMessage: false },
  fixContentLengthOnSave: false,
};

const PROFILES: readonly string[] = ['strict', 'trace', 'ms', 'doc'] satisfies Profile[];
const LEVELS: readonly string[] = ['error', 'warning', 'info', 'hint', 'off'] satisfies (Severity | 'off')[];

/** Takes the settings out of what an editor sent, with or without their section; what makes no sense counts as not set. */
export function readSettings(sent: unknown): Settings {
  const section = isRecord(sent) && isRecord(sent.sipLens) ? sent.sipLens : sent;
  if (!isRecord(section)) return DEFAULT_SETTINGS;
  const { profile, rules, maxProblems, schemas, codeLens, inlayHints, fixContentLengthOnSave } = section;
  return {
    profile: isProfile(profile) ? profile : 'auto',
    levels: isRecord(rules) ? Object.fromEntries(Object.entries(rules).filter(isLevel)) : {},
    maxProblems: typeof maxProblems === 'number' && maxProblems >= 1 ? Math.floor(maxProblems) : 1000,
    schemas: isRecord(schemas) ? Object.fromEntries(Object.entries(schemas).filter(isPath)) : {},
    codeLens: codeLens !== false,
    inlayHints: readHints(inlayHints),
    fixContentLengthOnSave: fixContentLengthOnSave === true,
  };
}

function readHints(hints: unknown): HintOptions {
  if (!isRecord(hints)) return DEFAULT_SETTINGS.inlayHints;
  return { time: hints.time === true, matchedMessage: hints.matchedMessage === true };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isProfile(value: unknown): value is Profile {
  return typeof value === 'string' && PROFILES.includes(value);
}

function isLevel(entry: [string, unknown]): entry is [string, Severity | 'off'] {
  return typeof entry[1] === 'string' && LEVELS.includes(entry[1]);
}

function isPath(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string' && entry[1] !== '';
}

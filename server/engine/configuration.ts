import { type JsonNode, parseJson } from './base/json.ts';
import { quote } from './base/quote.ts';
import { nearest, type Profile, type Severity, type Span, type TextEdit } from './base/text.ts';
import { allRules } from './rules/all.ts';
import { RULE_GROUPS } from './rules/groups.ts';
import type { Levels, LintOptions } from './severity.ts';

/** The file in a workspace that says how its traces are judged. */
export const CONFIGURATION_FILE = '.sip-lens.json';

export const PROFILE_NAMES: readonly string[] = ['auto', 'strict', 'trace', 'ms', 'doc'] satisfies (Profile | 'auto')[];
export const LEVEL_NAMES: readonly string[] = ['error', 'warning', 'info', 'hint', 'off'] satisfies (
  | Severity
  | 'off'
)[];

/** What a configuration file says. */
export interface Configuration {
  /** Absent where the file does not choose one. */
  readonly profile?: Profile | 'auto';
  readonly levels: Levels;
  readonly problems: readonly ConfigurationProblem[];
}

/** What is wrong in a configuration file. */
export interface ConfigurationProblem extends Span {
  /** An error leaves the file, or the entry, without effect. */
  readonly severity: Severity;
  readonly message: string;
}

/** Reads a configuration file. Never fails: what makes no sense is a problem, and counts as not written. */
export function readConfiguration(text: string): Configuration {
  const { value, fault } = parseJson(text);
  if (fault) return { levels: {}, problems: [{ ...fault, severity: 'error' }] };
  if (value?.kind !== 'object') {
    const at = value ?? { from: 0, to: 0 };
    return { levels: {}, problems: [error(at, 'The configuration is an object: { "rules": { … } }.')] };
  }
  const problems: ConfigurationProblem[] = [];
  let profile: Configuration['profile'];
  let levels: Levels = {};
  for (const member of value.members) {
    if (member.name === 'profile') profile = readProfile(member.value, problems);
    else if (member.name === 'rules') levels = readRules(member.value, problems);
    else if (member.name !== '$schema') problems.push(unknown(member.at, 'setting', member.name, ['profile', 'rules']));
  }
  return { ...(profile && { profile }), levels, problems };
}

function readProfile(node: JsonNode, problems: ConfigurationProblem[]): Configuration['profile'] {
  if (node.kind === 'simple' && PROFILE_NAMES.includes(String(node.value))) return node.value as Profile | 'auto';
  problems.push(error(node, `The profile is one of ${PROFILE_NAMES.join(', ')}.`));
  return undefined;
}

function readRules(node: JsonNode, problems: ConfigurationProblem[]): Levels {
  if (node.kind !== 'object') {
    problems.push(error(node, 'The rules are an object: { "max-forwards-missing": "off" }.'));
    return {};
  }
  const levels: Record<string, Severity | 'off'> = {};
  for (const { name, at, value } of node.members) {
    const level = value.kind === 'simple' ? String(value.value) : '';
    if (!isRuleOrGroup(name)) problems.push(unknown(at, 'rule or group', name, rulesAndGroups()));
    else if (!LEVEL_NAMES.includes(level))
      problems.push(error(value, `The severity of ${name} is one of ${LEVEL_NAMES.join(', ')}.`));
    else levels[name] = level as Severity | 'off';
  }
  return levels;
}

function error(at: Span, message: string): ConfigurationProblem {
  return { from: at.from, to: at.to, severity: 'error', message };
}

function unknown(at: Span, kind: string, name: string, known: readonly string[]): ConfigurationProblem {
  const like = nearest(name, known);
  const message = `There is no ${kind} ${quote(name)}${like ? `: is ${like} meant?` : '.'}`;
  return { from: at.from, to: at.to, severity: 'warning', message };
}

/** Whether a name is that of a rule or a group of rules. */
export function isRuleOrGroup(name: string): boolean {
  return ids.has(name);
}

/** All names that a severity may be chosen for: groups first. */
export function rulesAndGroups(): string[] {
  return [...ids];
}

const ids = new Set([...Object.keys(RULE_GROUPS), ...allRules.map(({ id }) => id)]);

/** The options with a configuration over them: what it says of a group counts more than what was said of its rules before. */
export function configured<T extends LintOptions>(
  options: T,
  over: { readonly profile?: Profile | 'auto' | undefined; readonly levels: Levels },
): T {
  return { ...options, profile: over.profile ?? options.profile, levels: overlaid(options.levels, over.levels) };
}

function overlaid(under: Levels, over: Levels): Levels {
  const kept = Object.entries(under).filter(([name]) => {
    const group = allRules.find(({ id }) => id === name)?.group;
    return group === undefined || over[group] === undefined;
  });
  return { ...Object.fromEntries(kept), ...over };
}

/**
 * The change that gives a rule or group a severity in a configuration file, the rest of which stays as it is. Null where the file cannot be
 * read; an empty text becomes a whole file.
 */
export function withLevel(text: string, name: string, level: Severity | 'off'): TextEdit | null {
  const entry = `${JSON.stringify(name)}: ${JSON.stringify(level)}`;
  if (text.trim() === '') return { from: 0, to: text.length, text: `{\n  "rules": {\n    ${entry}\n  }\n}\n` };
  const { value } = parseJson(text);
  if (value?.kind !== 'object') return null;
  const rules = value.members.find((member) => member.name === 'rules')?.value;
  if (!rules) return added(text, value, `"rules": {\n    ${entry}\n  }`, '  ');
  if (rules.kind !== 'object') return null;
  const known = rules.members.find((member) => member.name === name)?.value;
  return known ? { from: known.from, to: known.to, text: JSON.stringify(level) } : added(text, rules, entry, '    ');
}

/** A member added behind the others of an object, indented like the last one. */
function added(
  text: string,
  { from, to, members }: Extract<JsonNode, { kind: 'object' }>,
  entry: string,
  usual: string,
): TextEdit {
  const last = members.at(-1);
  if (!last) return { from, to, text: `{\n${usual}${entry}\n${usual.slice(2)}}` };
  const indent = /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(0, last.at.from))?.[1];
  const gap = indent === undefined ? ' ' : `\n${indent}`;
  return { from: last.value.to, to: last.value.to, text: `,${gap}${entry}` };
}

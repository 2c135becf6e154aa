import type { Profile, Severity } from './base/text.ts';
import type { Rule } from './rules/rule.ts';

/** Severities by the id of a rule, or by a group of rules. */
export type Levels = Readonly<Record<string, Severity | 'off'>>;

export interface LintOptions {
  /** `auto` finds it from the file's marks. */
  readonly profile: Profile | 'auto';
  /** What `auto` has found of the file already, where only a part of it is checked. */
  readonly detected?: readonly Profile[];
  /** What the user chose: it wins over the profile, and what is said of a rule over what is said of its group. */
  readonly levels: Levels;
}

export const DEFAULT_OPTIONS: LintOptions = { profile: 'auto', levels: {} };

const ORDER: readonly (Severity | 'off')[] = ['off', 'hint', 'info', 'warning', 'error'];

/** A rule's severity: the user's, or the lowest that the profiles give, at most `cap`. */
export function severityOf(
  rule: Rule,
  profiles: readonly Profile[],
  options: LintOptions,
  cap?: Severity,
): Severity | 'off' {
  return chosen(rule, options) ?? lowest([...profiles.map((profile) => rule.severity[profile]), ...(cap ? [cap] : [])]);
}

/** The same for an XML document that is a text of its own: it is written by hand, unless the user says something else. */
export function severityAlone(rule: Rule, options: LintOptions, cap?: Severity): Severity | 'off' {
  const alone = options.profile === 'auto' && rule.scope === 'document' ? rule.alone : undefined;
  const profile = options.profile === 'auto' ? 'strict' : options.profile;
  return chosen(rule, options) ?? lowest([alone ?? rule.severity[profile], ...(cap ? [cap] : [])]);
}

function chosen({ id, group }: Rule, { levels }: LintOptions): Severity | 'off' | undefined {
  return levels[id] ?? levels[group];
}

function lowest(severities: readonly (Severity | 'off')[]): Severity | 'off' {
  return ORDER[Math.min(...severities.map((severity) => ORDER.indexOf(severity)))] ?? 'off';
}

/** One broken rule must not blank the list: it is skipped for this message. */
export function guarded(check: () => void): void {
  try {
    check();
  } catch {
    // Nothing to show the user: the other rules' findings stand.
  }
}

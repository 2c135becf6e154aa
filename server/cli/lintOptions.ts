import { nearest, type Profile, type Severity } from '../engine/base/text.ts';
import { isRuleOrGroup, LEVEL_NAMES, PROFILE_NAMES, rulesAndGroups } from '../engine/configuration.ts';
import { type Arguments, Failure, option } from './command.ts';

/** The profile that is asked for; undefined where none is. */
export function profileOf(args: Arguments): Profile | 'auto' | undefined {
  const profile = option(args, 'profile');
  if (profile === undefined) return undefined;
  if (!PROFILE_NAMES.includes(profile))
    throw new Failure(`--profile is one of ${PROFILE_NAMES.join(', ')}, not “${profile}”`);
  return profile as Profile | 'auto';
}

/** The severities that are asked for. */
export function levelsOf(args: Arguments): Record<string, Severity | 'off'> {
  const levels: Record<string, Severity | 'off'> = {};
  for (const value of args.options.get('level') ?? []) {
    const [rule = '', level = ''] = value.split('=');
    if (!isRuleOrGroup(rule)) throw new Failure(unknownRule(rule));
    if (!LEVEL_NAMES.includes(level))
      throw new Failure(`--level ${rule}= is one of ${LEVEL_NAMES.join(', ')}, not “${level}”`);
    levels[rule] = level as Severity | 'off';
  }
  return levels;
}

function unknownRule(rule: string): string {
  const like = nearest(rule, rulesAndGroups());
  return `there is no rule “${rule}”${like ? `; did you mean ${like}?` : ': sip-lens rules lists them'}`;
}

/** How many problems of a file are shown at most. */
export function mostOf(args: Arguments): number {
  const value = option(args, 'max-problems');
  if (value === undefined) return Number.POSITIVE_INFINITY;
  if (!/^\d{1,9}$/.test(value)) throw new Failure(`--max-problems is a number, not “${value}”`);
  return Number(value);
}

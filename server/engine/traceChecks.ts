import { type Notice, type Notices, sortNotices } from './flow/notices.ts';
import { allRules } from './rules/all.ts';
import type { RelatedNotice, TraceReport, TraceRule } from './rules/rule.ts';
import { guarded } from './severity.ts';

/** What a rule about the trace found, wherever the messages stand. */
export interface TraceFinding {
  readonly rule: TraceRule;
  readonly notice: Notice;
  readonly text: string;
  readonly related: readonly RelatedNotice[];
}

/** What the rules about the trace found, and in what. */
export interface CheckedTrace {
  readonly notices: Notices;
  readonly found: ReadonlyMap<TraceRule, readonly TraceFinding[]>;
}

const rules = allRules.filter((rule): rule is TraceRule => rule.scope === 'trace');

const NOTHING: Notices = { conference: [], signatures: [], identities: [] };

/**
 * Asks the rules about the trace.
 * @param noticed what is remembered of its messages, in trace order
 * @param before where nothing changed in what a rule is about, it is not asked again
 */
export function checkTrace(noticed: readonly Notice[], before: CheckedTrace | undefined): CheckedTrace {
  const notices = sortNotices(noticed);
  const isKnown = ({ about }: TraceRule) => before !== undefined && areSame(before.notices[about], notices[about]);
  const found = rules.map((rule) => [rule, isKnown(rule) ? before!.found.get(rule)! : ask(rule, notices)] as const);
  return { notices, found: new Map(found) };
}

function areSame(some: readonly Notice[], others: readonly Notice[]): boolean {
  return some.length === others.length && some.every((notice, at) => notice === others[at]);
}

function ask(rule: TraceRule, notices: Notices): TraceFinding[] {
  const found: TraceFinding[] = [];
  const report: TraceReport = (notice, text, related = []) => void found.push({ rule, notice, text, related });
  const looked = { ...NOTHING, [rule.about]: notices[rule.about] };
  guarded(() => rule.check(looked, report));
  return found;
}

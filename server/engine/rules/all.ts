import * as rules from './list.ts';
import type { Rule } from './rule.ts';

/** Every rule, by name. */
export const allRules: readonly Rule[] = Object.values<Rule>(rules).sort((a, b) => (a.id < b.id ? -1 : 1));

/** What rules are about. A group stands for all its rules where severities are chosen. */
export const RULE_GROUPS = {
  'start-line': 'Start line and framing',
  'header-syntax': 'How headers are written',
  'header-count': 'Headers that stand too often',
  'header-presence': 'Headers that are missing, or do not belong there',
  'header-values': 'Values of single headers',
  uris: 'URIs',
  bodies: 'Bodies and what is said of them',
  sdp: 'Session descriptions',
  transactions: 'Requests and their responses',
  dialogs: 'Dialogs and calls',
  subscriptions: 'Subscriptions and notifications',
  conferences: 'CCCP and conference-info',
} as const;

export type RuleGroup = keyof typeof RULE_GROUPS;

/** The groups, in the order of a message: from its first line to what it means with others. */
export const ruleGroups = Object.keys(RULE_GROUPS) as readonly RuleGroup[];

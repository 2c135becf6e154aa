/** Where the keys of an action are heard: in the ladder, the roster, the details, or anywhere on the page. */
export type PagePlace = 'ladder' | 'roster' | 'details' | 'page';

/** What a trace must have for an action to make sense: times, a conference, messages that were sent again, keep-alives. */
export type PageNeed = 'times' | 'roster' | 'retransmissions' | 'keepAlives';

/** Something that the reader can do on the ladder's page: by a key, by a button, and by a command of VS Code. */
export interface PageAction {
  /** How the palette, the list of keys and the button call it. */
  readonly title: string;
  /** More for the list of keys and the button, in a few words. */
  readonly hint?: string;
  /** By the names that browsers give to keys; a capital letter is one with Shift, `Ctrl+` stands for the command key as well. */
  readonly keys: readonly string[];
  readonly where: readonly PagePlace[];
  readonly needs?: PageNeed;
  /** The drawing of its button in the tool bar (`media/dom.ts`); without one it has none. */
  readonly button?: string;
  /** False: it makes sense as a key alone. It can be bound to another one, but the palette does not list it. */
  readonly inPalette?: false;
  /** The command that does the same already. Without one it has a command of its own, `sipLens.ladder.` and its id. */
  readonly command?: string;
}

const LADDER = ['ladder'] as const;
const ROSTER = ['roster'] as const;
const PAGE = ['page'] as const;

/**
 * All actions of the page, in the order of the list of keys and of the tool bar. A new one is a line here and what it does in the `runs()` of the part of the page that it is about;
 * `UPDATE=1 node --import tsx --test test/pageActions.test.ts test/readme.test.ts` writes its command.
 */
export const PAGE_ACTIONS = {
  previousMessage: { title: 'Previous Message', keys: ['ArrowUp'], where: LADDER, inPalette: false },
  nextMessage: { title: 'Next Message', keys: ['ArrowDown'], where: LADDER, inPalette: false },
  previousInTransaction: { title: 'Previous Message of the Transaction', keys: ['ArrowLeft'], where: LADDER },
  nextInTransaction: { title: 'Next Message of the Transaction', keys: ['ArrowRight'], where: LADDER },
  pageUp: { title: 'Page Up', keys: ['PageUp'], where: LADDER, inPalette: false },
  pageDown: { title: 'Page Down', keys: ['PageDown'], where: LADDER, inPalette: false },
  firstMessage: { title: 'First Message', keys: ['Home'], where: LADDER },
  lastMessage: { title: 'Last Message', keys: ['End'], where: LADDER },
  previousDialog: { title: 'Previous Dialog', hint: 'its first message', keys: ['['], where: LADDER },
  nextDialog: { title: 'Next Dialog', hint: 'its first message', keys: [']'], where: LADDER },
  nextFinding: { title: 'Next Problem or Failure', keys: ['n'], where: LADDER },
  previousFinding: { title: 'Previous Problem or Failure', keys: ['N'], where: LADDER },
  readDetails: { title: 'Read the Details of the Message', hint: 'Esc comes back', keys: ['Enter'], where: LADDER },
  goToText: { title: 'Go to Message in the Text', keys: ['g'], where: LADDER },
  openMessage: { title: 'Open Message as Text', keys: ['O'], where: LADDER, command: 'sipLens.openMessageAsText' },
  openCall: { title: 'Open This Call as Text', keys: ['o'], where: LADDER, command: 'sipLens.openCallAsText' },
  compare: {
    title: 'Mark for Comparison, Compare with the Marked Message',
    keys: [' '],
    where: LADDER,
  },
  compareCalls: { title: 'Compare This Call with That of the Marked Message', keys: ['X'], where: LADDER },
  compareHops: { title: 'Compare with the Same Message on the Next Hop', keys: ['j'], where: LADDER },
  search: {
    title: 'Search in Messages',
    hint: 'Enter for the next match, Shift+Enter for the one before',
    keys: ['/'],
    where: PAGE,
    button: 'search',
  },
  filter: {
    title: 'Filter Messages',
    hint: 'those that fit, as method:INVITE status:>=400 from:alice',
    keys: ['f', 'F7'],
    where: PAGE,
    button: 'filter',
  },
  savedFilters: {
    title: 'Saved Filters…',
    hint: 'those of the workspace, and some that are often needed',
    keys: ['b'],
    where: PAGE,
  },
  showLegs: {
    title: 'Show Linked Legs of This Call',
    hint: 'the whole call with all of its legs, and why they are one call',
    keys: ['x', 'L'],
    where: LADDER,
  },
  showAll: { title: 'Show All Messages', hint: 'of all calls, without a filter', keys: ['a'], where: LADDER },
  roster: {
    title: 'Roster of the Conference',
    hint: 'who was in, and when, in place of the ladder',
    keys: ['r'],
    where: PAGE,
    needs: 'roster',
    button: 'roster',
  },
  times: {
    title: 'Change Times',
    hint: 'of day, since the message above, the first, or the marked one',
    keys: ['t'],
    where: LADDER,
    needs: 'times',
    button: 'clock',
  },
  timeZone: {
    title: 'Change Time Zone',
    hint: "the log's own, local time, UTC",
    keys: ['T'],
    where: LADDER,
    needs: 'times',
  },
  mark: { title: 'Mark This Message', hint: 'to tell times from it', keys: ['m'], where: LADDER },
  proportion: {
    title: 'Gaps in Proportion to Time',
    hint: 'a row for each half second without a message, up to 4 s',
    keys: ['p'],
    where: LADDER,
  },
  scrubber: {
    title: 'Go to the Overview Beside the Ladder',
    hint: 'arrow keys, Page Up and Down, Home and End scroll; + and − show a part larger, 0 all; Esc comes back',
    keys: ['s'],
    where: LADDER,
  },
  fitScrubber: {
    title: 'Fit the Overview to This Call, or to All',
    hint: 'from its first to its last message, with its linked legs; a drag with Shift on the overview chooses any part',
    keys: ['F'],
    where: LADDER,
  },
  colours: {
    title: 'Change Colours',
    hint: 'by kind, dialog, transaction, problems',
    keys: ['c'],
    where: LADDER,
    button: 'colours',
  },
  density: {
    title: 'Second Line of Each Message',
    hint: 'session, challenge, reason, contact, what changed',
    keys: ['d'],
    where: LADDER,
    button: 'lines',
  },
  lanes: {
    title: 'Go to the Lanes',
    hint: 'arrow keys choose one, with Shift they move it; Enter opens its menu, W tells why it is one, P pins it, F2 names it, Delete hides it',
    keys: ['h'],
    where: LADDER,
  },
  pinLane: {
    title: 'Pin or Unpin a Lane',
    hint: 'that in focus, or the one that sends the message: it stays in view while the others scroll',
    keys: ['P'],
    where: LADDER,
  },
  groupLanes: { title: 'Group Lanes', hint: 'by participant, host, address', keys: ['H'], where: LADDER },
  resetLanes: { title: 'Reset Lanes', keys: [], where: LADDER },
  folds: {
    title: 'Fold Retransmissions',
    hint: 'or show each; a click on ↻ does it for one message',
    keys: ['z'],
    where: LADDER,
    needs: 'retransmissions',
    button: 'again',
  },
  fold: {
    title: 'Fold Retransmissions of This Message',
    keys: ['Z'],
    where: LADDER,
    needs: 'retransmissions',
  },
  keepAlives: {
    title: 'Show or Hide Keep-Alives',
    hint: 'OPTIONS outside of a dialog that were answered with success',
    keys: ['k'],
    where: LADDER,
    needs: 'keepAlives',
  },
  details: { title: 'Show or Hide the Details', keys: ['i'], where: ['ladder', 'roster'], button: 'details' },
  dockDetails: { title: 'Details to the Right or Below', keys: ['I'], where: ['ladder', 'roster', 'details'] },
  ladderText: { title: 'Read the Ladder as Text', hint: 'what the filter leaves of it', keys: ['v'], where: LADDER },
  copyLadder: {
    title: 'Copy Ladder as Text',
    keys: [],
    where: PAGE,
    button: 'copy',
    command: 'sipLens.copyLadderAsText',
  },
  exportLadder: {
    title: 'Export Ladder…',
    hint: 'all of it, what the filter leaves, or a call, in any form',
    keys: ['e', 'F2'],
    where: PAGE,
    button: 'export',
    command: 'sipLens.exportLadder',
  },
  copyMessage: { title: 'Copy Message as a Line of Text', keys: ['Ctrl+c'], where: LADDER },
  copyText: { title: 'Copy Message', hint: 'as it was sent', keys: ['y'], where: ['ladder', 'details'] },
  copyHeaders: { title: 'Copy Headers', keys: ['Y'], where: ['ladder', 'details'] },
  copyCallSummary: { title: 'Copy Summary of the Call', hint: 'as Markdown', keys: [], where: LADDER },
  copyLink: { title: 'Copy Link to Message', keys: ['l'], where: LADDER },
  keys: { title: 'Keys of the Ladder', keys: ['?'], where: PAGE, button: 'keys' },
  leaveDetails: { title: 'Leave the Details', keys: ['Escape'], where: ['details'], inPalette: false },
  rosterPreviousUser: { title: 'Roster: Previous User', keys: ['ArrowUp'], where: ROSTER, inPalette: false },
  rosterNextUser: { title: 'Roster: Next User', keys: ['ArrowDown'], where: ROSTER, inPalette: false },
  rosterPageUp: { title: 'Roster: Page Up', keys: ['PageUp'], where: ROSTER, inPalette: false },
  rosterPageDown: { title: 'Roster: Page Down', keys: ['PageDown'], where: ROSTER, inPalette: false },
  rosterPrevious: { title: 'Roster: Previous Notification', keys: ['ArrowLeft'], where: ROSTER, needs: 'roster' },
  rosterNext: { title: 'Roster: Next Notification', keys: ['ArrowRight'], where: ROSTER, needs: 'roster' },
  rosterFirst: { title: 'Roster: First Notification', keys: ['Home'], where: ROSTER, needs: 'roster' },
  rosterLast: { title: 'Roster: Last Notification', keys: ['End'], where: ROSTER, needs: 'roster' },
  rosterGoToText: { title: 'Roster: Go to Notification in the Text', keys: ['Enter'], where: ROSTER, needs: 'roster' },
  rosterCause: { title: "Roster: Go to What Caused the User's Change", keys: ['c'], where: ROSTER, needs: 'roster' },
  closeRoster: { title: 'Roster: Back to the Ladder', keys: ['Escape'], where: ROSTER, inPalette: false },
} as const satisfies Readonly<Record<string, PageAction>>;

export type PageActionId = keyof typeof PAGE_ACTIONS;
/** The drawings of all buttons. */
export type PageDrawing = Extract<(typeof PAGE_ACTIONS)[PageActionId], { readonly button: string }>['button'];

/** All of them as a list, in order. */
export const pageActions = Object.entries(PAGE_ACTIONS) as readonly (readonly [PageActionId, PageAction])[];

/** VS Code's command of an action. */
export function commandOf(id: PageActionId): string {
  const action: PageAction = PAGE_ACTIONS[id];
  return action.command ?? `sipLens.ladder.${id}`;
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  Escape: 'Esc',
  ' ': 'Space',
};

/** How people call a key: `Shift+N` for `N`, `N` for `n`. */
export function keyName(key: string): string {
  const named = KEY_NAMES[key];
  if (named) return named;
  if (/^[A-Z]$/.test(key)) return `Shift+${key}`;
  return key.replace(/(?:^|\+)[a-z]$/, (letter) => letter.toUpperCase());
}

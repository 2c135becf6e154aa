import { attributes, element } from './dom.ts';

const KEYS: readonly (readonly [string, string])[] = [
  ['↑ ↓', 'Previous, next message'],
  ['← →', 'Previous, next message of the same transaction'],
  ['Page Up, Page Down', 'A page up, down'],
  ['Home, End', 'First, last message'],
  ['N, Shift+N', 'Next, previous message with a problem or a failure'],
  ['Enter', 'Go to the message in the text'],
  ['C', 'Open the messages of the call as a text of their own'],
  ['Space', 'Show or hide the details'],
  ['/', 'Search; Enter for the next match, Shift+Enter for the one before'],
  ['F', 'Filter: only messages that fit, as method:INVITE status:>=400 from:alice'],
  ['T', 'Times: of day, since the message before, since the first'],
  ['R', 'The roster of the conference in place of the ladder, and back'],
  ['↑ ↓, ← →', 'In the roster: user; notification'],
  ['C', 'In the roster: to the message that caused the last change of the user'],
  ['Ctrl+C', 'Copy the message as a line of text'],
  ['Esc', 'Back to the ladder'],
];

/** The list of keys, opened with `?`. */
export function keysHelp(closed: () => void): HTMLDialogElement {
  const dialog = attributes(element('dialog', 'keys'), { 'aria-labelledby': 'keys-title' });
  const title = attributes(element('h2', '', 'Keys'), { id: 'keys-title' });
  const list = element('dl', '');
  for (const [key, meaning] of KEYS) list.append(element('dt', '', key), element('dd', '', meaning));
  const close = element('button', 'text-button', 'Close');
  close.addEventListener('click', () => dialog.close());
  dialog.append(title, list, close);
  dialog.addEventListener('close', closed);
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  return dialog;
}

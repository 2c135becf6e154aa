import { keyName, type PageAction, pageActions } from '../server/view/pageActions.ts';
import { attributes, element } from './dom.ts';

const isOfRoster = ({ where }: PageAction) => where.length === 1 && where[0] === 'roster';

/** The list of keys, opened with `?`. */
export function keysHelp(closed: () => void): HTMLDialogElement {
  const dialog = attributes(element('dialog', 'keys'), { 'aria-labelledby': 'keys-title' });
  const close = element('button', 'text-button', 'Close');
  close.addEventListener('click', () => dialog.close());
  const head = element('div', 'keys-head');
  head.append(attributes(element('h2', '', 'Keys'), { id: 'keys-title' }), close);
  const actions = pageActions.map(([, action]) => action).filter(({ keys }) => keys.length > 0);
  const lists = element('div', 'keys-lists');
  lists.append(
    keyList(
      'Ladder',
      actions.filter((action) => !isOfRoster(action)),
    ),
    keyList('Roster', actions.filter(isOfRoster)),
  );
  dialog.append(head, lists, element('p', 'hint', 'Each is a command of SIP Lens, too: bind other keys if you like.'));
  dialog.addEventListener('close', closed);
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  return dialog;
}

function keyList(title: string, actions: readonly PageAction[]): HTMLElement {
  const list = element('dl', '');
  for (const { keys, title: name, hint } of actions) {
    const meaning = element('dd', '', name.replace(`${title}: `, ''));
    if (hint) meaning.append(element('span', 'hint', hint));
    list.append(element('dt', '', keys.map(keyName).join(', ')), meaning);
  }
  const section = element('section', '');
  section.append(element('h3', '', title), list);
  return section;
}

/** What a screen reader says of the keys when it comes to the ladder. */
export function keysHint(): HTMLElement {
  const text =
    'Arrow keys move from message to message, Enter reads its details, G goes to the text, question mark lists all keys.';
  const hint = attributes(element('p', 'unseen', text), { id: 'keys-hint' });
  hint.hidden = true;
  return hint;
}

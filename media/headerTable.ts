import type { HeaderView, ValuePart } from '../server/view/protocol.ts';
import { attributes, element, icon } from './dom.ts';
import { plain } from './words.ts';

const MOST_HEADERS = 200;

/**
 * The headers of a message as a table: name, value, parameters. The button of a name tells what the header means, and copies it.
 * @param copy what to do with the text of a header
 */
export function headerTable(all: readonly HeaderView[], copy: (text: string) => void): HTMLElement {
  const table = attributes(element('table', 'headers'), { 'aria-label': 'Headers' });
  const rows = element('tbody', '');
  for (const header of all.slice(0, MOST_HEADERS)) rows.append(row(header, copy));
  if (all.length > MOST_HEADERS) {
    const more = `${plain(all.length - MOST_HEADERS, 'more header')} in the text.`;
    const last = element('tr', '');
    last.append(attributes(element('td', 'note', more), { colspan: 2 }));
    rows.append(last);
  }
  table.append(rows);
  return table;
}

function row(header: HeaderView, copy: (text: string) => void): HTMLElement {
  const made = element('tr', '');
  const name = attributes(element('th', ''), { scope: 'row' });
  const value = element('td', '');
  const button = attributes(element('button', 'header-name', header.name), { 'aria-expanded': 'false' });
  if (header.meaning) button.title = header.meaning;
  const story = element('div', 'header-story');
  story.hidden = true;
  button.addEventListener('click', () => {
    story.hidden = !story.hidden;
    button.setAttribute('aria-expanded', String(!story.hidden));
  });
  const copyButton = element('button', 'text-button');
  copyButton.append(icon('copy'), element('span', '', 'Copy header'));
  copyButton.addEventListener('click', () => copy(`${header.name}: ${header.value}`));
  story.append(element('p', 'note', header.meaning || 'No specification that is known here tells of it.'), copyButton);
  value.append(...header.parts.map(valueLine), story);
  name.append(button);
  made.append(name, value);
  return made;
}

/** What the value is, and each parameter with its name: as text they are what was written. A line ends behind a comma, or before a semicolon. */
function valueLine({ main, joint, params }: ValuePart): HTMLElement {
  const line = element('div', 'value');
  line.append(element('span', 'value-main', main));
  for (const [at, { name, value }] of params.entries()) {
    const param = element('span', 'param');
    if (joint === ';') param.append(';');
    else line.append(' ');
    param.append(element('span', 'param-name', name));
    if (value !== null) param.append('=', element('span', 'param-value', value));
    if (joint !== ';' && at < params.length - 1) param.append(',');
    line.append(param);
  }
  return line;
}

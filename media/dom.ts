/** An element with a class and, where given, a text; a text is never read as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text?: string,
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Sets attributes; null takes one away. */
export function attributes<E extends Element>(of: E, values: Record<string, string | number | null>): E {
  for (const [name, value] of Object.entries(values)) {
    if (value === null) of.removeAttribute(name);
    else of.setAttribute(name, String(value));
  }
  return of;
}

/** Sets the text only where it differs: writing a text costs a layout. */
export function setText(of: HTMLElement, text: string): void {
  if (of.textContent !== text) of.textContent = text;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A drawing of 16 by 16 made of one path; it says nothing to a screen reader. */
export function icon(name: keyof typeof ICONS): SVGSVGElement {
  const svg = attributes(document.createElementNS(SVG, 'svg'), { viewBox: '0 0 16 16', class: `icon icon-${name}` });
  svg.setAttribute('aria-hidden', 'true');
  svg.append(attributes(document.createElementNS(SVG, 'path'), { d: ICONS[name] }));
  return svg;
}

/** Shows another drawing in the same element. */
export function setIcon(svg: SVGSVGElement, name: keyof typeof ICONS): void {
  if (svg.classList.contains(`icon-${name}`)) return;
  svg.setAttribute('class', `icon icon-${name}`);
  svg.firstElementChild?.setAttribute('d', ICONS[name]);
}

/** Severities differ in outline, so that colour is not needed to tell them apart. */
const ICONS = {
  error: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M5.5 5.5l5 5M10.5 5.5l-5 5',
  warning: 'M8 1.8L15 14.2H1ZM8 6v4M8 11.6v1',
  info: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M8 7v4.5M8 4.3v1',
  hint: 'M5.8 11.5C5.8 9.8 3.8 9 3.8 6a4.2 4.2 0 0 1 8.4 0C12.2 9 10.2 9.8 10.2 11.5ZM6.3 14h3.4',
  colours:
    'M8 1.8a6.2 6.2 0 1 0 0 12.4c1.6 0 1.5-1.3 1-2.2-.5-1 .1-2 1.3-2h2.2c1 0 1.7-.9 1.7-2C14.2 4.6 11.500 1.8 8 1.800M5 8.200h.1M6.500 5h.1M10 5h.1',
  pin: 'M5.5 2H10.5M6.5 2V6.5L4.500 9H11.500L9.500 6.5V2M8 9V14',
  lock: 'M4 7.2H12V13.5H4ZM5.6 7V5a2.4 2.4 0 0 1 4.8 0V7M8 9.8v1.4',
  weight: 'M3 2.5H13M3 6.2H13M3 9.9H13M3 13.5H8.5',
  again: 'M12.9 6.2A5.2 5.2 0 1 0 13.2 8.6M13.4 2.8V6.4H9.8',
  lines: 'M2 3.5H14M4.5 6.5H11.5M2 10H14M4.5 13H11.5',
  search: 'M6.8 2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 1 0 0-9.6M10.4 10.4L14 14',
  clock: 'M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 1 0 0-12.4M8 4.5V8.3L10.6 9.8',
  copy: 'M5.5 5.5V2.2H13.8V10.5H10.5M2.2 5.5H10.5V13.8H2.2Z',
  details: 'M1.8 2.5H14.2V13.5H1.8ZM1.8 9H14.2',
  roster:
    'M5 2.6a1.9 1.9 0 1 0 0 3.8a1.9 1.9 0 1 0 0-3.8M1.6 13c0-5.6 6.8-5.6 6.8 0M10 4.5H14.5M10 8H14.5M10 11.5H14.5',
  keys: 'M1.5 4H14.5V12.5H1.5ZM4 6.7h.6M7.7 6.7h.6M11.4 6.7h.6M4.5 9.9H11.5',
  export: 'M8 10V1.8M4.8 4.8L8 1.8L11.2 4.8M2.5 8.5V14H13.5V8.5',
  open: 'M8.5 2.5H2.5V13.5H13.5V7.5M10 2.5H13.5V6M13.5 2.5L7.5 8.5',
  compare: 'M2 3H7V13H2ZM9 3H14V13H9ZM3.8 6H5.2M3.8 8.5H5.2M10.8 6H12.2',
  dock: 'M1.8 2.5H14.2V13.5H1.8ZM10 2.5V13.5',
  filter: 'M1.8 2.8H14.2L9.6 8.6V13.4L6.4 11.6V8.6Z',
  saved: 'M4 2.2H12V13.8L8 10.6L4 13.8Z',
  up: 'M3.5 10L8 5.5L12.5 10',
  down: 'M3.5 6L8 10.5L12.5 6',
  close: 'M4 4L12 12M12 4L4 12',
  user: 'M8 2.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6M2.8 14c0-6 10.4-6 10.4 0',
  focus: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12M8 5.6a2.4 2.4 0 1 0 0 4.8a2.4 2.4 0 1 0 0-4.8',
  mcu: 'M2.2 3H13.8V10.5H8L5 13.5V10.5H2.2Z',
  server: 'M2.5 2.5H13.5V6.8H2.5ZM2.5 9.2H13.5V13.5H2.5ZM5 4.6h.6M5 11.3h.6',
  address:
    'M8 14C4.6 9.9 3.4 8.3 3.4 6.4a4.6 4.6 0 0 1 9.2 0C12.6 8.3 11.4 9.9 8 14ZM8 5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3',
  unknown: 'M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 1 0 0-12.4M6.2 6.3c0-2.4 3.7-2.3 3.7 0C9.9 7.8 8 7.8 8 9.4M8 11.3v.8',
} as const;

export type IconName = keyof typeof ICONS;

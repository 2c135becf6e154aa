import type { Ladder, LadderRow } from './ladder.ts';
import { laneGaps, nameLimits } from './spacing.ts';
import { displayWidth, fit, fitName, wrap } from './width.ts';

/** How tall the row of a message is. */
export const ROW = 30;
const CAPTION = 18;
const TOP = 44;
const BELOW = 16;
const NUMBER = 40;
const CLOCK = 84;
/** How far above its arrow a label stands: so that nothing of it, nor the room around it, is on the line. */
const ABOVE = 7;
/** About the width of a character of 12 pixels. */
const CHARACTER = 6.8;
/** What is bold is wider by so much. */
const BOLD = 1.25;
const LONGEST_NAME = 400;

/** Colours of a picture: one of two, or that of whoever looks at it. */
export type Theme = 'light' | 'dark' | 'viewer';

/** The ladder as one SVG picture that stands alone: text stays text. `title` names its trace. */
export function svgLadder(ladder: Ladder, theme: Theme = 'viewer', title?: string): string {
  return picture(ladder, formOf(ladder), { theme, title: titleOf(title) });
}

/** What a picture or a page is called, of a trace with or without a name. */
export function titleOf(name: string | undefined): string {
  return name ? `SIP ladder of ${name}` : 'SIP message ladder';
}

/** What a wide picture has at most, in pixels: more takes too much memory to draw. */
const LARGEST = 24_000_000;

/** The same in pictures one below the other, each with the lanes on top and no higher than so many pixels, unless one row is; wide ones are lower. */
export function svgPages(ladder: Ladder, theme: Theme, most: number): string[] {
  const form = formOf(ladder);
  const highest = Math.max(TOP + BELOW + ROW, Math.min(most, Math.floor(LARGEST / form.width)));
  const pages: LadderRow[][] = [];
  let room = 0;
  for (const row of ladder.rows) {
    const own = ROW + CAPTION * captionLines(row, form).length;
    if (own > room) {
      pages.push([]);
      room = highest - TOP - BELOW;
    }
    room -= own;
    pages.at(-1)!.push(row);
  }
  return pages.map((rows) => picture({ ...ladder, rows }, form, { theme, title: titleOf(undefined) }));
}

interface Dress {
  readonly theme: Theme;
  readonly title: string;
}

function picture({ rows, lanes }: Ladder, form: Form, { theme, title }: Dress): string {
  const parts: string[] = [];
  let y = TOP;
  for (const row of rows) {
    const { height, drawn } = rowOf(row, form, y);
    parts.push(drawn);
    y += height;
  }
  const height = y + BELOW;
  const rails = lanes.map((lane, at) => rail(lane.label, at, form, height));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${form.width} ${height}" width="${form.width}" height="${height}">
<title>${escaped(title)}</title>
<style type="text/css">${STYLES[theme]}</style>
<rect class="page" width="100%" height="100%"/>
${[...rails, ...parts].join('\n')}
</svg>
`;
}

/** A message below what is said before it, from height `y` on, and how tall both are together. */
export function rowOf(row: LadderRow, form: Form, y: number): { readonly height: number; readonly drawn: string } {
  const said = captionLines(row, form).map((caption, at) => text('caption', 16, y + CAPTION * at + 13, caption));
  const height = CAPTION * said.length + ROW;
  return { height, drawn: [...said, arrowOf(row, form, y + height - 10)].join('\n') };
}

function captionLines({ captions }: LadderRow, { columns }: Form): string[] {
  return captions.flatMap((caption) => wrap(caption, columns));
}

const BASE = `
svg{font:12px system-ui,sans-serif}.lane{font-weight:600;text-anchor:middle}.label{text-anchor:middle}.number{text-anchor:end}.caption{font-style:italic}
.caption,.label{paint-order:stroke;stroke-width:4px}.line{fill:none}.response .line{stroke-dasharray:5 3}`.trim();

interface Colours {
  readonly page: string;
  readonly text: string;
  readonly faint: string;
  readonly caption: string;
  readonly rail: string;
  readonly request: string;
  readonly response: string;
  readonly failed: string;
}

const LIGHT: Colours = {
  ...{ page: '#fff', text: '#222', faint: '#666', caption: '#555', rail: '#bbb' },
  ...{ request: '#0b62a8', response: '#2d7d46', failed: '#b3261e' },
};
const DARK: Colours = {
  ...{ page: '#1e1e1e', text: '#ddd', faint: '#999', caption: '#aaa', rail: '#555' },
  ...{ request: '#6cb6ff', response: '#7ee787', failed: '#ff7b72' },
};

function coloured({ page, text: words, faint, caption, rail: lines, request, response, failed }: Colours): string {
  return `.page{fill:${page}}text{fill:${words}}.caption,.label{stroke:${page}}.number,.clock{fill:${faint}}.caption{fill:${caption}}.rail{stroke:${lines}}.line{stroke:${request}}.head{fill:${request}}
.response .line{stroke:${response}}.response .head{fill:${response}}.failed .line{stroke:${failed}}.failed .head,.failed .label{fill:${failed}}`;
}

const STYLES: Readonly<Record<Theme, string>> = {
  light: `${BASE}\n${coloured(LIGHT)}`,
  dark: `${BASE}\n${coloured(DARK)}`,
  viewer: `${BASE}\n${coloured(LIGHT)}\n@media (prefers-color-scheme:dark){${coloured(DARK)}}`,
};

/** How the parts of a ladder look in a page. */
export const STYLE = STYLES.viewer;

/** Where the lanes stand, in pixels. */
export interface Form {
  readonly lanes: readonly number[];
  /** The names of the lanes as they fit. */
  readonly names: readonly string[];
  /** Where arrows begin at the left, behind number and time. */
  readonly left: number;
  readonly width: number;
  /** How many characters of a caption fit into a line. */
  readonly columns: number;
  readonly timed: boolean;
}

/** Where everything stands in the picture of a ladder. */
export function formOf(ladder: Ladder): Form {
  const timed = ladder.rows.some((row) => row.time !== null);
  const gaps = laneGaps(ladder, {
    name: (label) => pixels(label) + 24,
    arrow: (row) => pixels(said(row)) + 36,
    least: 80,
    most: 520,
    step: 20,
    total: 1400,
  });
  const widths = ladder.lanes.map(({ label }) => Math.min(LONGEST_NAME, pixels(label) * BOLD));
  const limits = nameLimits(widths, gaps, 10);
  const ends = [widths[0], widths.at(-1)].map((width) => Math.max(40, (width ?? 0) / 2));
  const left = NUMBER + (timed ? CLOCK : 0);
  const lanes = [Math.round(left + 12 + ends[0]!)];
  for (const gap of gaps) lanes.push(lanes.at(-1)! + gap);
  const longest = ladder.rows.reduce((most, row) => Math.max(most, pixels(said(row))), 0);
  const width = Math.round(Math.max(480, lanes.at(-1)! + ends[1]! + 24, left + longest + 24));
  const names = ladder.lanes.map(({ label }, at) => fitName(label, Math.floor(limits[at]! / CHARACTER / BOLD + 0.01)));
  return { lanes, names, left, width, columns: Math.floor((width - 32) / CHARACTER), timed };
}

function pixels(label: string): number {
  return displayWidth(label) * CHARACTER;
}

function said(row: LadderRow): string {
  return row.failed ? `✕ ${row.label}` : row.label;
}

function rail(label: string, at: number, { lanes, names }: Form, height: number): string {
  const x = lanes[at]!;
  return `${named(label, names[at]!, x, 24)}<line class="rail" x1="${x}" y1="34" x2="${x}" y2="${height - 8}"/>`;
}

/** The name of a lane; one that was cut tells itself when the pointer rests on it. */
export function named(label: string, name: string, x: number, y: number): string {
  return name === label
    ? text('lane', x, y, name)
    : `<g><title>${escaped(label)}</title>${text('lane', x, y, name)}</g>`;
}

/** Number, time, arrow and label of a message, the arrow at height `y`. */
function arrowOf(row: LadderRow, form: Form, y: number): string {
  const { lanes, left, timed, width } = form;
  const from = lanes[row.from]!;
  const to = lanes[row.to]!;
  const kind = `arrow ${row.type}${row.failed ? ' failed' : ''}`;
  const clock = timed && row.time !== null ? new Date(row.time).toISOString().slice(-13, -1) : '';
  const parts = [`<title>${escaped(row.label)}</title>`, text('number', NUMBER - 4, y + 4, String(row.index))];
  if (clock) parts.push(text('clock', NUMBER + 6, y + 4, clock));
  parts.push(from === to ? loop(from, y) : stroke(from, to, y));
  const room = width - left - 12;
  const label = fit(said(row), Math.floor(room / CHARACTER));
  const half = pixels(label) / 2;
  const middle = from === to ? from + 36 + half : (from + to) / 2;
  parts.push(
    text(
      'label',
      round(Math.max(left + 6 + half, Math.min(width - 6 - half, middle))),
      from === to ? y + 4 : y - ABOVE,
      label,
    ),
  );
  return `<g class="${kind}">${parts.join('')}</g>`;
}

function round(pixel: number): number {
  return Math.round(pixel * 10) / 10;
}

function stroke(from: number, to: number, y: number): string {
  const back = to > from ? -8 : 8;
  return `<line class="line" x1="${from}" y1="${y}" x2="${to + back}" y2="${y}"/>${head(to, back, y)}`;
}

function loop(x: number, y: number): string {
  return `<path class="line" d="M${x} ${y - 5}h28v10H${x + 8}"/>${head(x, 8, y + 5)}`;
}

function head(x: number, back: number, y: number): string {
  return `<path class="head" d="M${x} ${y}l${back} -4v8z"/>`;
}

function text(kind: string, x: number, y: number, content: string): string {
  return `<text class="${kind}" x="${x}" y="${y}">${escaped(content)}</text>`;
}

/** Text as XML character data; what XML 1.0 does not allow becomes a replacement character. */
export function escaped(content: string): string {
  return content
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}

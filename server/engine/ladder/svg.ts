import type { Ladder, LadderRow } from './ladder.ts';
import { laneGaps } from './spacing.ts';
import { displayWidth, wrap } from './width.ts';

/** How tall the row of a message is. */
export const ROW = 30;
const CAPTION = 18;
const TOP = 44;
const NUMBER = 40;
const CLOCK = 84;
/** About the width of a character of 12 pixels. */
const CHARACTER = 6.8;

/** The ladder as one SVG picture that stands alone: text stays text, dark and light follow the viewer. */
export function svgLadder(ladder: Ladder): string {
  const form = formOf(ladder);
  const parts: string[] = [];
  let y = TOP;
  for (const row of ladder.rows) {
    for (const caption of row.captions.flatMap((text) => wrap(text, form.columns))) {
      parts.push(text('caption', 16, y + 13, caption));
      y += CAPTION;
    }
    parts.push(arrowOf(row, form, y + ROW - 10));
    y += ROW;
  }
  const height = y + 16;
  const rails = ladder.lanes.map((lane, at) => rail(lane.label, form.lanes[at]!, height));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${form.width} ${height}" width="${form.width}" height="${height}" role="img" aria-label="SIP message ladder">
<style>${STYLE}</style>
<rect class="page" width="100%" height="100%"/>
${[...rails, ...parts].join('\n')}
</svg>
`;
}

/** How the parts of a ladder look. */
export const STYLE = `
svg{font:12px system-ui,sans-serif}.page{fill:#fff}text{fill:#222}.lane{font-weight:600;text-anchor:middle}.label{text-anchor:middle}
.number{fill:#666;text-anchor:end}.clock{fill:#666}.caption{font-style:italic;fill:#555}.caption,.label{paint-order:stroke;stroke:#fff;stroke-width:4px}.rail{stroke:#bbb}.line{fill:none;stroke:#0b62a8}.head{fill:#0b62a8}
.response .line{stroke:#2d7d46;stroke-dasharray:5 3}.response .head{fill:#2d7d46}.failed .line{stroke:#b3261e}.failed .head,.failed .label{fill:#b3261e}
@media (prefers-color-scheme:dark){.page{fill:#1e1e1e}text{fill:#ddd}.caption,.label{stroke:#1e1e1e}.number,.clock{fill:#999}.caption{fill:#aaa}.rail{stroke:#555}.line{stroke:#6cb6ff}.head{fill:#6cb6ff}
.response .line{stroke:#7ee787}.response .head{fill:#7ee787}.failed .line{stroke:#ff7b72}.failed .head,.failed .label{fill:#ff7b72}}
`.trim();

/** Where the lanes stand, in pixels. */
export interface Form {
  readonly lanes: readonly number[];
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
  const ends = [ladder.lanes[0], ladder.lanes.at(-1)].map((lane) => Math.max(40, pixels(lane?.label ?? '') / 2));
  const lanes = [Math.round(NUMBER + (timed ? CLOCK : 0) + 12 + ends[0]!)];
  for (const gap of gaps) lanes.push(lanes.at(-1)! + gap);
  const width = Math.max(480, Math.round(lanes.at(-1)! + ends[1]! + 24));
  return { lanes, width, columns: Math.floor((width - 32) / CHARACTER), timed };
}

function pixels(label: string): number {
  return displayWidth(label) * CHARACTER;
}

function said(row: LadderRow): string {
  return row.failed ? `✕ ${row.label}` : row.label;
}

function rail(label: string, x: number, height: number): string {
  return `${text('lane', x, 24, label)}<line class="rail" x1="${x}" y1="34" x2="${x}" y2="${height - 8}"/>`;
}

/** Number, time, arrow and label of a message, the arrow at height `y`. */
export function arrowOf(row: LadderRow, { lanes, timed }: Form, y: number): string {
  const from = lanes[row.from]!;
  const to = lanes[row.to]!;
  const kind = `arrow ${row.type}${row.failed ? ' failed' : ''}`;
  const clock = timed && row.time !== null ? new Date(row.time).toISOString().slice(-13, -1) : '';
  const parts = [`<title>${escaped(row.label)}</title>`, text('number', NUMBER - 4, y + 4, String(row.index))];
  if (clock) parts.push(text('clock', NUMBER + 6, y + 4, clock));
  parts.push(from === to ? loop(from, y) : stroke(from, to, y));
  parts.push(
    from === to
      ? `<text x="${from + 36}" y="${y + 4}">${escaped(said(row))}</text>`
      : text('label', (from + to) / 2, y - 5, said(row)),
  );
  return `<g class="${kind}">${parts.join('')}</g>`;
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

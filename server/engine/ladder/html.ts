import { slice } from '../base/text.ts';
import type { TextTrace } from '../trace/text.ts';
import type { ExportSource } from './export.ts';
import type { LadderRow } from './ladder.ts';
import { arrowOf, escaped, type Form, formOf, named, ROW, STYLE } from './svg.ts';

/**
 * The ladder as one page that needs nothing else: an arrow opens its message, a field searches in all of them. Everything of the trace is text; what is a style or a script
 * is told to the browser by its hash, so that nothing else can be one (Content Security Policy).
 */
export function htmlLadder({ ladder, trace }: ExportSource): string {
  const form = formOf(ladder);
  const rows = ladder.rows.map((row) => rowHtml(row, form, trace));
  const names = ladder.lanes.map(({ label }, at) => named(label, form.names[at]!, form.lanes[at]!, 22));
  const rails = ladder.lanes.map((_, at) => `<path class="rail" d="M${form.lanes[at]} 0v${ROW}"/>`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'">
<meta name="viewport" content="width=device-width">
<title>SIP message ladder</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<label>Search <input type="search"></label> <output>${counted(rows.length)}</output>
<svg width="${form.width}" height="34" aria-hidden="true"><defs><g id="rails">${rails.join('')}</g></defs>${names.join('')}</svg>
</header>
<main>
${rows.join('\n')}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function counted(count: number): string {
  return `${count} message${count === 1 ? '' : 's'}`;
}

function rowHtml(row: LadderRow, form: Form, trace: TextTrace): string {
  const captions = row.captions.map((caption) => `<span class="said">${escaped(caption)}</span>`).join('');
  const message = trace.message(row.index - 1);
  const picture = `<svg width="${form.width}" height="${ROW}" aria-hidden="true"><use href="#rails"/>${arrowOf(row, form, ROW - 10)}</svg>`;
  const name = `${row.index}: ${row.label}`;
  return `<details id="m${row.index}"><summary aria-label="${escaped(name)}">${captions}${picture}</summary><pre>${escaped(slice(message.text, message))}</pre></details>`;
}

/** What the page looks like. A change needs the hash below: the test tells it. */
export const PAGE_STYLE = `
:root{color-scheme:light dark}body{margin:0;font:13px system-ui,sans-serif}header{position:sticky;top:0;background:Canvas;border-bottom:1px solid GrayText;padding:6px 0 0}
header label{margin-left:12px}svg{display:block}summary{list-style:none;cursor:pointer}summary:hover,details[open]>summary{background:color-mix(in srgb,Highlight 15%,Canvas)}
.said{display:block;padding:4px 16px;font-style:italic}pre{margin:0 0 8px 40px;padding:8px;border-left:3px solid GrayText;white-space:pre-wrap;overflow-wrap:anywhere}
${STYLE}
`;

/** Leaves the messages that contain what is searched for. */
export const SCRIPT = `
const field = document.querySelector('input');
const output = document.querySelector('output');
const all = output.textContent;
const rows = [...document.querySelectorAll('details')];
field.addEventListener('input', () => {
  const wanted = field.value.toLowerCase();
  let count = 0;
  for (const row of rows) {
    row.hidden = !row.textContent.toLowerCase().includes(wanted);
    if (!row.hidden) count++;
  }
  output.textContent = count === rows.length ? all : count + ' of ' + all;
});
`;

/** SHA-256 of both, as a Content Security Policy has it. */
export const STYLE_HASH = 'sha256-9iMHANqGEpZ/QmbRrRaYpNKoQQDATsSb3/NPIESeTCc=';
export const SCRIPT_HASH = 'sha256-8TWdNs1Tk7Ycv8y+G1WwlsH9iJOfFFxndf/SzriMouE=';

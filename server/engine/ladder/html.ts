import { slice } from '../base/text.ts';
import type { TextTrace } from '../trace/text.ts';
import type { ExportSource } from './export.ts';
import type { LadderRow } from './ladder.ts';
import { escaped, type Form, formOf, named, ROW, rowOf, STYLE, titleOf } from './svg.ts';

/**
 * The ladder as one page that needs nothing else: an arrow opens its message, a field searches in all of them. Everything of the trace is text; what is a style or a script
 * is told to the browser by its hash, so that nothing else can be one (Content Security Policy).
 */
export function htmlLadder({ ladder, trace, title }: ExportSource): string {
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
<title>${escaped(titleOf(title))}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>${escaped(titleOf(title))}</h1>
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
  const message = trace.message(row.index - 1);
  const { height, drawn } = rowOf(row, form, 0);
  const rails = `<use href="#rails"${height > ROW ? ` transform="scale(1 ${height / ROW})"` : ''}/>`;
  const picture = `<svg width="${form.width}" height="${height}" aria-hidden="true">${rails}${drawn}</svg>`;
  const shown = slice(message.text, message).replace(/[\r\n]+$/, '');
  const name = [...row.captions, `${row.index}: ${row.label}`].join(' ');
  return `<details id="m${row.index}"><summary aria-label="${escaped(name)}">${picture}</summary><pre>${escaped(shown)}</pre></details>`;
}

/** What the page looks like. A change needs the hash below: the test tells it. */
export const PAGE_STYLE = `
:root{color-scheme:light dark}body{margin:0;font:13px system-ui,sans-serif;background:#fff}header{position:sticky;top:0;background:inherit;border-bottom:1px solid #8884;padding:10px 0 0}
h1{margin:0 16px 8px;font-size:15px}header label{margin-left:16px}header svg{margin-top:4px}svg{display:block}summary{list-style:none;cursor:pointer}summary:hover,details[open]>summary{background:#0b62a81f}
summary:hover :is(.label,.caption),details[open]>summary :is(.label,.caption){stroke:none}
pre{margin:0 0 8px 40px;padding:8px;border-left:3px solid #8888;white-space:pre-wrap;overflow-wrap:anywhere}@media (prefers-color-scheme:dark){body{background:#1e1e1e;color:#ddd}}
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
export const STYLE_HASH = 'sha256-xNlOFEykUFHEKIDYFZRKEszK3EsxpyMoTRT2t2VQWfs=';
export const SCRIPT_HASH = 'sha256-8TWdNs1Tk7Ycv8y+G1WwlsH9iJOfFFxndf/SzriMouE=';

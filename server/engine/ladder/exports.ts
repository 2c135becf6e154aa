import { csvLadder } from './csv.ts';
import type { LadderExport } from './export.ts';
import { htmlLadder } from './html.ts';
import { jsonLadder } from './json.ts';
import type { Ladder } from './ladder.ts';
import { markdownLadder } from './markdown.ts';
import { mermaidLadder } from './mermaid.ts';
import { ndjsonLadder } from './ndjson.ts';
import { pcapngLadder } from './pcapng.ts';
import { plantumlLadder } from './plantuml.ts';
import { sippLadder } from './sipp.ts';
import { svgLadder } from './svg.ts';
import { textLadder } from './text.ts';

/** Every form in which a ladder leaves the tool, by the name of its `--format`: one file each, one line here. */
export const ladderExports: Readonly<Record<string, LadderExport>> = {
  text: { title: 'Text', extension: 'txt', ...ofRows(textLadder) },
  json: { title: 'JSON', extension: 'json', write: ({ ladder }) => jsonLadder(ladder) },
  ndjson: { title: 'NDJSON with the messages', extension: 'ndjson', write: ndjsonLadder },
  svg: {
    title: 'SVG picture, light or dark as its viewer',
    extension: 'svg',
    ...ofRows((ladder, title) => svgLadder(ladder, 'viewer', title)),
  },
  'svg-light': {
    title: 'SVG picture, light',
    extension: 'svg',
    ...ofRows((ladder, title) => svgLadder(ladder, 'light', title)),
  },
  'svg-dark': {
    title: 'SVG picture, dark',
    extension: 'svg',
    ...ofRows((ladder, title) => svgLadder(ladder, 'dark', title)),
  },
  html: { title: 'HTML page with the messages', extension: 'html', write: htmlLadder },
  markdown: { title: 'Markdown report', extension: 'md', write: markdownLadder },
  mermaid: { title: 'Mermaid sequence diagram', extension: 'mmd', ...ofRows((ladder) => mermaidLadder(ladder)) },
  plantuml: { title: 'PlantUML sequence diagram', extension: 'puml', ...ofRows((ladder) => plantumlLadder(ladder)) },
  csv: { title: 'CSV table', extension: 'csv', ...ofRows(csvLadder) },
  sipp: { title: 'sipp scenario of a dialog', extension: 'xml', write: sippLadder },
  pcapng: { title: 'pcapng capture', extension: 'pcapng', write: pcapngLadder },
};

function ofRows(write: (ladder: Ladder, title?: string) => string): Pick<LadderExport, 'isOfRows' | 'write'> {
  return { isOfRows: true, write: ({ ladder, title }) => write(ladder, title) };
}

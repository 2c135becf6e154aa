import { csvLadder } from './csv.ts';
import type { LadderExport } from './export.ts';
import { htmlLadder } from './html.ts';
import { jsonLadder } from './json.ts';
import { markdownLadder } from './markdown.ts';
import { mermaidLadder } from './mermaid.ts';
import { pcapngLadder } from './pcapng.ts';
import { plantumlLadder } from './plantuml.ts';
import { sippLadder } from './sipp.ts';
import { svgLadder } from './svg.ts';
import { textLadder } from './text.ts';

/** Every form in which a ladder leaves the tool, by the name of its `--format`: one file each, one line here. */
export const ladderExports: Readonly<Record<string, LadderExport>> = {
  text: { title: 'Text', extension: 'txt', write: ({ ladder }) => textLadder(ladder) },
  json: { title: 'JSON', extension: 'json', write: ({ ladder }) => jsonLadder(ladder) },
  svg: { title: 'SVG picture', extension: 'svg', write: ({ ladder }) => svgLadder(ladder) },
  html: { title: 'HTML page with the messages', extension: 'html', write: htmlLadder },
  markdown: { title: 'Markdown report', extension: 'md', write: markdownLadder },
  mermaid: { title: 'Mermaid sequence diagram', extension: 'mmd', write: ({ ladder }) => mermaidLadder(ladder) },
  plantuml: { title: 'PlantUML sequence diagram', extension: 'puml', write: ({ ladder }) => plantumlLadder(ladder) },
  csv: { title: 'CSV table', extension: 'csv', write: ({ ladder }) => csvLadder(ladder) },
  sipp: { title: 'sipp scenario of a dialog', extension: 'xml', write: sippLadder },
  pcapng: { title: 'pcapng capture', extension: 'pcapng', write: pcapngLadder },
};

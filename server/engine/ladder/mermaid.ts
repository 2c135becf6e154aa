import type { Ladder, LadderRow } from './ladder.ts';

/** Mermaid draws no diagram of more characters. */
const LONGEST = 50_000;

/**
 * The ladder as a Mermaid sequence diagram. Text is escaped by character entities, as Mermaid reads them. A ladder that Mermaid would not
 * draw becomes a Markdown text that says so, with several diagrams.
 */
export function mermaidLadder(ladder: Ladder, longest = LONGEST): string {
  const lanes = ladder.lanes.map(({ id, label }) => `  participant ${id} as ${escaped(label)}\n`).join('');
  const room = Math.max(1, longest - lanes.length - 'sequenceDiagram\n  autonumber 1000000\n'.length);
  const counts = isWhole(ladder);
  const parts = partsOf(ladder, room);
  const [only] = parts;
  if (parts.length < 2) return diagram(lanes, counts, only ?? { rows: [], text: '' });
  const blocks = parts.map(
    (part) =>
      `Messages ${part.rows[0]!.index} to ${part.rows.at(-1)!.index}:\n\n\`\`\`mermaid\n${diagram(lanes, counts, part)}\`\`\`\n`,
  );
  const why = `Mermaid draws no more than ${longest.toLocaleString('en')} characters at once: this ladder is in ${parts.length} diagrams.`;
  return `${[`${why}\n`, ...blocks].join('\n')}`;
}

interface Part {
  readonly rows: readonly LadderRow[];
  readonly text: string;
}

/** No message is left out, so that a diagram can number its messages by itself. */
function isWhole({ rows }: Ladder): boolean {
  return rows.every((row, at) => row.index === at + 1);
}

/** As many rows together as have room. */
function partsOf(ladder: Ladder, room: number): Part[] {
  const counts = isWhole(ladder);
  const parts: Part[] = [];
  let rows: LadderRow[] = [];
  let text = '';
  for (const row of ladder.rows) {
    const lines = rowLines(ladder, row, counts ? '' : `(${row.index}) `);
    if (rows.length > 0 && text.length + lines.length > room) {
      parts.push({ rows, text });
      rows = [];
      text = '';
    }
    rows.push(row);
    text += lines;
  }
  return rows.length > 0 ? [...parts, { rows, text }] : parts;
}

function diagram(head: string, counts: boolean, { rows, text }: Part): string {
  const first = rows[0]?.index ?? 1;
  const numbers = counts ? `  autonumber${first > 1 ? ` ${first}` : ''}\n` : '';
  return `sequenceDiagram\n${numbers}${head}${text}`;
}

function rowLines(ladder: Ladder, row: LadderRow, number: string): string {
  const first = ladder.lanes[0]!.id;
  const last = ladder.lanes.at(-1)!.id;
  const ends = first === last ? first : `${first},${last}`;
  const notes = row.captions.map((caption) => `  Note over ${ends}: ${escaped(caption)}\n`);
  const [from, to] = [ladder.lanes[row.from]!.id, ladder.lanes[row.to]!.id];
  return `${notes.join('')}  ${from}${arrow(row)}${to}: ${number}${escaped(row.label)}\n`;
}

function arrow(row: LadderRow): string {
  if (row.failed) return '--x';
  return row.type === 'response' ? '-->>' : '->>';
}

/** What Mermaid gives a meaning becomes a character entity; what no diagram can show becomes a blank or U+FFFD. */
function escaped(text: string): string {
  const shown = text.replace(/\p{Surrogate}/gu, '\ufffd').replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
  return shown.replace(/[#;<>&"{}%\\]/g, (char) => `#${char.charCodeAt(0)};`) || ' ';
}

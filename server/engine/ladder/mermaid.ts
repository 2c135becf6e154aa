import type { Ladder, LadderRow, Lane } from './ladder.ts';
import { partsOf, type Room } from './parts.ts';

/** Mermaid draws no diagram of more characters. */
const LONGEST = 50_000;

/**
 * The ladder as a Mermaid sequence diagram. Text is escaped by character entities, as Mermaid reads them. A ladder that Mermaid would not
 * draw becomes a Markdown text that says so, with several diagrams, each with the lanes that it needs.
 */
export function mermaidLadder(ladder: Ladder, longest = LONGEST): string {
  const whole = diagram(ladder);
  if (whole.length <= longest) return whole;
  const parts = partsOf(ladder, roomFor(ladder, longest));
  const blocks = parts.map(
    (part) =>
      `Messages ${part.rows[0]!.index} to ${part.rows.at(-1)!.index}:\n\n\`\`\`mermaid\n${diagram(part)}\`\`\`\n`,
  );
  const why = `Mermaid draws no more than ${longest.toLocaleString('en')} characters at once: this ladder is in ${counted(parts.length)}.`;
  return `${[`${why}\n`, ...blocks].join('\n')}`;
}

function counted(diagrams: number): string {
  return diagrams === 1 ? 'one diagram all the same' : `${diagrams} diagrams`;
}

/** Counts the characters of a diagram as rows are added to it. */
function roomFor(ladder: Ladder, longest: number): Room {
  const most = longest - 'sequenceDiagram\n  autonumber 1000000\n'.length;
  const counts = isGapless(ladder);
  const size = (row: LadderRow, lanes: readonly number[]) =>
    rowLines(ladder, row, counts ? '' : `(${row.index}) `).length +
    lanes.reduce((sum, lane) => sum + laneLine(ladder.lanes[lane]!).length, 0);
  let filled = 0;
  return {
    begin: (row, lanes) => {
      filled = size(row, lanes);
    },
    add(row, lanes) {
      const own = size(row, lanes);
      if (filled + own > most) return false;
      filled += own;
      return true;
    },
  };
}

/** A diagram numbers its messages by itself where none is left out. */
function diagram(ladder: Ladder): string {
  const { rows, lanes } = ladder;
  const first = rows[0]?.index ?? 1;
  const counts = isGapless(ladder);
  const numbers = counts ? `  autonumber${first > 1 ? ` ${first}` : ''}\n` : '';
  const lines = rows.map((row) => rowLines(ladder, row, counts ? '' : `(${row.index}) `));
  return `sequenceDiagram\n${numbers}${lanes.map(laneLine).join('')}${lines.join('')}`;
}

/** No message is left out between the first and the last. */
function isGapless({ rows }: Ladder): boolean {
  return rows.every((row, at) => row.index === rows[0]!.index + at);
}

function laneLine({ id, label }: Lane): string {
  return `  participant ${id} as ${escaped(label)}\n`;
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
  const coded = shown.replace(/[#;<>&"{}%$\\]/g, (char) => `#${char.charCodeAt(0)};`);
  // A text that begins so would lose it: Mermaid takes it for how the text is to be set.
  return coded.replace(/^(\s*:?(?:no)?wrap):/, '$1#58;') || ' ';
}

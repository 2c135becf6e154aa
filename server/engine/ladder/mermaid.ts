import type { Ladder, LadderRow } from './ladder.ts';

/** The ladder as a Mermaid sequence diagram. Text is escaped by character entities, as Mermaid reads them. */
export function mermaidLadder(ladder: Ladder): string {
  const lines = ['sequenceDiagram', '  autonumber'];
  for (const lane of ladder.lanes) lines.push(`  participant ${lane.id} as ${escaped(lane.label)}`);
  const first = ladder.lanes[0]?.id;
  const last = ladder.lanes.at(-1)?.id;
  const ends = first === last ? first : `${first},${last}`;
  for (const row of ladder.rows) {
    for (const caption of row.captions) lines.push(`  Note over ${ends}: ${escaped(caption)}`);
    lines.push(`  ${ladder.lanes[row.from]!.id}${arrow(row)}${ladder.lanes[row.to]!.id}: ${escaped(row.label)}`);
  }
  return `${lines.join('\n')}\n`;
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

import type { Lines, TraceFormat } from './format.ts';
import { beginsWith } from './lines.ts';
import { timeOf } from './times.ts';

const MESSAGE = /<message>\s*<!\[CDATA\[/;
/** So many lines tell of a message before it. */
const MOST_LINES = 25;

/** What sipXecs merges from the logs of several servers: `<branchNode>` with a message in CDATA. */
export const sipXMergedXml: TraceFormat = {
  id: 'sipx-merged-xml',
  title: 'sipXecs: merged logs as XML (sipviewer)',
  rank: 2,
  marks: ['<![CDATA['],
  announce(lines) {
    const line = lines.text(0);
    const found = MESSAGE.exec(line);
    const node = found && nodeBefore(lines);
    if (!node) return null;
    return {
      source: node.get('sourceAddress') ?? node.get('source'),
      destination: node.get('destinationAddress') ?? node.get('destination'),
      time: timeOf(node.get('time') ?? ''),
      line: 0,
      column: found.index + found[0].length,
    };
  },
  ends: (bytes, at, end) => beginsWith(bytes, at, end, ']]>'),
  closed: true,
};

/** The elements of the node up to the message; null where no node begins there. */
function nodeBefore(lines: Lines): Map<string, string> | null {
  const known = new Map<string, string>();
  for (let line = -1; line > -MOST_LINES; line--) {
    const text = lines.text(line);
    if (text.includes('<branchNode>')) return known;
    if (!/^\s*</.test(text) || text.includes('CDATA')) return null;
    const element = /<(\w+)>([^<]*)<\/\1>/.exec(text);
    if (element) known.set(element[1]!, element[2]!.trim());
  }
  return null;
}

import type { Envelope } from './format.ts';

// Streams that Wireshark and tshark follow name their two ends on top, and tell of each part which of them sent it.

const NODE = /^(Node) ([01]): (\S+?):?(\d+)\s*$/gm;
const PEER = /^ *- (peer): (\d+)\s*\n *host: (\S+)\s*\n *port: (\d+)/gm;

/** What the ends are called from there on; null where a text names none. */
export function namedEnds(text: string): Envelope | null {
  const names: Record<string, string> = {};
  for (const [, word, number, host, port] of [...text.matchAll(NODE), ...text.matchAll(PEER)])
    names[`${word} ${number}`] = `${host!.includes(':') && !host!.startsWith('[') ? `[${host}]` : host}:${port}`;
  return Object.keys(names).length === 2 ? { names } : null;
}

/** The way of a part: what node 1 sent stands behind a tab. */
export function wayOf(tab: string): { source: string; destination: string } {
  const [source, destination] = tab ? ['Node 1', 'Node 0'] : ['Node 0', 'Node 1'];
  return { source: source!, destination: destination! };
}

import type { LadderRow } from '../server/view/protocol.ts';

/** What the colours of arrows tell. */
export type ColourMode = 'class' | 'dialog' | 'transaction' | 'finding';

const MODES: readonly ColourMode[] = ['class', 'dialog', 'transaction', 'finding'];
const HUES = 6;
const SHAPES = ['●', '▲', '■', '◆', '▼'];

/** What a row is coloured by: a class of the style sheet, and a shape that tells the same without colour ('' for none). */
export interface Colouring {
  readonly name: string;
  readonly shape: string;
}

export function nextColour(mode: ColourMode): ColourMode {
  return MODES[(MODES.indexOf(mode) + 1) % MODES.length]!;
}

/** The same dialog or transaction has the same colour and shape in each trace and under each filter: they come of its name. */
export function colouringOf(mode: ColourMode, row: LadderRow): Colouring {
  if (mode === 'class') return { name: '', shape: '' };
  if (mode === 'finding') return { name: `by-finding worst-${worst(row)}`, shape: '' };
  const name = mode === 'dialog' ? row.callId : row.transaction && `${row.callId} ${row.method} ${row.cseq}`;
  if (!name) return { name: 'by-name hue-none', shape: '' };
  const hash = hashOf(name);
  return { name: `by-name hue-${hash % HUES}`, shape: SHAPES[Math.floor(hash / HUES) % SHAPES.length]! };
}

/** What the colours mean: pieces with the class of their swatch. */
export function legendOf(mode: ColourMode): readonly { readonly swatch: string; readonly words: string }[] {
  const piece = (swatch: string, words: string) => ({ swatch, words });
  if (mode === 'dialog') return [piece('shapes', 'one colour and shape for each Call-ID')];
  if (mode === 'transaction') return [piece('shapes', 'one colour and shape for each transaction')];
  if (mode === 'finding')
    return [
      piece('bad', 'error or failure'),
      piece('warn', 'warning'),
      piece('note', 'note, hint'),
      piece('provisional', 'nothing found'),
    ];
  return [
    piece('request', 'request'),
    piece('provisional', '1xx'),
    piece('success', '2xx'),
    piece('redirect', '3xx'),
    piece('bad', '4xx–6xx'),
  ];
}

function worst({ problems, failed }: LadderRow): string {
  if (problems.error > 0 || failed) return 'error';
  if (problems.warning > 0) return 'warning';
  return problems.info + problems.hint > 0 ? 'info' : 'none';
}

/** FNV-1a of the characters. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

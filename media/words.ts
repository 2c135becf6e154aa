import type { LadderRow, Lane } from '../server/view/protocol.ts';

const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const;

/** `1 warning`, `2 hints`: what the badges say in words. */
export function problemWords(problems: LadderRow['problems']): string[] {
  return SEVERITIES.filter((severity) => problems[severity] > 0).map((severity) => {
    const plural = severity === 'info' ? 'notes' : `${severity}s`;
    const single = severity === 'info' ? 'note' : severity;
    return plain(problems[severity], single, plural);
  });
}

/** `12,345`: a number as English writes it. The browser's own way to it takes long the first time. */
export function grouped(number: number): string {
  return String(number).replace(/^\d+/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, ','));
}

/** `1 message`, `17 messages`. */
export function plain(count: number, single: string, plural = `${single}s`): string {
  return `${grouped(count)} ${count === 1 ? single : plural}`;
}

/** `42 %`. */
export function percentage(part: number): string {
  return `${Math.floor(part * 100)} %`;
}

/** What a screen reader says of an arrow: all that is drawn. */
export function rowName(row: LadderRow, lanes: readonly Lane[], time: string, gap = ''): string {
  const parts = [String(row.index), `${row.type} ${row.label}`, journey(row, lanes)];
  if (time) parts.splice(1, 0, time);
  if (gap) parts.push(`after a gap of ${gap}`);
  if (row.failed) parts.push('failed');
  if (row.retransmissions > 0) parts.push(`sent again ${plain(row.retransmissions, 'time')}`);
  if (row.retransmissionOf !== null) parts.push(`retransmission of ${row.retransmissionOf}`);
  parts.push(...problemWords(row.problems));
  if (row.facts) parts.push(row.facts);
  const step = row.captions.length > 0 ? `. Step: ${row.captions.join(' ')}` : '';
  return parts.join(', ') + step;
}

function journey(row: LadderRow, lanes: readonly Lane[]): string {
  const from = laneName(lanes, row.from);
  return row.from === row.to ? `within ${from}` : `from ${from} to ${laneName(lanes, row.to)}`;
}

/** The label of a lane, for words. */
export function laneName(lanes: readonly Lane[], lane: number): string {
  return lanes[lane]?.label ?? 'a hidden lane';
}

const KINDS: Record<Lane['kind'], string> = {
  user: 'user',
  focus: 'conference focus',
  mcu: 'conferencing server',
  server: 'server',
  address: 'address',
  unknown: 'unknown',
};

/** The second line of a lane's header: a user's address, or what else it is. */
export function laneKind(lane: Lane): string {
  const address = lane.kind === 'user' ? /^sips?:([^;?]+)/.exec(lane.uri ?? '')?.[1] : undefined;
  const kind = lane.isGuess ? `guessed ${KINDS[lane.kind]}` : KINDS[lane.kind];
  return address && address !== lane.label ? address : kind;
}

/** What is known of a lane, and how. */
export function laneStory(lane: Lane): string {
  return [lane.label, KINDS[lane.kind], lane.uri, lane.addresses.join(', '), lane.why].filter(Boolean).join('\n');
}

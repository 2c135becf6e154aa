import { namedEnds, wayOf } from './followed.ts';
import type { TraceFormat } from './format.ts';
import { isStartText } from './startText.ts';

/** The length of a part. */
const LENGTH = /^(\t?)\d+\s*$/;
const LONGEST = 400;

/** Streams that tshark follows as text. Other lines than those with a mark are asked about from the head on. */
export const wiresharkFollow: TraceFormat = {
  id: 'wireshark-follow',
  title: 'tshark -z follow,…,ascii',
  rank: 1,
  marks: ['Follow: '],
  announce(lines) {
    const line = lines.text(0);
    if (line.startsWith('Follow: ')) return namedEnds(lines.passage(1, LONGEST));
    const length = LENGTH.exec(line);
    if (!length || !isStartText(lines.text(1))) return null;
    const { source, destination } = wayOf(length[1]!);
    return { time: null, source, destination };
  },
};

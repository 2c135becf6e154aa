import type { TraceFormat } from './format.ts';

/** Messages without anything of a log around them: the reader's own way, without marks. */
export const plain: TraceFormat = {
  id: 'plain',
  title: 'SIP messages as text, one after another, whatever stands between them',
  rank: 1,
  marks: [],
  announce: () => null,
};

import type { Lines, TraceFormat } from './format.ts';
import { beginsWith } from './lines.ts';

/** So many lines tell of a message before it. */
const MOST_LINES = 25;

/** A line of the tag before a message. */
const LINE = /^\s*(?:<message\b|\w+="|>?\s*$)/;

/** The server log of JAIN-SIP (Mobicents, Restcomm, Android): `<message from=… to=…>` with a message in CDATA. */
export const jainSip: TraceFormat = {
  id: 'jain-sip',
  title: 'JAIN-SIP: server log (Mobicents, Restcomm, Jitsi)',
  rank: 2,
  marks: ['<![CDATA['],
  announce(lines) {
    const line = lines.text(0);
    if (!/^\s*<!\[CDATA\[/.test(line)) return null;
    const attributes = attributesBefore(lines);
    if (!attributes) return null;
    const field = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
    const time = Number(field('time') ?? Number.NaN);
    return {
      source: field('from'),
      destination: field('to'),
      direction: field('isSender') === 'true' ? 'sent' : field('isSender') === 'false' ? 'received' : undefined,
      time: Number.isFinite(time) ? time : null,
      thread: field('transactionId'),
      line: 0,
      column: line.indexOf('[CDATA[') + '[CDATA['.length,
    };
  },
  ends: (bytes, at, end) => beginsWith(bytes, at, end, ']]>') || beginsWith(bytes, at, end, '</message>'),
  closed: true,
};

/** The lines of the tag before; null where it is another. */
function attributesBefore(lines: Lines): string | null {
  let text = '';
  for (let line = -1; line > -MOST_LINES; line--) {
    const one = lines.text(line);
    if (!LINE.test(one)) return null;
    text = `${one}\n${text}`;
    if (/^\s*<message\b/.test(one)) return /\bfrom="/.test(text) ? text : null;
  }
  return null;
}

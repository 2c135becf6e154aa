import { slice, trimmed } from './base/text.ts';
import { isoTime } from './base/time.ts';
import type { Reading } from './reading.ts';
import { type HeaderField, header, headerName, headerValue, type SipMessage, unfold } from './sip/message.ts';
import { headerFacts } from './sip/registry.ts';
import { timeOf } from './trace/formats/times.ts';
import type { TextTrace } from './trace/text.ts';

/**
 * The trace as plain lines, one message after another in the order of the trace: known header names in full, folding, flattening and
 * log prefixes undone, values as they are. What stands between messages stays as `#` lines, a time as one of its own. Read again, it
 * gives the same messages, parties, captions and times.
 * @param wanted 1 for each message (zero-based) that is to be there; without it all, and what stands behind the last
 */
export function normalizeTrace({ trace }: Reading, wanted?: Uint8Array): string {
  let text = '';
  let after = '';
  for (let index = 0; index < trace.count; index++) {
    if (wanted && !wanted[index]) continue;
    const message = trace.message(index);
    const body = bodyOf(message);
    text += after + comments(trace, index, message) + head(message) + body;
    after = body.trim() ? '\n' : '';
  }
  const isWhole = !wanted || wanted[trace.count - 1] === 1;
  const rest = isWhole ? trace.saidLast() : [];
  return rest.length ? `${text}${after}${rest.map((line) => `# ${line}\n`).join('')}` : text;
}

/** One message in lines, as in a whole trace. */
export function normalizeMessage(message: SipMessage): string {
  return head(message) + bodyOf(message);
}

/** A line of prose with a time in it is not taken for a time stamp if it is as long as this. */
const NO_STAMP = 200;

function comments(trace: TextTrace, index: number, message: SipMessage): string {
  const iso = isoTime(trace.columns.timeOf(index));
  const time = iso && /^\d{4}-/.test(iso) ? `# ${iso}\n` : '';
  const prose = trace.said(index).map((line) => {
    const comment = `# ${line}`;
    return `${!time && timeOf(comment) !== null ? comment.padEnd(NO_STAMP) : comment}\n`;
  });
  // What has no start line is known by the lines right before its headers, so a comment must not stand there.
  const apart = message.kind === 'unknown' && (time || prose.length) ? '\n' : '';
  return `${prose.join('')}${time}${apart}`;
}

function head(message: SipMessage): string {
  const { text, headers, stray } = message;
  const lines = [
    ...headers.map((field) => ({ from: field.from, line: headerLine(message, field) })),
    ...stray.map((span) => ({ from: span.from, line: unfold(slice(text, span)).trim() })),
  ].sort((a, b) => a.from - b.from);
  return `${[slice(text, message.startLine).trim(), ...lines.map(({ line }) => line)].join('\n')}\n\n`;
}

function headerLine(message: SipMessage, field: HeaderField): string {
  const name = headerName(message, field);
  if (!/^[\w\-.!%*+`'~]+$/.test(name)) return unfold(slice(message.text, field)).trim();
  const value = unfold(slice(message.text, field.value));
  return `${headerFacts(name)?.name ?? name}:${value ? ` ${value}` : ''}`;
}

/** The body without CRs and without empty lines at its end. Where one is announced but missing, an empty line says so. */
function bodyOf(message: SipMessage): string {
  const { text, body } = message;
  let { to } = trimmed(text, body.from, body.to);
  if (to === body.from) return announcesBody(message) ? '\n' : '';
  while (to < body.to && (text[to] === ' ' || text[to] === '\t')) to++;
  return `${text.slice(body.from, to).replace(/\r\n?/g, '\n')}\n`;
}

function announcesBody(message: SipMessage): boolean {
  return header(message, 'content-type') !== undefined || Number(headerValue(message, 'content-length') ?? 0) !== 0;
}

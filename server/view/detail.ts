import { slice } from '../engine/base/text.ts';
import { headerName, type SipMessage, unfold } from '../engine/sip/message.ts';
import { type BodyPart, bodyParts } from '../engine/sip/multipart.ts';
import { parseXml, prettyXml } from '../engine/xml/xml.ts';
import { linksOf, type Numbering } from './links.ts';
import type { OpenTrace } from './openTrace.ts';
import type { BodyView, MessageDetail } from './protocol.ts';

/** A longer value or body is cut in the pane: the text beside it has the whole. */
const LONGEST_VALUE = 5_000;
const LONGEST_BODY = 200_000;
const MOST_HEADERS = 500;

/**
 * One message (zero-based) for the details pane.
 * @param numberOf by which number the reader knows a message, where the reading is a part of a trace
 */
export function detailOf(
  trace: Pick<OpenTrace, 'reading' | 'problems'>,
  index: number,
  numberOf?: Numbering,
): MessageDetail {
  const message = trace.reading.trace.message(index);
  const headers = message.headers.slice(0, MOST_HEADERS).map((field) => ({
    name: headerName(message, field),
    value: cut(unfold(slice(message.text, field.value)), LONGEST_VALUE),
  }));
  const problems = trace.problems.filter((problem) => problem.messageIndex === index + 1);
  return {
    index: numberOf?.(index) ?? index + 1,
    startLine: cut(slice(message.text, message.startLine), LONGEST_VALUE),
    headers,
    bodies: bodyParts(message).map((part) => bodyView(message, part)),
    problems: problems.map(({ rule, severity, message: text, spec }) => ({
      rule,
      severity,
      message: text,
      ...(spec && { spec }),
    })),
    links: linksOf(trace.reading, index, numberOf),
  };
}

function bodyView(message: SipMessage, { type, body }: BodyPart): BodyView {
  const isXml = type.endsWith('xml') && body.to - body.from <= LONGEST_BODY;
  const text = isXml ? prettyXml(parseXml(message.text, body.from, body.to)) : slice(message.text, body);
  return { type: type || 'unknown type', text: cut(text, LONGEST_BODY) };
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}… (${text.length - length} characters more)`;
}

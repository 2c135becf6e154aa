import { type Problem, slice } from '../engine/base/text.ts';
import { headerName, type SipMessage, unfold } from '../engine/sip/message.ts';
import { type BodyPart, bodyParts } from '../engine/sip/multipart.ts';
import { headerFacts } from '../engine/sip/registry.ts';
import { plainPart, valueParts } from '../engine/sip/valueParts.ts';
import { parseXml, prettyXml } from '../engine/xml/xml.ts';
import { linksOf } from './links.ts';
import type { BodyView, HeaderView, MessageDetail, ProblemView } from './protocol.ts';
import type { Loaded, ViewedTrace } from './viewed.ts';

/** A longer value or body is cut in the pane: the text beside it has the whole. */
const LONGEST_VALUE = 5_000;
const LONGEST_BODY = 200_000;
const MOST_HEADERS = 500;

/**
 * One message (zero-based) for the details pane, with what was found in it.
 * @param lines turns the places of problems into lines; null where the source has none
 */
export function detailOf(
  loaded: Loaded,
  index: number,
  problems: readonly Problem[],
  lines: ViewedTrace['lines'],
): MessageDetail {
  const message = loaded.message(index);
  const headers = message.headers
    .slice(0, MOST_HEADERS)
    .map((field) => headerView(headerName(message, field), unfold(slice(message.text, field.value))));
  return {
    index: index + 1,
    startLine: cut(slice(message.text, message.startLine), LONGEST_VALUE),
    headers,
    bodies: bodyParts(message).map((part) => bodyView(message, part)),
    problems: problems.map((problem) => problemView(problem, lines)),
    links: linksOf(loaded.reading, loaded.place(index), (place) => loaded.indices[place]! + 1),
  };
}

function headerView(name: string, value: string): HeaderView {
  const facts = headerFacts(name);
  const source = facts && [facts.ref, facts.section && `§${facts.section}`].filter(Boolean).join(' ');
  const isLong = value.length > LONGEST_VALUE;
  return {
    name,
    value: cut(value, LONGEST_VALUE),
    parts: isLong ? [plainPart(cut(value, LONGEST_VALUE))] : valueParts(name, value),
    meaning: facts ? `${facts.name}: ${facts.description} (${source})` : '',
  };
}

function problemView({ rule, severity, message, spec, from, to }: Problem, lines: ViewedTrace['lines']): ProblemView {
  const range = lines ? { start: lines.position(from), end: lines.position(to) } : null;
  return { rule, severity, message, ...(spec && { spec }), range };
}

function bodyView(message: SipMessage, { type, body }: BodyPart): BodyView {
  const isXml = type.endsWith('xml') && body.to - body.from <= LONGEST_BODY;
  const text = isXml ? prettyXml(parseXml(message.text, body.from, body.to)) : slice(message.text, body);
  return { type: type || 'unknown type', text: cut(text, LONGEST_BODY) };
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}… (${text.length - length} characters more)`;
}

import { callMembers, commandAnswers } from '../../answers.ts';
import { type Cccp, readCccp } from '../../flow/cccp.ts';
import { type Fix, type MessagePlace, type Source, type XmlPlace, xmlAt } from '../source.ts';
import { type Outcome, outcomesOf, responseTo } from './commandResponse.ts';
import { lineEndAt } from './lineEnds.ts';
import { responseMessage } from './responseMessage.ts';

/** In a CCCP request that is not answered yet: writes the response, as the message that brings it or as a document of its own. */
export function answers(source: Source, offset: number): Fix[] {
  const place = xmlAt(source, offset);
  const cccp = place && readCccp(place.document);
  if (!place || cccp?.kind !== 'request' || cccp.commands.length === 0 || isAnswered(source, place)) return [];
  return outcomesOf(cccp).map((outcome) => answer(source, place, cccp, outcome));
}

function isAnswered({ reading }: Source, { within }: XmlPlace): boolean {
  if (!within) return false;
  return commandAnswers(reading, within.index).some(({ asked, code }) => asked === within.index && code !== 'pending');
}

function answer(source: Source, { document, within }: XmlPlace, cccp: Cccp, outcome: Outcome): Fix {
  const body = responseTo(document, cccp, outcome);
  const title = `Write the response: ${outcome.code}${outcome.reason ? `, ${outcome.reason}` : ''}`;
  if (within?.message.kind !== 'request') return { title, edits: [], opens: { text: body, languageId: 'cccp' } };
  const at = behind(source, within);
  const lineEnd = lineEndAt(source.text, at);
  const message = responseMessage(source, within.index, within.message, body.replaceAll('\n', lineEnd));
  const apart = /[\r\n]$/.test(source.text.slice(0, at)) ? lineEnd : lineEnd + lineEnd;
  const text = apart + message + (at < source.text.length ? lineEnd : '');
  return { title, edits: [{ from: at, to: at, text }] };
}

/** Where the request's transaction ends in the text. */
function behind({ reading }: Source, { index }: MessagePlace): number {
  const { respondsTo } = reading.flow.transactions;
  const own = [...callMembers(reading, index)].filter((other) => respondsTo[other] === index + 1);
  return Math.max(...[index, ...own].map((other) => reading.trace.span(other).to));
}

import { callMembers, commandAnswers } from '../engine/answers.ts';
import type { Reading } from '../engine/engine.ts';
import { otherHops } from '../engine/otherHops.ts';
import type { MessageLink } from './protocol.ts';

const MOST_LINKS = 20;

/** The number by which the reader knows a message of a reading (zero-based), from 1 on. */
export type Numbering = (index: number) => number;

const IN_ORDER: Numbering = (index) => index + 1;

/** The other messages that a message (zero-based) belongs together with. */
export function linksOf(reading: Reading, index: number, numberOf = IN_ORDER): readonly MessageLink[] {
  const kinds = [transactionLinks, hopLinks, commandLinks];
  return kinds.flatMap((linksOfKind) => linksOfKind(reading, index, numberOf)).slice(0, MOST_LINKS);
}

function transactionLinks(reading: Reading, index: number, numberOf: Numbering): MessageLink[] {
  const { respondsTo, retransmissionOf } = reading.flow.transactions;
  const links: MessageLink[] = [];
  const add = (relation: MessageLink['relation'], text: string, other: number) =>
    links.push(linkTo(relation, text, numberOf(other)));
  if (respondsTo[index]) add('answer', 'answers', respondsTo[index]! - 1);
  if (retransmissionOf[index]) add('retransmission', 'retransmission of', retransmissionOf[index]! - 1);
  for (const other of callMembers(reading, index)) {
    if (respondsTo[other] === index + 1) add('answer', 'answered by', other);
    else if (retransmissionOf[other] === index + 1) add('retransmission', 'sent again as', other);
  }
  return links;
}

/** The same message on the hops beside it. */
function hopLinks(reading: Reading, index: number, numberOf: Numbering): MessageLink[] {
  const { before, after } = otherHops(reading, index);
  const passedOn = after.map((other) => linkTo('hop', 'passed on as', numberOf(other)));
  return before === null ? passedOn : [linkTo('hop', 'passed on from', numberOf(before)), ...passedOn];
}

function commandLinks(reading: Reading, index: number, numberOf: Numbering): MessageLink[] {
  const links: MessageLink[] = [];
  for (const { asked, answered, requestId } of commandAnswers(reading, index)) {
    const id = requestId && ` (request ${requestId})`;
    if (asked === index) links.push(linkTo('command', 'command answered by', numberOf(answered), id));
    if (answered === index) links.push(linkTo('command', 'answers the command of', numberOf(asked), id));
  }
  return links;
}

function linkTo(relation: MessageLink['relation'], text: string, number: number, more = ''): MessageLink {
  return { text: `${text} ${number}${more}`, index: number, relation };
}

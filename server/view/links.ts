import { callMembers, commandAnswers } from '../engine/answers.ts';
import type { Reading } from '../engine/engine.ts';
import type { MessageDetail } from './protocol.ts';

type Link = MessageDetail['links'][number];

const MOST_LINKS = 20;

/** The number by which the reader knows a message of a reading (zero-based), from 1 on. */
export type Numbering = (index: number) => number;

const IN_ORDER: Numbering = (index) => index + 1;

/** The other messages that a message (zero-based) belongs together with. */
export function linksOf(reading: Reading, index: number, numberOf = IN_ORDER): readonly Link[] {
  return [...transactionLinks(reading, index, numberOf), ...commandLinks(reading, index, numberOf)].slice(
    0,
    MOST_LINKS,
  );
}

function transactionLinks(reading: Reading, index: number, numberOf: Numbering): Link[] {
  const { respondsTo, retransmissionOf } = reading.flow.transactions;
  const links: Link[] = [];
  const add = (text: string, other: number) => links.push(linkTo(text, numberOf(other)));
  if (respondsTo[index]) add('answers', respondsTo[index]! - 1);
  if (retransmissionOf[index]) add('retransmission of', retransmissionOf[index]! - 1);
  for (const other of callMembers(reading, index)) {
    if (respondsTo[other] === index + 1) add('answered by', other);
    else if (retransmissionOf[other] === index + 1) add('sent again as', other);
  }
  return links;
}

function commandLinks(reading: Reading, index: number, numberOf: Numbering): Link[] {
  const links: Link[] = [];
  for (const { asked, answered } of commandAnswers(reading, index)) {
    if (asked === index) links.push(linkTo('command answered by', numberOf(answered)));
    if (answered === index) links.push(linkTo('answers the command of', numberOf(asked)));
  }
  return links;
}

function linkTo(text: string, number: number): Link {
  return { text: `${text} ${number}`, index: number };
}

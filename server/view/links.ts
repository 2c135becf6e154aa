import { callMembers, commandAnswers } from '../engine/answers.ts';
import type { Reading } from '../engine/engine.ts';
import type { MessageDetail } from './protocol.ts';

type Link = MessageDetail['links'][number];

const MOST_LINKS = 20;

/** The other messages that a message (zero-based) belongs together with. */
export function linksOf(reading: Reading, index: number): readonly Link[] {
  return [...transactionLinks(reading, index), ...commandLinks(reading, index)].slice(0, MOST_LINKS);
}

function transactionLinks(reading: Reading, index: number): Link[] {
  const { respondsTo, retransmissionOf } = reading.flow.transactions;
  const links: Link[] = [];
  const add = (text: string, other: number) => links.push({ text: `${text} ${other}`, index: other });
  if (respondsTo[index]) add('answers', respondsTo[index]!);
  if (retransmissionOf[index]) add('retransmission of', retransmissionOf[index]!);
  for (const other of callMembers(reading, index)) {
    if (respondsTo[other] === index + 1) add('answered by', other + 1);
    else if (retransmissionOf[other] === index + 1) add('sent again as', other + 1);
  }
  return links;
}

function commandLinks(reading: Reading, index: number): Link[] {
  const links: Link[] = [];
  for (const { asked, answered } of commandAnswers(reading, index)) {
    if (asked === index) links.push({ text: `command answered by ${answered + 1}`, index: answered + 1 });
    if (answered === index) links.push({ text: `answers the command of ${asked + 1}`, index: asked + 1 });
  }
  return links;
}

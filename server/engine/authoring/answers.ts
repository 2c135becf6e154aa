import { answersOf, type CommandAnswer, commandAnswers, timeBetween } from '../answers.ts';
import type { Span } from '../base/text.ts';
import { durationWords } from '../base/time.ts';
import type { Reading } from '../reading.ts';
import { REQUEST } from '../trace/columns.ts';
import { messagePlace, type Source } from './source.ts';

/** The requests of a trace (zero-based) of which an answer is to be told above them: each once, however often it was sent. */
export function answeredRequests(reading: Reading): Uint32Array {
  const { kind, count } = reading.trace.columns;
  const { retransmissionOf } = reading.flow.transactions;
  const answers = answersOf(reading);
  const isAnswered = (index: number) =>
    kind[index]! >= REQUEST && answers[index] !== 0 && retransmissionOf[index] === 0;
  return Uint32Array.from({ length: count }, (_, index) => index).filter(isAnswered);
}

/** Which message answers a request (zero-based), and which one its command: `answered by message 2 · deleteUser answered by message 14 · 0.3 s`. */
export function answerWords(reading: Reading, index: number): string {
  const own = answersOf(reading)[index]! - 1;
  const parts = own < 0 ? [] : [answered(reading, own), ...after(reading, index, own)];
  const command = finalAnswer(reading, index);
  if (command) parts.push(commandAnswered(command), ...after(reading, index, command.answered));
  return parts.join(' · ');
}

function answered({ trace: { columns } }: Reading, answer: number): string {
  const status = columns.kind[answer]!;
  if (status < 200) return `no final answer, ${status} in message ${answer + 1}`;
  return `answered by message ${answer + 1}${status < 300 ? '' : ` with ${status}`}`;
}

function commandAnswered({ commands, answered: answer, code }: CommandAnswer): string {
  const [first = 'command', ...others] = commands;
  const name = others.length > 0 ? `${first} …` : first;
  return code === 'failure' ? `${name} failed in message ${answer + 1}` : `${name} answered by message ${answer + 1}`;
}

function finalAnswer(reading: Reading, index: number): CommandAnswer | undefined {
  const answers = commandAnswers(reading, index).filter(({ asked }) => asked === index);
  return answers.find(({ code }) => code !== 'pending') ?? answers[0];
}

function after(reading: Reading, from: number, to: number): string[] {
  const time = timeBetween(reading, from, to);
  return time === null ? [] : [durationWords(time)];
}

/** What an inlay hint says behind a start line. */
export interface AnswerHint {
  /** The offset in the source. */
  readonly at: number;
  readonly label: string;
  readonly tooltip: string;
}

/** Which hints are wanted. */
export interface HintOptions {
  readonly time: boolean;
  readonly matchedMessage: boolean;
}

/** The hints at the start lines that lie in a part of the source. */
export function* answerHints(source: Source, part: Span, wanted: HintOptions): Generator<undefined, AnswerHint[]> {
  const { trace } = source.reading;
  const hints: AnswerHint[] = [];
  if (!wanted.time && !wanted.matchedMessage) return hints;
  for (const index of trace.within(part)) {
    const hint = hintOf(source.reading, index, wanted);
    const { message, toSource } = messagePlace(source, index);
    const at = toSource(message.startLine).to;
    if (hint && part.from <= at && at <= part.to) hints.push({ at, ...hint });
    yield;
  }
  return hints;
}

function hintOf(reading: Reading, index: number, wanted: HintOptions): Omit<AnswerHint, 'at'> | null {
  const request = reading.flow.transactions.respondsTo[index]! - 1;
  const answer = request < 0 ? answersOf(reading)[index]! - 1 : -1;
  if (request < 0 && answer < 0) return null;
  const time = request < 0 ? [] : after(reading, request, index);
  const number = request < 0 ? `answered by ${answer + 1}` : `answers ${request + 1}`;
  const label = [...(wanted.matchedMessage ? [number] : []), ...(wanted.time ? time : [])].join(' · ');
  if (label === '') return null;
  return { label, tooltip: request < 0 ? `Answered by message ${answer + 1}` : tooltip(request, time) };
}

function tooltip(request: number, [time]: readonly string[]): string {
  return time ? `${time} after its request, message ${request + 1}` : `Answers message ${request + 1}`;
}

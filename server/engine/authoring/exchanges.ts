import { callMembers } from '../answers.ts';
import { xmlBodies } from '../flow/bodies.ts';
import { type Cccp, readCccp } from '../flow/cccp.ts';
import type { SipMessage } from '../sip/message.ts';
import { Flag } from '../trace/columns.ts';
import type { XmlDocument } from '../xml/xml.ts';
import type { Source, XmlPlace } from './source.ts';

/** So much of the trace around a place is looked at, in characters of bodies and in messages. */
const LOOKED_AT = 200_000;
const MESSAGES = 2000;

/** The XML bodies of the messages around a place of a trace, the nearest first, those before it first of two equally near. */
export function* documentsAround(source: Source, { within, document: own }: XmlPlace): Generator<XmlDocument> {
  if (!within) return;
  const { trace } = source.reading;
  let room = LOOKED_AT;
  for (let distance = 0; distance <= MESSAGES && room > 0; distance++) {
    for (const index of distance === 0 ? [within.index] : [within.index - distance, within.index + distance]) {
      if (index < 0 || index >= trace.count || (trace.columns.flags[index]! & Flag.xml) === 0) continue;
      for (const { document } of xmlBodies(trace.message(index))) {
        room -= document.to - document.from;
        if (document !== own) yield document;
      }
    }
  }
}

/** A CCCP request as far as its response needs to know it. */
export interface Asked {
  readonly requestId: string;
  readonly from: string;
  readonly to: string;
  readonly commands: readonly string[];
  /** It has a final response. */
  readonly isAnswered: boolean;
}

/** The CCCP requests around a place, those without a final response first, then the nearest first (MS-CONFPRO §2.2.3). */
export function requestsAround(source: Source, place: XmlPlace): Asked[] {
  const requests = new Map<string, Cccp>();
  const answered = new Set<string>();
  for (const document of documentsAround(source, place)) {
    const cccp = readCccp(document);
    const requestId = cccp?.requestId?.value;
    if (!cccp || !requestId) continue;
    if (cccp.kind === 'request' && !requests.has(requestId)) requests.set(requestId, cccp);
    if (cccp.kind === 'response' && cccp.code?.value !== 'pending') answered.add(requestId);
  }
  const all = [...requests].map(([requestId, cccp]) => asked(requestId, cccp, answered.has(requestId)));
  return [...all.filter((one) => !one.isAnswered), ...all.filter((one) => one.isAnswered)];
}

function asked(requestId: string, { from, to, commands }: Cccp, isAnswered: boolean): Asked {
  const names = commands.map(({ name }) => name);
  return { requestId, from: from?.value ?? '', to: to?.value ?? '', commands: names, isAnswered };
}

/** So many messages on each side of a place are asked who sent and got them. */
const PARTIES_NEAR = 200;

/** The URIs of those who send and receive a message (zero-based) and the messages around it, the nearest first. */
export function partiesNear({ reading: { trace } }: Source, index: number): string[] {
  const { built, columns, count } = trace;
  const found = new Set<number>();
  for (let distance = 0; distance <= PARTIES_NEAR; distance++) {
    for (const near of [index - distance, index + distance]) {
      if (near < 0 || near >= count) continue;
      for (const party of [columns.sender[near]!, columns.receiver[near]!]) if (party !== 0) found.add(party);
    }
  }
  return [...found].map((party) => built.parties.uri(party)).filter((uri) => /^(?:sips?|tel):/i.test(uri));
}

/** So many messages are enough to tell what a message of the same call looks like. */
const NEIGHBOURS = 20;

/** Messages of the same call, those before first of two equally near; of any call where the message has no Call-ID yet. */
export function neighboursOf(source: Source, index: number): SipMessage[] {
  const { reading } = source;
  const members = callMembers(reading, index);
  const all = members.length > 1 ? [...members] : around(index, reading.trace.count);
  const distance = (other: number) => (other < index ? 2 * (index - other) - 1 : 2 * (other - index));
  return all
    .filter((other) => other !== index)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, NEIGHBOURS)
    .map((other) => reading.trace.message(other));
}

function around(index: number, count: number): number[] {
  const from = Math.max(0, index - NEIGHBOURS);
  return Array.from({ length: Math.min(count, index + NEIGHBOURS) - from }, (_, at) => from + at);
}

import { foldedEnd, isStuffed, mayGoOn } from '../sip/fold.ts';
import { isFence, isSip, lineEnd, skipBlanks, tokenEnd, trimmedEnd } from '../sip/frame.ts';
import type { TraceBuilder } from './builder.ts';
import * as Flag from './flag.ts';
import { hashUntil } from './hash.ts';
import { BodyType, type LineReader } from './headLine.ts';
import {
  addressEnd,
  hostAt,
  hostEnd,
  isGruu,
  isJoinMark,
  isNextStart,
  isProse,
  mayBeStart,
  statusAt,
  uriAt,
  valueAt,
} from './headValues.ts';
import { REQUEST } from './kind.ts';
import * as Line from './line.ts';
import { NEEDED, OTHER, SPECIAL } from './roles.ts';
import type { Stretch } from './stretch.ts';

/** What a line may be, by its first byte. */
const ROLES = new Uint8Array(256);
for (const letter of 'ftilcrmFTILCRV') ROLES[letter.charCodeAt(0)] = NEEDED;
for (const first of '\r\n<v`~ >') ROLES[first.charCodeAt(0)] = SPECIAL;

/** Reads from the head of one message what the index keeps. One reader serves all messages of a scan. */
export class HeadReader {
  kind = 0;
  flags = 0;
  /** The Content-Length, or -1. */
  contentLength = -1;
  /** Whether a body may follow: false where the head ended without one. */
  hasBody = false;
  isSipfrag = false;
  hasSdp = false;
  hasType = false;
  private from = 0;
  private to = 0;
  private fromTag = 0;
  private toTag = 0;
  private cseq = 0;
  private cseqMethod = 0;
  private call = 0;
  private branch = 0;
  private below = 0;
  private viaCount = 0;
  private viaFrom = 0;
  private viaTo = 0;
  /** Behind the method, and the end of the start line. */
  private targetFrom = 0;
  private targetTo = 0;
  private routeFrom = 0;
  private routeTo = 0;
  /** The line of the first Contact, which begins behind 0. */
  private contactFrom = 0;
  private contactTo = 0;
  /** Hashes of the top Via's host, where it stands alone on its line, and of that Contact line. */
  private viaHost = 0;
  private contact = 0;
  /** A bit for each kind of `Line` that is read once in a message, set when it has been. */
  private known = 0;
  private readonly into: TraceBuilder;
  private readonly lines: LineReader;

  constructor(into: TraceBuilder) {
    this.into = into;
    this.lines = into.lines;
  }

  /** Starts a message with its start line; `readable` tells whether it has the form of one. */
  begin(stretch: Stretch, at: number, end: number, readable: boolean): void {
    this.into.message = this.into.columns.count + 1;
    this.flags = 0;
    this.contentLength = -1;
    this.hasBody = this.isSipfrag = this.hasSdp = this.hasType = false;
    this.from = this.to = this.fromTag = this.toTag = this.cseq = this.cseqMethod = this.call = 0;
    this.branch = this.below = this.viaCount = this.known = this.targetFrom = this.targetTo = this.routeTo = 0;
    this.contactTo = this.contact = 0;
    this.kind = readable ? this.readStart(stretch, skipBlanks(stretch.bytes, at, end), end) : 0;
  }

  private readStart(stretch: Stretch, at: number, end: number): number {
    const { bytes } = stretch;
    if (isSip(bytes, at)) return statusAt(bytes, skipBlanks(bytes, at + 7, end), end);
    const word = tokenEnd(bytes, at, end);
    this.targetFrom = word;
    this.targetTo = end;
    return REQUEST + this.into.method(stretch, at, word);
  }

  /** Reads the header section; gives where the body begins, or -1 where the stretch ends too early. */
  read(stretch: Stretch, from: number): number {
    const { bytes, end: limit } = stretch;
    const roles = ROLES;
    let at = from;
    while (at < limit) {
      const first = bytes[at]!;
      const role = roles[first]!;
      let end = role === NEEDED ? hashUntil(stretch, at, limit, 10) : lineEnd(stretch, at, limit);
      if (end >= limit && !stretch.last) return -1;
      if (role === SPECIAL) {
        if (end === at || (first === 13 && end === at + 1)) {
          this.hasBody = true;
          return Math.min(end + 1, limit);
        }
        if (first === 60 && isJoinMark(bytes, at)) {
          this.flags |= Flag.joined;
          at = end + 1;
          continue;
        }
        // A closing tag is that of a page around the message.
        if (first === 60 && bytes[at + 1] === 47) return this.proseBefore(stretch, from, at);
        if (isFence(bytes, at, end)) return this.proseBefore(stretch, from, at);
        if (first === 60 || (first === 118 && bytes[at + 1] === 61)) {
          this.hasBody = true;
          return at;
        }
      }
      if (first === 35 || (mayBeStart(bytes, first, end) && isNextStart(bytes, at, end)))
        return this.proseBefore(stretch, from, at);
      const stop = mayGoOn(bytes, end) ? foldedEnd(stretch, end, limit) : end;
      const isFolded = stop > end;
      end = stop;
      if (isFolded && end >= limit && !stretch.last) return -1;
      if (isStuffed(bytes, at)) this.take(this.lines.read(stretch, at + 1, end, this.known), at + 1, end);
      else if (role === NEEDED && !isFolded) this.take(this.lines.recall(stretch, at, end, this.known), at, end);
      else if (role !== OTHER) this.take(this.lines.read(stretch, at, end, this.known), at, end);
      at = end + 1;
    }
    return stretch.last ? this.proseBefore(stretch, from, limit) : -1;
  }

  /** Prose may stand between the headers and the next message without an empty line: the head ends before it. */
  private proseBefore(stretch: Stretch, from: number, to: number): number {
    for (let at = from; at < to; ) {
      const end = lineEnd(stretch, at, to);
      if (isProse(stretch.bytes, at, end)) return at;
      at = foldedEnd(stretch, end, to) + 1;
    }
    return to;
  }

  /** Notes what a header line says; of most headers the first counts. */
  private take(line: number, at: number, end: number): void {
    const { first, second } = this.lines;
    if (line === Line.via || line === Line.vias) this.takeVia(line, at, end);
    else if (line === Line.from && this.from === 0) {
      this.from = first;
      this.fromTag = second;
      if (first !== 0) this.known |= 1 << Line.from;
    } else if (line === Line.to && this.to === 0) {
      this.to = first;
      this.toTag = second;
      if (first !== 0) this.known |= 1 << Line.to;
    } else if (line === Line.call && this.call === 0) {
      this.call = first;
      if (first !== 0) this.known |= 1 << Line.call;
    } else if (line === Line.cseq) {
      this.cseq = first;
      this.cseqMethod = second;
    } else if (line === Line.length && this.contentLength < 0) this.contentLength = first;
    else if (line === Line.type) this.takeType(first);
    else if (line === Line.route && this.routeTo === 0) {
      this.routeFrom = first;
      this.routeTo = second;
    } else if (line === Line.contact && this.contactTo === 0) {
      this.contactFrom = at;
      this.contactTo = end;
      this.contact = first;
    }
  }

  private takeVia(line: number, at: number, end: number): void {
    const { first, second } = this.lines;
    if (this.viaCount === 0) {
      this.viaFrom = at;
      this.viaTo = end;
      this.branch = first;
      this.below = line === Line.vias ? second : 0;
      this.viaHost = second;
    } else if (this.viaCount === 1) this.below = first;
    this.viaCount += line === Line.vias ? 2 : 1;
  }

  private takeType(bits: number): void {
    this.hasType = true;
    if (bits === BodyType.xml) this.flags |= Flag.xml;
    else if (bits === BodyType.sdp || bits === BodyType.multipart) this.flags |= Flag.described;
    this.isSipfrag = bits === BodyType.sipfrag;
    this.hasSdp = bits === BodyType.sdp;
  }

  /** Puts what was read into the columns. */
  store(index: number, stretch: Stretch): void {
    const { columns, hosts } = this.into;
    const request = this.kind >= REQUEST;
    columns.kind[index] = this.kind;
    columns.cseq[index] = this.cseq;
    columns.cseqMethod[index] = this.cseqMethod || (request ? this.kind - REQUEST : 0);
    columns.call[index] = this.call;
    columns.fromTag[index] = this.fromTag;
    columns.toTag[index] = this.toTag;
    columns.branch[index] = this.branch;
    if (this.below && request)
      columns.setHop(index, this.hop(stretch), this.below, this.toTag === 0 ? this.target(stretch) : 0);
    else if (this.routeTo && request)
      columns.setHop(index, this.into.party(stretch, this.routeFrom, this.routeTo, 'Route'), 0);
    const toSelf = request && this.to === this.from && this.from !== 0;
    columns.flags[index] = this.flags | (this.toTag === 0 ? Flag.initial : 0) | (toSelf ? Flag.toSelf : 0);
    const to = request && (toSelf || this.to === 0 || this.isRegister()) ? this.target(stretch) : this.to;
    columns.sender[index] = request ? this.from : this.to === this.from ? 0 : this.to;
    columns.receiver[index] = request ? to : this.from;
    if (this.call > hosts.count || (this.contactTo !== 0 && !request)) this.noteHosts(index, stretch);
  }

  /** Notes from which host the Call-ID was begun, and which host answers, where the log does not tell. */
  private noteHosts(index: number, stretch: Stretch): void {
    const { columns, hosts } = this.into;
    if (columns.source?.[index] || columns.destination?.[index]) return;
    const { call, fromTag } = this;
    if (call > hosts.count) hosts.begin(call, fromTag, this.kind >= REQUEST ? this.ownHost(stretch) : 0);
    // The Contact of a redirection is another's, that of a registration the user's.
    const isAnswer = this.kind > 100 && this.kind < 300 && this.contactTo !== 0 && hosts.isOpen(call, fromTag);
    if (isAnswer && !this.isRegister()) hosts.answer(call, this.contactHost(stretch));
  }

  /** The host of who makes a request: its own Via names it, as long as there is no other; a Contact goes through proxies as it is. */
  private ownHost(stretch: Stretch): number {
    if (this.viaCount !== 1) return this.contactHost(stretch);
    const known = this.into.hosts.known(this.viaHost);
    if (known >= 0) return known;
    const { bytes } = stretch;
    const from = this.sentBy(stretch);
    return this.into.hosts.learn(this.viaHost, bytes, from, addressEnd(bytes, from, this.viaTo));
  }

  /** The host of the first Contact. A GRUU has its domain there, which tells none. */
  private contactHost({ bytes }: Stretch): number {
    const { contact, contactTo } = this;
    const known = this.into.hosts.known(contact);
    if (known >= 0) return known;
    const from = uriAt(bytes, valueAt(bytes, this.contactFrom, contactTo), contactTo);
    const to = addressEnd(bytes, from, contactTo);
    return this.into.hosts.learn(contact, bytes, isGruu(bytes, to, contactTo) ? to : hostAt(bytes, from, to), to);
  }

  /** The host that the top Via names, as a party: a proxy that passed the request on. */
  private hop(stretch: Stretch): number {
    const { bytes } = stretch;
    const at = this.sentBy(stretch);
    const end = hostEnd(bytes, at, this.viaTo);
    return this.into.party(stretch, at, trimmedEnd(bytes, at, end), 'Via');
  }

  /** Where the host stands in the top Via. */
  private sentBy({ bytes }: Stretch): number {
    let at = valueAt(bytes, this.viaFrom, this.viaTo);
    while (at < this.viaTo && bytes[at]! > 32) at++;
    return skipBlanks(bytes, at, this.viaTo);
  }

  /** A REGISTER goes to the registrar, whomever it registers (RFC 3261 §10.2). */
  private isRegister(): boolean {
    return this.into.methods.names[this.kind >= REQUEST ? this.kind - REQUEST : this.cseqMethod] === 'REGISTER';
  }

  /** Who gets a request that names its sender as its receiver (REGISTER, SUBSCRIBE to oneself): the Request-URI's host. */
  private target(stretch: Stretch): number {
    const { bytes } = stretch;
    const from = skipBlanks(bytes, this.targetFrom, this.targetTo);
    const version = trimmedEnd(bytes, from, this.targetTo) - 7;
    return this.into.party(stretch, from, trimmedEnd(bytes, from, version), 'Request-URI');
  }
}

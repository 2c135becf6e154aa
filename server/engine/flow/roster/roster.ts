import { kept } from '../../base/kept.ts';
import { PairTable } from '../../base/table.ts';
import { Flag, REQUEST } from '../../trace/columns.ts';
import type { TextTrace } from '../../trace/text.ts';
import { readCccp } from '../cccp.ts';
import { conferenceKey } from '../entity.ts';
import type { Flow } from '../flow.ts';
import { conferenceBodies, saysConference, saysTerminated } from './bodies.ts';
import { CommandLog, type RosterCommand } from './commands.ts';
import { type DocumentHead, mcusAfter, readHead, serversIn } from './document.ts';
import { eventsOf, type RosterEvent, type Witness } from './events.ts';
import { type ConferenceServer, type Member, MemberLog } from './members.ts';
import { emptyView, type Merged, mergeDocument, replay, type UserChange, type Users, type View } from './merge.ts';
import type { RosterUser } from './user.ts';

/** What one subscriber learns of a conference by one document. */
export interface RosterState {
  /** Zero-based number of the message. */
  readonly index: number;
  /** Number of the subscriber in `Parties`. */
  readonly observer: number;
  /** The party that got the message: a hop on the way, perhaps. */
  readonly receiver: number;
  /** Number of the subscription among all: those of one subscription build on each other. */
  readonly subscription: number;
  readonly version: number | null;
  /** As the document says: `full`, `partial`, `deleted`. */
  readonly state: string;
  readonly outcome: Merged['outcome'];
  /** The first version that is missing before it, or null. */
  readonly missing: number | null;
  readonly unmergeable: number;
  /** The first document that the trace shows of the subscription. */
  readonly isFirst: boolean;
  /** Behind it: a full document has been there; a version is missing since. */
  readonly isWhole: boolean;
  readonly isStale: boolean;
  /** Behind it; null where it has not been said. */
  readonly isLocked: boolean | null;
  /** Behind it: how many users are listed, and the MCUs that have been named, by what they are for. */
  readonly userCount: number;
  readonly mcus: readonly string[];
  readonly changes: readonly UserChange[];
  readonly events: readonly RosterEvent[];
}

/** A conference as the trace shows it. */
export interface RosterConference {
  /** Its URI as first written. */
  readonly entity: string;
  /** In the order of the trace, those of all subscribers. */
  readonly states: readonly RosterState[];
  readonly commands: readonly RosterCommand[];
  readonly servers: readonly ConferenceServer[];
  readonly members: readonly Member[];
}

interface Subscription extends View {
  readonly number: number;
  readonly witness: Omit<Witness, 'knewAll'>;
  mcus: readonly string[];
  isFirst: boolean;
}

interface Building {
  readonly entity: string;
  readonly states: RosterState[];
}

/** What is asked of a trace without its texts. */
export type RosterTrace = Pick<TextTrace, 'columns' | 'told' | 'built'>;

/** Where a message (zero-based) is at hand: a trace, and its number there. */
export type Texts = (index: number) => { readonly trace: TextTrace; readonly place: number };

/**
 * The conferences of a trace: what every subscriber learned of them document by document, who asked for what, and which dialogs the
 * participants have. Time and memory are linear in the trace: a state holds what it changed, `usersAt` makes the list.
 */
export function readRoster(trace: TextTrace, flow: Flow): readonly RosterConference[] {
  const reader = new RosterReader(trace, flow);
  const texts: Texts = (place) => ({ trace, place });
  for (let index = 0; index < trace.count; index++)
    if (reader.mayTellNotifier(index)) reader.noteNotifier(index, texts);
  for (let index = 0; index < trace.count; index++) reader.note(index, texts);
  return reader.conferences();
}

/**
 * Makes rosters message by message, in two passes: first `noteNotifier` of what may tell who notifies, then `note` of every message. Texts are asked for
 * of the message in hand alone, where `mayTellNotifier` or `asksForText` say so.
 */
export class RosterReader {
  private readonly byKey = new Map<string, Building>();
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly byDialog = new Map<number, Subscription[]>();
  private readonly commands = new CommandLog();
  private readonly members = new MemberLog();
  private readonly seen = new PairTable();
  private lastEntity = { uri: '', key: '' };
  private readonly trace: RosterTrace;
  private readonly flow: Flow;
  private readonly kinds: { readonly [K in 'bye' | 'notify' | 'benotify' | 'subscribe']: number };
  /** By party: the URI of a server of a conference, '' for everybody else. */
  private readonly servers = new Map<number, string>();

  constructor(trace: RosterTrace, flow: Flow) {
    this.trace = trace;
    this.flow = flow;
    const kind = (method: string) => trace.built.methods.number(method) + REQUEST;
    this.kinds = {
      bye: kind('BYE'),
      notify: kind('NOTIFY'),
      benotify: kind('BENOTIFY'),
      subscribe: kind('SUBSCRIBE'),
    };
  }

  /** Whether a message may tell who notifies of a conference: its head is asked for. */
  mayTellNotifier(index: number): boolean {
    const { columns, told } = this.trace;
    const sender = told.sender[index]!;
    return this.isNotification(index) && isXml(columns, index) && sender !== 0 && !this.servers.has(sender);
  }

  /** Who notifies of a conference is its focus, whatever its URI looks like (RFC 4575 §3.3). */
  noteNotifier(index: number, texts: Texts): void {
    const { trace, place } = texts(index);
    const sender = this.trace.told.sender[index]!;
    if (saysConference(trace, place)) this.servers.set(sender, this.trace.built.parties.uri(sender));
  }

  /** Whether the text of a message is asked for when it is noted. */
  asksForText(index: number): boolean {
    if (this.flow.transactions.retransmissionOf[index]) return false;
    return isXml(this.trace.columns, index) || (this.isNotification(index) && this.memberOf(index) !== null);
  }

  /** Notes a message; they come in the order of the trace. */
  note(index: number, texts: Texts): void {
    const { columns } = this.trace;
    const { retransmissionOf, respondsTo } = this.flow.transactions;
    if (retransmissionOf[index]) return;
    if (columns.kind[index] === this.kinds.subscribe)
      for (const view of this.byDialog.get(this.flow.dialogs.of[index]!) ?? []) view.isRenewed = true;
    if (isXml(columns, index)) this.readBodies(index, texts);
    this.noteMember(index, texts);
    if (respondsTo[index]) this.commands.respond(respondsTo[index]! - 1, index, columns.kind[index]!);
  }

  /** What is known of every conference so far. */
  conferences(): RosterConference[] {
    for (const [key, entity] of this.commands.conferences())
      if (!this.byKey.has(key)) this.byKey.set(key, { entity, states: [] });
    return [...this.byKey].map(([key, { entity, states }]) => ({
      entity,
      states,
      commands: this.commands.of(key),
      servers: this.members.servers(key),
      members: this.members.members(key),
    }));
  }

  private readBodies(index: number, texts: Texts): void {
    const { trace, place } = texts(index);
    for (const document of conferenceBodies(trace, place)) {
      const head = readHead(document);
      const cccp = head ? null : readCccp(document);
      if (cccp) this.commands.note(index, document, cccp);
      if (head && this.isNew(index)) this.readDocument(index, head);
    }
  }

  /** A message that was caught again on another hop says nothing new. */
  private isNew(index: number): boolean {
    const { cseq, kind, fromTag } = this.trace.columns;
    const dialog = this.flow.dialogs.of[index]!;
    if (dialog === 0) return true;
    const sent = Math.imul(kind[index]!, 0x9e3779b1) ^ cseq[index]! ^ Math.imul(fromTag[index]!, 0x85ebca6b);
    if (this.seen.get(dialog, sent)) return false;
    this.seen.set(dialog, sent, 1);
    return true;
  }

  /** The key of a conference; the documents of a trace are mostly about one. */
  private keyOf(uri: string): string {
    if (this.lastEntity.uri !== uri) this.lastEntity = { uri: kept(uri), key: conferenceKey(uri) };
    return this.lastEntity.key;
  }

  private readDocument(index: number, head: DocumentHead): void {
    const { entity } = head;
    const conference = this.keyOf(entity);
    const observer = this.observerOf(index);
    const view = this.subscriptionOf(index, observer, conference);
    for (const uri of serversIn(head)) this.members.noteServer(uri);
    const merged = mergeDocument(view, head);
    if (merged.outcome !== 'discarded') view.mcus = mcusAfter(view.mcus, head);
    const knewAll = view.isWhole && !view.isStale;
    const events = eventsOf(index, merged, { ...view.witness, knewAll });
    const made = this.byKey.get(conference) ?? { entity, states: [] };
    this.byKey.set(conference, made);
    made.states.push({
      index,
      observer,
      receiver: this.trace.columns.receiver[index]!,
      subscription: view.number,
      version: head.version,
      state: head.stated,
      outcome: merged.outcome,
      missing: merged.missing,
      unmergeable: merged.unmergeable,
      isFirst: view.isFirst,
      isWhole: view.isWhole,
      isStale: view.isStale,
      isLocked: view.isLocked,
      userCount: view.users.size,
      mcus: view.mcus,
      changes: merged.changes,
      events,
    });
    view.isFirst = false;
  }

  /** Who the document is for: the receiver of a notification, who subscribed where it is the answer to a SUBSCRIBE. */
  private observerOf(index: number): number {
    const { columns, told } = this.trace;
    const request = this.flow.transactions.respondsTo[index]! - 1;
    if (request >= 0) return told.sender[request] || columns.sender[request]!;
    return told.receiver[index] || columns.receiver[index]!;
  }

  private subscriptionOf(index: number, observer: number, conference: string): Subscription {
    const dialog = this.flow.dialogs.of[index]!;
    const key = `${dialog > 0 ? dialog : `p${observer}`} ${conference}`;
    const known = this.subscriptions.get(key);
    if (known) return known;
    const { commands, members } = this;
    const witness = { conference, commands, members, since: new Map(), changed: new Map() };
    const number = this.subscriptions.size;
    const made: Subscription = { ...emptyView(), number, isFirst: true, witness, mcus: [] };
    this.subscriptions.set(key, made);
    this.byDialog.set(dialog, [...(this.byDialog.get(dialog) ?? []), made]);
    return made;
  }

  /** Of a message between a participant and the focus or an MCU, whose URIs tell them (MS-SIPRE §2.2.3); null of any other. */
  private memberOf(
    index: number,
  ): { readonly server: string; readonly participant: number; readonly isOwn: boolean } | null {
    const { told, columns } = this.trace;
    if (columns.kind[index]! < REQUEST || this.flow.dialogs.of[index] === 0) return null;
    const [sender, receiver] = [told.sender[index]!, told.receiver[index]!];
    const [from, to] = [this.serverOf(sender), this.serverOf(receiver)];
    if ((from === '') === (to === '')) return null;
    const isOwn = from === '';
    return { server: from || to, participant: isOwn ? sender : receiver, isOwn };
  }

  private noteMember(index: number, texts: Texts): void {
    const found = this.memberOf(index);
    if (!found) return;
    const { server, participant, isOwn } = found;
    const kind = this.trace.columns.kind[index]!;
    this.members.note({
      ...{ index, server },
      dialog: this.flow.dialogs.of[index]!,
      participant: this.trace.built.parties.uri(participant),
      isSubscription: this.isNotification(index) || kind === this.kinds.subscribe,
      departure: this.ends(index, texts)
        ? { index, method: this.trace.built.methods.names[kind - REQUEST]!, isOwn }
        : null,
    });
  }

  private serverOf(party: number): string {
    const known = this.servers.get(party);
    if (known !== undefined) return known;
    const uri = this.trace.built.parties.uri(party);
    const server = /;opaque=app:conf:(?!focusfactory)/i.test(uri) ? uri : '';
    this.servers.set(party, server);
    return server;
  }

  private isNotification(index: number): boolean {
    const kind = this.trace.columns.kind[index];
    return kind === this.kinds.notify || kind === this.kinds.benotify;
  }

  private ends(index: number, texts: Texts): boolean {
    if (this.trace.columns.kind[index] === this.kinds.bye) return true;
    if (!this.isNotification(index)) return false;
    const { trace, place } = texts(index);
    return saysTerminated(trace, place);
  }
}

function isXml({ flags }: RosterTrace['columns'], index: number): boolean {
  return (flags[index]! & Flag.xml) !== 0;
}

/** Gives to each state in turn the users behind it. The map is the same object each time, of its subscription: it lives until the next state. */
export function* statesWithUsers({ states }: Pick<RosterConference, 'states'>): Generator<{
  readonly state: RosterState;
  readonly users: ReadonlyMap<string, RosterUser>;
}> {
  const lists = new Map<number, Users>();
  for (const state of states) {
    const users = lists.get(state.subscription) ?? new Map();
    lists.set(state.subscription, users);
    replay(users, state.changes);
    yield { state, users };
  }
}

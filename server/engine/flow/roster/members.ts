import { conferenceKey, entityKey } from '../entity.ts';

/** What a dialog of a participant with a conference is for: the word behind `app:conf:` in the URI of the focus or MCU (MS-SIPRE §2.2.3). */
export function serviceOf(uri: string): string {
  return /;opaque=app:conf:([\w-]+)/i.exec(uri)?.[1]?.toLowerCase() ?? 'focus';
}

/** How a dialog or a subscription with a conference ended. Message numbers are zero-based. */
export interface Departure {
  readonly index: number;
  readonly method: string;
  /** The participant ended it, not the conference. */
  readonly isOwn: boolean;
}

/** A dialog or a subscription of a participant with the focus or an MCU. */
export interface MemberDialog {
  /** One-based number in `Dialogs`. */
  readonly dialog: number;
  readonly service: string;
  readonly isSubscription: boolean;
  readonly first: number;
  readonly last: number;
  readonly ended: Departure | null;
}

/** A participant as its dialogs show it. */
export interface Member {
  readonly entity: string;
  readonly dialogs: readonly MemberDialog[];
}

/** A server of a conference that the trace shows. */
export interface ConferenceServer {
  readonly uri: string;
  readonly service: string;
}

type Building = { -readonly [K in keyof MemberDialog]: MemberDialog[K] };
interface Conference {
  readonly servers: Map<string, ConferenceServer>;
  readonly members: Map<string, MemberBuilding>;
}
interface MemberBuilding {
  readonly entity: string;
  readonly dialogs: Map<number, Building>;
  readonly ended: Building[];
}

interface Entry {
  readonly server: string;
  readonly participant: string;
  readonly known: Building;
  readonly member: MemberBuilding;
}

/** Of a participant that comes and goes very often, only the last dialogs that ended are asked for. */
const RECENT = 20;

/** A message of a dialog between a participant and a server of a conference. */
export interface MemberMessage {
  /** Zero-based. */
  readonly index: number;
  readonly dialog: number;
  /** URIs of both. */
  readonly server: string;
  readonly participant: string;
  readonly isSubscription: boolean;
  readonly departure: Departure | null;
}

/** Which participants have dialogs with a conference, noted message by message. */
export class MemberLog {
  private readonly conferences = new Map<string, Conference>();
  /** The last entry of each dialog: most messages are of it. */
  private readonly last = new Map<number, Entry>();

  /** Notes a message of a dialog between a participant and a server of a conference, given by their URIs. */
  note(at: MemberMessage): void {
    const { index, dialog, server, participant, departure } = at;
    const entry = this.last.get(dialog);
    const { known, member } = entry?.server === server && entry.participant === participant ? entry : this.entryOf(at);
    known.last = index;
    if (!departure || known.ended) return;
    known.ended = departure;
    member.ended.push(known);
  }

  private entryOf({ index, dialog, server, participant, isSubscription }: MemberMessage): Entry {
    const conference = this.conferenceOf(server);
    const service = serviceOf(server);
    this.noteServer(server);
    const key = entityKey(participant);
    const member: MemberBuilding = conference.members.get(key) ?? {
      entity: participant,
      dialogs: new Map(),
      ended: [],
    };
    conference.members.set(key, member);
    const known: Building = member.dialogs.get(dialog) ?? {
      dialog,
      service,
      isSubscription,
      first: index,
      last: index,
      ended: null,
    };
    member.dialogs.set(dialog, known);
    const entry = { server, participant, known, member };
    this.last.set(dialog, entry);
    return entry;
  }

  /** Notes a server of a conference, which its URI names. */
  noteServer(uri: string): void {
    const { servers } = this.conferenceOf(uri);
    if (!servers.has(entityKey(uri))) servers.set(entityKey(uri), { uri, service: serviceOf(uri) });
  }

  private conferenceOf(server: string): Conference {
    const key = conferenceKey(server);
    const known = this.conferences.get(key) ?? { servers: new Map(), members: new Map() };
    this.conferences.set(key, known);
    return known;
  }

  servers(conference: string): readonly ConferenceServer[] {
    return [...(this.conferences.get(conference)?.servers.values() ?? [])];
  }

  members(conference: string): readonly Member[] {
    const all = this.conferences.get(conference)?.members.values() ?? [];
    return [...all].map(({ entity, dialogs }) => ({ entity, dialogs: [...dialogs.values()] }));
  }

  /** The last dialogs of a participant that have ended so far, in the order of their end. */
  ended(conference: string, participant: string): MemberDialog[] {
    return this.conferences.get(conference)?.members.get(entityKey(participant))?.ended.slice(-RECENT) ?? [];
  }
}

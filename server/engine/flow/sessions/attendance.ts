import type { TextTrace } from '../../trace/text.ts';
import { conferenceId, conferenceKey, entityKey } from '../entity.ts';

/** A leg with the focus or an MCU of a conference. */
export interface Attendance {
  /** By the number of its Call-ID. */
  readonly leg: number;
  /** Names the conference. */
  readonly conference: string;
  /** The URI of its focus or MCU. */
  readonly uri: string;
  /** Who is at the other end, so that users can be told apart; '' where that is a focus or an MCU, too. */
  readonly user: string;
  /** Its first message, zero-based. */
  readonly first: number;
}

/** What is asked of a trace. */
type Numbers = Pick<TextTrace, 'count' | 'columns' | 'built' | 'told'>;

/**
 * The legs with conferences in the order of their first messages, as From and To of those tell: no message is parsed. A URI is that of a conference by Microsoft's
 * `opaque` parameter; any other number that many call is none. Time is linear in the messages.
 * @param focuses further conferences (`entityKey`)
 */
export function attendances({ count, columns, built, told }: Numbers, focuses: ReadonlySet<string>): Attendance[] {
  const { parties } = built;
  const conferences = new Map<number, string>();
  for (let party = 1; party < parties.count; party++) {
    const uri = parties.uri(party);
    const isConference = conferenceId(uri) !== undefined || (focuses.size > 0 && focuses.has(entityKey(uri)));
    if (isConference) conferences.set(party, conferenceKey(uri));
  }
  const found: Attendance[] = [];
  if (conferences.size === 0) return found;
  const seen = new Uint8Array(built.calls + 1);
  seen[0] = 1;
  for (let index = 0; index < count; index++) {
    const leg = columns.call[index]!;
    if (seen[leg]) continue;
    seen[leg] = 1;
    const ends = [told.sender[index]!, told.receiver[index]!];
    const server = ends.find((party) => conferences.has(party));
    if (server === undefined) continue;
    const other = ends.find((party) => !conferences.has(party));
    const user = other ? entityKey(parties.uri(other)) : '';
    found.push({ leg, conference: conferences.get(server)!, uri: parties.uri(server), user, first: index });
  }
  return found;
}

import type { TextTrace } from '../../trace/text.ts';
import { conferenceId, conferenceKey, entityKey, organizerKey } from '../entity.ts';

/** A leg with the focus or an MCU of a conference. */
export interface Attendance {
  /** By the number of its Call-ID. */
  readonly leg: number;
  /** Names the conference, as it is shown. */
  readonly conference: string;
  /** Names it among those of all organizers: each gives out ids of their own. */
  readonly key: string;
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
 * @param others legs that are none with these: a telephone that joins two calls is a focus in them alone
 */
export function attendances(
  { count, columns, built, told }: Numbers,
  focuses: ReadonlySet<string>,
  others: ReadonlySet<number>,
): Attendance[] {
  const { parties } = built;
  const conferences = new Map<
    number,
    { readonly conference: string; readonly key: string; readonly isSure: boolean }
  >();
  for (let party = 1; party < parties.count; party++) {
    const uri = parties.uri(party);
    const isSure = conferenceId(uri) !== undefined;
    if (!isSure && (focuses.size === 0 || !focuses.has(entityKey(uri)))) continue;
    const conference = conferenceKey(uri);
    conferences.set(party, { conference, key: `${conference} ${organizerKey(uri)}`, isSure });
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
    const { conference, key, isSure } = conferences.get(server)!;
    if (!isSure && others.has(leg)) continue;
    const other = ends.find((party) => !conferences.has(party));
    const user = other ? entityKey(parties.uri(other)) : '';
    found.push({ leg, conference, key, uri: parties.uri(server), user, first: index });
  }
  return found;
}

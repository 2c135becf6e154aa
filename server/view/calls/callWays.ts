import { type CallSource, messagesOfLeg } from './callSource.ts';
import type { CallTable } from './callTable.ts';
import { short } from './callWords.ts';

/** So many messages of a leg tell whether it has hops. */
const TELLING = 40;

/** Whether a leg goes over servers between its ends, so that each of its requests is there several times. */
export function hasHops({ source }: CallTable, leg: number): boolean {
  const { columns } = source.messages;
  const lanes = messagesOfLeg(source, leg)
    .slice(0, TELLING)
    .flatMap((index) => [source.lanes.of[columns.sender[index]!], source.lanes.of[columns.receiver[index]!]]);
  return new Set(lanes).size > 2;
}

/** From which lane to which a message goes: `Alice → Bob`. */
export function wayOf({ lanes, messages: { columns } }: CallSource, index: number): string {
  const laneOf = (party: number) => lanes.lanes[lanes.of[party]!]?.label ?? 'Unknown';
  return short(`${laneOf(columns.sender[index]!)} → ${laneOf(columns.receiver[index]!)}`);
}

import { read } from '../server/engine/engine.ts';
import { readRoster } from '../server/engine/flow/roster/roster.ts';

/** What reading the conferences of a trace took each time, in milliseconds, and how much there was of them. */
export interface RosterTook {
  readonly wall: number;
  readonly cpu: number;
  readonly states: number;
  readonly changes: number;
}

/** Reads the conferences of a trace so many times: the first with a cold compiler. */
export function rosterOf(text: string, rounds: number): RosterTook[] {
  const { trace, flow } = read(text);
  return Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    const began = performance.now();
    const [conference] = readRoster(trace, flow);
    const wall = performance.now() - began;
    const { user, system } = process.cpuUsage(before);
    const changes = conference!.states.reduce((sum, state) => sum + state.events.length, 0);
    return { wall, cpu: (user + system) / 1000, states: conference!.states.length, changes };
  });
}

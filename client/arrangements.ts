import type { Memento } from 'vscode';
import type { LaneArrangement } from '../server/view/protocol.ts';
import { keptWith } from './keptLast.ts';

const KEY = 'sipLens.lanes';

/** How the reader arranged the lanes of a trace in this workspace, or null. */
export function savedLanes(workspaceState: Memento, trace: string): LaneArrangement | null {
  return all(workspaceState)[trace] ?? null;
}

/** Keeps that; null forgets it. */
export async function saveLanes(workspaceState: Memento, trace: string, lanes: LaneArrangement | null): Promise<void> {
  await workspaceState.update(KEY, keptWith(all(workspaceState), trace, lanes ?? undefined));
}

function all(workspaceState: Memento): Readonly<Record<string, LaneArrangement>> {
  return workspaceState.get<Record<string, LaneArrangement>>(KEY) ?? {};
}

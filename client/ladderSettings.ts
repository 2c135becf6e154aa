import { type ExtensionContext, type Uri, workspace } from 'vscode';
import type { LadderSettings, LaneArrangement } from '../server/view/protocol.ts';

/** The part of the settings that is about ladders. */
export const LADDER_SETTINGS = 'sipLens.ladder';

/** The user's settings for the ladder of a document; what is no setting reads as the default. */
export function ladderSettings(uri: Uri): LadderSettings {
  const settings = workspace.getConfiguration(LADDER_SETTINGS, uri);
  const slow = settings.get<unknown>('slow');
  return {
    density: settings.get<string>('density') === 'comfortable' ? 'comfortable' : 'compact',
    timeZone: (['local', 'utc'] as const).find((zone) => zone === settings.get<string>('timeZone')) ?? 'log',
    gap: Math.max(0, Number(settings.get<number>('gap')) || 0),
    slow: Array.isArray(slow)
      ? slow.filter((one): one is number => typeof one === 'number' && one > 0).slice(0, 3)
      : [],
    hideKeepAlives: settings.get<boolean>('hideKeepAlives') !== false,
    scrubber: settings.get<boolean>('scrubber') !== false,
  };
}

/** How the reader arranged the lanes of a file in this workspace, or null. */
export function savedLanes({ workspaceState }: ExtensionContext, uri: Uri): LaneArrangement | null {
  return workspaceState.get<LaneArrangement>(lanesOf(uri)) ?? null;
}

/** Keeps that; null forgets it. */
export async function saveLanes(
  { workspaceState }: ExtensionContext,
  uri: Uri,
  lanes: LaneArrangement | null,
): Promise<void> {
  await workspaceState.update(lanesOf(uri), lanes ?? undefined);
}

function lanesOf(uri: Uri): string {
  return `lanes ${uri.toString()}`;
}

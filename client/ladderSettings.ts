import { type Uri, workspace } from 'vscode';
import type { LadderSettings } from '../server/view/protocol.ts';

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

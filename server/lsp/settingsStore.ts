import { type Connection, DidChangeConfigurationNotification, type InitializeParams } from 'vscode-languageserver';
import { readSettings, type Settings } from './settings.ts';

const SECTION = 'sipLens';

/** The settings of each document, asked from the editor once and again after they change. */
export interface SettingsStore {
  of(uri: string): Promise<Settings>;
  forget(uri: string): void;
}

/** Hears of settings. */
export interface SettingsListener {
  /** The editor can be asked from now on. */
  ready(): void;
  /** What was known is not true any more. */
  changed(): void;
}

/**
 * Keeps the settings of an editor: one that can be asked is asked for each document; another one sends them at start or with
 * each change.
 */
export function createSettings(
  connection: Connection,
  params: InitializeParams,
  { changed, ready }: SettingsListener,
): SettingsStore {
  const { configuration, didChangeConfiguration } = params.capabilities.workspace ?? {};
  const perDocument = new Map<string, Promise<Settings>>();
  let common = readSettings(params.initializationOptions);
  connection.onDidChangeConfiguration(({ settings }) => {
    perDocument.clear();
    if (!configuration) common = readSettings(settings);
    changed();
  });
  connection.onInitialized(() => {
    if (didChangeConfiguration?.dynamicRegistration) listenForChanges(connection);
    ready();
  });
  const ask = async (uri: string) => {
    try {
      return readSettings(await connection.workspace.getConfiguration({ scopeUri: uri, section: SECTION }));
    } catch {
      return common;
    }
  };
  return {
    async of(uri) {
      if (!configuration) return common;
      const known = perDocument.get(uri) ?? ask(uri);
      perDocument.set(uri, known);
      return known;
    },
    forget: (uri) => void perDocument.delete(uri),
  };
}

function listenForChanges(connection: Connection): void {
  const registered = connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
  registered.catch(() => connection.console.warn('SIP Lens: the editor does not tell when settings change.'));
}

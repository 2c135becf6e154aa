import type { Connection, InitializeParams, ServerCapabilities } from 'vscode-languageserver';
import type { OpenFile } from '../view/openedFile.ts';
import type { LinkDecision } from '../view/protocol.ts';
import type { Analysis } from './analysis.ts';
import type { Checks } from './checks.ts';
import type { Configurations } from './configurations.ts';
import type { Fence } from './fence.ts';
import type { Settings } from './settings.ts';

/** What a feature is given: one editor's session. */
export interface FeatureHost {
  readonly connection: Connection;
  /** Put it around every handler: what is thrown is logged, and `empty` answered. */
  readonly fence: Fence;
  readonly checks: Checks;
  /** What the editor said of itself. */
  readonly params: InitializeParams;
  /** Reads a file where the editor does not; absent where this platform has none. */
  readonly readFile: ((uri: string) => Promise<string>) | undefined;
  /** What the user chose, and over it what the configuration file of the workspace says. */
  /** Opens a file to read it by ranges, wherever it lies. */
  readonly openFile: OpenFile;
  settings(uri: string): Promise<Settings>;
  readonly configurations: Pick<Configurations, 'nearest'>;
  /** What the user told of the legs of a trace by hand. */
  linkDecisions(uri: string): readonly LinkDecision[];
  /** The document as it is now; null where it is closed or none of ours. */
  analysis(uri: string): Analysis | null;
  /** All open documents that are ours. */
  analyses(): Analysis[];
  /** Calls back when the editor is ready to be asked, and each time that settings change. */
  onSettings(listener: () => void): void;
  /** Calls back each time that a document is opened or has changed. */
  onChange(listener: (uri: string) => void): void;
  /** Calls back with the files that have changed on disk, of those that somebody asked the editor to watch. */
  onFiles(listener: (uris: readonly string[]) => void): void;
}

/** One thing the editor can ask for. A new one is a file in this folder and a line in `features.ts`. */
export interface Feature {
  /** What the server announces, where that depends on the editor as a function of what it said of itself. */
  readonly capabilities: ServerCapabilities | ((params: InitializeParams) => ServerCapabilities);
  register(host: FeatureHost): void;
}

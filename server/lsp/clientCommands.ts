import type { InitializeParams } from 'vscode-languageserver';
import type { ClientOptions } from '../view/protocol.ts';

/** Whether the editor has a command: it said so when it started the server. */
export function hasCommand({ initializationOptions }: InitializeParams, command: string): boolean {
  const { commands } = (initializationOptions ?? {}) as ClientOptions;
  return Array.isArray(commands) && commands.includes(command);
}

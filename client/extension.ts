import { type ExtensionContext, type TextDocument, window, workspace } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { type ClientOptions, OPEN_TEXT, SHOW_IN_LADDER, SUGGEST } from '../server/view/protocol.ts';
import { registerCalls } from './calls.ts';
import { registerCommands } from './commands.ts';
import { COMPARED_SCHEME } from './comparing.ts';
import { offerToReadAsTrace } from './detect.ts';
import { answerReadBytes, answerReadFile } from './files.ts';
import { registerLadders } from './ladders.ts';
import { registerLanguageModelTools } from './languageModelTools.ts';
import { savedLinks } from './linkDecisions.ts';
import { openLinks } from './links.ts';
import { provideMergedTexts } from './mergedTexts.ts';
import { registerNewDocuments } from './newDocument.ts';
import { showProfile } from './profileStatus.ts';
import { messageOf, traceChanges } from './trace.ts';

const LANGUAGES = ['sip', 'xml', 'cccp', 'conference-info'];

/** Everything the extension does in an editor, whatever the platform. */
export function start(context: ExtensionContext, client: BaseLanguageClient): void {
  answerReadFile(context, client);
  answerReadBytes(context, client);
  startServerWhenNeeded(context, client);
  const changes = traceChanges(context, client);
  const ladders = registerLadders(context, client, changes);
  provideMergedTexts(context, client);
  registerCommands(context, client, ladders);
  registerCalls(context, client, ladders, changes);
  openLinks(context, ladders);
  registerNewDocuments(context, client);
  registerLanguageModelTools(context, client, ladders);
  showProfile(context, client, ladders, changes);
  offerToReadAsTrace(context);
}

/**
 * Which documents the server hears of: it decides itself which XML documents it judges.
 * @param more what else it is told when it is started
 */
export function clientOptions(context: ExtensionContext, more: object = {}): LanguageClientOptions {
  // Asked each time that the server is started.
  const initializationOptions = (): ClientOptions => ({
    commands: [OPEN_TEXT, SHOW_IN_LADDER, SUGGEST],
    links: savedLinks(context),
    ...more,
  });
  return {
    documentSelector: LANGUAGES.map((language) => ({ language })),
    initializationOptions,
    // What is made to be compared is no message as it was sent: nothing in it is right or wrong.
    middleware: {
      handleDiagnostics: (uri, diagnostics, next) => next(uri, uri.scheme === COMPARED_SCHEME ? [] : diagnostics),
    },
  };
}

/** A window with plain text files only costs no server. */
function startServerWhenNeeded(context: ExtensionContext, client: BaseLanguageClient): void {
  const concerns = (document: TextDocument) => LANGUAGES.includes(document.languageId);
  const startServer = () => client.start().catch((error) => window.showErrorMessage(`SIP Lens: ${messageOf(error)}`));
  if (workspace.textDocuments.some(concerns)) {
    void startServer();
    return;
  }
  const waiting = workspace.onDidOpenTextDocument((document) => {
    if (!concerns(document)) return;
    waiting.dispose();
    void startServer();
  });
  context.subscriptions.push(waiting);
}

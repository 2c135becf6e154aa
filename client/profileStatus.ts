import {
  type Event,
  type ExtensionContext,
  MarkdownString,
  StatusBarAlignment,
  type StatusBarItem,
  type TextDocument,
  type Uri,
  window,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Ladders } from './ladders.ts';
import { asDocument, openDocument, sameUri, traceOf } from './trace.ts';

const PAUSE_MS = 200;

/** Shows in the status bar by which profile the trace in front is judged; a click opens the setting. */
export function showProfile(
  context: ExtensionContext,
  client: BaseLanguageClient,
  ladders: Ladders,
  changes: Event<Uri>,
): void {
  const item = profileItem();
  const inFront = () => frontTrace(ladders);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refreshSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(item, client, inFront), PAUSE_MS);
  };
  const ifInFront = (uri: Uri) => {
    const front = inFront();
    if (front && sameUri(front.uri, uri)) refreshSoon();
  };
  context.subscriptions.push(
    item,
    { dispose: () => clearTimeout(timer) },
    window.onDidChangeActiveTextEditor(refreshSoon),
    changes(ifInFront),
  );
  refreshSoon();
}

function profileItem(): StatusBarItem {
  const item = window.createStatusBarItem('sipLens.profile', StatusBarAlignment.Right, 100);
  item.name = 'SIP Profile';
  item.command = {
    command: 'workbench.action.openSettings',
    title: 'Open Settings',
    arguments: ['sipLens.profile'],
  };
  return item;
}

async function refresh(
  item: StatusBarItem,
  client: BaseLanguageClient,
  inFront: () => TextDocument | undefined,
): Promise<void> {
  const document = inFront();
  if (!document) {
    item.hide();
    return;
  }
  try {
    const { profile, format, rows } = await traceOf(client, asDocument(document.uri)).summary();
    item.text = profile ? `SIP: ${profile}` : 'SIP: …';
    item.tooltip = tooltip(profile, format, rows);
    item.accessibilityInformation = { label: `SIP profile: ${profile}`, role: 'button' };
    if (document === inFront()) item.show();
  } catch {
    item.hide();
  }
}

function tooltip(profile: string, format: string, messages: number): MarkdownString {
  const text = new MarkdownString();
  text.appendText(`This file is judged by the profile "${profile}": `);
  text.appendText('how strictly depends on where its messages come from. ');
  text.appendText(`Format: ${format}, messages: ${messages}. Click to choose another profile.`);
  return text;
}

/** The trace in front as text, or as a ladder. */
function frontTrace(ladders: Ladders): TextDocument | undefined {
  const ladder = ladders.active();
  const document = window.activeTextEditor?.document ?? (ladder && openDocument(ladder.uri));
  return document?.languageId === 'sip' ? document : undefined;
}

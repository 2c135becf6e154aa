import { type Event, EventEmitter, type ExtensionContext, type Uri } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { LINK_DECISIONS, type LinkDecision, type LinkDecisions } from '../server/view/protocol.ts';
import { keptWith } from './keptLast.ts';

const KEY = 'sipLens.links';

/** What was told of the legs of all traces of the workspace by hand. */
export function savedLinks({ workspaceState }: ExtensionContext): LinkDecisions {
  return workspaceState.get<LinkDecisions>(KEY) ?? {};
}

/** Keeps that for the workspace, and tells the server. */
export class LinkStore {
  /** Tells the URI of a trace of which something else is told now. */
  readonly onDidChange: Event<Uri>;
  private readonly context: ExtensionContext;
  private readonly client: BaseLanguageClient;
  private readonly changed = new EventEmitter<Uri>();

  constructor(context: ExtensionContext, client: BaseLanguageClient) {
    this.context = context;
    this.client = client;
    this.onDidChange = this.changed.event;
    context.subscriptions.push(this.changed);
  }

  /** What is told of a trace. */
  of(uri: Uri): readonly LinkDecision[] {
    return savedLinks(this.context)[this.keyOf(uri)] ?? [];
  }

  async save(uri: Uri, decisions: readonly LinkDecision[]): Promise<void> {
    const told = decisions.length > 0 ? decisions : undefined;
    const all: LinkDecisions = keptWith(savedLinks(this.context), this.keyOf(uri), told);
    const saved = this.context.workspaceState.update(KEY, all);
    await this.client.sendNotification(LINK_DECISIONS, all); // before anything else is decided
    await saved;
    this.changed.fire(uri);
  }

  /** As the server names it. */
  private keyOf(uri: Uri): string {
    return this.client.code2ProtocolConverter.asUri(uri);
  }
}

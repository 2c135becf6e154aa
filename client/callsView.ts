import {
  commands,
  type Event,
  EventEmitter,
  type ExtensionContext,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  type Uri,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { CallNode, CallsView as Listing, TraceApi } from '../server/view/protocol.ts';
import type { ChosenMessage, Ladders } from './ladders.ts';
import { LinkingFollower } from './linking.ts';
import { MESSAGE_SCHEME } from './messageTexts.ts';
import { asDocument, fileName, messageOf, openDocument, sameUri, type TraceSource, traceOf } from './trace.ts';

export const CALLS_VIEW = 'sipLens.calls';
/** The command of a node that is chosen. */
export const SHOW_CALL = 'sipLens.calls.show';
/** Whether there is a trace, for what the view says where there is none. */
const HAS_TRACE = 'sipLens.calls.hasTrace';
/** A file that is being read or written to changes all the time, and each state of it costs a pass over its messages. */
const CHANGES_REST_MS = { document: 500, file: 3000 };
const CHOICE_RESTS_MS = 150;
/** Whether the legs of calls are being linked, and whether that was stopped. */
const LINKING = 'sipLens.calls.linking';

/** A node with the one that it is below. */
export interface Placed {
  readonly node: CallNode;
  readonly above: Placed | undefined;
}

/** The calls of the trace in front as a tree in the side bar, in step with its ladder. */
export class CallsTree implements TreeDataProvider<Placed> {
  readonly onDidChangeTreeData: Event<void>;
  /** The calls of another trace are shown. */
  readonly onDidChangeTrace: Event<TraceSource | undefined>;
  private readonly client: BaseLanguageClient;
  private readonly ladders: Ladders;
  private readonly redrawn = new EventEmitter<void>();
  private readonly replaced = new EventEmitter<TraceSource | undefined>();
  private readonly view: TreeView<Placed>;
  private source: TraceSource | undefined;
  private listing: Listing = { show: 'all', order: 'time' };
  private changing: ReturnType<typeof setTimeout> | undefined;
  private choosing: ReturnType<typeof setTimeout> | undefined;
  private latest = 0;
  private readonly linking = new LinkingFollower({
    told: (words) => {
      this.view.message = [this.counted, words].filter(Boolean).join(' · ');
    },
    changed: (linking) => void commands.executeCommand('setContext', LINKING, linking),
    found: () => this.redraw(),
  });
  /** How many calls there are, as the view says it. */
  private counted = '';

  constructor(context: ExtensionContext, client: BaseLanguageClient, ladders: Ladders, changes: Event<Uri>) {
    this.client = client;
    this.ladders = ladders;
    this.onDidChangeTreeData = this.redrawn.event;
    this.onDidChangeTrace = this.replaced.event;
    const options = { treeDataProvider: this, showCollapseAll: true, canSelectMany: true };
    this.view = window.createTreeView<Placed>(CALLS_VIEW, options);
    context.subscriptions.push(
      this.view,
      this.redrawn,
      this.replaced,
      { dispose: () => this.stop() },
      changes((uri) => this.changed(uri)),
      ladders.onDidChange(() => this.look()),
      ladders.onDidChoose((chosen) => this.chosen(chosen)),
      window.onDidChangeActiveTextEditor(() => this.look()),
      workspace.onDidOpenTextDocument(() => this.look()),
      workspace.onDidCloseTextDocument(() => this.look()),
    );
    this.look();
  }

  /** Which calls are listed, and in which order. */
  get listed(): Listing {
    return this.listing;
  }

  list(listing: Partial<Listing>): void {
    this.listing = { ...this.listing, ...listing };
    this.redrawn.fire();
  }

  /** Asks for everything again. */
  redraw(): void {
    this.redrawn.fire();
  }

  /** Stops linking the legs of calls, or goes on with it. */
  async linkLegs(how: 'stop' | 'resume'): Promise<void> {
    await this.trace?.api.linkLegs(how);
    this.redraw();
  }

  /** The trace whose calls are shown. */
  get trace(): { readonly source: TraceSource; readonly api: TraceApi } | undefined {
    return this.source && { source: this.source, api: traceOf(this.client, this.source) };
  }

  getParent({ above }: Placed): Placed | undefined {
    return above;
  }

  async getChildren(above?: Placed): Promise<Placed[]> {
    const { trace } = this;
    if (!trace) return [];
    try {
      const list = await trace.api.calls(above?.node.id ?? '', this.listing);
      if (!above && trace.source === this.source) {
        this.say(list.shown, list.all);
        void this.linking.follow(trace.api, list.links);
      }
      return list.nodes.map((node) => ({ node, above }));
    } catch (error) {
      if (!above) this.view.message = messageOf(error);
      return [];
    }
  }

  getTreeItem({ node }: Placed): TreeItem {
    const { Collapsed, None } = TreeItemCollapsibleState;
    const item = new TreeItem(node.label, node.hasChildren ? Collapsed : None);
    const outcome = node.outcome && node.outcome !== 'unknown' ? node.outcome : '';
    item.id = `${this.source?.uri} ${node.id}`;
    item.description = node.description;
    item.tooltip = node.tooltip;
    item.iconPath = iconOf(node);
    item.contextValue = node.kind;
    item.accessibilityInformation = { label: [node.label, outcome, node.description].filter(Boolean).join(', ') };
    item.command = { command: SHOW_CALL, title: 'Show in Ladder', arguments: [node] };
    return item;
  }

  /** Shows the messages of a node in the ladder, and only these. */
  async show({ id, label, message }: CallNode): Promise<void> {
    if (this.source)
      await this.ladders.showCall(this.source, { of: id, view: this.listing, title: label.trim() }, message);
  }

  /** Another trace may be in front: that of the ladder or the text with the focus, else the one before, while it is open, or that of any ladder. */
  private look(): void {
    const before = this.isOpen(this.source) ? this.source : undefined;
    const next = this.ladders.active() ?? inEditor() ?? before ?? this.ladders.newest();
    if (next && this.source && next.of === this.source.of && sameUri(next.uri, this.source.uri)) return;
    if (next === this.source) return;
    this.source = next;
    this.linking.leave();
    void commands.executeCommand('setContext', LINKING, '');
    this.view.description = next ? fileName(next.uri) : '';
    this.view.message = '';
    void commands.executeCommand('setContext', HAS_TRACE, next !== undefined);
    this.replaced.fire(next);
    this.redrawn.fire();
  }

  private isOpen(source: TraceSource | undefined): boolean {
    if (!source) return false;
    return this.ladders.has(source) || (source.of === 'document' && openDocument(source.uri)?.languageId === 'sip');
  }

  private changed(uri: Uri): void {
    if (!this.source || !sameUri(uri, this.source.uri)) return;
    this.changing ??= setTimeout(() => {
      this.changing = undefined;
      this.redrawn.fire();
    }, CHANGES_REST_MS[this.source.of]);
  }

  /** A message was chosen in the ladder: it is shown here, too, once the choice rests. */
  private chosen({ source, index }: ChosenMessage): void {
    if (!this.view.visible || !this.source || !sameUri(source.uri, this.source.uri)) return;
    clearTimeout(this.choosing);
    const turn = ++this.latest;
    this.choosing = setTimeout(() => void this.reveal(index, turn), CHOICE_RESTS_MS);
  }

  private async reveal(index: number, turn: number): Promise<void> {
    try {
      const path = (await this.trace?.api.callPath(index, this.listing)) ?? [];
      const placed = path.reduce<Placed | undefined>((above, node) => ({ node, above }), undefined);
      if (placed && turn === this.latest) await this.view.reveal(placed, { select: true, focus: false });
    } catch {
      // The ladder says what is wrong with the trace; a message that cannot be shown here is no occasion to say it again.
    }
  }

  private say(shown: number, all: number): void {
    const { show } = this.listing;
    if (show === 'all') this.counted = all === 0 ? 'The trace has no calls.' : '';
    else this.counted = `${show === 'failed' ? 'Failed' : 'In progress'}: ${shown} of ${all}`;
    this.view.message = this.counted;
  }

  private stop(): void {
    clearTimeout(this.changing);
    clearTimeout(this.choosing);
    this.latest++;
    this.linking.leave();
  }
}

/** The trace of the text editor with the focus. The text of a single message or call belongs to another trace. */
function inEditor(): TraceSource | undefined {
  const document = window.activeTextEditor?.document;
  const isTrace = document?.languageId === 'sip' && document.uri.scheme !== MESSAGE_SCHEME;
  return isTrace ? asDocument(document.uri) : undefined;
}

const ICONS: Readonly<Record<CallNode['kind'], string>> = {
  call: 'call-outgoing',
  conference: 'organization',
  subscription: 'bell',
  registration: 'account',
  other: 'pulse',
  meeting: 'device-camera-video',
  fold: 'layers',
  range: 'list-unordered',
  leg: 'git-merge',
  link: 'link',
  linked: 'link',
  cut: 'debug-disconnect',
  guess: 'question',
  dialog: 'comment-discussion',
  transaction: 'arrow-swap',
  request: 'arrow-right',
  response: 'arrow-left',
};

const COLOURS: Readonly<Record<NonNullable<CallNode['outcome']>, string | undefined>> = {
  succeeded: 'charts.green',
  failed: 'charts.red',
  cancelled: 'charts.yellow',
  'in progress': 'charts.blue',
  unknown: undefined,
};

/** Colour tells the outcome; where a call has failed or was cancelled, so does the shape. */
function iconOf({ kind, outcome }: CallNode): ThemeIcon {
  const isCall = ['call', 'conference', 'subscription', 'registration', 'other', 'leg', 'dialog'].includes(kind);
  const shape =
    isCall && outcome === 'failed' ? 'error' : isCall && outcome === 'cancelled' ? 'circle-slash' : ICONS[kind];
  const colour = outcome && COLOURS[outcome];
  return colour ? new ThemeIcon(shape, new ThemeColor(colour)) : new ThemeIcon(shape);
}

import type { FromPage, LadderSettings, Scope, ShownCall } from '../server/view/protocol.ts';
import type { ColourMode } from './colouring.ts';
import type { Density } from './layout.ts';

/** What VS Code keeps for the page over a reload of the window. */
export interface PageState {
  readonly uri: string;
  readonly selected: number | null;
  readonly scroll: number;
  readonly time: TimeMode;
  readonly zone: ZoneMode | null;
  /** The message from which times are told, if one is marked. */
  readonly marked: { readonly message: number; readonly time: number | null } | null;
  readonly colour: ColourMode;
  /** Gaps are drawn in proportion to time. */
  readonly proportion: boolean;
  /** Null: as the settings say. So is the zone. */
  readonly density: Density | null;
  /** Null: as the settings say. */
  readonly keepAlives: 'shown' | 'hidden' | null;
  readonly details: boolean;
  /** The roster is shown in place of the ladder. */
  readonly roster: boolean;
  /** Size of the details, as a fraction of the page. */
  readonly split: number;
  /** Where the details are: beside the ladder or below; `auto` is beside where the page is wide. */
  readonly dock: DockSide;
  /** What is filtered by, or null. */
  readonly filter: Scope | null;
  /** The call that alone is shown, or null. */
  readonly call: ShownCall | null;
}

export type DockSide = 'auto' | 'right' | 'below';

export type TimeMode = 'absolute' | 'previous' | 'first' | 'marked';
export type ZoneMode = LadderSettings['timeZone'];

interface VsCode {
  postMessage(message: FromPage): void;
  getState(): Partial<PageState> | undefined;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): VsCode;

/** The page's way to the extension, and what it remembers. */
export interface Host {
  readonly uri: string;
  readonly name: string;
  readonly state: PageState;
  post(message: FromPage): void;
  remember(change: Partial<PageState>): void;
}

/** Takes hold of VS Code; a page can do so once. */
export function connect(): Host {
  const vscode = acquireVsCodeApi();
  const { uri = '', name = '' } = document.body.dataset;
  const fresh: PageState = {
    uri,
    selected: null,
    scroll: 0,
    time: 'absolute',
    zone: null,
    marked: null,
    colour: 'class',
    proportion: false,
    density: null,
    keepAlives: null,
    details: true,
    roster: false,
    split: 0.4,
    dock: 'auto',
    filter: null,
    call: null,
  };
  let state: PageState = { ...fresh, ...vscode.getState(), uri };
  vscode.setState(state);
  return {
    uri,
    name,
    get state() {
      return state;
    },
    post: (message) => vscode.postMessage(message),
    remember(change) {
      state = { ...state, ...change };
      vscode.setState(state);
    },
  };
}

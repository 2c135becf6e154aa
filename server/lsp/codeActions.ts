import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from 'vscode-languageserver';
import { fixAll, fixesFor } from '../engine/authoring/fixes/fixes.ts';
import { offersAt } from '../engine/authoring/fixes/offers.ts';
import type { Fix } from '../engine/authoring/source.ts';
import type { Problem, Span } from '../engine/base/text.ts';
import { OPEN_TEXT } from '../view/protocol.ts';
import type { Analysis } from './analysis.ts';
import { hasCommand } from './clientCommands.ts';
import type { Feature, FeatureHost } from './feature.ts';
import { ruleActions } from './ruleActions.ts';
import { workspaceEdit } from './workspaceEdit.ts';

const FIX_ALL = `${CodeActionKind.SourceFixAll}.sipLens`;

/** Changes that mend what the checks found, and what a place offers. Each is computed whole: none takes long enough to be asked for twice. */
export const codeActionsFeature: Feature = {
  capabilities: {
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL] },
  },
  register(host) {
    host.connection.onCodeAction(host.fence.around('offer changes', (params) => codeActions(host, params), null));
  },
};

async function codeActions(host: FeatureHost, params: CodeActionParams): Promise<CodeAction[] | null> {
  const { uri } = params.textDocument;
  // The places of problems are those of the text as it is now, or there are none.
  await host.checks.settled(uri);
  const doc = host.analysis(uri);
  const checked = host.checks.latest(uri);
  if (!doc || !host.params.capabilities.textDocument?.codeAction?.codeActionLiteralSupport) return null;
  const problems = checked?.analysis.version === doc.version ? checked.problems : [];
  const asked: Asked = { host, doc, problems, context: params.context, at: spanOf(doc, params) };
  const { context } = params;
  return [
    ...(wants(context, CodeActionKind.QuickFix) ? await quickFixes(asked) : []),
    ...(wants(context, CodeActionKind.RefactorRewrite) ? offers(asked) : []),
    // All at once is done when it is asked for, not offered beside each single fix.
    ...(context.only && wants(context, FIX_ALL) ? allFixes(asked) : []),
  ];
}

/** One question of the editor. */
interface Asked {
  readonly host: FeatureHost;
  readonly doc: Analysis;
  readonly problems: readonly Problem[];
  readonly context: CodeActionContext;
  readonly at: Span;
}

function spanOf(doc: Analysis, { range }: CodeActionParams): Span {
  return { from: doc.offset(range.start), to: doc.offset(range.end) };
}

/** Whether a kind is asked for: kinds are words with dots, and each stands for all below it. */
function wants({ only }: CodeActionContext, kind: string): boolean {
  return !only || only.some((one) => kind === one || kind.startsWith(`${one}.`) || one === '');
}

/** What mends the problems, and behind all that, what may be done about their rules. */
async function quickFixes(asked: Asked): Promise<CodeAction[]> {
  const { host, doc, problems, context, at } = asked;
  const shown = new Map(context.diagnostics.map((one) => [keyOf(one), one]));
  const fixes: CodeAction[] = [];
  const about = new Map<string, { problem: Problem; diagnostic: Diagnostic | undefined }>();
  for (const problem of problems) {
    const diagnostic = shown.get(keyOf({ range: doc.range(problem), code: problem.rule, message: problem.message }));
    if (!diagnostic && !touches(problem, at)) continue;
    fixes.push(...fixesFor(doc, problem).map((fix, place) => quickFix(asked, fix, place === 0, diagnostic)));
    if (!about.has(problem.rule)) about.set(problem.rule, { problem, diagnostic });
  }
  for (const { problem, diagnostic } of about.values())
    fixes.push(...(await ruleActions(host, doc, problem, diagnostic)));
  return fixes;
}

function quickFix({ host, doc }: Asked, fix: Fix, first: boolean, diagnostic: Diagnostic | undefined): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    ...(diagnostic && { diagnostics: [diagnostic] }),
    ...(first && fix.confidence !== 'possible' && { isPreferred: true }),
    edit: workspaceEdit(host, doc, fix.edits),
  };
}

function offers(asked: Asked): CodeAction[] {
  return offersAt(asked.doc, asked.at.from).flatMap((fix) => {
    const kind = CodeActionKind.RefactorRewrite;
    const change = fix.opens
      ? opening(asked, fix.title, fix.opens)
      : { edit: workspaceEdit(asked.host, asked.doc, fix.edits) };
    return change ? [{ title: fix.title, kind, ...change }] : [];
  });
}

/** A new text, opened by the editor's own command, or put into a file beside the document where the editor can make one. */
function opening(
  { host: { params }, doc }: Asked,
  title: string,
  text: NonNullable<Fix['opens']>,
): Pick<CodeAction, 'edit' | 'command'> | null {
  if (hasCommand(params, OPEN_TEXT)) return { command: { title, command: OPEN_TEXT, arguments: [text] } };
  const { documentChanges, resourceOperations } = params.capabilities.workspace?.workspaceEdit ?? {};
  if (!documentChanges || !resourceOperations?.includes('create') || !doc.uri.startsWith('file:')) return null;
  const uri = `${doc.uri.replace(/\.[\w-]+$/, '')}-response.${text.languageId}`;
  const start = { line: 0, character: 0 };
  const edits = [{ range: { start, end: start }, newText: text.text }];
  return {
    edit: {
      documentChanges: [
        { kind: 'create', uri },
        { textDocument: { uri, version: null }, edits },
      ],
    },
  };
}

function allFixes({ host, doc, problems }: Asked): CodeAction[] {
  const edits = fixAll(doc, problems);
  if (edits.length === 0) return [];
  const title = 'Fix all problems that SIP Lens is sure of';
  return [{ title, kind: FIX_ALL, edit: workspaceEdit(host, doc, edits) }];
}

function keyOf({ range: { start, end }, code, message }: Pick<Diagnostic, 'range' | 'code' | 'message'>): string {
  return [start.line, start.character, end.line, end.character, code, message].join(' ');
}

/** The end of a span belongs to it: that is where a cursor often stands. */
function touches(problem: Span, at: Span): boolean {
  return problem.from <= at.to && at.from <= problem.to;
}

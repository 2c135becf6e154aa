import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  TextEdit,
} from 'vscode-languageserver';
import { asksSchemas, complete } from '../engine/authoring/completion/complete.ts';
import { plainOf } from '../engine/authoring/completion/snippet.ts';
import type { Completion } from '../engine/authoring/source.ts';
import { loadVerdict } from '../engine/xml/verdict.ts';
import { SUGGEST } from '../view/protocol.ts';
import type { Analysis } from './analysis.ts';
import { hasCommand } from './clientCommands.ts';
import type { Feature, FeatureHost } from './feature.ts';

/** What may be written at the cursor. */
export const completionFeature: Feature = {
  capabilities: { completionProvider: { triggerCharacters: ['<', '/', ' ', '"', "'", ':', '=', ';', ','] } },
  register(host) {
    const { connection, fence } = host;
    const abilities = abilitiesOf(host);
    connection.onCompletion(fence.around('offer completions', (params) => list(host, params, abilities), null));
  },
};

/** What an editor can do with an item. */
interface Abilities {
  readonly snippets: boolean;
  /** Showing the next items at once. */
  readonly suggest: boolean;
  /** Indenting what is inserted as the line is. */
  readonly indents: boolean;
}

function abilitiesOf({ params }: FeatureHost): Abilities {
  const { snippetSupport, insertTextModeSupport } = params.capabilities.textDocument?.completion?.completionItem ?? {};
  const indents = insertTextModeSupport?.valueSet.includes(InsertTextMode.adjustIndentation) ?? false;
  return { snippets: snippetSupport ?? false, suggest: hasCommand(params, SUGGEST), indents };
}

async function list(
  { analysis }: FeatureHost,
  { textDocument, position, context }: CompletionParams,
  abilities: Abilities,
): Promise<CompletionList | null> {
  const before = analysis(textDocument.uri);
  if (before && asksSchemas(before, before.offset(position))) await loadVerdict();
  const doc = analysis(textDocument.uri);
  if (!doc) return null;
  const { items, incomplete } = complete(doc, doc.offset(position));
  const asked = context?.triggerCharacter === ' ' ? items.filter(({ kind }) => !UNASKED.includes(kind)) : items;
  return { isIncomplete: incomplete, items: asked.flatMap((one) => item(doc, one, abilities)) };
}

/** What nobody wants to see after each blank in a text. */
const UNASKED: readonly Completion['kind'][] = ['element', 'command', 'closing'];

const KINDS: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  element: CompletionItemKind.Property,
  closing: CompletionItemKind.Property,
  attribute: CompletionItemKind.Field,
  value: CompletionItemKind.EnumMember,
  namespace: CompletionItemKind.Module,
  identifier: CompletionItemKind.Reference,
  command: CompletionItemKind.Function,
  header: CompletionItemKind.Property,
  parameter: CompletionItemKind.Field,
  method: CompletionItemKind.Method,
  status: CompletionItemKind.Constant,
  snippet: CompletionItemKind.Snippet,
};

/** An item as editors read it; none where it would replace more than a part of one line, which the protocol does not allow. */
function item(doc: Analysis, offer: Completion, { snippets, suggest, indents }: Abilities): CompletionItem[] {
  const range = doc.range(offer.replace);
  if (range.start.line !== range.end.line) return [];
  const { label, kind, detail, documentation, filter, sort, also, retrigger } = offer;
  const plain = plainOf(offer.insert);
  const isSnippet = snippets && plain !== offer.insert;
  const text = withLineBreaks(doc, offer, isSnippet ? offer.insert : plain, indents);
  return [
    {
      label,
      kind: KINDS[kind],
      textEdit: TextEdit.replace(range, text),
      ...(indents && text.includes('\n') && { insertTextMode: InsertTextMode.adjustIndentation }),
      ...(isSnippet && { insertTextFormat: InsertTextFormat.Snippet }),
      ...(detail && { detail }),
      ...(documentation && { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
      ...(filter && { filterText: filter }),
      ...(sort && { sortText: sort }),
      ...(also && { additionalTextEdits: also.map((edit) => TextEdit.replace(doc.range(edit), edit.text)) }),
      ...(retrigger && suggest && { command: { title: 'Suggest', command: SUGGEST } }),
    },
  ];
}

/** The text with line breaks as the document has them, and each line indented as the first, unless the editor sees to that. */
function withLineBreaks({ text }: Analysis, { replace }: Completion, insert: string, indents: boolean): string {
  if (!insert.includes('\n')) return insert;
  const end = text.indexOf('\n');
  const lineBreak = end > 0 && text[end - 1] === '\r' ? '\r\n' : '\n';
  const start = Math.max(text.lastIndexOf('\n', replace.from - 1), text.lastIndexOf('\r', replace.from - 1)) + 1;
  const indentation = indents ? '' : /^[ \t]*/.exec(text.slice(start, replace.from))![0];
  return insert.replace(/\n/g, lineBreak + indentation);
}

import { type DocumentSymbol, type SymbolInformation, SymbolKind } from 'vscode-languageserver';
import { type OutlineItem, outlineOf } from '../engine/authoring/outline.ts';
import { type Span, trimmed } from '../engine/base/text.ts';
import { xmlBodies } from '../engine/flow/bodies.ts';
import { xmlOf } from '../engine/flow/calls.ts';
import { summarize } from '../engine/flow/conference.ts';
import { labelOf } from '../engine/ladder/rows.ts';
import { contentType, parseMessage, type SipMessage } from '../engine/sip/message.ts';
import type { Analysis } from './analysis.ts';
import { ourDocument, whileCurrent } from './current.ts';
import type { Feature } from './feature.ts';

/** In a longer trace the outline says what start lines say, and no body is read for it. */
const SUMMARIES = 5000;
const LONGEST_START_LINE = 500;

/** The outline of a trace or an XML document. */
export const symbolsFeature: Feature = {
  capabilities: { documentSymbolProvider: true },
  register(host) {
    const { connection, fence, params } = host;
    const knowsTrees = params.capabilities.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false;
    connection.onDocumentSymbol(
      fence.around(
        'outline a document',
        async ({ textDocument: { uri } }, token) => {
          const doc = ourDocument(host, uri);
          if (!doc) return null;
          const outline = await whileCurrent(host, doc, token, symbols(doc));
          if (!outline || knowsTrees) return outline;
          return flat(doc.xml ? outline.flatMap(withChildren) : outline, uri);
        },
        null,
      ),
    );
  },
};

/** The outline: elements, or each message with its number and label, its body below it. A step of the generator is a message. */
function* symbols(doc: Analysis): Generator<undefined, DocumentSymbol[]> {
  if (doc.xml) return outlineOf(doc.xml).map((item) => elementSymbol(doc, item, (at) => at));
  const outline: DocumentSymbol[] = [];
  for (let index = 0; index < doc.trace.count; index++) {
    outline.push(doc.trace.count > SUMMARIES ? briefSymbol(doc, index) : fullSymbol(doc, index));
    yield;
  }
  return outline;
}

/** The same outline as a plain list, for editors that know no tree. */
function flat(outline: readonly DocumentSymbol[], uri: string): SymbolInformation[] {
  return outline.map(({ name, kind, range }) => ({ name, kind, location: { uri, range } }));
}

function withChildren(symbol: DocumentSymbol): DocumentSymbol[] {
  return [symbol, ...(symbol.children ?? []).flatMap(withChildren)];
}

function briefSymbol(doc: Analysis, index: number): DocumentSymbol {
  const { from, to } = doc.trace.span(index);
  return symbol(doc, index, labelOf(parseMessage(doc.text, from, Math.min(to, from + LONGEST_START_LINE)), ''), []);
}

function fullSymbol(doc: Analysis, index: number): DocumentSymbol {
  const message = doc.trace.message(index);
  return symbol(doc, index, labelOf(message, summarize(message, xmlOf(message))), bodySymbols(doc, index, message));
}

function symbol(doc: Analysis, index: number, label: string, children: DocumentSymbol[]): DocumentSymbol {
  const whole = doc.trace.span(index);
  const lineEnd = doc.text.slice(whole.from, Math.min(whole.to, whole.from + LONGEST_START_LINE)).search(/[\r\n]/);
  const startLine = { from: whole.from, to: lineEnd < 0 ? whole.from : whole.from + lineEnd };
  return {
    name: `${index + 1} ${label}`,
    kind: SymbolKind.Event,
    range: doc.range(trimmed(doc.text, whole.from, whole.to)),
    selectionRange: doc.range(startLine),
    children,
  };
}

function bodySymbols(doc: Analysis, index: number, message: SipMessage): DocumentSymbol[] {
  const body: Span = trimmed(message.text, message.body.from, message.body.to);
  if (body.from === body.to) return [];
  const { toSource } = doc.trace.view(index);
  const range = doc.range(toSource(body));
  const elements = xmlBodies(message).flatMap(({ document }) => outlineOf(document, true));
  const children = elements.map((item) => elementSymbol(doc, item, toSource));
  return [{ name: contentType(message) || 'body', kind: SymbolKind.Object, range, selectionRange: range, children }];
}

const KINDS: Readonly<Record<OutlineItem['kind'], SymbolKind>> = {
  command: SymbolKind.Function,
  entity: SymbolKind.Object,
  text: SymbolKind.String,
  element: SymbolKind.Field,
};

function elementSymbol(doc: Analysis, item: OutlineItem, toSource: (at: Span) => Span): DocumentSymbol {
  return {
    name: item.name,
    ...(item.detail && { detail: item.detail }),
    kind: KINDS[item.kind],
    range: doc.range(toSource(item.at)),
    selectionRange: doc.range(toSource(item.nameAt)),
    children: item.children.map((child) => elementSymbol(doc, child, toSource)),
  };
}

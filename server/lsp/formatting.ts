import {
  BulkRegistration,
  type CancellationToken,
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  type DocumentSelector,
  type FormattingOptions,
  type InitializeParams,
  type Range,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { formatting, type Style } from '../engine/authoring/formatting.ts';
import { typed } from '../engine/authoring/onType.ts';
import { isOurs, mayBeOurs } from '../engine/document.ts';
import type { Analysis } from './analysis.ts';
import { whileCurrent } from './current.ts';
import type { Feature, FeatureHost } from './feature.ts';
import { textEdits } from './workspaceEdit.ts';

const ON_TYPE = { firstTriggerCharacter: '>', moreTriggerCharacter: ['\n'] };

/** Ways to format, and how each is announced: at the start, or later and for some documents only. */
const WAYS: readonly {
  readonly name: 'formatting' | 'rangeFormatting' | 'onTypeFormatting';
  readonly announced: ServerCapabilities;
  register(bulk: BulkRegistration, documentSelector: DocumentSelector): void;
}[] = [
  {
    name: 'formatting',
    announced: { documentFormattingProvider: true },
    register: (bulk, documentSelector) => bulk.add(DocumentFormattingRequest.type, { documentSelector }),
  },
  {
    name: 'rangeFormatting',
    announced: { documentRangeFormattingProvider: true },
    register: (bulk, documentSelector) => bulk.add(DocumentRangeFormattingRequest.type, { documentSelector }),
  },
  {
    name: 'onTypeFormatting',
    announced: { documentOnTypeFormattingProvider: ON_TYPE },
    register: (bulk, documentSelector) =>
      bulk.add(DocumentOnTypeFormattingRequest.type, { documentSelector, ...ON_TYPE }),
  },
];

/**
 * Formatting of a document, of a part, and while typing. An editor asks its user which formatter to take where there are two for a
 * language: so, where it can be told, we are none for XML in general, but for each XML document that is ours.
 */
export const formattingFeature: Feature = {
  capabilities: (params) =>
    Object.assign({}, ...WAYS.filter(({ name }) => !isDynamic(params, name)).map(({ announced }) => announced)),
  register(host) {
    answer(host);
    const announce = announcer(host);
    host.onSettings(() => announce(OURS));
    host.onChange((uri) => {
      const doc = host.analysis(uri);
      if (doc && isXmlOfOurs(doc)) announce(selectorOf(doc));
    });
  },
};

function isDynamic({ capabilities: { textDocument } }: InitializeParams, name: (typeof WAYS)[number]['name']): boolean {
  return textDocument?.[name]?.dynamicRegistration ?? false;
}

const OUR_LANGUAGES = ['sip', 'cccp', 'conference-info'];
const OUR_NAMES = /\.(?:sip|siptrace|cccp|confinfo)$/i;
/** Editors that do not know the languages know the names. */
const OURS: DocumentSelector = [
  ...OUR_LANGUAGES.map((language) => ({ language })),
  { pattern: '**/*.{sip,siptrace,cccp,confinfo}' },
];

/** Whether a document has the language of all XML, but is ours. */
function isXmlOfOurs({ kind, language, uri, text, xml }: Analysis): boolean {
  if (kind !== 'xml' || OUR_LANGUAGES.includes(language ?? '') || OUR_NAMES.test(uri) || !mayBeOurs(text)) return false;
  return xml !== null && isOurs(xml);
}

/** What selects a document by its name, as there is nothing else that selects a single one. */
function selectorOf({ uri, language }: Analysis): DocumentSelector {
  const [scheme = ''] = uri.split(':');
  const name = decoded(uri)
    .split(/[\\/:]/)
    .at(-1)!
    .replace(/[[\]{}*?!]/g, '?');
  return [{ scheme, language: language ?? 'xml', pattern: `**/${name}` }];
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

/** Tells the editor once which documents can be formatted, where it can be told after the start. */
function announcer({ connection, params }: FeatureHost): (documents: DocumentSelector) => void {
  const ways = WAYS.filter(({ name }) => isDynamic(params, name));
  const told = new Set<string>();
  return (documents) => {
    const key = JSON.stringify(documents);
    if (ways.length === 0 || told.has(key)) return;
    told.add(key);
    const bulk = BulkRegistration.create();
    for (const way of ways) way.register(bulk, documents);
    const registered = connection.client.register(bulk);
    registered.catch(() =>
      connection.console.warn('SIP Lens: the editor does not take up how documents are formatted.'),
    );
  };
}

function answer(host: FeatureHost): void {
  const { connection, fence, analysis } = host;
  const format = async (uri: string, options: FormattingOptions, range: Range | null, token: CancellationToken) => {
    const doc = analysis(uri);
    if (!doc) return null;
    const part = range
      ? { from: doc.offset(range.start), to: doc.offset(range.end) }
      : { from: 0, to: doc.text.length };
    const edits = await whileCurrent(host, doc, token, formatting(doc, styleOf(options), part));
    return edits && textEdits(doc, edits);
  };
  connection.onDocumentFormatting(
    fence.around(
      'format a document',
      ({ textDocument, options }, token) => format(textDocument.uri, options, null, token),
      null,
    ),
  );
  connection.onDocumentRangeFormatting(
    fence.around(
      'format a part of a document',
      ({ textDocument, options, range }, token) => format(textDocument.uri, options, range, token),
      null,
    ),
  );
  connection.onDocumentOnTypeFormatting(
    fence.around(
      'indent a line',
      ({ textDocument, position, ch, options }) => {
        const doc = analysis(textDocument.uri);
        if (!doc || (ch !== '>' && ch !== '\n')) return null;
        return textEdits(doc, typed(doc, doc.offset(position), ch, styleOf(options).unit));
      },
      null,
    ),
  );
}

/** Nobody wants a level wider than this; a width that is none would make lines without an end. */
const WIDEST = 16;

function styleOf({ tabSize, insertSpaces, ...ends }: FormattingOptions): Style {
  const width = Math.min(Math.max(1, Math.floor(tabSize) || 1), WIDEST);
  return {
    unit: insertSpaces ? ' '.repeat(width) : '\t',
    insertFinalNewline: ends.insertFinalNewline ?? false,
    trimFinalNewlines: ends.trimFinalNewlines ?? false,
    trimTrailingWhitespace: ends.trimTrailingWhitespace ?? false,
  };
}

import type { Position, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Source } from '../engine/authoring/source.ts';
import type { Span } from '../engine/base/text.ts';
import { type Reading, read } from '../engine/engine.ts';
import type { TextTrace } from '../engine/trace/text.ts';
import { parseXml, type XmlDocument } from '../engine/xml/xml.ts';
import { editBetween } from './edit.ts';

/** Languages of XML documents; whether one is ours, its root tells. */
const XML_LANGUAGES = ['xml', 'cccp', 'conference-info'];

/** One version of one document, as the features see it. Only here do offsets become lines and columns. */
export interface Analysis extends Source {
  readonly version: number;
  readonly trace: TextTrace;
  range(span: Span): Range;
  offset(position: Position): number;
}

/** Gives the analysis of a document as it is now, made when it is first asked for; null where the document is none of ours. */
export function createAnalyses(): (document: TextDocument) => Analysis | null {
  const newest = new WeakMap<TextDocument, Analysis>();
  return (document) => {
    const known = newest.get(document);
    if (known?.version === document.version) return known;
    const analysis = analyse(document, known);
    if (analysis) newest.set(document, analysis);
    return analysis;
  };
}

function analyse(document: TextDocument, before: Analysis | undefined): Analysis | null {
  const kind = kindOf(document);
  if (!kind) return null;
  const text = document.getText();
  const reading = before?.kind === kind ? readAfter(before, text) : read(kind === 'trace' ? text : '');
  let xml: XmlDocument | null = null;
  return {
    uri: document.uri,
    version: document.version,
    text,
    kind,
    language: document.languageId,
    reading,
    get xml() {
      if (kind === 'xml') xml ??= parseXml(text);
      return xml;
    },
    trace: reading.trace,
    range: (span) => ({ start: document.positionAt(span.from), end: document.positionAt(span.to) }),
    offset: (position) => document.offsetAt(position),
  };
}

function readAfter(before: Analysis, text: string): Reading {
  if (before.kind === 'xml') return before.reading;
  const edit = editBetween(before.text, text);
  return edit ? read(text, { reading: before.reading, edit }) : before.reading;
}

/** What an editor calls the language counts first; editors that do not know the language send the file's name. */
function kindOf({ languageId, uri }: TextDocument): Analysis['kind'] | null {
  if (languageId === 'sip') return 'trace';
  if (XML_LANGUAGES.includes(languageId)) return 'xml';
  return /\.(?:sip|siptrace|txt|log)$/i.test(uri) ? 'trace' : /\.(?:xml|cccp|confinfo)$/i.test(uri) ? 'xml' : null;
}

import type { Confidence, Repair } from '../../base/repair.ts';
import { isBlank, type Span, slice, type TextEdit, trimmed } from '../../base/text.ts';
import { called, repair } from '../../sip/repairs.ts';
import { doctypeEnd } from '../../xml/text.ts';
import { type SyntaxFault, walk, type XmlElement } from '../../xml/xml.ts';
import { soundValue } from './newXml.ts';
import { withoutAttribute } from './unknownAttribute.ts';
import type { XmlFault, XmlFixer } from './xmlFault.ts';

/** Mends what makes a document not well-formed. */
export const syntaxFixer: XmlFixer = {
  faults: [
    ...['doctype', 'character', 'unescaped', 'reference', 'unquoted', 'quote', 'no-value', 'no-blank', 'twice'],
    ...[
      'unfinished',
      'unclosed',
      'other-end',
      'end-of-nothing',
      'dashes',
      'late-declaration',
      'outside',
      'open-section',
    ],
  ] as SyntaxFault[],
  mend: (fault) => MENDERS[fault.problem.fault as Mended]?.(fault) ?? [],
};

type Mended = Exclude<SyntaxFault, 'prefix'>;

const MENDERS: Readonly<Record<Mended, (fault: XmlFault) => readonly Repair[]>> = {
  doctype: withoutDoctype,
  character: (fault) => removed(fault, 'Remove the character that XML does not allow'),
  unescaped: escapedHere,
  reference: withoutReference,
  unquoted: ({ problem, document }) => inQuotes(problem, document.text),
  quote: ({ problem: { from, to }, document }) =>
    repair('Insert the closing quote', [inserted(to, document.text[from]!)], 'likely'),
  'no-value': withValue,
  'no-blank': ({ problem }) => repair('Insert a blank', [inserted(problem.from, ' ')], 'sure'),
  twice: withoutSecond,
  unfinished: finished,
  unclosed: closed,
  'other-end': withRightEnd,
  'end-of-nothing': ({ problem, document }) => {
    const { from, to } = endTagAt(document.text, problem.from - 2, document.to);
    return repair(`Remove ${called(document.text.slice(from, to))}`, [{ from, to, text: '' }]);
  },
  dashes: withoutDashes,
  'late-declaration': withoutDeclaration,
  'open-section': sectionEnded,
  outside: (fault) =>
    fault.document.text[fault.problem.from - 1] === '<' ? [] : removed(fault, 'Remove this text', 'possible'),
};

function inserted(at: number, text: string): TextEdit {
  return { from: at, to: at, text };
}

function removed({ problem: { from, to } }: XmlFault, title: string, confidence?: Confidence): Repair[] {
  return repair(title, [{ from, to, text: '' }], confidence);
}

function withoutDoctype({ problem: { from }, document }: XmlFault): Repair[] {
  const end = doctypeEnd(document, from + 9);
  if (end < 0) return [];
  const to = skipBlanks(document.text, end, document.to);
  return repair('Remove the document type declaration', [{ from, to, text: '' }]);
}

function skipBlanks(text: string, at: number, limit: number): number {
  while (at < limit && isBlank(text.charCodeAt(at))) at++;
  return at;
}

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', ']]>': ']]&gt;' };

function escapedHere({ problem, document }: XmlFault): Repair[] {
  const written = slice(document.text, problem);
  const text = ESCAPED[written];
  return text ? repair(`Write ${called(text)}`, [{ from: problem.from, to: problem.to, text }], 'sure') : [];
}

/** Entities that HTML has and XML has not. */
const HTML: Readonly<Record<string, string>> = {
  ...{ nbsp: '\u00a0', copy: '©', reg: '®', trade: '™', euro: '€', sect: '§', deg: '°', middot: '·', bull: '•' },
  ...{ auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß', eacute: 'é', egrave: 'è' },
  ...{ ndash: '–', mdash: '—', hellip: '…', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»' },
};
/** Those that XML has, in small letters. */
const XML = ['&lt;', '&gt;', '&amp;', '&apos;', '&quot;'];

function withoutReference({ problem: { from, to }, document }: XmlFault): Repair[] {
  const written = document.text.slice(from, to);
  if (written.startsWith('&#')) return repair(`Remove ${called(written)}`, [{ from, to, text: '' }]);
  const name = written.slice(1, -1);
  const meant =
    XML.find((one) => one === written.toLowerCase()) ?? (Object.hasOwn(HTML, name) ? HTML[name] : undefined);
  const escaped = repair(`Write ${called(`&amp;${name};`)}`, [{ from, to: from + 1, text: '&amp;' }], 'possible');
  return meant
    ? [...repair(`Replace ${called(written)} by ${called(meant)}`, [{ from, to, text: meant }]), ...escaped]
    : escaped;
}

function inQuotes({ from, to }: Span, text: string): Repair[] {
  const quote = text.slice(from, to).includes('"') ? "'" : '"';
  return repair('Put the value in quotes', [inserted(from, quote), inserted(to, quote)], 'sure');
}

function withValue(fault: XmlFault): Repair[] {
  const { element, attribute, document } = fault;
  if (!element || !attribute) return [];
  const { nameAt } = attribute;
  const value = soundValue(fault, element, attribute);
  const from = Math.min(attribute.to, nameAt.to);
  const given =
    value === undefined
      ? []
      : repair(`Give it the value ${called(value)}`, [{ from, to: attribute.to, text: `="${value}"` }]);
  return [
    ...given,
    ...repair(
      `Remove ${called(slice(document.text, nameAt))}`,
      [withoutAttribute(document.text, attribute)],
      'possible',
    ),
  ];
}

function withoutSecond({ element, attribute, document: { text } }: XmlFault): Repair[] {
  const first = element?.attributes.find(({ name }) => name === attribute?.name);
  if (!attribute) return [];
  const isSame = first && slice(text, first.value) === slice(text, attribute.value);
  const title = `Remove the second ${called(attribute.name)}`;
  return repair(title, [withoutAttribute(text, attribute)], isSame ? 'sure' : 'likely');
}

function finished({ problem: { from, to }, document: { text }, element }: XmlFault): Repair[] {
  if (text[from + 1] === '/') return repair("Insert '>'", [inserted(to, '>')], 'sure');
  if (!element) return [];
  const end = trimmed(text, element.from, element.openTag.to).to;
  const tag = element.closeTag ? '>' : '/>';
  return repair(`Insert ${called(tag)}`, [inserted(end, tag)]);
}

function closed({ document, element }: XmlFault): Repair[] {
  if (!element) return [];
  const { text } = document;
  const end = `</${element.name}>`;
  const late = lateEnd(document, element);
  const without = late ? [{ ...late, text: '' }] : [];
  const content = trimmed(text, element.openTag.to, Math.min(element.to, document.to));
  if (content.from === content.to) {
    const { to } = element.openTag;
    return repair(`Close ${called(`<${element.name}>`)}`, [{ from: to - 1, to, text: '/>' }, ...without]);
  }
  const isBlock = /[\r\n]/.test(text.slice(element.openTag.to, content.to));
  const before = isBlock ? lineBefore(text, element.from) : '';
  return repair(`Insert ${called(end)}`, [inserted(content.to, before + end), ...without]);
}

/** The end tag of an element that came behind that of an element around it, and so ends nothing. */
function lateEnd(document: XmlFault['document'], element: XmlElement): Span | null {
  const pattern = new RegExp(`</${element.name.replace(/[^\w:-]/g, '\\$&')}\\s*>`, 'g');
  pattern.lastIndex = element.to;
  const found = pattern.exec(document.text);
  if (!found || found.index + found[0].length > document.to) return null;
  for (const { closeTag } of walk(document)) if (closeTag?.from === found.index) return null;
  return { from: found.index, to: found.index + found[0].length };
}

/** A line break, and the blanks at the beginning of the line that holds the offset. */
function lineBefore(text: string, at: number): string {
  const start = Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
  const lineBreak = text[start - 1] === '\n' && text[start - 2] === '\r' ? '\r\n' : (text[start - 1] ?? '\n');
  return lineBreak + /^[ \t]*/.exec(text.slice(start, at))![0];
}

function withRightEnd({ problem: { from, to }, document, element }: XmlFault): Repair[] {
  if (element?.closeTag?.from !== from - 2) return [];
  return repair(
    `Replace ${called(document.text.slice(from, to))} by ${called(element.name)}`,
    [{ from, to, text: element.name }],
    'sure',
  );
}

/** The end tag that begins at an offset. */
function endTagAt(text: string, from: number, limit: number): Span {
  const end = text.indexOf('>', from);
  return { from, to: end < 0 ? limit : Math.min(end + 1, limit) };
}

function withoutDashes({ problem: { from }, document: { text } }: XmlFault): Repair[] {
  const end = text.indexOf('-->', from + 1);
  const inside = text.slice(from, end);
  const apart = inside.replace(/-(?=-)/g, '- ').replace(/-$/, '- ');
  return end < 0 ? [] : repair('Part the hyphens', [{ from, to: end, text: apart }], 'sure');
}

/** A comment ends with its line, on the last line before the end tags; a CDATA section with the text of its element. */
function sectionEnded({ problem: { from }, document }: XmlFault): Repair[] {
  const rest = document.text.slice(from, document.to);
  const isComment = rest.startsWith('<!--');
  const line = isComment ? rest.search(/[ \t]*[\r\n]/) : -1;
  const at = line >= 0 ? line : isComment ? rest.lastIndexOf('</') : rest.indexOf('</');
  const end = isComment ? ' -->' : ']]>';
  return repair(`Insert ${called(end)}`, [inserted(at < 0 ? document.to : from + at, end)]);
}

function withoutDeclaration({ problem: { from }, document: { text, ...document } }: XmlFault): Repair[] {
  const end = text.indexOf('?>', from);
  if (end < 0 || end > document.to) return [];
  const before = trimmed(text, document.from, from);
  if (before.from === before.to)
    return repair('Remove the blanks before it', [{ from: document.from, to: from, text: '' }], 'sure');
  return repair('Remove the XML declaration', [{ from, to: skipBlanks(text, end + 2, document.to), text: '' }]);
}

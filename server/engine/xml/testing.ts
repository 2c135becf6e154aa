import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { annotate, strip } from '../base/testing.ts';
import type { Problem } from '../base/text.ts';
import type { XmlProblem } from './tree.ts';
import { verdict } from './verdict.ts';
import { parseXml } from './xml.ts';

// Faulty documents stand in *.txt files, many to a file, one file a topic:
//
//   === a user that is neither full nor deleted
//   <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:r@example.org">
//     <users state="part"/>
//                   ^^^^ error xml-schema: Expected `full`, `partial` or `deleted`, found `part`.
//   </conference-info>
//
// A line `=== title` begins a document. Under a faulty line, `^^^ severity rule: message` marks each problem and its range.
// invalid/ holds documents with one fault each, several/ such where faults meet; the documents of valid/ are *.xml files.
// `xml-malformed` is what any parser finds, `xml-schema` what another schema processor does, as well as what is missing on a
// root (`cccp-attributes`, `confinfo-version-missing`) and an unknown code (`cccp-code-value`). The other rules are about meaning.

const FOLDER = new URL('../../fixtures/xml/', import.meta.url);

/** One faulty document with what must be said about it. */
export interface XmlFixture {
  /** `invalid/users.txt` */
  readonly file: string;
  readonly title: string;
  /** The document with the marks under its faulty lines. */
  readonly annotated: string;
  /** The document itself. */
  readonly text: string;
}

/** All faulty documents of a folder. */
export function faultyDocuments(folder: 'invalid' | 'several'): XmlFixture[] {
  return readdirSync(new URL(`${folder}/`, FOLDER))
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) => documentsOf(`${folder}/${name}`));
}

function documentsOf(file: string): XmlFixture[] {
  const [before, ...blocks] = readFileSync(new URL(file, FOLDER), 'utf8').replaceAll('\r\n', '\n').split(/^=== /m);
  if (before?.trim()) throw new Error(`${file} does not begin with a line "=== title".`);
  return blocks.map((block) => {
    const end = block.indexOf('\n');
    const annotated = block.slice(end + 1);
    return { file, title: block.slice(0, end), annotated, text: strip(annotated) };
  });
}

/** What parser and schemas say of a document, in the order of the text; rules of meaning are another floor's. */
export function judged(text: string): XmlProblem[] {
  const document = parseXml(text);
  return [...document.problems, ...(verdict(document) ?? [])].sort((a, b) => a.from - b.from || a.to - b.to);
}

/** The document with the marks that these problems give. */
export function marked({ text }: XmlFixture, problems: readonly Problem[]): string {
  const notes = problems.map((one) => ({ ...one, message: `${one.severity} ${one.rule}: ${one.message}` }));
  return annotate(text, notes);
}

/** Writes the files of a folder anew with other marks. */
export function rewrite(folder: 'invalid' | 'several', marksOf: (fixture: XmlFixture) => string): void {
  const files = new Map<string, string[]>();
  for (const fixture of faultyDocuments(folder)) {
    const blocks = files.get(fixture.file) ?? [];
    files.set(fixture.file, [...blocks, `=== ${fixture.title}\n${marksOf(fixture)}`]);
  }
  for (const [file, blocks] of files) writeFileSync(new URL(file, FOLDER), blocks.join(''));
}

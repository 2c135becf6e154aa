import { applied, slice, trimmed } from '../base/text.ts';
import { layOut } from './layout.ts';
import type { XmlDocument } from './tree.ts';

/** The document for reading: laid out with two blanks a level, without white space around it. */
export function prettyXml(document: XmlDocument): string {
  const { text, from } = document;
  const edits = layOut(document, { unit: '  ', lineEnd: '\n' });
  const whole = slice(text, document);
  const laidOut = applied(
    whole,
    edits.map((edit) => ({ from: edit.from - from, to: edit.to - from, text: edit.text })),
  );
  return slice(laidOut, trimmed(laidOut, 0, laidOut.length));
}

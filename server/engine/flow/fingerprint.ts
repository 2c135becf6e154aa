import { isBlank } from '../base/text.ts';
import { textOf, walk, XMLNS, type XmlDocument, type XmlElement } from '../xml/xml.ts';

/** A short word that is equal for documents of equal content: white space, prefixes and attribute order do not count. */
export function fingerprint(document: XmlDocument): string {
  const print = new Print();
  for (const element of walk(document)) addElement(print, document, element);
  return print.word;
}

/** The element without its children; their number keeps apart trees that hold the same elements. */
function addElement(print: Print, document: XmlDocument, element: XmlElement): void {
  const { text } = document;
  print.addWord(element.namespace);
  print.addWord(element.local);
  print.add(element.children.length);
  let [a, b] = [0, 0];
  for (const { namespace, local, value } of element.attributes) {
    if (namespace === XMLNS) continue;
    const own = new Print();
    own.addWord(namespace);
    own.addWord(local);
    own.addTrimmed(text, value.from, value.to);
    // A sum is the same in any order.
    a = (a + own.a) | 0;
    b = (b + own.b) | 0;
  }
  print.add(a);
  print.add(b);
  const [only, other] = element.texts;
  if (other || (only && isWritten(text, only.from, only.to))) {
    const said = textOf(document, element);
    print.addTrimmed(said, 0, said.length);
  } else if (only) print.addTrimmed(text, only.from, only.to);
}

/** Whether the text is not to be taken as it stands: it has references, or line ends of two characters. */
function isWritten(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === 38 || text.charCodeAt(at) === 13) return true;
  return false;
}

/** Two sums over all that was added: FNV-1a, and one that is unlike it. */
class Print {
  a = 0x811c9dc5 | 0;
  b = 0x9e3779b9 | 0;

  add(code: number): void {
    this.a = Math.imul(this.a ^ code, 0x01000193);
    this.b = Math.imul(this.b ^ code, 0x85ebca6b) ^ (this.b >>> 13);
  }

  addWord(word: string): void {
    this.addTrimmed(word, 0, word.length);
  }

  /** The text without the blanks around it, and that it ends. */
  addTrimmed(text: string, from: number, to: number): void {
    let [a, b, start, end] = [this.a, this.b, from, to];
    while (start < end && isBlank(text.charCodeAt(start))) start++;
    while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13);
    }
    this.a = a;
    this.b = b;
    this.add(-1);
  }

  get word(): string {
    return (this.a >>> 0).toString(36) + (this.b >>> 0).toString(36);
  }
}

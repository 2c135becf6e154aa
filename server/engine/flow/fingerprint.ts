import { slice } from '../base/text.ts';
import { textOf, walk, XMLNS, type XmlDocument, type XmlElement } from '../xml/xml.ts';

/** A short word that is equal for documents of equal content: white space, prefixes and attribute order do not count. */
export function fingerprint(document: XmlDocument): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (const element of walk(document)) {
    const said = content(document, element);
    for (let at = 0; at < said.length; at++) {
      const code = said.charCodeAt(at);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13);
    }
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}

/** The element without its children; their number keeps apart trees that hold the same elements. */
function content(document: XmlDocument, element: XmlElement): string {
  const attributes = element.attributes
    .filter((one) => one.namespace !== XMLNS)
    .map((one) => `${one.namespace} ${one.local}=${slice(document.text, one.value).trim()}`)
    .sort();
  const text = textOf(document, element).trim();
  return `<${element.namespace} ${element.local} ${element.children.length} ${attributes.join('|')} ${text}>`;
}

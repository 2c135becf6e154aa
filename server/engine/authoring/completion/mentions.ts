import { memo } from '../../base/memo.ts';
import type { Span } from '../../base/text.ts';
import { attributeText } from '../../xml/tree.ts';
import { textOf, walk, type XmlDocument } from '../../xml/xml.ts';
import { type Wanted, wantedInAttribute, wantedInText } from './wanted.ts';

/** Something that is named somewhere. */
export interface Mention extends Span {
  /** Never `address`: it is told whose. A `factory` makes conferences. */
  readonly kind: Exclude<Wanted, 'address'> | 'factory';
  readonly value: string;
  /** It is told by the value alone, not by the place, that it is a user. */
  readonly isGuess: boolean;
}

/** What a document names, in the order of the text. It is looked through once, and quickly: some have thousands of users. */
export const mentions: (document: XmlDocument) => readonly Mention[] = memo((document) => {
  const found: (Span & { wanted: Wanted; value: string })[] = [];
  for (const element of walk(document)) {
    for (const one of element.attributes) {
      const wanted = wantedInAttribute(element, one.local);
      if (wanted) found.push({ wanted, value: attributeText(document, one).trim(), from: one.from, to: one.to });
    }
    const wanted = wantedInText(element, element.parent?.parent?.local);
    if (!wanted) continue;
    for (const { from, to } of element.texts) found.push({ wanted, value: textOf(document, element).trim(), from, to });
  }
  const conferences = new Set(found.flatMap(({ wanted, value }) => (wanted === 'conference' ? [value] : [])));
  return found
    .filter(({ value }) => value !== '')
    .map(({ wanted, value, from, to }) => {
      const kind = meant(wanted, value, conferences);
      return { kind, value, from, to, isGuess: wanted === 'address' && kind === 'user' };
    });
});

function meant(wanted: Wanted, value: string, conferences: ReadonlySet<string>): Mention['kind'] {
  if (wanted !== 'address' && wanted !== 'conference') return wanted;
  return wanted === 'conference' || conferences.has(value) ? (partOf(value) ?? 'conference') : whose(value);
}

/** Whose a SIP address is: the `opaque` parameter of conferences, their servers and what makes them tells (MS-SIPRE §2.2.3). */
export function whose(uri: string): 'conference' | 'server' | 'factory' | 'user' {
  return partOf(uri) ?? (/;opaque=app:conf:focus:/i.test(uri) ? 'conference' : 'user');
}

function partOf(uri: string): 'server' | 'factory' | undefined {
  const [, part] = /;opaque=app:conf:([\w-]+)/i.exec(uri) ?? [];
  if (part === undefined || /^focus$/i.test(part)) return undefined;
  return /^focusfactory$/i.test(part) ? 'factory' : 'server';
}

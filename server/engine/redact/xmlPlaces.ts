import { type Span, slice } from '../base/text.ts';
import { walk, XMLNS, type XmlDocument } from '../xml/xml.ts';
import { uriPlaces } from './uriPlaces.ts';

/** Elements and attributes (local names in lower case) whose content is what people call somebody, say, or let somebody in with. */
const PRIVATE = new RegExp(
  `^(?:${[
    'display-?(?:name|text)?|subject|free-text|note|title|keywords?|company|department|office|email|e-?mail-?address|telephone|phone-?(?:number)?|mobile',
    'first-?name|last-?name|given-?name|surname|nick-?name|full-?name|family-?name|location|city|street|postal-?code|description|comment|message',
    'pass-?(?:code|word|phrase)|pin|pin-?code|secret|token|ticket|access-?(?:code|token|key)|conference-?(?:id|key)|meeting-?id|leader-?code|user-?name|login',
    '(?:x509)?certificate|signature-?(?:value)?|digest-?value|cipher-?value|binary-?security-?token|assertion|key-?(?:value|info)?|private-?key|web-?ticket|cookie',
    'host(?:-?name)?|machine(?:-?name)?|server-?(?:name)?|client-?name|fqdn|call-?id|from-?tag|to-?tag|branch|epid|device-?(?:id|name)|user-?id',
  ].join('|')})$`,
  'i',
);

/** Vocabularies of places on earth (RFC 5491, RFC 5139): everything in them says where somebody is. */
const PLACES = /opengis\.net\/|:civicAddr\b/i;

/** What begins a URI in which somebody is named. */
export const NAMING_URI = /^\s*(?:sips?|tel|im|pres|mailto|xmpp|h323):/i;

/** Adds the private places of a document; names of elements and attributes, namespaces and the words of enumerations are none. */
export function xmlPlaces(document: XmlDocument, places: Span[]): void {
  const { text } = document;
  const add = (name: string, place: Span) => {
    const value = slice(text, place);
    if (NAMING_URI.test(value)) uriPlaces(text, { from: place.from + value.search(/\S/), to: place.to }, places);
    else if (PRIVATE.test(name)) places.push(place);
  };
  for (const element of walk(document)) {
    for (const { local, namespace, value } of element.attributes) if (namespace !== XMLNS) add(local, value);
    if (element.children.length === 0)
      for (const one of element.texts) {
        if (PLACES.test(element.namespace ?? '')) places.push(one);
        else add(element.local, one);
      }
  }
}

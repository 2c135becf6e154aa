import { memo } from '../base/memo.ts';
import type { SipMessage } from '../sip/message.ts';
import { bodyParts } from '../sip/multipart.ts';
import { isPlaceholderBody } from '../sip/placeholder.ts';
import { contentTypeFacts } from '../sip/registry.ts';
import { parseXml, type XmlDocument } from '../xml/xml.ts';

/** An XML body, or a part of a multipart body that is XML. */
export interface XmlBody {
  /** Media type in lower case; `text/xml` where none is given. */
  readonly type: string;
  readonly document: XmlDocument;
}

/** The XML bodies of a message, in order; one that a document only tells of (`[PIDF document]`) is none. Parsed once, however often they are asked for. */
export const xmlBodies: (message: SipMessage) => readonly XmlBody[] = memo((message) =>
  bodyParts(message)
    .filter(({ type, body }) => isXmlType(type) && !isPlaceholderBody(message.text, body))
    .map(({ type, body }) => ({ type, document: parseXml(message.text, body.from, body.to) })),
);

/** Whether bodies of this media type (lower case) are XML. */
export function isXmlType(type: string): boolean {
  return type.endsWith('+xml') || type.endsWith('/xml') || contentTypeFacts(type)?.kind === 'xml';
}

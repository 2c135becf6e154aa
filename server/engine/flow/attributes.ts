import { nearest } from '../base/text.ts';
import { CCCP, CONFERENCE_INFO } from '../xml/schemas.ts';
import type { XmlElement } from '../xml/xml.ts';

/** The attributes of CCCP and conference-info: all are written without a prefix (but `ci:state` on elements of extensions). */
const KNOWN = new Set(
  `requestId from to C3PVersion originator responder code reason displayString timeOut retryAfter serverStatus static
  server-mode capability-version result confEntity userEntity endpointEntity mediaId entity
  state version id label`.split(/\s+/),
);

/** Whether an attribute without a prefix is one of the vocabulary, wherever it may stand. */
export function isKnownAttribute(local: string): boolean {
  return KNOWN.has(local);
}

/** Whether an attribute that an element lacks is there under a name that is nearly the same, or with a prefix: that is the fault. */
export function isMistyped({ attributes }: XmlElement, local: string): boolean {
  return attributes.some((one) => {
    if (one.namespace === CCCP || one.namespace === CONFERENCE_INFO) return one.local === local;
    return one.namespace === '' && !KNOWN.has(one.local) && nearest(one.local, [local]) === local;
  });
}

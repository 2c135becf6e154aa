import type { Repair } from '../../base/repair.ts';
import type { Fault, XmlAttribute, XmlDocument, XmlElement, XmlProblem } from '../../xml/xml.ts';
import type { Source, XmlPlace } from '../source.ts';

/** What is wrong at a place of an XML document, to be mended. All spans are those of the document. */
export interface XmlFault {
  /** The rule that tells of it. */
  readonly rule: string;
  readonly source: Source;
  readonly place: XmlPlace;
  readonly document: XmlDocument;
  readonly problem: XmlProblem;
  /** The innermost element that the place lies in. */
  readonly element: XmlElement | null;
  /** The attribute that the place lies in. */
  readonly attribute: XmlAttribute | null;
}

/** Mends faults of some sorts. A new one is a file in this folder and a line in `xmlFixers.ts`. */
export interface XmlFixer {
  /** Of syntax, and against the schema. */
  readonly faults?: readonly Fault[];
  /** What rules of meaning find. */
  readonly rules?: readonly string[];
  /** Changes in the document, the likeliest first. */
  mend(fault: XmlFault): readonly Repair[];
}

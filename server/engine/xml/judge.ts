import { memo, once } from '../base/memo.ts';
import type { Libxml2, Validator } from './compile.ts';
import { createKnown } from './known.ts';
import { asWritten, asWrittenWithout, serialize } from './serialize.ts';
import { attributeText, textOf, type XmlDocument, type XmlElement } from './tree.ts';
import { isSlip } from './values.ts';

/** One error of the schema processor, at an element of our own tree. */
export interface Finding {
  readonly element: XmlElement;
  /** In libxml2's words, without the element's name before it. */
  readonly message: string;
  /** The attribute it is about, as `local` or `{namespace}local`. */
  readonly attribute: string | undefined;
}

/** Enough to see what is wrong. What comes after an error is often its consequence. */
export const MOST_FINDINGS = 20;

/** Finds what is against the schema of the root's namespace. */
export interface Judge {
  /** Null where no schema is for it. */
  judge(document: XmlDocument): Finding[] | null;
  /** The same as if these elements were not there; nothing where the document is not well-formed. */
  judgeWithout(document: XmlDocument, leftOut: ReadonlySet<XmlElement>): Finding[];
}

/** A judge by these schemas. They must not be given back before it is used the last time. */
export function createJudge(
  libxml2: Libxml2,
  validators: ReadonlyMap<string, Validator>,
  createKnowledge: typeof createKnown = createKnown,
): Judge {
  const errors = collectorOf(libxml2);
  const knowledge = once(createKnowledge);
  const validatorFor = ({ root }: XmlDocument) => (root ? validators.get(root.namespace) : undefined);
  return {
    judge(document) {
      const validator = validatorFor(document);
      if (!validator) return null;
      const known = knowledge()(document);
      const run = (emptied: ReadonlySet<XmlElement>) =>
        validate({ libxml2, validator, errors, document, leftOut: NONE }, parse(libxml2, document, emptied));
      let findings = run(known.settled);
      if (findings.some(({ element }) => known.settled.has(element))) findings = run(NONE);
      if (findings.length < MOST_FINDINGS) known.learn(findings.map(({ element }) => element));
      return findings;
    },
    judgeWithout(document, leftOut) {
      const validator = validatorFor(document);
      const written = asWrittenWithout(document, leftOut);
      if (!validator || written === null) return [];
      return validate({ libxml2, validator, errors, document, leftOut }, tryParse(libxml2, written));
    },
  };
}

const NONE: ReadonlySet<XmlElement> = new Set();

interface Errors {
  readonly callback: number;
  readonly found: { path: number[]; message: string }[];
}

/** One for the whole program: what is made callable from WebAssembly stays there. */
const collectorOf = memo(collector);

/** Takes errors from libxml2 while it validates: the place, as child numbers from the root, and the message. */
function collector(libxml2: Libxml2): Errors {
  const { XmlErrorStruct, addFunction } = libxml2;
  const found: Errors['found'] = [];
  const callback = addFunction((_data: number, error: number) => {
    if (found.length >= MOST_FINDINGS) return;
    found.push({ path: pathOf(libxml2, XmlErrorStruct.node(error)), message: XmlErrorStruct.message(error).trim() });
  }, 'vii');
  return { callback, found };
}

const ELEMENT_NODE = 1;

/** The child numbers that lead from the root to a node. No line numbers: those end at 65,535. */
function pathOf({ XmlNodeStruct }: Libxml2, node: number): number[] {
  const path: number[] = [];
  for (let at = node; at !== 0; at = XmlNodeStruct.parent(at)) {
    if (XmlNodeStruct.type(at) !== ELEMENT_NODE) continue;
    let number = 0;
    for (let one = XmlNodeStruct.prev(at); one !== 0; one = XmlNodeStruct.prev(one)) {
      if (XmlNodeStruct.type(one) === ELEMENT_NODE) number++;
    }
    path.push(number);
  }
  return path.reverse();
}

interface Trial {
  readonly libxml2: Libxml2;
  readonly validator: Validator;
  readonly errors: Errors;
  readonly document: XmlDocument;
  readonly leftOut: ReadonlySet<XmlElement>;
}

function validate(trial: Trial, parsed: ReturnType<typeof tryParse>): Finding[] {
  const { libxml2, validator, errors, document, leftOut } = trial;
  if (!parsed) return [];
  errors.found.length = 0;
  const context = libxml2.xmlSchemaNewValidCtxt(pointer(validator));
  try {
    libxml2.xmlSchemaSetValidStructuredErrors(context, errors.callback, 0);
    libxml2.xmlSchemaValidateDoc(context, pointer(parsed));
  } finally {
    libxml2.xmlSchemaFreeValidCtxt(context);
    parsed.dispose();
  }
  return errors.found.flatMap(({ path, message }) => {
    const element = elementAt(document, path, leftOut);
    if (!element || (NOT_EMPTY.test(message) && textOf(document, element).trim() === '')) return [];
    const split = splitMessage(message);
    return isSlip(split.message, writtenValue(document, element, split.attribute)) ? [] : [{ element, ...split }];
  });
}

function writtenValue(document: XmlDocument, element: XmlElement, attribute: string | undefined): string {
  if (attribute === undefined) return textOf(document, element);
  const found = element.attributes.find(({ local }) => local === attribute.replace(/^\{.*\}/, ''));
  return found ? attributeText(document, found) : '';
}

/** White space alone is no content (MS-CONFPRO §4.1 has such). */
const NOT_EMPTY = /Character content is not allowed, because the content type is empty/;

/** The address of an object inside libxml2, which its type does not show. */
function pointer(object: object): number {
  return (object as { _ptr: number })._ptr;
}

function parse(libxml2: Libxml2, document: XmlDocument, emptied: ReadonlySet<XmlElement>) {
  const written = asWritten(document, emptied);
  return (written === null ? null : tryParse(libxml2, written)) ?? tryParse(libxml2, serialize(document, emptied));
}

/** Null where libxml2 refuses the text: nested too deeply, for one. */
function tryParse({ XmlDocument: Document, ParseOption }: Libxml2, text: string) {
  try {
    return Document.fromString(text, { option: ParseOption.XML_PARSE_HUGE });
  } catch {
    return null;
  }
}

function elementAt(
  document: XmlDocument,
  path: readonly number[],
  leftOut: ReadonlySet<XmlElement>,
): XmlElement | null {
  let element: XmlElement | null = path.length > 0 ? document.root : null;
  for (const number of path.slice(1)) {
    const children: readonly XmlElement[] = element?.children ?? [];
    element = (leftOut.size > 0 ? children.filter((one) => !leftOut.has(one)) : children)[number] ?? null;
  }
  return element;
}

/** `Element '{urn:x}user', attribute 'state': …` in its parts. */
function splitMessage(message: string): { message: string; attribute: string | undefined } {
  const head = /^Element '[^']*'(?:, attribute '([^']*)')?: /.exec(message);
  return { message: message.slice(head ? head[0].length : 0), attribute: head?.[1] };
}

import { slice } from '../base/text.ts';
import type { Certainty } from './certain.ts';
import { CONFERENCE_INFO } from './schemas.ts';
import type { XmlDocument, XmlElement } from './tree.ts';

/** A document with fewer such parts is judged whole: that costs less than to remember it. */
const FEWEST = 50;
/** So many documents are remembered. */
const MOST_DOCUMENTS = 8;

/** What is known of a document from the time before its last change. */
export interface Known {
  /** Elements that were found to be in order, as they stand here: they are judged without what is in them. */
  readonly settled: ReadonlySet<XmlElement>;
  /** Keeps for the next time which elements are in order, when all others with a fault in them are named. */
  learn(faulty: Iterable<XmlElement>): void;
}

/**
 * Remembers, for long lists of users, which of them follow the schema, so that after a change in one of them only that one is
 * judged. A user may be judged without its content since the schema asks for none (RFC 4575 §6).
 */
export function createKnown(): (document: XmlDocument) => Known {
  const documents = new Map<string, ReadonlySet<string>>();
  return (document) => {
    const parts = partsOf(document);
    if (parts.length < FEWEST) return { settled: new Set(), learn: () => {} };
    const context = contextOf(document, parts[0]!);
    const before = documents.get(context);
    const written = parts.map((part) => slice(document.text, part));
    return {
      settled: new Set(before ? parts.filter((_, at) => before.has(written[at]!)) : []),
      learn(faulty) {
        const left = new Set(parts);
        for (const one of faulty) for (let at: XmlElement | null = one; at; at = at.parent) left.delete(at);
        documents.delete(context);
        documents.set(context, new Set(written.filter((_, at) => left.has(parts[at]!))));
        for (const oldest of documents.keys()) {
          if (documents.size <= MOST_DOCUMENTS) break;
          documents.delete(oldest);
        }
      },
    };
  };
}

/** Knows without a memory which users are in order: those that are for certain. */
export function createCertain(certainty: Certainty): () => (document: XmlDocument) => Known {
  return () => (document) => ({
    settled: new Set(partsOf(document).filter((part) => certainty.element(document, part))),
    learn: () => {},
  });
}

/** Remembers nothing. */
export function knowsNothing(): ReturnType<typeof createKnown> {
  return () => ({ settled: new Set(), learn: () => {} });
}

/** The users of a conference-info document, or of one in a command. */
function partsOf({ root }: XmlDocument): readonly XmlElement[] {
  for (let at = root; at; at = longest(at)) {
    const users = at.children.length >= FEWEST ? at.children.filter(isUser) : [];
    if (users.length >= FEWEST) return users;
  }
  return [];
}

function isUser({ local, namespace }: XmlElement): boolean {
  return local === 'user' && namespace === CONFERENCE_INFO;
}

/** The child that takes up most of the text. */
function longest({ children }: XmlElement): XmlElement | null {
  let most: XmlElement | null = null;
  for (const one of children) if (!most || one.to - one.from > most.to - most.from) most = one;
  return most;
}

/** What decides how an element is read besides itself: the tags around it, with the prefixes they declare. */
function contextOf(document: XmlDocument, { parent }: XmlElement): string {
  const tags: string[] = [];
  for (let at = parent; at; at = at.parent) {
    const declarations = at.attributes.filter(({ name }) => name.startsWith('xmlns'));
    tags.push(at.name, ...declarations.map((one) => slice(document.text, one)));
  }
  return tags.join(' ');
}

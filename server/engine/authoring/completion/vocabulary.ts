import { CCCP, CONFERENCE_INFO } from '../../flow/cccp.ts';
import { contentType } from '../../sip/message.ts';
import { contentTypeFacts } from '../../sip/registry.ts';
import { type ElementModel, rootModels } from '../../xml/model.ts';
import { SCHEMAS } from '../../xml/schemas.ts';
import { userNamespaces } from '../../xml/verdict.ts';
import type { Source, XmlPlace } from '../source.ts';

const LANGUAGES: Readonly<Record<string, string>> = { cccp: CCCP, 'conference-info': CONFERENCE_INFO };
const EXTENSIONS: readonly (readonly [RegExp, string])[] = [
  [/\.cccp$/i, CCCP],
  [/\.confinfo$/i, CONFERENCE_INFO],
];

/** Whether a document is of a vocabulary that has a schema, or is said to be of one. XML of other vocabularies is left alone. */
export function isOurs(source: Source, place: XmlPlace): boolean {
  const namespace = place.document.root?.namespace;
  if (!namespace) return announced(source, place) !== undefined;
  return SCHEMAS.some((one) => one.namespace === namespace) || userNamespaces().has(namespace);
}

/** The namespace that a document is to be of: its language, its file's name or the Content-Type of its message tells. */
export function announced(source: Source, { within }: XmlPlace): string | undefined {
  if (within) return contentTypeFacts(contentType(within.message))?.namespace;
  const byLanguage =
    source.language && Object.hasOwn(LANGUAGES, source.language) ? LANGUAGES[source.language] : undefined;
  return byLanguage ?? EXTENSIONS.find(([extension]) => extension.test(source.uri))?.[1];
}

/** What a document that is still empty may begin with. */
export function rootsFor(source: Source, place: XmlPlace): ElementModel[] {
  const namespace = announced(source, place);
  return rootModels().filter((one) => one.namespace === namespace);
}

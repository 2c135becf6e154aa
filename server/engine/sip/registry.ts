import applicability from './tables/applicability.json' with { type: 'json' };
import contentTypes from './tables/content-types.json' with { type: 'json' };
import events from './tables/events.json' with { type: 'json' };
import headers from './tables/headers.json' with { type: 'json' };
import methods from './tables/methods.json' with { type: 'json' };
import diagnostics from './tables/ms-diagnostics.json' with { type: 'json' };
import diagnosticRanges from './tables/ms-diagnostics-ranges.json' with { type: 'json' };
import headerParams from './tables/ms-header-params.json' with { type: 'json' };
import opaqueForms from './tables/opaque-forms.json' with { type: 'json' };
import optionTags from './tables/option-tags.json' with { type: 'json' };
import statuses from './tables/statuses.json' with { type: 'json' };
import uriParams from './tables/uri-params.json' with { type: 'json' };
import values from './tables/values.json' with { type: 'json' };

/** What is known of a header field (RFC 3261 §20, the IANA registry, Microsoft's documents, practice). */
export interface HeaderFacts {
  readonly name: string;
  readonly compact?: string;
  readonly ref: string;
  /** The section of `ref`, as `20.42`; absent where it could not be checked. */
  readonly section?: string;
  readonly origin: string;
  /** `single`: one row; `list`: comma lists and rows; `multi`: rows only. */
  readonly cardinality: string;
  readonly grammar: string;
  readonly where: readonly string[];
  readonly params?: readonly string[];
  readonly description: string;
  /** The specification's text was read for this row; otherwise it is no ground for more than a hint. */
  readonly sure?: boolean;
}

export interface MethodFacts {
  readonly name: string;
  readonly ref?: string;
  readonly vendor?: string;
  readonly registered?: boolean;
  readonly dialog: string;
  /** Absent for the methods that get no response: ACK and BENOTIFY. */
  readonly answered?: boolean;
  readonly body?: string;
  readonly notes?: string;
  /** A token of old drafts, met in Allow only. */
  readonly legacy?: boolean;
}

export interface StatusFacts {
  readonly code: number;
  readonly reason: string;
  readonly ref: string;
  readonly note?: string;
  /** Not in the IANA registry, but seen in traffic. */
  readonly unregistered?: boolean;
}

export interface EventFacts {
  readonly name: string;
  readonly kind: string;
  readonly ref: string;
  readonly vendor?: string;
  readonly bodies?: readonly string[];
  readonly note?: string;
}

export interface ContentTypeFacts {
  readonly type: string;
  readonly ref: string;
  readonly kind: string;
  readonly origin: string;
  readonly note?: string;
  /** Names the document element may have, and its namespace. */
  readonly roots?: readonly string[];
  readonly namespace?: string;
}

const headersById = new Map<string, HeaderFacts>(headers.map((row) => [row.name.toLowerCase(), row]));
const headersByLetters = new Map<string, HeaderFacts>(
  headers.filter((row) => row.name.length > 1).map((row) => [letters(row.name), row]),
);
const compactForms = new Map(headers.flatMap((row) => ('compact' in row && row.compact ? [[row.compact, row]] : [])));
const methodsByName = new Map<string, MethodFacts>(methods.map((row) => [row.name, row]));
const statusesByCode = new Map<number, StatusFacts>(statuses.map((row) => [row.code, row]));
const eventsByName = new Map<string, EventFacts>(events.map((row) => [row.name, row]));
const typesByName = new Map<string, ContentTypeFacts>(contentTypes.map((row) => [row.type.toLowerCase(), row]));
const diagnosticsById = new Map(diagnostics.map((row) => [row.id, row]));
const optionTagsByName = new Map(optionTags.map((row) => [row.name.toLowerCase(), row]));

export const allHeaders: readonly HeaderFacts[] = headers;
export const allMethods: readonly MethodFacts[] = methods;
export const allStatuses: readonly StatusFacts[] = statuses;
export const allEvents: readonly EventFacts[] = events;
export const allContentTypes: readonly ContentTypeFacts[] = contentTypes;
export const allOptionTags = optionTags;
export const allUriParams = uriParams;
export const microsoftHeaderParams = headerParams;
export const allOpaqueForms = opaqueForms;
/** Small closed lists: Via transports, Reason protocols, subscription reasons, privacy and priority values. */
export const knownValues = values;

/** The lower-case full name of a header, its compact form (RFC 3261 §7.3.3) expanded; other names come back in lower case. */
export function headerId(name: string): string {
  const lower = name.toLowerCase();
  return lower.length === 1 ? (compactForms.get(lower)?.name.toLowerCase() ?? lower) : lower;
}

/** Facts of a header by name or compact form, in any letter case. */
export function headerFacts(name: string): HeaderFacts | undefined {
  return headersById.get(headerId(name));
}

/** The known header whose name differs in hyphens only: left out, doubled, or written as `_`; undefined where the name itself is known. */
export function headerSpelledLike(name: string): HeaderFacts | undefined {
  return headerFacts(name) ? undefined : headersByLetters.get(letters(name));
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}

/** Facts of a method; names of methods are case-sensitive (RFC 3261 §7.1). */
export function methodFacts(name: string): MethodFacts | undefined {
  return methodsByName.get(name);
}

export function statusFacts(code: number): StatusFacts | undefined {
  return statusesByCode.get(code);
}

/** Facts of an event package, templates taken off (`presence.winfo` is `presence` too). */
export function eventFacts(name: string): EventFacts | undefined {
  return eventsByName.get(name) ?? eventsByName.get(name.split('.')[0]!);
}

/** Facts of a media type, parameters and letter case ignored. */
export function contentTypeFacts(type: string): ContentTypeFacts | undefined {
  return typesByName.get(type.split(';')[0]!.trim().toLowerCase());
}

export function optionTagFacts(tag: string): { name: string; ref: string; description: string } | undefined {
  return optionTagsByName.get(tag.toLowerCase());
}

/** What is known of an ms-diagnostics error id: its text, if listed, and the component its range belongs to (MS-OCER §7, §8). */
export function diagnosticFacts(id: number): { reason?: string; ref?: string; component?: string } {
  const row = diagnosticsById.get(id);
  const range = diagnosticRanges.find((entry) => id >= entry.from && id <= entry.to);
  return { ...(row && { reason: row.reason, ref: row.ref }), ...(range && { component: range.component }) };
}

/**
 * Whether a header belongs in a message: the code of RFC 3261 §20 Tables 2 and 3 and their sequels (`m` mandatory, `o`
 * optional, `c` conditional, `-` not applicable, …), or undefined where no table says. `kind` is `R` or a status code.
 */
export function applicabilityOf(header: string, method: string, kind: 'R' | number): string | undefined {
  const table = (applicability as Record<string, Record<string, Record<string, string>>>)[header];
  if (!table) return undefined;
  const keys = kind === 'R' ? ['R', '*'] : [String(kind), `${Math.floor(kind / 100)}xx`, 'r', '*'];
  for (const key of keys) {
    const code = table[key]?.[method];
    if (code) return code;
  }
  return undefined;
}

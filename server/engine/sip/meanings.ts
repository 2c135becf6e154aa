import { block, code, plain, sentence, title } from '../base/markdown.ts';
import { diagnosticCause, q850Cause, statusCause, warningFacts } from './causes.ts';
import {
  allOpaqueForms,
  allUriParams,
  applicabilityOf,
  contentTypeFacts,
  diagnosticFacts,
  eventFacts,
  type HeaderFacts,
  headerFacts,
  methodFacts,
  microsoftHeaderParams,
  optionTagFacts,
  type StatusFacts,
  statusFacts,
} from './registry.ts';
import meanings from './tables/meanings.json' with { type: 'json' };

type Names = Readonly<Record<string, string>>;
type Params = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const CLASSES = ['', 'provisional', 'success', 'redirection', 'request failure', 'server failure', 'global failure'];
const PLACES: Names = { any: 'requests and responses', req: 'requests', resp: 'responses', body: 'parts of a body' };
const DIALOGS: Names = {
  creates: 'Opens a dialog.',
  inside: 'Sent inside a dialog.',
  ends: 'Ends a dialog.',
  none: 'Needs no dialog.',
};
/** The codes of RFC 3261 §20, Tables 2 and 3. */
const CODES: Names = {
  m: 'mandatory',
  'm*': 'should be there',
  t: 'should be there; over TCP and TLS mandatory',
  '*': 'mandatory if there is a body',
  c: 'required under conditions',
  o: 'optional',
  '-': 'does not belong here',
};

/** What a header is, where it may be, and its place in this message's kind; null where the header is not known. */
export function headerMeaning(name: string, method: string, kind: 'R' | number): string | null {
  const facts = headerFacts(name);
  if (!facts) return null;
  const compact = facts.compact ? `compact form ${code(facts.compact)}` : '';
  const ref = facts.section ? `${facts.ref} §${facts.section}` : facts.ref;
  return block([
    title(facts.name, compact, ref),
    sentence(facts.description),
    placeOf(facts, method, kind),
    paramsOf(facts),
  ]);
}

function placeOf(facts: HeaderFacts, method: string, kind: 'R' | number): string {
  const where = facts.where.map((place) => PLACES[place] ?? plain(place)).join(', ');
  const often = { single: 'one row', list: 'rows and comma lists', multi: 'several rows' }[facts.cardinality] ?? '';
  const meaning = CODES[applicabilityOf(facts.name, method, kind) ?? ''];
  const here = kind === 'R' ? plain(method) : `a ${kind} response to ${plain(method)}`;
  return `In ${where}${often && `; ${often}`}.${meaning ? ` In ${here}: ${meaning}.` : ''}`;
}

function paramsOf(facts: HeaderFacts): string {
  return facts.params?.length ? `Parameters: ${facts.params.map(code).join(', ')}` : '';
}

export function methodMeaning(name: string): string | null {
  const facts = methodFacts(name);
  if (!facts) return null;
  const kind = facts.legacy ? 'method of old drafts' : `method${maker(facts.vendor)}`;
  const dialog = DIALOGS[facts.dialog] ?? `Dialog: ${plain(facts.dialog)}.`;
  const answer = facts.answered || facts.legacy ? '' : ' Gets no response.';
  const body = facts.body ? `Body: ${plain(facts.body)}` : '';
  return block([title(facts.name, kind, facts.ref ?? ''), dialog + answer, sentence(facts.notes ?? ''), body]);
}

export function statusMeaning(status: number): string | null {
  const kind = CLASSES[Math.floor(status / 100)];
  if (!kind) return null;
  const facts = statusFacts(status);
  if (!facts) {
    const general = status < 200 ? 183 : Math.floor(status / 100) * 100;
    const text = `Not a registered code: read as ${general} ${plain(statusFacts(general)?.reason ?? '')}`.trim();
    return block([title(String(status), kind, 'RFC 3261 §8.1.3.2'), `${text}.`]);
  }
  const note = facts.unregistered ? 'Not a registered code, but seen in traffic.' : '';
  const heading = title(`${status} ${facts.reason}`, kind, statusRef(facts));
  return block([heading, note, sentence(facts.note ?? ''), likely(statusCause(status))]);
}

function likely(cause: string): string {
  return cause && `Likely cause: ${plain(cause)}.`;
}

/** A warn-code of RFC 3261 §20.43 or of its registry; null for any other. */
export function warningMeaning(warnCode: number): string | null {
  const facts = warningFacts(warnCode);
  return facts && block([title(`${warnCode} ${facts.text}`, 'warn code', facts.ref), likely(facts.cause)]);
}

/** RFC 3261 §21 has one section a class and in it one section a code, in their order. */
function statusRef({ code: status, ref }: StatusFacts): string {
  if (ref !== 'RFC 3261') return ref;
  const kind = Math.floor(status / 100);
  const codes = Array.from({ length: status - kind * 100 + 1 }, (_, at) => statusFacts(kind * 100 + at));
  return `${ref} §21.${kind}.${codes.filter((facts) => facts?.ref === ref).length}`;
}

export function eventMeaning(name: string): string | null {
  const facts = eventFacts(name);
  if (!facts) return null;
  const kind = `event ${facts.kind}${maker(facts.vendor)}`;
  const bodies = facts.bodies?.length ? `Bodies: ${facts.bodies.map(code).join(', ')}` : '';
  return block([title(facts.name, kind, facts.ref), sentence(facts.note ?? ''), bodies]);
}

export function optionTagMeaning(tag: string): string | null {
  const facts = optionTagFacts(tag);
  return facts ? block([title(facts.name, 'option tag', facts.ref), sentence(facts.description)]) : null;
}

export function contentTypeMeaning(type: string): string | null {
  const facts = contentTypeFacts(type);
  if (!facts) return null;
  const kind = facts.origin === 'microsoft' ? 'media type of Microsoft' : 'media type';
  const roots = facts.roots ? `Document element: ${facts.roots.map(code).join(', ')}` : '';
  return block([title(facts.type, kind, facts.ref), sentence(facts.note ?? ''), roots]);
}

export function diagnosticMeaning(id: number): string | null {
  const { component, reason, ref } = diagnosticFacts(id);
  if (!component && !reason) return null;
  const from = component ? `From: ${plain(component)}.` : '';
  return block([
    title(String(id), 'error id', ref ?? 'MS-OCER'),
    sentence(reason ?? ''),
    from,
    likely(diagnosticCause(id)),
  ]);
}

/** A URI parameter; `value` is as written, for `opaque` tells what the URI stands for. */
export function uriParamMeaning(name: string, value: string): string | null {
  const facts = allUriParams.find((row) => row.name === name);
  const described = pick(meanings.uriParams, name);
  if (!facts && !described) return null;
  const form = name === 'opaque' ? opaqueMeaning(value) : null;
  const values =
    facts && 'values' in facts && facts.values && name !== 'opaque' ? `Values: ${plain(facts.values)}` : '';
  const heading = title(name, 'URI parameter', facts?.ref ?? 'MS-SIPRE');
  return block([heading, described ? sentence(described) : '', form ?? values]);
}

/** What a URI with this `opaque` value stands for: the conference focus, an endpoint of a user, a server … */
export function opaqueMeaning(value: string): string | null {
  const lower = value.toLowerCase().replace('app:conf:audiovideo:', 'app:conf:audio-video:');
  const form = allOpaqueForms.find((row) => lower.startsWith(row.form.split(/[<;]/)[0]!.toLowerCase()));
  return form ? `${code(form.form)}: ${sentence(form.meaning)}` : null;
}

/** A parameter of a header, by the header's lower-case full name. */
export function headerParamMeaning(header: string, name: string): string | null {
  const family = /^ms-(?:client-)?diagnostics/.test(header) ? 'ms-diagnostics' : header;
  const known = pick(pick(meanings.headerParams as Params, family) ?? {}, name);
  const microsoft = microsoftHeaderParams.find((row) => row.header.toLowerCase() === header && row.name === name);
  const of = `parameter of ${plain(headerFacts(header)?.name ?? header)}`;
  if (known) return block([title(name, of, known[0]!), known[1]!]);
  return microsoft ? block([title(name, of, microsoft.ref), sentence(microsoft.description)]) : null;
}

export function subscriptionStateMeaning(state: string): string | null {
  const text = pick(meanings.subscriptionStates as Names, state.toLowerCase());
  return text ? block([title(state.toLowerCase(), 'state of a subscription', 'RFC 6665 §4.1.3'), text]) : null;
}

export function subscriptionReasonMeaning(reason: string): string | null {
  const text = pick(meanings.subscriptionReasons as Names, reason.toLowerCase());
  const isMicrosoft = reason.toLowerCase() === 'participantremoved';
  const ref = isMicrosoft ? 'MS-CONFIM' : 'RFC 6665 §4.1.3';
  return text ? block([title(reason, 'reason for the end of a subscription', ref), text]) : null;
}

/** The cause in a Reason header: a status for SIP, a clearing cause of telephony for Q.850. */
export function causeMeaning(protocol: string, cause: number): string | null {
  if (protocol === 'sip') return statusMeaning(cause);
  const text = protocol === 'q.850' ? pick(meanings.q850Causes as Names, String(cause)) : undefined;
  return text ? block([title(`${cause} ${text}`, 'cause of Q.850', 'Q.850'), likely(q850Cause(cause))]) : null;
}

/** Who made it up, where that is no standard. */
function maker(vendor: string | undefined): string {
  if (!vendor) return '';
  return vendor === 'various' ? ' of several makers' : ` of ${plain(vendor[0]!.toUpperCase() + vendor.slice(1))}`;
}

/** A row of a table, not something inherited such as `constructor`. */
function pick<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

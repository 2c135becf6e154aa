import { statusMeaning, subscriptionReasonMeaning } from '../../sip/meanings.ts';
import type { SipMessage } from '../../sip/message.ts';
import { allStatuses, allUriParams, knownValues } from '../../sip/registry.ts';
import { branchOf, tokenOf } from '../../sip/soundValues.ts';
import type { SipAsk } from './offer.ts';
import type { ParameterCursor } from './sipCursor.ts';
import { knownMethods } from './startLines.ts';

/** A value of a parameter and what it means, in Markdown. */
interface Known {
  readonly value: string;
  readonly meaning?: string | null;
}

/** How a parameter is written. */
export interface ParameterForm {
  /** It has no value. */
  readonly flag?: true;
  /** Its value stands in quotes. */
  readonly quoted?: true;
  readonly values?: (ask: SipAsk, cursor: ParameterCursor) => readonly Known[];
}

/** How the parameter at the cursor is written, as far as that is known. */
export function formOf({ inUri, field }: ParameterCursor, name: string): ParameterForm {
  const where = inUri ? 'uri' : (field?.id ?? '').replace(/^ms-(?:client-)?diagnostics.*/, 'ms-diagnostics');
  const found = [`${where} ${name}`, name].find((key) => Object.hasOwn(FORMS, key));
  return found ? FORMS[found]! : {};
}

const FLAG: ParameterForm = { flag: true };
const QUOTED: ParameterForm = { quoted: true };

function oneOf(values: readonly string[]): ParameterForm {
  return { values: () => values.map((value) => ({ value })) };
}

/** By name, or by header (`uri` in a URI) and name. */
const FORMS: Readonly<Record<string, ParameterForm>> = {
  alias: FLAG,
  bnc: FLAG,
  'early-only': FLAG,
  explicit: FLAG,
  gr: FLAG,
  grid: FLAG,
  keep: FLAG,
  lr: FLAG,
  'ms-ent-dest': FLAG,
  'ms-role-rs-from': FLAG,
  'ms-role-rs-to': FLAG,
  'ms-skip-rnl': FLAG,
  'non-cacheable': FLAG,
  ob: FLAG,
  orig: FLAG,
  require: FLAG,
  rport: FLAG,
  'uri gruu': FLAG,
  '+sip.instance': QUOTED,
  cnonce: QUOTED,
  domain: QUOTED,
  'gssapi-data': QUOTED,
  nextnonce: QUOTED,
  nonce: QUOTED,
  'authorization opaque': QUOTED,
  'proxy-authorization opaque': QUOTED,
  'proxy-authenticate opaque': QUOTED,
  'www-authenticate opaque': QUOTED,
  gruu: QUOTED,
  'ms-diagnostics reason': QUOTED,
  'ms-diagnostics source': QUOTED,
  'ms-diagnostics component': QUOTED,
  'ms-internal-info': QUOTED,
  realm: QUOTED,
  'authorization response': QUOTED,
  'proxy-authorization response': QUOTED,
  rspauth: QUOTED,
  text: QUOTED,
  targetname: QUOTED,
  'authorization uri': QUOTED,
  'proxy-authorization uri': QUOTED,
  username: QUOTED,
  algorithm: oneOf(['MD5', 'SHA-256', 'MD5-sess', 'SHA-512-256']),
  'content-type base': QUOTED,
  'content-type boundary': { values: ({ message }) => generated(message, 'boundary') },
  'content-type msgr': QUOTED,
  'content-type version': oneOf(['1.0']),
  branched: oneOf(['FALSE', 'TRUE']),
  charset: oneOf(['utf-8']),
  comp: oneOf(['sigcomp']),
  handling: oneOf(['optional', 'required']),
  'call-info purpose': oneOf(['icon', 'info', 'card']),
  'contact expires': oneOf(['3600']),
  'contact proxy': oneOf(['replace']),
  q: oneOf(['1', '0.5']),
  qop: { ...oneOf(['auth', 'auth-int']), quoted: true },
  'authorization qop': oneOf(['auth', 'auth-int']),
  'proxy-authorization qop': oneOf(['auth', 'auth-int']),
  refresher: oneOf(['uac', 'uas']),
  stale: oneOf(['FALSE', 'TRUE']),
  'subscription-state expires': oneOf(['3600']),
  'uri method': { values: () => knownMethods().map((value) => ({ value })) },
  'uri transport': oneOf(['tcp', 'udp', 'tls', 'sctp', 'ws']),
  'uri ttl': oneOf(['1']),
  'uri user': oneOf(['phone', 'ip', 'dialstring']),
  branch: { values: ({ message }) => (message ? [{ value: branchOf(message) }] : []) },
  tag: { values: ({ message }, { field }) => generated(message, field?.id ?? '') },
  'subscription-state reason': {
    values: () =>
      knownValues.subscriptionReasons.map((value) => ({ value, meaning: subscriptionReasonMeaning(value) })),
  },
  'reason cause': {
    values: () =>
      allStatuses
        .filter(({ code }) => code >= 300)
        .map(({ code }) => ({ value: String(code), meaning: statusMeaning(code) })),
  },
};

/** A token that belongs to the message. */
function generated(message: SipMessage | null, what: string): Known[] {
  return message ? [{ value: tokenOf(message, what) }] : [];
}

/** Headers whose URIs are those of dialogs and routes. */
const ROUTES = ['route', 'record-route', 'path', 'service-route'];

/** Where parameters of a URI have no place: in the request's own URI, in From and To, in Contact (RFC 3261 §19.1.1, table 1). */
const OUT_OF_PLACE: Readonly<Record<string, (header: string | null) => boolean>> = {
  lr: (header) => header === null || !ROUTES.includes(header),
  maddr: (header) => header === 'from' || header === 'to',
  method: () => true,
  transport: (header) => header === 'from' || header === 'to',
  ttl: (header) => header !== null && header !== 'contact',
};

/** The parameters that a URI may have in a header, or in the start line where there is none. */
export function uriParametersFor(header: string | null, uri: string): string[] {
  const isTel = /^tel:/i.test(uri);
  if (!isTel && !/^sips?:/i.test(uri)) return [];
  return allUriParams
    .map(({ name }) => name)
    .filter((name) => /^[\w.-]+$/.test(name) && (name === 'phone-context' || !isTel))
    .filter((name) => !(Object.hasOwn(OUT_OF_PLACE, name) && OUT_OF_PLACE[name]!(header)))
    .sort((a, b) => Number(!USUAL.includes(a)) - Number(!USUAL.includes(b)));
}

/** Parameters that most URIs with parameters have. */
const USUAL = ['transport', 'lr', 'user', 'opaque', 'gruu', 'maddr'];

import { quote } from '../base/quote.ts';
import { type Severity, type Span, slice } from '../base/text.ts';
import type { HeaderField, SipMessage } from '../sip/message.ts';
import { quoteEnd } from '../sip/outside.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { type Param, param, paramValue, parseAuthentication } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

const CHALLENGES = ['www-authenticate', 'proxy-authenticate'];
const CREDENTIALS = ['authorization', 'proxy-authorization'];
const IN_CHALLENGES = ['realm', 'nonce'];
const IN_CREDENTIALS = ['username', 'realm', 'nonce', 'uri', 'response'];
/** MD5 gives 32 digits, SHA-256 and SHA-512-256 give 64 (RFC 8760 §2.3). */
const RESPONSE = /^(?:[\da-f]{32}|[\da-f]{64})$/i;
/** What people write over what they want to hide. */
const HIDDEN = /[x*#.]{3}|hidden|removed|redacted|masked|secret/i;

interface Fault {
  readonly at: Span;
  readonly text: string;
  readonly most?: Severity;
}

export const authDigestParams: MessageRule = {
  id: 'auth-digest-params',
  group: 'header-values',
  scope: 'message',
  title: 'A Digest challenge or its answer lacks a parameter, or its nc or response is not of hexadecimal digits.',
  spec: 'RFC 3261 §22.4; RFC 3261 §25.1; RFC 8760 §2.6',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    REGISTER sip:example.org SIP/2.0
    Authorization: Digest username="bob", realm="a, b", nonce="84a4cc6f", uri="sip:example.org", nc=00000001,
      cnonce="0a4f113b", qop=auth, response="6629fae49393a05397450978507c4ef1", algorithm=MD5
    Proxy-Authorization: digest username*=UTF-8''J%C3%A4son, realm="", nonce="1", uri="sip:h", response="7587245234b3434cc3412213e5f113a5432123cd7587245234b3434cc3412213"
    Authorization: Kerberos qop="auth", realm="SIP Communications Service", opaque="4EBBA7AE", crand="e9a45dde", cnum="133", response="6023"
    WWW-Authenticate: Digest realm="example.org", nonce="f84f1cec41e6cbe5aea9c8e88d359"
    WWW-Authenticate: Digest ...
  `,
  bad: `
    REGISTER sip:example.org SIP/2.0
    Authorization: Digest username="bob", realm="example.org", uri="sip:example.org", response="6629fae49393a05397450978507c4ef1"
                   ^^^^^^ This Digest answer has no nonce.
    Proxy-Authorization: Digest username="bob", realm="r", nonce="1", uri="sip:h", qop=auth, nc=1, response="6629fae4"
                         ^^^^^^ This Digest answer has no cnonce, which qop asks for.
                                                                                                ^ The nc of a Digest answer must be eight hexadecimal digits, not “1”.
                                                                                                            ^^^^^^^^^^ The response of a Digest answer must be 32 or 64 hexadecimal digits, not “6629fae4”.
    WWW-Authenticate: Digest realm="example.org"
                      ^^^^^^ This Digest challenge has no nonce.
    Proxy-Authenticate: Digest realm="example.org" nonce="1"
                                                   ^^^^^ A comma is expected before “nonce”.
  `,
  reads: { each: [...CHALLENGES, ...CREDENTIALS] },
  check(message, report) {
    for (const field of message.headers) {
      if (CHALLENGES.includes(field.id) || CREDENTIALS.includes(field.id))
        for (const { at, text, most } of faultsOf(message, field)) report(at, text, most);
    }
  },
};

function faultsOf({ text }: SipMessage, { id, value }: HeaderField): Fault[] {
  const { scheme, params } = parseAuthentication(text, value);
  if (scheme.toLowerCase() !== 'digest' || params.every((entry) => isPlaceholder(slice(text, entry)))) return [];
  const isChallenge = CHALLENGES.includes(id);
  const joined = params.map((entry) => joinedBehind(text, entry)).find((name) => name !== null);
  const absent = joined
    ? [{ at: joined, text: `A comma is expected before ${quote(slice(text, joined))}.` }]
    : (isChallenge ? gapsInChallenge(params) : gapsInAnswer(params)).map((gap) => ({
        at: { from: value.from, to: value.from + scheme.length },
        text: gap,
      }));
  return isChallenge ? absent : [...absent, ...digitFaults(text, params)];
}

function gapsInChallenge(params: readonly Param[]): string[] {
  const names = missing(params, IN_CHALLENGES);
  return names ? [`This Digest challenge has no ${names}.`] : [];
}

function gapsInAnswer(params: readonly Param[]): string[] {
  const names = missing(params, IN_CREDENTIALS);
  const forQop = param(params, 'qop') ? missing(params, ['cnonce', 'nc']) : '';
  return [
    ...(names ? [`This Digest answer has no ${names}.`] : []),
    ...(forQop ? [`This Digest answer has no ${forQop}, which qop asks for.`] : []),
  ];
}

/** The name of a parameter that follows a quoted value without a comma between. */
function joinedBehind(text: string, { value }: Param): Span | null {
  if (!value || text.charCodeAt(value.from) !== 34) return null;
  const end = quoteEnd(text, value.from, value.to);
  const found = /^(\s*)([\w-]+)\s*=/.exec(text.slice(end, value.to));
  if (!found) return null;
  const from = end + found[1]!.length;
  return { from, to: from + found[2]!.length };
}

/** Those of the names that are not there, joined for a sentence; a name with an asterisk is the name in another encoding. */
function missing(params: readonly Param[], names: readonly string[]): string {
  return names.filter((name) => !param(params, name) && !param(params, `${name}*`)).join(', no ');
}

function digitFaults(text: string, params: readonly Param[]): Fault[] {
  const found: Fault[] = [];
  const judge = (name: string, form: RegExp, wanted: string) => {
    const at = param(params, name)?.value;
    const written = paramValue(text, params, name) ?? '';
    if (!at || form.test(written)) return;
    // A phone of a mobile network registers without a nonce and an answer at first (3GPP TS 24.229); others hide theirs.
    const isExplained = !written || HIDDEN.test(written) || isPlaceholder(written);
    const shown = written ? `not ${quote(written)}` : 'and is empty';
    const fault = { at, text: `The ${name} of a Digest answer must be ${wanted}, ${shown}.` };
    found.push(isExplained ? { ...fault, most: 'info' } : fault);
  };
  judge('nc', /^[\da-f]{8}$/i, 'eight hexadecimal digits');
  judge('response', RESPONSE, '32 or 64 hexadecimal digits');
  return found;
}

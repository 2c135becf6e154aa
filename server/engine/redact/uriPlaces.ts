import { type Span, slice } from '../base/text.ts';
import { type Param, parseUri } from '../sip/values.ts';

/** Parameters that tell nothing of anybody. */
export const PUBLIC_PARAMS = new Set(
  (
    'ms-received-port transport user method lr ttl q expires rport comp cause handling reason refresher algorithm qop stale nc version events methods actions ' +
    'audio video automata class duplex mobility priority schemes language type isfocus from-tags early-only early_only purpose privacy screen party ' +
    'counter limit index cnum snum proxy-call-id ms-role-rs-from ms-role-rs-to reg-id ob control'
  ).split(' '),
);

/** User, password, host and parameters of a URI. */
export function uriPlaces(text: string, uri: Span, places: Span[]): void {
  const { scheme, user, password, host, params, headers } = parseUri(text, uri);
  if (scheme.startsWith('http') || scheme === 'urn' || scheme === 'cid') return;
  for (const part of [user, password, host, headers]) if (part) places.push(part);
  paramPlaces(text, params, places);
}

/** The values of parameters, but for those that tell nothing of anybody. */
export function paramPlaces(text: string, params: readonly Param[], places: Span[]): void {
  for (const { name, value } of params) {
    if (!value || PUBLIC_PARAMS.has(name)) continue;
    // The words before the identifier tell what it is of: app:conf:focus:id:…
    const kind =
      name === 'opaque' ? /^(?:app:conf:[\w-]+:id:|user:epid:|srvr:[\w-]+:)/i.exec(slice(text, value)) : null;
    places.push({ from: value.from + (kind?.[0].length ?? 0), to: value.to });
  }
}

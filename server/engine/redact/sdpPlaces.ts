import { type Span, slice } from '../base/text.ts';

/** What is private in a line of a session description (RFC 8866), by the line's beginning: the rest of the line, or what a group matches. */
const LINES: readonly RegExp[] = [
  /^o=(?!-[ \t])(\S+)/,
  /^[siuepk]=(?!-?\s*$)(.+)/,
  /^[oc]=.*\bIP[46][ \t]+([^\s/]+)/,
  /^a=(?:ice-ufrag|ice-pwd|fingerprint:\S+|cname|msid|label|x-nat|altc|rtcp|setup-id|identity|key-mgmt)[: \t](.+)/,
  /^a=crypto:.*\binline:([^\s|]+)/,
  /^a=ssrc:.*\bcname:(\S+)/,
  /^a=candidate:(?:\S+[ \t]+){4}(\S+)/,
  /^a=candidate:.*\braddr[ \t]+(\S+)/,
];

/** Adds the private places of a session description. */
export function sdpPlaces(text: string, body: Span, places: Span[]): void {
  for (const line of slice(text, body).matchAll(/[^\r\n]+/g))
    for (const form of LINES) {
      const found = form.exec(line[0]);
      if (!found) continue;
      const from = body.from + line.index + found[0].lastIndexOf(found[1]!);
      places.push({ from, to: from + found[1]!.length });
    }
}

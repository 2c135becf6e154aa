import { nearest, slice } from '../base/text.ts';
import { allHeaders, headerFacts, headerSpelledLike } from '../sip/registry.ts';
import { renamed } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

const TOKEN = /^[\w\-.!%*+`'~]{2,}$/;
/** Names that say of themselves that they are private. */
const PRIVATE = /^(?:x|p|ms)[-_]/i;

export const headerUnknown: MessageRule = {
  id: 'header-unknown',
  group: 'header-syntax',
  scope: 'message',
  title: 'The header is in no registry and known from no vendor.',
  spec: 'RFC 3261 §7.3.1; RFC 3261 §27.3',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    max-forwards: 70
    X-BroadWorks-DNC: network-address="sip:+15551234@example.org"
    P-Foo-Bar: 1
    ms-endpoint-info: 1
    Ms-Conversation-ID: Ac0FCzXqLx
    Remote-Party-ID: "Alice" <sip:alice@example.org>;party=calling
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Max-Forward: 70
    ^^^^^^^^^^^ Max-Forward is no known header; did you mean Max-Forwards?
    Colour: green
    ^^^^^^ Colour is no known header.
  `,
  reads: { outline: [] },
  check(message, report) {
    const said = new Set<string>();
    for (const field of message.headers) {
      const name = slice(message.text, field.name);
      if (said.has(field.id) || !TOKEN.test(name) || PRIVATE.test(name)) continue;
      if (headerFacts(name) || headerSpelledLike(name)) continue;
      said.add(field.id);
      report(field.name, `${name} is no known header${guess(name)}`);
    }
  },
  fix: (reported) => renamed(reported, nearestHeader(slice(reported.message.text, reported.at))),
};

/** Guesses made before: vendors' headers come back in every message of a trace. */
const guesses = new Map<string, string>();

function guess(name: string): string {
  // Names this long are not typed by hand, and comparing them costs time.
  if (name.length > 60) return '.';
  const known = guesses.get(name);
  if (known) return known;
  const near = nearestHeader(name);
  if (guesses.size > 500) guesses.clear();
  const text = near ? `; did you mean ${near}?` : '.';
  guesses.set(name, text);
  return text;
}

function nearestHeader(name: string): string | undefined {
  return nearest(
    name,
    allHeaders.map((facts) => facts.name),
  );
}

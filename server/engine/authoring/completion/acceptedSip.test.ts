import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { dedent } from '../../base/testing.ts';
import { slice } from '../../base/text.ts';
import { lintText, read } from '../../engine.ts';
import { allRules } from '../../rules/all.ts';
import { parseMessage, type SipMessage } from '../../sip/message.ts';
import { methodOf } from '../../sip/values.ts';
import { traceSource } from '../testing.ts';
import { accepted, offered } from './testing.ts';

// Whatever is offered in the head of a message brings no new error: each offer is chosen, with nothing filled in, in the messages of
// the sample and in those on which the rules are silent. Like places are tried once. That something else is still missing, as the
// challenge of a 401, is no fault of what was chosen.

const SAMPLE = readFileSync(new URL('../../../../samples/eject-user.sip', import.meta.url), 'utf8');

const texts = [
  ...messagesOf(SAMPLE),
  ...allRules.flatMap(({ good }) => (typeof good === 'string' ? messagesOf(dedent(good)) : [])),
];
const likes = new Set<string>();

function messagesOf(text: string): string[] {
  const { trace } = read(text);
  return Array.from({ length: trace.count }, (_, index) => slice(text, trace.span(index)));
}

interface Place {
  readonly like: string;
  readonly before: string;
  readonly offset: number;
}

describe('what is offered in a message brings no new error', () => {
  const kinds = { names: namesIn, values: valuesIn, 'start lines': startIn };
  for (const [title, placesIn] of Object.entries(kinds))
    test(title, async () => {
      const wrong: string[] = [];
      for (const text of texts) {
        let known: readonly string[] | undefined;
        for (const place of placesIn(parseMessage(text))) {
          if (likes.has(place.like)) continue;
          likes.add(place.like);
          known ??= await errorsOf(text);
          wrong.push(...(await tryAll(place, known)));
        }
      }
      assert.deepEqual(wrong, []);
    });
});

/** The line behind the last header. */
function* namesIn(message: SipMessage): Generator<Place> {
  const { text } = message;
  const at = message.headers.at(-1)?.to ?? message.startLine.to;
  const rest = text.slice(at) || '\n';
  yield { like: kindOf(message), before: `${text.slice(0, at)}\n${rest}`, offset: at + 1 };
}

/** Each value left out; a parameter more behind it, and in its URI. */
function* valuesIn(message: SipMessage): Generator<Place> {
  const { text } = message;
  for (const { id, value, name } of message.headers) {
    const like = `${message.kind} ${id}`;
    const put = (from: number, to: number, by: string) => ({
      before: text.slice(0, from) + by + text.slice(to),
      offset: from + by.length,
    });
    yield { like, ...put(value.from, value.to, '') };
    yield { like: `${like} behind the colon`, ...put(name.to, value.to, ':') };
    yield { like: `${like} ;`, ...put(value.to, value.to, ';') };
    const end = value.from + slice(text, value).indexOf('>');
    if (end >= value.from) yield { like: `${like} <;>`, ...put(end, end, ';') };
  }
}

/** The method or the status left out; parameters of the Request-URI. */
function* startIn(message: SipMessage): Generator<Place> {
  const { text } = message;
  const without = (from: number, to: number, by = '') => ({
    like: `${kindOf(message)} ${by}`,
    before: text.slice(0, from) + by + text.slice(to),
    offset: from + by.length,
  });
  if (message.kind === 'request') {
    yield without(message.at.uri.to, message.at.uri.to, ';');
    yield without(message.at.version.from, message.at.version.to);
  }
  if (message.kind === 'response' && message.status < 300) yield without(message.at.status.from, message.at.reason.to);
}

function kindOf(message: SipMessage): string {
  return `${message.kind} ${methodOf(message)} ${message.kind === 'response' ? Math.floor(message.status / 100) : ''}`;
}

async function tryAll({ like, before, offset }: Place, known: readonly string[]): Promise<string[]> {
  const wrong: string[] = [];
  const old = [...known, ...(await errorsOf(before))];
  for (const one of offered(traceSource(before), offset)) {
    const fresh = (await errorsOf(accepted(before, one))).filter((error) => !old.includes(error));
    wrong.push(...fresh.map((error) => `${like}: ${one.label}: ${error}`));
  }
  return wrong;
}

async function errorsOf(text: string): Promise<string[]> {
  const { lint } = await lintText(text, { profile: 'strict', levels: {} });
  // A name that was taken waits for its value.
  const errors = lint.problems.filter(
    ({ rule, severity }) => severity === 'error' && !/-missing\b|^header-empty-value$/.test(rule),
  );
  return errors.map(({ rule, message }) => `${rule}: ${message}`);
}

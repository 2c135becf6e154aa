import { slice } from '../../base/text.ts';
import { headerParamMeaning, uriParamMeaning } from '../../sip/meanings.ts';
import { headerFacts, microsoftHeaderParams } from '../../sip/registry.ts';
import type { Completion } from '../source.ts';
import { order, type SipAsk } from './offer.ts';
import { formOf, uriParametersFor } from './parameterForms.ts';
import type { ParameterCursor } from './sipCursor.ts';
import { choice, literal, stop } from './snippet.ts';

/** Parameters of headers and of URIs, and their values. */
export function parameters(ask: SipAsk): readonly Completion[] {
  const { cursor } = ask;
  if (cursor.kind !== 'parameter') return [];
  return cursor.name === null ? names(ask, cursor) : values(ask, cursor, cursor.name);
}

function names(ask: SipAsk, cursor: ParameterCursor): Completion[] {
  const replace = ask.toSource(cursor.typed);
  const gap = isAuth(cursor) && ask.text[cursor.typed.from - 1] === ',' ? ' ' : '';
  return namesFor(ask, cursor)
    .filter((name) => !cursor.others.includes(name.toLowerCase()))
    .map((name, at) => {
      const documentation = meaningOf(cursor, name.toLowerCase());
      return {
        label: name,
        kind: 'parameter',
        ...(documentation && { documentation }),
        replace,
        insert: gap + literal(name) + (cursor.hasValue ? '' : valueSnippet(ask, cursor, name.toLowerCase())),
        sort: order(0, at),
      };
    });
}

function namesFor({ text }: SipAsk, { inUri, field, value }: ParameterCursor): readonly string[] {
  if (inUri) return uriParametersFor(field?.id ?? null, slice(text, value));
  const id = field?.id ?? '';
  const own = (headerFacts(id)?.params ?? []).filter((name) => !/^(?:feature|fc)-tags$/.test(name));
  const extra = microsoftHeaderParams.filter(({ header }) => header.toLowerCase() === id).map(({ name }) => name);
  return [...new Set([...own, ...extra])];
}

function isAuth({ field, inUri }: ParameterCursor): boolean {
  return !inUri && /^auth-/.test(headerFacts(field?.id ?? '')?.grammar ?? '');
}

function meaningOf({ inUri, field }: ParameterCursor, name: string): string | null {
  return inUri ? uriParamMeaning(name, '') : headerParamMeaning(field?.id ?? '', name);
}

/** `=` and the value with its quotes; nothing for a flag. */
function valueSnippet(ask: SipAsk, cursor: ParameterCursor, name: string): string {
  const form = formOf(cursor, name);
  if (form.flag) return '';
  const known = (form.values?.(ask, cursor) ?? []).map(({ value }) => value);
  const quote = form.quoted ? '"' : '';
  const inside = known.length > 1 ? choice(1, known) : stop(1, known[0]);
  return `=${quote}${inside}${quote}`;
}

function values(ask: SipAsk, cursor: ParameterCursor, name: string): Completion[] {
  const form = formOf(cursor, name);
  const isQuoted = ask.text[cursor.typed.from] === '"';
  const quote = form.quoted || isQuoted ? '"' : '';
  const replace = ask.toSource(cursor.typed);
  return (form.values?.(ask, cursor) ?? []).map(({ value, meaning }, at) => ({
    label: value,
    kind: 'value',
    ...(meaning && { documentation: meaning }),
    ...(isQuoted && { filter: `"${value}"` }),
    replace,
    insert: quote + literal(value) + quote,
    sort: order(0, at),
  }));
}

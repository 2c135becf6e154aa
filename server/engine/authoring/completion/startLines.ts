import { methodMeaning, statusMeaning } from '../../sip/meanings.ts';
import { allMethods, allStatuses } from '../../sip/registry.ts';
import type { Completion } from '../source.ts';
import { order, type SipAsk } from './offer.ts';
import { literal, stop } from './snippet.ts';
import { urisNear } from './uris.ts';

const VERSION = 'SIP/2.0';

/** Methods, the version, and status codes with their reasons. */
export function startLines(ask: SipAsk): readonly Completion[] {
  const { cursor } = ask;
  const replace = ask.toSource(cursor.typed);
  switch (cursor.kind) {
    case 'method':
      return [...methods(ask, cursor.alone), version(replace, 2, cursor.alone)];
    case 'version':
      return [version(replace, 0, false)];
    case 'status':
      return statuses(ask);
    default:
      return [];
  }
}

/** Methods; those that only old drafts know are left out. */
export function knownMethods(): readonly string[] {
  return allMethods.filter(({ legacy }) => !legacy).map(({ name }) => name);
}

function methods(ask: SipAsk, isAlone: boolean): Completion[] {
  const uri = isAlone ? (urisNear(ask)[0] ?? 'sip:') : '';
  return knownMethods().map((name, at) => ({
    label: name,
    kind: 'method',
    documentation: methodMeaning(name) ?? '',
    replace: ask.toSource(ask.cursor.typed),
    insert: isAlone ? `${literal(name)} ${stop(1, uri)} ${VERSION}` : literal(name),
    sort: order(1, at),
  }));
}

function version(replace: Completion['replace'], group: number, goesOn: boolean): Completion {
  return {
    label: VERSION,
    kind: 'value',
    detail: goesOn ? 'a response' : 'version',
    replace,
    insert: goesOn ? `${VERSION} ` : VERSION,
    sort: order(group),
    ...(goesOn && { retrigger: true }),
  };
}

function statuses(ask: SipAsk): Completion[] {
  return allStatuses
    .filter(({ unregistered }) => !unregistered)
    .map(({ code, reason }) => ({
      label: `${code} ${reason}`,
      kind: 'status',
      documentation: statusMeaning(code) ?? '',
      replace: ask.toSource(ask.cursor.typed),
      insert: literal(`${code} ${reason}`),
      sort: order(0, code),
    }));
}

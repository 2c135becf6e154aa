import type { CallPlace } from './callTree.ts';

/** The name of a place, unique in the tree. It stays the same while calls are appended. */
export function idOf(place: CallPlace): string {
  switch (place.is) {
    case 'root':
      return '';
    case 'range':
      return `${idOf(place.of)}/${place.from}-${place.to}`;
    case 'fold':
    case 'call':
      return `${place.is} ${place.call}`;
    case 'leg':
      return `leg ${place.leg}`;
    case 'link':
      return `link ${place.leg} ${place.other} ${place.at}`;
    case 'guess':
    case 'cut':
      return `${place.is} ${place.leg} ${place.other}`;
    case 'dialog':
      return `dialog ${place.leg} ${place.dialog}`;
    case 'refreshes':
      return `refreshes ${place.leg} ${place.dialog} ${place.method}`;
    case 'transaction':
      return `transaction ${place.leg} ${place.dialog} ${place.transaction}`;
    case 'message':
      return `message ${place.index + 1}`;
  }
}

/** The place that a name stands for; null where it is none. */
export function placeOf(id: string): CallPlace | null {
  const part = /^(.*)\/(\d+)-(\d+)$/.exec(id);
  if (part) {
    const of = placeOf(part[1]!);
    return of && { is: 'range', of, from: Number(part[2]), to: Number(part[3]) };
  }
  const [is, first, ...rest] = id.split(' ');
  const [one = Number.NaN, two = Number.NaN, three = Number.NaN] = [first, ...rest].map(Number);
  switch (is) {
    case '':
      return { is: 'root' };
    case 'fold':
    case 'call':
      return { is, call: one };
    case 'leg':
      return { is, leg: one };
    case 'link':
      return { is, leg: one, other: two, at: three };
    case 'guess':
    case 'cut':
      return { is, leg: one, other: two };
    case 'dialog':
      return { is, leg: one, dialog: two };
    case 'refreshes':
      return { is, leg: one, dialog: two, method: rest[1] ?? '' };
    case 'transaction':
      return { is, leg: one, dialog: two, transaction: three };
    case 'message':
      return { is, index: one - 1 };
    default:
      return null;
  }
}

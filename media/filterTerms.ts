/** A condition that a button puts into the filter and takes out again. */
export interface QuickTerm {
  readonly label: string;
  readonly title: string;
  readonly key: string;
  readonly value: string;
}

/** What people filter by most. Those with one key are put together: `is:request,failure`. */
export const QUICK_TERMS: readonly QuickTerm[] = [
  { label: 'Requests', title: 'Requests only', key: 'is', value: 'request' },
  { label: 'Failures', title: 'Responses from 400 on', key: 'is', value: 'failure' },
  { label: 'Retransmissions', title: 'Messages that were sent again', key: 'is', value: 'retransmission' },
  { label: 'C3P', title: 'Commands to a conference and their answers', key: 'has', value: 'c3p' },
  { label: 'Presence', title: 'Presence, watchers and roaming data', key: 'has', value: 'presence' },
  { label: 'Media', title: 'Messages with a session description', key: 'has', value: 'sdp' },
  { label: 'Problems', title: 'Messages in which the checks found something', key: 'problem', value: 'any' },
];

/** Whether a filter has the condition. */
export function hasTerm(filter: string, term: QuickTerm): boolean {
  return find(filter, term)?.values.includes(term.value) ?? false;
}

/** The filter with the condition, or without it where it had it. The rest of it stays as it is. */
export function toggleTerm(filter: string, term: QuickTerm): string {
  const found = find(filter, term);
  const { key, value } = term;
  if (!found) return `${filter.trimEnd()} ${key}:${value}`.trimStart();
  const { from, to, values } = found;
  const others = values.filter((one) => one !== value);
  const left = others.length === values.length ? [...values, value] : others;
  const word = left.length > 0 ? `${key}:${left.join(',')}` : '';
  const rest = word ? filter.slice(to) : filter.slice(to).trimStart();
  return `${filter.slice(0, from)}${word}${rest}`.trimEnd();
}

/** The word of a key, with its values; one with text in quotation marks or an expression is left alone. */
function find(filter: string, { key }: QuickTerm): { from: number; to: number; values: string[] } | null {
  for (const word of filter.matchAll(/\S+/g)) {
    const [text] = word;
    const values = text.slice(key.length + 1);
    if (!text.toLowerCase().startsWith(`${key}:`) || values === '' || /["/]/.test(values)) continue;
    return { from: word.index, to: word.index + text.length, values: values.toLowerCase().split(',') };
  }
  return null;
}

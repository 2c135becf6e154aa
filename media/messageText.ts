import type { TraceApi } from '../server/view/protocol.ts';

/** A message (one-based) as it was sent, without what the log says around it. */
export async function messageText(api: Pick<TraceApi, 'text'>, index: number): Promise<string> {
  const { text, places } = await api.text(index, 'message');
  const [place] = places;
  const lines = text.split(/(?<=\n)/);
  return place ? lines.slice(place.from, place.to).join('') : text;
}

/** Its start line and headers. */
export async function headersText(api: Pick<TraceApi, 'text'>, index: number): Promise<string> {
  const text = await messageText(api, index);
  const end = /\r?\n\r?\n/.exec(text);
  return end ? text.slice(0, end.index + end[0].length / 2) : text;
}

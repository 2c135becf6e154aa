import type { Ladder } from './ladder.ts';

/** The ladder with the wanted messages (1 for each by zero-based number) alone: numbers stay; lanes, dialogs, calls and conferences without any go. */
export function selectRows(ladder: Ladder, wanted: Uint8Array): Ladder {
  const rows = ladder.rows.filter(({ index }) => wanted[index - 1]);
  if (rows.length === ladder.rows.length) return ladder;
  const used = new Set(rows.flatMap(({ from, to }) => [from, to]));
  const place = new Map([...used].sort((a, b) => a - b).map((lane, at) => [lane, at]));
  const dialogs = ladder.dialogs.filter(({ messages }) => messages.some((index) => wanted[index - 1]));
  const shown = new Set(dialogs.flatMap(({ id, callId }) => [id, callId]));
  return {
    ...ladder,
    lanes: ladder.lanes.filter((_, at) => used.has(at)),
    rows: rows.map((row) => ({ ...row, from: place.get(row.from)!, to: place.get(row.to)! })),
    dialogs,
    calls: ladder.calls.filter((call) => call.dialogs.some((id) => shown.has(id))),
    guesses: ladder.guesses.filter(({ from, to }) => shown.has(from) || shown.has(to)),
    conferences: ladder.conferences.filter((one) => one.dialogs.some((id) => shown.has(id))),
  };
}

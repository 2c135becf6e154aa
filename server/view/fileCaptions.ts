import { loadMessages } from '../engine/indexed/load.ts';
import type { Indexed } from '../engine/indexed/snapshot.ts';
import { isLogged } from '../engine/trace/text.ts';
import { breath } from './slices.ts';

/** More steps than this have no rows of their own. */
const MOST = 20_000;
const BATCH = 500;

/** Looks through a file for what is said between its messages; where the file has grown it goes on. */
export class FileCaptions {
  /** One-based numbers, ascending, of the messages that have captions, as far as they were looked at. */
  rows: readonly number[] = [];
  private looked = 0;
  private last = 0;
  private latest: Indexed | null = null;

  /** @param tell called when captions were found */
  async look(of: Indexed, tell: () => void): Promise<void> {
    if (this.latest?.snapshot === of.snapshot) return;
    this.latest = of;
    const { columns } = of.snapshot;
    const goesOn = this.looked <= columns.count && (this.looked === 0 || columns.start[this.looked - 1] === this.last);
    let looked = goesOn ? this.looked : 0;
    const rows = goesOn ? [...this.rows] : [];
    const before = rows.length;
    while (looked < columns.count && rows.length < MOST && this.latest === of) {
      const part: number[] = [];
      for (; looked < columns.count && part.length < BATCH; looked++)
        if (!isLogged(columns.flags[looked]!)) part.push(looked);
      if (part.length === 0) continue;
      const loaded = await loadMessages(of.source, of.snapshot, part, 1);
      for (const index of part) if (loaded.captions(index).length > 0) rows.push(index + 1);
      await breath();
    }
    if (this.latest !== of) return;
    this.looked = looked;
    this.last = columns.start[looked - 1] ?? 0;
    this.rows = rows;
    if (!goesOn || rows.length > before) tell();
  }
}

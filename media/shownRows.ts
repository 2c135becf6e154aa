import type { TraceSummary } from '../server/view/protocol.ts';
import { countBelow, isIn } from './ascending.ts';
import { Folds } from './folds.ts';
import { gappedMap } from './gaps.ts';
import { KeepAlives } from './keepAlives.ts';
import { filteredMap, type RowMap, rowMap } from './layout.ts';

/** Which messages have a row: those that a filter leaves, that are no hidden keep-alives and that are not folded. */
export class ShownRows {
  readonly folds = new Folds();
  readonly keepAlives = new KeepAlives();
  /** Called when the messages that have a row were chosen again. */
  onLaidOut: () => void = () => {};
  /** Which row shows what. */
  map: RowMap = rowMap(0, []);
  /** The messages that have a row, ascending; null for all. */
  here: readonly number[] | null = null;
  /** When each message was, where gaps are drawn in proportion to time; else null. */
  times: Float64Array | null = null;
  private summary: TraceSummary | undefined;
  private filtered: readonly number[] | null = null;

  /** Takes another trace, or the same one after a change. */
  take(summary: TraceSummary): void {
    this.summary = summary;
    this.folds.take(summary.retransmissions);
    this.keepAlives.take(summary.keepAlives);
    this.layOut();
  }

  /** Shows only these messages (one-based, ascending), or all. */
  filter(shown: readonly number[] | null): void {
    this.filtered = shown;
    this.layOut();
  }

  /** To be called when something was folded or unfolded, or gaps are drawn in another way. */
  layOut(): void {
    if (!this.summary) return;
    const { rows, captionRows } = this.summary;
    const fitting = this.filtered?.filter((message) => message <= rows) ?? null;
    this.here = this.folds.visible(rows, this.keepAlives.leave(rows, fitting));
    const { here, times } = this;
    if (times) this.map = gappedMap({ count: rows, here, captionRows, times });
    else this.map = here ? filteredMap(here, captionRows) : rowMap(rows, captionRows);
    this.onLaidOut();
  }

  /** Shows a message that is folded or hidden with the keep-alives; tells whether it was. */
  reveal(message: number): boolean {
    const wasHidden = this.keepAlives.reveal(message);
    return this.folds.reveal(message) || wasHidden;
  }

  /** How many messages there are, shown or not. */
  get count(): number {
    return this.summary?.rows ?? 0;
  }

  get first(): number {
    return this.here?.[0] ?? 1;
  }

  get last(): number {
    return this.here?.at(-1) ?? this.count;
  }

  /** The messages that a filter or a call leaves, ascending, folded or not; null for all. */
  get fitting(): readonly number[] | null {
    return this.filtered;
  }

  /** Whether a filter keeps a message from being shown. */
  isHidden(message: number): boolean {
    return this.filtered !== null && !isIn(this.filtered, message);
  }

  /** The message so many rows on. */
  next(message: number, count: number): number {
    const { here } = this;
    if (!here) return message + count;
    const at = countBelow(here, message);
    const isBetween = here[at] !== message && count > 0;
    return here[Math.max(0, Math.min(here.length - 1, at + count - (isBetween ? 1 : 0)))] ?? message;
  }

  /** The message whose row stands above a row (zero-based); null at the top. */
  before(row: number): number | null {
    const own = this.map.at(row).message;
    for (let above = row - 1; above >= 0; above--) {
      const { message } = this.map.at(above);
      if (message !== own) return message;
    }
    return null;
  }
}

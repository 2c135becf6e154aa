import { once } from '../../engine/base/memo.ts';
import { type LegClues, readLegClues } from '../../engine/flow/sessions/clues.ts';
import type { LegLinks } from '../../engine/flow/sessions/evidence.ts';
import { legMessages, linksBy } from '../../engine/flow/sessions/legs.ts';
import { loadMessages } from '../../engine/indexed/load.ts';
import type { Indexed } from '../../engine/indexed/snapshot.ts';
import type { Looking } from '../longAnswer.ts';
import { breath } from '../slices.ts';
import { bytesOf } from '../viewed.ts';
import type { LegSearch } from './callSource.ts';

/** The legs of a file that is no larger are linked as those of a document are. */
const WHOLE_BYTES = 8 * 1024 * 1024;
/** Of a larger one the requests that open calls are read, no more than so many, and so much of each. */
const MOST = 100_000;
const OPENING_BYTES = 16 * 1024;
/** So many are read at once. */
const BATCH = 200;
/** When so many are read, what links them is told for the first time; then whenever they are twice as many. */
const FIRST_TOLD = 2000;

/** How much of a file is read for its legs. */
export interface LegBounds {
  readonly wholeBytes: number;
  readonly most: number;
}

/** What the messages of a file that is read by ranges tell of legs. It is kept by the places of the messages, which stay when the file grows. */
export class FileLegs {
  /** As JSON, in which they take the least room, and keep no text alive of which they were a part. */
  private readonly byStart = new Map<number, { readonly length: number; readonly clues: string }>();
  private readonly bounds: LegBounds;
  private isClosed = false;

  constructor(bounds: LegBounds = { wholeBytes: WHOLE_BYTES, most: MOST }) {
    this.bounds = bounds;
  }

  /** Nobody looks at the file any more. */
  close(): void {
    this.isClosed = true;
  }

  /** The search for what links the legs of a state of the file. */
  search(of: Indexed): LegSearch {
    const { wholeBytes, most } = this.bounds;
    const isLong = bytesOf(of.snapshot) > wholeBytes;
    const limit = `Legs are linked by the first ${most.toLocaleString('en')} requests that open calls.`;
    const all = once(() => legMessages(numbersOf(of), of.snapshot.flow, isLong ? 'opening' : 'all'));
    return {
      isLong,
      limit: () => (isLong && all().length > most ? limit : ''),
      find: (looking) =>
        isLong
          ? this.find(of, all().slice(0, most), OPENING_BYTES, looking)
          : this.find(of, all(), Number.POSITIVE_INFINITY, looking),
    };
  }

  private async find(
    of: Indexed,
    wanted: readonly number[],
    longest: number,
    looking: Looking<LegLinks>,
  ): Promise<LegLinks> {
    const unread = wanted.filter((index) => !this.known(of, index));
    let told = this.linksOf(of, wanted);
    let next = FIRST_TOLD;
    for (let at = 0; at < unread.length && !looking.isGivenUp() && !this.isClosed; at += BATCH) {
      await this.read(of, unread.slice(at, at + BATCH), longest);
      if (at + BATCH >= next) {
        told = this.linksOf(of, wanted);
        next *= 2;
      }
      looking.tell(1 - (unread.length - at) / wanted.length, told);
      await breath();
    }
    return this.linksOf(of, wanted);
  }

  private async read({ source, snapshot }: Indexed, indices: readonly number[], longest: number): Promise<void> {
    const loaded = await loadMessages(source, snapshot, indices, longest);
    const { start, length } = snapshot.columns;
    for (const index of indices) {
      const clues = JSON.stringify(readLegClues(loaded.message(index)));
      this.byStart.set(start[index]!, { length: length[index]!, clues });
    }
  }

  /** What a message tells, if it was read; the last one of a file that grows may be longer now. */
  private known({ snapshot: { columns } }: Indexed, index: number): string | undefined {
    const known = this.byStart.get(columns.start[index]!);
    return known?.length === columns.length[index] ? known?.clues : undefined;
  }

  private *told(of: Indexed, wanted: readonly number[]): Generator<readonly [number, LegClues]> {
    for (const index of wanted) {
      const clues = this.known(of, index);
      if (clues !== undefined) yield [index, JSON.parse(clues) as LegClues];
    }
  }

  private linksOf(of: Indexed, wanted: readonly number[]): LegLinks {
    return linksBy(numbersOf(of), this.told(of, wanted));
  }
}

function numbersOf({ snapshot: { columns, built, told } }: Indexed) {
  return { columns, built, told, count: columns.count };
}

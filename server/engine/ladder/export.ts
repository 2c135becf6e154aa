import type { Problem } from '../base/text.ts';
import type { TextTrace } from '../trace/text.ts';
import type { Ladder } from './ladder.ts';

/** What an export is made of. */
export interface ExportSource {
  readonly ladder: Ladder;
  readonly trace: TextTrace;
  /** What the checks found in its messages. */
  readonly problems: readonly Problem[];
}

/** A form in which a ladder leaves the tool. */
export interface LadderExport {
  /** As a list of formats says it. */
  readonly title: string;
  /** Of a file in this format, without the dot. */
  readonly extension: string;
  /** The whole file. */
  write(source: ExportSource): string;
}

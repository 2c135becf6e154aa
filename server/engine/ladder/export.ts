import type { Problem } from '../base/text.ts';
import type { Flow } from '../flow/flow.ts';
import type { Role } from '../sipp/side.ts';
import type { TextTrace } from '../trace/text.ts';
import type { Ladder } from './ladder.ts';

/** What an export is made of. */
export interface ExportSource {
  readonly ladder: Ladder;
  readonly trace: TextTrace;
  readonly flow: Flow;
  /** What the checks found in its messages. */
  readonly problems: readonly Problem[];
  /** The name of the trace, for a heading; left out where nobody may know it. */
  readonly title?: string;
  /** The file of the trace, as links in the export name it, whose lines the rows tell. */
  readonly file?: string;
  /** What a format that is about one side of one dialog shows: `d1`. */
  readonly dialog?: string;
  readonly role?: Role;
}

/** Why there is nothing to export, in a sentence. */
export interface ExportFault {
  readonly why: string;
}

/** A form in which a ladder leaves the tool. */
export interface LadderExport {
  /** As a list of formats says it. */
  readonly title: string;
  /** Of a file in this format, without the dot. */
  readonly extension: string;
  /** It is made of the rows and lanes of the ladder alone. */
  readonly isOfRows?: true;
  /** The whole file, as text or as octets. */
  write(source: ExportSource): string | Uint8Array | ExportFault;
}

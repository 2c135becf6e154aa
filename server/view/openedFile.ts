import type { ByteSource } from '../engine/trace/trace.ts';

/** A file that is read by ranges, as a platform opens it. */
export interface OpenedFile extends ByteSource {
  /** The file's name, for titles and messages. */
  readonly name: string;
  /** How much of it there is, as it was seen last. */
  readonly size: number;
  /** When it was last written to, in milliseconds since 1970, as it was seen last. */
  readonly changed: number;
  /**
   * Looks at the file again: `same`, perhaps with another size; `replaced` by another file of this name; `gone`. Absent where a file
   * stays as it was opened.
   */
  look?(): Promise<'same' | 'replaced' | 'gone'>;
  close(): void;
}

/** Opens a file by its URI. What it throws says why it cannot be read, in a sentence that names the file. */
export type OpenFile = (uri: string) => Promise<OpenedFile>;

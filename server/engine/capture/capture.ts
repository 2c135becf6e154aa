import { type ByteSource, type ReadOptions, readPagesFrom } from '../trace/pages.ts';
import type { Stretch } from '../trace/stretch.ts';
import { type Container, DAMAGED, LARGEST } from './container.ts';
import { Dissector } from './dissector.ts';
import { HepReader, isHepFile } from './hepFile.ts';
import { isPcap, PcapReader } from './pcap.ts';
import { isPcapng, PcapngReader } from './pcapng.ts';
import type { Sink } from './sink.ts';

/** Kinds of captures by the id of their format. */
const KINDS = [
  { id: 'pcap', isKind: isPcap, reader: (dissector: Dissector): Container => new PcapReader(dissector) },
  { id: 'pcapng', isKind: isPcapng, reader: (dissector: Dissector): Container => new PcapngReader(dissector) },
  { id: 'hep', isKind: isHepFile, reader: (dissector: Dissector): Container => new HepReader(dissector) },
] as const;

/** The id of a capture's format. */
export type CaptureId = (typeof KINDS)[number]['id'];

const DAMAGE = 'damaged place, behind which nothing can be read';
/** The bytes that tell what a file is. */
export const HEAD_LENGTH = 24;

/** Whether a format is one of captures. */
export function isCapture(format: string): boolean {
  return KINDS.some(({ id }) => id === format);
}

/** What kind of capture begins so; null where it is none. */
export function captureKind(head: Uint8Array): CaptureId | null {
  return head.length < 6 ? null : (KINDS.find(({ isKind }) => isKind(head))?.id ?? null);
}

/** The same of what can be read by ranges. */
export async function captureKindOf(source: ByteSource): Promise<CaptureId | null> {
  const head = new Uint8Array(HEAD_LENGTH);
  return captureKind(head.subarray(0, await source.read(0, head)));
}

/**
 * Reads a capture page by page and hands the SIP messages in it to the sink, in the order in which they become complete. Never fails
 * on content; what the source throws is passed on.
 */
export async function readCapture(
  source: ByteSource,
  kind: CaptureId,
  sink: Sink,
  options?: ReadOptions,
): Promise<void> {
  const capture = new CaptureReader(kind, sink);
  if (await capture.readOn(source, options)) await capture.finish(source);
  else capture.pause();
}

/** Reads a capture that may grow, packet by packet. */
export class CaptureReader {
  private readonly sink: Sink;
  private readonly kind: CaptureId;
  private dissector: Dissector | null = null;
  private container: Container | null = null;
  /** How far the whole packets go that were read. */
  private at = 0;
  private isDamaged = false;

  constructor(kind: CaptureId, sink: Sink) {
    this.kind = kind;
    this.sink = sink;
  }

  /** Reads all whole packets that are there now. Gives whether the end was reached. */
  async readOn(source: ByteSource, options: ReadOptions = {}): Promise<boolean> {
    return this.isDamaged || source.size < HEAD_LENGTH || this.read(source, options, false);
  }

  /** Gives out what waited for more of the file, the part of a packet at its end too: nothing follows. */
  async finish(source: ByteSource): Promise<void> {
    if (!this.isDamaged && this.at < source.size) await this.read(source, {}, true);
    this.pause();
  }

  /** Gives out what waits for packets that may not come; whole packets may still follow. */
  pause(): void {
    this.dissector?.finish();
  }

  private read(source: ByteSource, options: ReadOptions, last: boolean): Promise<boolean> {
    return readPagesFrom(this.at, source, options, (stretch) => {
      if (!last && stretch.bytes.length < LARGEST) stretch.last = false;
      return this.page(stretch);
    });
  }

  private page(stretch: Stretch): number {
    this.dissector ??= new Dissector(stretch, this.sink);
    this.container ??= KINDS.find(({ id }) => id === this.kind)!.reader(this.dissector);
    const done = this.container.read(stretch);
    if (done === DAMAGED) this.dissector.skip(DAMAGE);
    this.isDamaged = done === DAMAGED;
    this.dissector.release();
    if (!this.isDamaged) this.at = stretch.base + done;
    return done;
  }
}

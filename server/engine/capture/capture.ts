import { type ByteSource, type ReadOptions, readPages } from '../trace/pages.ts';
import type { Stretch } from '../trace/stretch.ts';
import { type Container, DAMAGED } from './container.ts';
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
  let dissector: Dissector | null = null;
  let container: Container | null = null;
  const read = (stretch: Stretch): number => {
    dissector ??= new Dissector(stretch, sink);
    container ??= KINDS.find(({ id }) => id === kind)!.reader(dissector);
    const done = container.read(stretch);
    if (done === DAMAGED) dissector.skip(DAMAGE);
    dissector.release();
    return done;
  };
  await readPages(source, options ?? {}, read);
  (dissector as Dissector | null)?.finish();
}

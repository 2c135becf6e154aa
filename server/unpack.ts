import * as zlib from 'node:zlib';

/** Nothing larger is unpacked: it would not fit into memory. */
const MOST = 2 ** 31 - 1;
const options: zlib.ZlibOptions = { finishFlush: zlib.constants.Z_SYNC_FLUSH, maxOutputLength: MOST };

/** What a platform may have of the functions of zlib: zstd came with Node 22.15. */
type Zlib = typeof zlib & { zstdDecompressSync?(bytes: Uint8Array, options: object): Uint8Array };

const PACKINGS = [
  {
    magic: [0x1f, 0x8b],
    name: 'gzip',
    tool: 'gzip -d',
    unpack: (bytes: Uint8Array) => zlib.gunzipSync(bytes, options),
  },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], name: 'zstd', tool: 'zstd -d', unpack: zstd() },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], name: 'xz', tool: 'xz -d', unpack: null },
];

function zstd(): ((bytes: Uint8Array) => Uint8Array) | null {
  const unpack = (zlib as Zlib).zstdDecompressSync;
  return unpack ? (bytes) => unpack(bytes, { maxOutputLength: MOST }) : null;
}

/** Why a compressed file could not be unpacked, in words that follow its name. */
export class Packed extends Error {}

/** Whether a file that begins so is compressed. */
export function isPacked(head: Uint8Array): boolean {
  return packingOf(head) !== undefined;
}

/** The bytes of a file, unpacked where they are compressed; of a file that was cut what is there. Throws `Packed`. */
export function unpacked(bytes: Uint8Array): Uint8Array {
  const packing = packingOf(bytes);
  if (!packing) return bytes;
  const { name, tool, unpack } = packing;
  if (!unpack) throw new Packed(`it is compressed with ${name}, which cannot be read here: unpack it first (${tool})`);
  try {
    return unpack(bytes);
  } catch (error) {
    const isLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new Packed(
      isLarge
        ? `unpacked it is too large to be read as a whole: unpack it first (${tool})`
        : `it is compressed with ${name}, and damaged`,
    );
  }
}

function packingOf(head: Uint8Array): (typeof PACKINGS)[number] | undefined {
  return PACKINGS.find(({ magic }) => magic.every((byte, at) => head[at] === byte));
}

import type { FromPictures, ToPictures } from '../server/view/protocol.ts';

// A page that turns pictures of lines and words (SVG) into pictures of pixels (PNG), one after the other, as it is given them.

declare function acquireVsCodeApi(): { postMessage(message: FromPictures): void };

/** Twice as fine as a screen, unless a browser draws nothing so large. */
const FINE = 2;
const LONGEST_SIDE = 32_000;
const LARGEST_AREA = 120_000_000;

const host = acquireVsCodeApi();

window.addEventListener('message', ({ data }: MessageEvent<ToPictures>) => {
  document.body.textContent = `Drawing picture ${data.number} of ${data.count}…`;
  drawn(data.svg).then(
    (png) => host.postMessage({ png }),
    (error: unknown) => host.postMessage({ failure: error instanceof Error ? error.message : String(error) }),
  );
});
host.postMessage({ ready: true });

async function drawn(svg: string): Promise<ArrayBuffer> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const { width, height } = image;
  const scale = Math.min(FINE, LONGEST_SIDE / Math.max(width, height), Math.sqrt(LARGEST_AREA / (width * height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(width * scale);
  canvas.height = Math.floor(height * scale);
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (!blob) throw new Error('There is not enough memory for the picture.');
  return blob.arrayBuffer();
}

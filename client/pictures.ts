import { extensions, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { FromPictures, ToPictures } from '../server/view/protocol.ts';

const VIEW = 'sipLens.pictures';

/** Draws pictures (SVG) as PNG, in a view that is open only so long: nothing else here can draw. Throws, in a sentence, where that is closed before. */
export async function drawPictures(svgs: readonly string[]): Promise<Uint8Array[]> {
  const place = { viewColumn: ViewColumn.Active, preserveFocus: true };
  const media = Uri.joinPath(extensions.getExtension('sip-lens.sip-lens')!.extensionUri, 'dist/media');
  const options = { enableScripts: true, localResourceRoots: [media] };
  const panel = window.createWebviewPanel(VIEW, 'Drawing the ladder', place, options);
  const closed = new Promise<never>((_, reject) =>
    panel.onDidDispose(() => reject(new Error('The pictures were not drawn: their view was closed.'))),
  );
  closed.catch(() => {}); // it is closed in the end
  const next = () => Promise.race([closed, new Promise<FromPictures>((done) => once(panel, done))]);
  const pictures: Uint8Array[] = [];
  try {
    const ready = next();
    panel.webview.html = pageOf(panel, media);
    await ready;
    for (const [at, svg] of svgs.entries()) {
      const answer = next();
      const question: ToPictures = { svg, number: at + 1, count: svgs.length };
      await panel.webview.postMessage(question);
      pictures.push(bytesOf(await answer));
    }
    return pictures;
  } finally {
    panel.dispose();
  }
}

function once(panel: WebviewPanel, told: (message: FromPictures) => void): void {
  const listening = panel.webview.onDidReceiveMessage((message: FromPictures) => {
    listening.dispose();
    told(message);
  });
}

function bytesOf({ png, failure }: FromPictures): Uint8Array {
  if (!png) throw new Error(`The picture could not be drawn. ${failure ?? ''}`);
  return new Uint8Array(png);
}

function pageOf({ webview }: WebviewPanel, media: Uri): string {
  const script = webview.asWebviewUri(Uri.joinPath(media, 'picture.js')).toString();
  const nonce = crypto.randomUUID();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; script-src 'nonce-${nonce}';">
<title>Drawing the ladder</title>
</head>
<body><script nonce="${nonce}" src="${script}"></script></body>
</html>`;
}

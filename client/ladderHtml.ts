import { Uri, type Webview } from 'vscode';
import { fileName } from './trace.ts';

/** The page that holds a ladder: one style sheet, one script, and nothing from anywhere else. */
export function ladderHtml(webview: Webview, media: Uri, document: Uri): string {
  const script = webview.asWebviewUri(Uri.joinPath(media, 'ladder.js'));
  const style = webview.asWebviewUri(Uri.joinPath(media, 'ladder.css'));
  const nonce = crypto.randomUUID();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(fileName(document))} ladder</title>
<link rel="stylesheet" href="${escapeHtml(style.toString())}">
</head>
<body data-uri="${escapeHtml(document.toString())}" data-name="${escapeHtml(fileName(document))}">
<script nonce="${nonce}" src="${escapeHtml(script.toString())}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => names[character]!);
}

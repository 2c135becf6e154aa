import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A page served on loopback: the real bundle of the ladder over a VS Code that is not there. */
export async function servePage(): Promise<{ url(query: string): string; close(): void }> {
  const files = await bundle();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const file = files.get(pathname);
    const type = pathname.endsWith('.css') ? 'text/css' : pathname.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(file !== undefined || pathname === '/' ? 200 : 404, {
      'content-type': `${type}; charset=utf-8`,
    });
    response.end(file ?? (pathname === '/' ? html(searchParams.get('theme') ?? 'dark') : ''));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { url: (query) => `http://127.0.0.1:${port}/?${query}`, close: () => server.close() };
}

async function bundle(): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    entryPoints: {
      ladder: here('../../media/ladder.ts'),
      style: here('../../media/ladder.css'),
      host: here('fakeHost.ts'),
    },
    bundle: true,
    format: 'iife',
    write: false,
    outdir: '/',
  });
  const files = new Map(outputFiles.map(({ path, text }) => [path, text]));
  const themes: Record<string, Record<string, string>> = JSON.parse(await readFile(here('themes.json'), 'utf8'));
  for (const [name, values] of Object.entries(themes)) files.set(`/${name}.css`, `:root { ${declarations(values)} }`);
  return files;
}

function declarations(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}: ${value};`)
    .join(' ');
}

const CLASSES: Record<string, string> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  'hc-dark': 'vscode-high-contrast',
  'hc-light': 'vscode-high-contrast vscode-high-contrast-light',
};

/** As strict as in VS Code. */
function html(theme: string): string {
  const policy = "default-src 'none'; style-src 'self'; script-src 'nonce-n';";
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>eject-user.sip ladder</title>
<link rel="stylesheet" href="/${encodeURIComponent(theme)}.css"><link rel="stylesheet" href="/style.css"></head>
<body class="${CLASSES[theme] ?? ''}" data-uri="file:///eject-user.sip" data-name="eject-user.sip">
<script nonce="n" src="/host.js"></script><script nonce="n" src="/ladder.js"></script></body></html>`;
}

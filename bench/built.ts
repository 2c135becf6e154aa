import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** A program of this folder as users run such code: bundled and minified. Gives the path of what was made; Node runs it. */
export async function built(name: string): Promise<string> {
  const outfile = fileURLToPath(new URL(`data/${name}.mjs`, import.meta.url));
  await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    logLevel: 'error',
    external: ['libxml2-wasm'], // waits at its top level
  });
  return outfile;
}

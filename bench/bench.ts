// Measures what the product promises to be fast: npm run bench [-- index|captures|lint|formats|keystroke|ladder|page|exports|activation|authoring|roster|all [SIZE…]]
import { execFileSync } from 'node:child_process';
import { measureActivation } from './activation.ts';
import { measureAuthoring } from './authoring.ts';
import { measureCaptures } from './captures.ts';
import { measureExports } from './exports.ts';
import { measureFormats } from './formats.ts';
import { measureGrowing } from './growing.ts';
import { measureIndex } from './indexing.ts';
import { measureKeystroke } from './keystroke.ts';
import { measureLadder } from './ladder.ts';
import { measureLint } from './linting.ts';
import { measurePage } from './page.ts';
import { measureRoster } from './roster.ts';

/** One line each: what may be asked for. */
const measures: Readonly<Record<string, (sizes: string[]) => Promise<void>>> = {
  index: measureIndex,
  captures: measureCaptures,
  formats: measureFormats,
  growing: measureGrowing,
  lint: measureLint,
  keystroke: measureKeystroke,
  ladder: measureLadder,
  page: measurePage,
  exports: measureExports,
  activation: measureActivation,
  authoring: measureAuthoring,
  roster: measureRoster,
};

execFileSync(process.execPath, ['esbuild.mjs', '--production', '--quiet'], { cwd: new URL('..', import.meta.url) });

const [wish = 'all', ...sizes] = process.argv.slice(2);
const names = wish === 'all' ? Object.keys(measures) : [wish];
for (const name of names) {
  const measure = measures[name];
  if (!measure) {
    console.error(`There is no measure “${name}”: choose one of ${Object.keys(measures).join(', ')}, or all.`);
    process.exit(2);
  }
  await measure(sizes);
}
process.exit();

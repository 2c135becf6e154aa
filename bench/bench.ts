// Measures what the product promises to be fast: npm run bench [-- NAME… [SIZE…]], all of those below without a name
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

const words = process.argv.slice(2);
const sizes = words.filter((word) => /^\d+[KMG]?$/.test(word));
const wishes = words.filter((word) => !sizes.includes(word));
const names = wishes.length === 0 || wishes.includes('all') ? Object.keys(measures) : wishes;
const unknown = names.find((name) => !Object.hasOwn(measures, name));
if (unknown) {
  console.error(`There is no measure “${unknown}”: choose of ${Object.keys(measures).join(', ')}, or all.`);
  process.exit(2);
}
for (const name of names) await measures[name]!(sizes);
process.exit();

// Runs test files in one process, one after another: what many of them load is loaded once. `node --import tsx scripts/testFiles.mjs FILE…`
import { describe } from 'node:test';
import { pathToFileURL } from 'node:url';

// Each file is a suite: its hooks are its own.
for (const file of process.argv.slice(2)) describe(file, () => import(pathToFileURL(file).href));

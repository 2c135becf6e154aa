// Runs test files in one process, one after another: what many of them load is loaded once. `node --import tsx scripts/testFiles.mjs FILE…`
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

for (const file of process.argv.slice(2)) {
  try {
    await import(pathToFileURL(file).href);
  } catch (error) {
    test(`${file} cannot be loaded`, () => {
      throw error;
    });
  }
}

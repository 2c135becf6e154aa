// Runs test files in one process, one after another: what many of them load is loaded once. `node --import tsx scripts/testFiles.mjs FILE…`
import { AsyncResource } from 'node:async_hooks';
import { describe } from 'node:test';
import { pathToFileURL } from 'node:url';

// Each file is a suite, so that its hooks are its own. All are loaded before the first test runs, one after the other: node:test
// tells by what it waits for to whom a test belongs, and files wait for what others load, too.
describe('test files', async () => {
  const here = new AsyncResource('test files');
  for (const file of process.argv.slice(2)) {
    let loaded;
    here.runInAsyncScope(() =>
      describe(file, () => {
        loaded = import(pathToFileURL(file).href);
        return loaded;
      }),
    );
    await loaded.catch(() => {}); // the suite has failed
  }
});

// The tools for language models, asked inside the extension host.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { ROOT } from '../../scripts/setup.mjs';
import * as fixture from './fixture.mjs';
import { editorTest } from './retry.mjs';

/** The extension host runs tests only where VS Code may be driven. */
const HOST_TESTS = ['--vscode-option', 'enable-smoke-test-driver'];
const PATIENCE_MS = 90_000;
const HOST = join(ROOT, 'test/e2e/host');

describe('language models', () => {
  let session;
  before(async () => {
    session = await fixture.startVscode({}, HOST_TESTS);
  });
  after(() => session?.stop());

  editorTest('are told of traces in the workspace, and of nothing else', async (t) => {
    const folder = await fixture.samples(t);
    const { page, closing } = await session.page();
    t.after(async () => {
      closing();
      await page.context().close();
    });
    const lines = [];
    const ended = new Promise((end) => page.exposeFunction('codeAutomationExit', end));
    await page.exposeFunction('codeAutomationLog', (_, args) => void lines.push(args.join(' ')));
    const { url } = session.vscode;
    const remote = (path) => `vscode-remote://${new URL(url).host}${path}`;
    const payload = JSON.stringify([
      ['extensionDevelopmentPath', remote(HOST)],
      ['extensionTestsPath', remote(join(HOST, 'tools.cjs'))],
    ]);
    await page.goto(`${url}/?${new URLSearchParams({ folder, payload })}`);
    const late = new Promise((end) => setTimeout(end, PATIENCE_MS, 'no end').unref());
    assert.equal(await Promise.race([ended, late]), 0, lines.join('\n'));
  });
});

// Neovim's built-in client with the server as it is packaged, for those who write without VS Code.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from '../../scripts/setup.mjs';
import { debianPackage } from '../../scripts/vscode/debian.mjs';

const FAULTY = `<request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="1"
         from="sip:alice@contoso.com" to="sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:1">
  <deleteUser>
    <userKey/>
  </deleteUser>
</request>
`;

test('in Neovim, a faulty command has its diagnostics at their places', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'sl-neovim-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'eject.cccp');
  await writeFile(file, FAULTY);
  const { filetype, capabilities, diagnostics } = await inNeovim(folder, file);
  assert.equal(filetype, 'cccp');
  assert.ok(capabilities.includes('hoverProvider'), capabilities.join());
  const [first] = diagnostics.map(({ lnum, col, severity, code, message }) => ({ lnum, col, severity, code, message }));
  assert.deepEqual({ ...first, message: '' }, { lnum: 3, col: 5, severity: 1, code: 'xml-schema', message: '' });
  assert.match(first.message, /userKeys/);
});

async function inNeovim(folder, file) {
  const { program, env, root } = await debianPackage('neovim', 'nvim');
  const runtime = root && { VIMRUNTIME: join(root, 'usr/share/nvim/runtime') };
  const own = { FILE: file, NODE: process.execPath, SERVER: join(ROOT, 'dist/server.mjs') };
  const homes = Object.fromEntries(['CONFIG', 'DATA', 'STATE', 'CACHE'].map((name) => [`XDG_${name}_HOME`, folder]));
  const args = ['--headless', '--clean', '-S', join(ROOT, 'test/e2e/neovim.lua')];
  const options = { cwd: folder, timeout: 60_000, env: { ...env, ...runtime, ...homes, ...own } };
  const { stdout, stderr } = await promisify(execFile)(program, args, options);
  const said = /^\{.*\}$/m.exec(stdout + stderr)?.[0];
  assert.ok(said, `Neovim said: ${stdout}${stderr}`);
  return JSON.parse(said);
}

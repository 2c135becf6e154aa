// Starts the VS Code from npm with nothing carried over from an earlier start.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { Refusal } from '../setup.mjs';
import { VSCODE } from './install.mjs';

const [NODE, ENTRY] = VSCODE;
const START_MS = 120_000;

/** No minimap, welcome page, chat, trust prompt, update check or telemetry: the screen stays bare, and nothing goes out. */
const QUIET_SETTINGS = {
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * Starts VS Code with an extension: a .vsix, installed, or the folder of one as it is. `settings` are user settings, `env`
 * reaches the extension, `flags` are more arguments of the server. Returns its address (`url`), `logs()` (the text of every log file, by name), `exited` and `stop()`.
 */
export async function launch({ extension, settings, env = {}, flags = [] }) {
  const root = await mkdtemp(join(tmpdir(), 'sl-')); // short: it holds a socket, whose path may have 107 bytes
  const remove = () => rm(root, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  const [data, extensions, config] = ['data', 'extensions', 'config.yaml'].map((name) => join(root, name));
  const args = [ENTRY, '--user-data-dir', data, '--extensions-dir', extensions, '--config', config];
  const options = { env: { ...environment(root), ...env } };
  try {
    await writeSettings(data, settings);
    await writeFile(config, 'auth: none\n');
    if (extension.endsWith('.vsix'))
      await promisify(execFile)(NODE, [...args, '--install-extension', resolve(extension)], options);
    else await addFolder(extension, extensions);
    return {
      ...(await serve([...args, ...flags], options, remove)),
      configure: (changed) => writeSettings(data, changed),
      logs: () => readLogs(join(data, 'logs')),
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** VS Code takes up what lies in its folder of extensions when it starts there for the first time. */
async function addFolder(extension, extensions) {
  await mkdir(extensions);
  await symlink(extension, join(extensions, 'under-development'));
}

/** Writes user settings into the folder that VS Code is given for its data. */
export async function writeSettings(data, settings = {}) {
  await mkdir(join(data, 'User'), { recursive: true });
  await writeFile(join(data, 'User/settings.json'), JSON.stringify({ ...QUIET_SETTINGS, ...settings }));
}

function environment(root) {
  const env = { ...process.env, XDG_CONFIG_HOME: root, XDG_DATA_HOME: root, XDG_CACHE_HOME: root };
  // Left over from a terminal inside VS Code, or read by code-server as an option.
  for (const name of Object.keys(env))
    if (/^VSCODE_|^ELECTRON_|^CODE_SERVER_|^PORT$|PASSWORD$/.test(name)) delete env[name];
  return { ...env, EXTENSIONS_GALLERY: '{"serviceUrl":""}' }; // no marketplace
}

async function serve(args, options, remove) {
  const quiet = [
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-workspace-trust',
    '--disable-getting-started-override',
  ];
  const server = spawn(NODE, [...args, '--bind-addr', '127.0.0.1:0', ...quiet], {
    ...options,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(server, 'exit');
  const kill = (signal) => killGroup(server.pid, signal);
  const killNow = () => kill('SIGKILL');
  process.once('exit', killNow);
  const stop = async () => {
    kill('SIGTERM');
    const late = setTimeout(killNow, 5000);
    await exited;
    clearTimeout(late);
    killNow(); // what outlived the server
    process.off('exit', killNow);
    await remove();
  };
  const url = await addressOf(server);
  if (url) return { url, exited, stop };
  await stop();
  throw new Refusal('VS Code did not start.');
}

function killGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}

async function addressOf(server) {
  const said = [];
  server.stderr.on('data', (data) => said.push(data));
  const late = setTimeout(() => killGroup(server.pid, 'SIGKILL'), START_MS);
  for await (const line of createInterface(server.stdout)) {
    const url = /HTTP server listening on (\S+)/.exec(line)?.[1];
    said.push(`${line}\n`);
    if (!url) continue;
    clearTimeout(late);
    server.stdout.resume();
    return new URL(url).origin;
  }
  clearTimeout(late);
  console.error(said.join(''));
  return undefined;
}

async function readLogs(folder) {
  const names = (await readdir(folder, { recursive: true }).catch(() => [])).filter((name) => name.endsWith('.log'));
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  );
}

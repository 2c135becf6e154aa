// Shows a trace with its ladder in VS Code, from a fresh clone: `npm start`, or `npm start -- FILE`.
// It uses the `code` on the PATH, or else a VS Code from npm, at an address that it prints. Ctrl+C ends all of it.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { installDependencies, Refusal, ROOT, run } from './setup.mjs';
import { onPath } from './vscode/debian.mjs';
import { installVscode } from './vscode/install.mjs';
import { launch, writeSettings } from './vscode/launch.mjs';

const SAMPLE = join(ROOT, 'samples/eject-user.sip');
/** Tells the extension to open the ladder of the file that is on screen first. */
const OPEN_LADDER = { SIP_LENS_OPEN_LADDER: '1' };
const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

let stop = async () => {};
const ended = new Promise((done) => {
  for (const signal of ENDINGS) process.on(signal, () => done(signal)); // a second Ctrl+C does not break off the clean-up
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || done('npm has ended'), 1000).unref();
});

try {
  if (await Promise.race([start(), ended])) process.exitCode = 130;
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
}
await stop();
process.exit();

async function start() {
  const file = fileToOpen();
  await installDependencies();
  const code = process.env.VSCODE_IPC_HOOK_CLI ? undefined : onPath('code'); // in a remote terminal it cannot load a checkout
  if (code && (await showInCode(code, file))) return;
  await showFromNpm(file);
}

/** The file that is asked for, as the user's own folder sees it. */
function fileToOpen() {
  const asked = process.argv[2];
  if (!asked) return SAMPLE;
  const file = resolve(process.env.INIT_CWD ?? process.cwd(), asked);
  if (!existsSync(file)) throw new Refusal(`${asked} was not found.`);
  if (!statSync(file).isFile()) throw new Refusal(`${asked} is not a file.`);
  return file;
}

/** Opens a window of the installed VS Code and stays until it is closed; false where it cannot start, as without a display. */
async function showInCode(code, file) {
  await build();
  const data = await mkdtemp(join(tmpdir(), 'sip-lens-')); // a VS Code of its own, which can be ended with this program
  await writeSettings(data);
  const args = [
    `--extensionDevelopmentPath=${ROOT}`,
    '--new-window',
    `--user-data-dir=${data}`,
    '--disable-workspace-trust',
  ];
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  console.log(`Opening ${file} in VS Code. Ctrl+C closes it.`);
  const windows = process.platform === 'win32';
  const child = spawn(code, [...args, dirname(file), file], {
    stdio: 'inherit',
    detached: !windows,
    shell: windows,
    env: { ...process.env, ...OPEN_LADDER },
  });
  stop = async () => {
    kill(-child.pid);
    kill(await mainProcess(data));
    await rm(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  const status = await new Promise((done) => child.once('error', () => done(1)).once('exit', done));
  while (status === 0 && isAlive(await mainProcess(data))) await sleep(500);
  await stop();
  stop = async () => {};
  if (status !== 0) console.log('The installed VS Code did not start.');
  return status === 0;
}

/** The process id that VS Code leaves in its folder, since its command returns as soon as the window opens. */
async function mainProcess(data) {
  return Number(await readFile(join(data, 'code.lock'), 'utf8').catch(() => Number.NaN));
}

function isAlive(pid) {
  return kill(pid, 0);
}

function kill(pid, signal = 'SIGTERM') {
  try {
    return Number.isInteger(pid) && process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Serves VS Code for a browser. Where there is none, what is printed before has to do: the problems and the ladder as text. */
async function showFromNpm(file) {
  await build();
  await printTrace(file);
  await installVscode();
  const vscode = await launch({ extension: ROOT, env: OPEN_LADDER });
  stop = vscode.stop;
  console.log(`\nThe ladder in VS Code: ${addressOf(vscode.url, file)}\nCtrl+C ends it.`);
  await vscode.exited;
}

function build() {
  return run(process.execPath, ['esbuild.mjs', '--quiet']);
}

async function printTrace(file) {
  for (const command of ['lint', 'ladder']) {
    console.log(`\n$ sip-lens ${command} ${file}\n`);
    await run(process.execPath, ['dist/cli.mjs', command, file]).catch(() => {}); // lint ends with 1 where it finds errors
  }
}

function addressOf(url, file) {
  const there = (path) => `vscode-remote://${new URL(url).host}${pathToFileURL(path).pathname}`;
  const payload = JSON.stringify([['openFile', there(file)]]);
  return `${url}/?${new URLSearchParams({ folder: dirname(file), payload })}`;
}

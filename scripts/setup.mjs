// Gets a checkout ready with nothing but Node and npm. Uses Node's own modules only: it runs before `npm ci`.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const OLDEST_NODE = 20;
const MARK = join(ROOT, 'node_modules/.installed');

/** Something the user can act on: shown as it is, without a stack trace. */
export class Refusal extends Error {}

/** Installs the dependencies unless what package-lock.json asks for is there already. */
export async function installDependencies() {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE)
    throw new Refusal(`SIP Lens needs Node ${OLDEST_NODE} or newer; this is Node ${process.versions.node}.`);
  const wanted = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === wanted) return;
  console.log('Installing dependencies…');
  await npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(MARK, wanted);
}

/** Runs npm: the one that runs this script, or the one on the PATH. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return run(process.execPath, [cli, ...args], options);
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** Runs a program of a dependency, as `tsc`, by its file in node_modules. */
export function tool(file, args, options) {
  return run(process.execPath, [join(ROOT, 'node_modules', file), ...args], options);
}

/** Runs a program to its end, in the checkout's folder, on this terminal; its failure is a refusal. It does not outlive this one. */
export function run(command, args, options = {}) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], ...options });
    const end = () => child.kill();
    process.once('exit', end);
    child.once('error', (error) => failed(new Refusal(`${command} cannot be started: ${error.message}`)));
    child.once('exit', (code, signal) => {
      process.off('exit', end);
      if (code === 0) done();
      else failed(new Refusal(`${[command, ...args].join(' ')} ended with ${signal ?? `exit code ${code}`}.`));
    });
  });
}

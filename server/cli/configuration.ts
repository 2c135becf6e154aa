import { LineMap } from '../engine/base/text.ts';
import { CONFIGURATION_FILE, type Configuration, readConfiguration } from '../engine/configuration.ts';
import { Failure, type Io } from './command.ts';

/**
 * Gives the configuration of a file: the one that the user names (`none`: none), or the nearest. Each is read once, and what is wrong in it is
 * told on standard error; one that cannot be read at all is a `Failure`, since nobody would know how the file was judged.
 */
export function configurations(wanted: string | undefined, io: Io): (path: string) => Promise<Configuration> {
  const known = new Map<string, Configuration>();
  return async (path) => {
    const file = await find(wanted, path, io);
    if (!file) return { levels: {}, problems: [] };
    const read = known.get(file.path) ?? checked(file, io);
    known.set(file.path, read);
    return read;
  };
}

async function find(wanted: string | undefined, path: string, io: Io): Promise<{ path: string; text: string } | null> {
  if (wanted === 'none') return null;
  return wanted === undefined ? io.nearest(path, CONFIGURATION_FILE) : { path: wanted, text: await io.text(wanted) };
}

function checked({ path, text }: { path: string; text: string }, io: Io): Configuration {
  const configuration = readConfiguration(text);
  const map = new LineMap(text);
  const told = configuration.problems.map(({ from, severity, message }) => {
    const { line, character } = map.position(from);
    return { severity, text: `${path}:${line + 1}:${character + 1}: ${severity}: ${message}` };
  });
  const grave = told.find(({ severity }) => severity === 'error');
  if (grave) throw new Failure(grave.text);
  for (const one of told) io.warn(one.text);
  return configuration;
}

import { readArguments } from './arguments.ts';
import { Failure, type Io } from './command.ts';
import { commands } from './commands.ts';
import { helpText } from './help.ts';

/** What the program may do. */
export type World = Io;

/** Runs the command line. Gives the exit status: 0 done, 1 errors found by `lint`, 2 wrong usage or unreadable. Never throws. */
export async function runCli(words: readonly string[], world: World): Promise<number> {
  try {
    return await run(words, world);
  } catch (error) {
    world.warn(error instanceof Failure ? error.message : `this is a bug in sip-lens: ${String(error)}`);
    return 2;
  }
}

async function run(words: readonly string[], world: World): Promise<number> {
  const wish = readArguments(words, commands);
  if (wish.kind === 'version') await world.print(`sip-lens ${world.version}\n`);
  if (wish.kind === 'help') await world.print(helpText(wish.command, commands));
  if (wish.kind !== 'run') return 0;
  if (wish.output === null) return wish.command.run(wish.args, world);
  const parts: (string | Uint8Array)[] = [];
  const io: Io = { ...bound(world), print: async (text) => void parts.push(text) };
  const status = await wish.command.run(wish.args, io);
  const [first] = parts;
  await world.write(wish.output, parts.length === 1 && first instanceof Uint8Array ? first : parts.join(''));
  return status;
}

function bound(world: World): Io {
  return {
    version: world.version,
    write: (path, text) => world.write(path, text),
    text: (path) => world.text(path),
    bytes: (path) => world.bytes(path),
    nearest: (path, name) => world.nearest(path, name),
    way: (from, to) => world.way(from, to),
    print: (part) => world.print(part),
    warn: (text) => world.warn(text),
    secret: () => world.secret(),
  };
}

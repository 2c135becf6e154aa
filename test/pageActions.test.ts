import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { commandOf, pageActions } from '../server/view/pageActions.ts';

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category: string;
  readonly enablement?: string;
}

const FILE = fileURLToPath(new URL('../package.json', import.meta.url));
const LADDER_IN_FRONT = "activeWebviewPanelId == 'sipLens.ladder' || activeCustomEditorId =~ /^sipLens\\.ladderEditor/";
const isGenerated = ({ command }: { command: string }) => command.startsWith('sipLens.ladder.');

test('every action of the page is a command while a ladder is in front', () => {
  const manifest = JSON.parse(readFileSync(FILE, 'utf8'));
  const { contributes } = manifest;
  const own = pageActions.filter(([, { command }]) => !command);
  const generated: Command[] = own.map(([id, { title }]) => {
    return { command: commandOf(id), title, category: 'SIP Lens', enablement: LADDER_IN_FRONT };
  });
  const hidden = own
    .filter(([, { inPalette }]) => inPalette === false)
    .map(([id]) => ({ command: commandOf(id), when: 'false' }));
  const commands = [...contributes.commands.filter((one: Command) => !isGenerated(one)), ...generated];
  const palette = [...contributes.menus.commandPalette.filter((one: Command) => !isGenerated(one)), ...hidden];
  if (process.env.UPDATE) {
    contributes.commands = commands;
    contributes.menus.commandPalette = palette;
    writeFileSync(FILE, `${JSON.stringify(manifest, null, 2)}\n`);
  } else {
    assert.deepEqual(contributes.commands, commands, 'run this test with UPDATE=1');
    assert.deepEqual(contributes.menus.commandPalette, palette, 'run this test with UPDATE=1');
  }
  const known = new Set(commands.map(({ command }) => command));
  assert.deepEqual(
    pageActions.map(([id]) => commandOf(id)).filter((command) => !known.has(command)),
    [],
    'the command of every action is one of package.json',
  );
});

test('no key means two things in one place', () => {
  const places = pageActions.flatMap(([id, { keys, where }]) =>
    where.flatMap((place) => keys.map((key) => ({ id, key, place }))),
  );
  const meets = (one: string, other: string) => one === other || one === 'page' || other === 'page';
  const clashes = places.flatMap((one, at) =>
    places
      .slice(at + 1)
      .filter((other) => other.key === one.key && meets(one.place, other.place))
      .map((other) => `${one.key}: ${one.id}, ${other.id}`),
  );
  assert.deepEqual(clashes, []);
});

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { allRules } from '../server/engine/rules/all.ts';
import { keyName, pageActions } from '../server/view/pageActions.ts';

const README = fileURLToPath(new URL('../README.md', import.meta.url));

/** What the README lists of the manifest. */
interface Manifest {
  readonly contributes: {
    readonly commands: readonly { title: string; category: string }[];
    readonly snippets: readonly { language: string; path: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

interface Setting {
  readonly default: unknown;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
}

const { contributes } = readJson<Manifest>('package.json');

for (const [name, section] of Object.entries({
  rules: rulesSection,
  snippets: snippetsSection,
  settings: settingsSection,
  'ladder actions': actionsSection,
}))
  test(`the README lists the ${name} as they are`, () => {
    const text = readFileSync(README, 'utf8');
    const wanted = text.replace(
      new RegExp(`(?<=<!-- ${name}: .* -->\\n)[\\s\\S]*?(?=<!-- end of ${name} -->)`),
      section,
    );
    if (process.env.UPDATE) writeFileSync(README, wanted);
    else assert.equal(text, wanted, 'run this test with UPDATE=1');
  });

test('the README lists every command', () => {
  const rows = readFileSync(README, 'utf8').matchAll(/^\| \*([^*|]+)\*[^|]*\|/gm);
  const titles = contributes.commands.map(({ title }) => title);
  assert.deepEqual([...rows].map(([, title]) => title).sort(), titles.sort());
});

function rulesSection(): string {
  const sorted = [...allRules].sort((a, b) => (a.id < b.id ? -1 : 1));
  const rows = sorted.map(({ id, group, title, severity: { strict, trace, ms, doc }, spec }) =>
    [`\`${id}\``, plain(title), strict, trace, ms, doc, `\`${group}\``, plain(spec)].join(' | '),
  );
  return [
    `\n${rows.length} rules, with the severity that each has by profile. Where two profiles apply, the milder one counts. [docs/rules](docs/rules/README.md) has a page for each, with examples.\n`,
    '<details><summary>All rules</summary>\n',
    'rule | what it checks | strict | trace | ms | doc | group | source',
    '---|---|---|---|---|---|---|---',
    ...rows,
    '\n</details>\n\n',
  ].join('\n');
}

function snippetsSection(): string {
  const paths = new Set(contributes.snippets.map(({ path }) => path));
  const rows = [...paths].flatMap((path) => {
    const languages = contributes.snippets.filter((one) => one.path === path).map(({ language }) => `\`${language}\``);
    const all = Object.values(readJson<Record<string, { prefix: string; description: string }>>(path));
    return all.map(({ prefix, description }) => `\`${prefix}\` | ${languages.join(', ')} | ${plain(description)}`);
  });
  const count = `\n${rows.length} snippets: type the first letters where the document begins, in a message its body.\n`;
  const table = ['snippet | languages | what it is', '---|---|---', ...rows];
  return [count, '<details><summary>All snippets</summary>\n', ...table, '\n</details>\n\n'].join('\n');
}

function settingsSection(): string {
  const rows = Object.entries(contributes.configuration.properties).map(
    ([id, setting]) => `\`${id}\` | \`${JSON.stringify(setting.default)}\` | ${told(setting)}`,
  );
  return ['', 'setting | default | what it is', '---|---|---', ...rows, '\n'].join('\n');
}

/** The actions of the ladder that have a command of their own. */
function actionsSection(): string {
  const own = pageActions.filter(([, { command }]) => !command);
  const rows = own.map(([, { title, hint = '', keys }]) => {
    const names = keys.map((key) => `\`${keyName(key)}\``).join(', ');
    return `| *${title}* | ${names} | ${plain(hint)} |`;
  });
  return ['', '| action | key in the ladder | |', '|---|---|---|', ...rows, '\n'].join('\n');
}

function told({ description, markdownDescription, enum: values = [], enumDescriptions = [] }: Setting): string {
  const each = values.map((value, index) => `\`${value}\`: ${plain(enumDescriptions[index] ?? '')}`);
  return [markdownDescription ?? plain(description ?? ''), ...each].join('<br>');
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'));
}

/** Text in which nothing is markup for the page. */
function plain(text: string): string {
  return text.replace(/[|*_<[\\]/g, '\\$&');
}

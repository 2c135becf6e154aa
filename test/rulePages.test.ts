import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { sources } from '../server/engine/base/markdown.ts';
import { PAGES, ruleUrl } from '../server/engine/base/rulePage.ts';
import { dedent } from '../server/engine/base/testing.ts';
import { allRules } from '../server/engine/rules/all.ts';
import { RULE_GROUPS, ruleGroups } from '../server/engine/rules/groups.ts';
import type { Rule } from '../server/engine/rules/rule.ts';

// A page for each rule, made of the rule itself. UPDATE=1 writes them.
const FOLDER = new URL(`../${PAGES}/`, import.meta.url);
const pages = new Map([['README.md', index()], ...allRules.map((rule) => [`${rule.id}.md`, page(rule)] as const)]);

test('each rule has its page, and no page is of another day', () => {
  if (process.env.UPDATE) {
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
    for (const [name, text] of pages) writeFileSync(new URL(name, FOLDER), text);
  }
  const there = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  assert.deepEqual(there.sort(), [...pages.keys()].sort(), 'run this test with UPDATE=1');
  const stale = [...pages].filter(([name, text]) => readFileSync(new URL(name, FOLDER), 'utf8') !== text);
  assert.deepEqual(
    stale.map(([name]) => name),
    [],
    'run this test with UPDATE=1',
  );
});

test('a diagnostic links the page of its rule where the repository is known, else that of its source', () => {
  const [id, spec] = ['uri-escape', 'RFC 3261 §19.1.2'];
  for (const repository of ['git+https://git.example.org/x/sip-lens.git', 'https://git.example.org/x/sip-lens/'])
    assert.equal(
      ruleUrl(id, spec, repository),
      'https://git.example.org/x/sip-lens/blob/main/docs/rules/uri-escape.md',
    );
  assert.equal(ruleUrl(id, spec, ''), 'https://www.rfc-editor.org/rfc/rfc3261#section-19.1.2');
  assert.equal(ruleUrl(id, undefined, 'javascript:alert(1)'), null);
});

function page(rule: Rule): string {
  const { strict, trace, ms, doc } = rule.severity;
  return `${[
    `# ${rule.id}`,
    plain(rule.title),
    `Group \`${rule.group}\` (${RULE_GROUPS[rule.group]}). Source: ${sources(rule.spec)}.`,
    ['strict | trace | ms | doc', '---|---|---|---', [strict, trace, ms, doc].join(' | ')].join('\n'),
    '## What it finds, and why it matters',
    fenced(rule.bad),
    rule.scope === 'document' && rule.alone
      ? `In a document of its own, without a message around it, it is shown as ${rule.alone}.`
      : '',
    '## What it is silent on',
    fenced(rule.good),
    '## What may be done',
    rule.fix ? 'A quick fix mends it.' : '',
    `Another severity, for a project in \`.sip-lens.json\`: \`{ "rules": { "${rule.id}": "off" } }\`. For one place:`,
    `\`\`\`text\n${silencing(rule)}\n\`\`\``,
    `[All rules](README.md)`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function silencing({ id, scope }: Rule): string {
  const comment = `// sip-lens-disable-next-message ${id}`;
  return scope === 'document' ? `${comment}\n<!-- sip-lens-disable ${id} -->` : comment;
}

function index(): string {
  const sections = ruleGroups.map((group) => {
    const rules = allRules.filter((rule) => rule.group === group);
    const rows = rules.map(({ id, title, severity: { strict, trace, ms, doc } }) =>
      [`[${id}](${id}.md)`, plain(title), strict, trace, ms, doc].join(' | '),
    );
    const head = ['rule | what it checks | strict | trace | ms | doc', '---|---|---|---|---|---'];
    return `## ${RULE_GROUPS[group]} (\`${group}\`)\n\n${[...head, ...rows].join('\n')}\n`;
  });
  const about =
    'Severities by profile; where two profiles apply, the milder one counts. These pages are made of the rules: `UPDATE=1 node --import tsx --test test/rulePages.test.ts`.';
  return `# ${allRules.length} rules\n\n${about}\n\n${sections.join('\n')}`;
}

/** An example, its long repetitions left out, and CRs to be seen; what is reported stands under `^^^`. */
function fenced(text: string): string {
  const lines = dedent(text).trimEnd().replaceAll('\r', '␍').split('\n');
  const shown = lines.filter((line, at) => at < 3 || line !== lines[at - 1] || line !== lines[at - 2]);
  const fence = shown.some((line) => line.includes('```')) ? '~~~~' : '```';
  return `${fence}text\n${shown.join('\n')}\n${fence}`;
}

/** Text in which nothing is markup for the page. */
function plain(text: string): string {
  return text.replace(/[|*_<[\\]/g, '\\$&');
}

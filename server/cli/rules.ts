import { specUrl } from '../engine/base/spec.ts';
import { dedent } from '../engine/base/testing.ts';
import { allRules } from '../engine/rules/all.ts';
import { type Command, columns, formatOf, json } from './command.ts';

/** `rules`: every rule, what it checks and where it stands. */
export const rules: Command = {
  name: 'rules',
  usage: 'rules',
  about: 'every rule: its severities, what it checks, its source',
  formats: ['text', 'json'],
  files: [0, 0],
  async run(args, io) {
    const sorted = [...allRules].sort((a, b) => (a.id < b.id ? -1 : 1));
    await io.print(formatOf(args, rules) === 'json' ? asJson(sorted) : asText(sorted));
    return 0;
  },
};

function asJson(sorted: typeof allRules): string {
  const list = sorted.map(({ id, title, severity, spec, scope, good, bad, group }) => ({
    id,
    severity,
    title,
    spec,
    url: specUrl(spec),
    scope,
    good: dedent(good),
    bad: dedent(bad),
    group,
  }));
  return json({ version: 1, rules: list });
}

function asText(sorted: typeof allRules): string {
  const head = ['rule', 'strict', 'trace', 'ms', 'doc', 'group', 'what it checks'];
  const rows = sorted.map(({ id, group, severity: { strict, trace, ms, doc }, title, spec }) => [
    id,
    strict,
    trace,
    ms,
    doc,
    group,
    `${title} (${spec})`,
  ]);
  return columns([head, ...rows]);
}

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { buildLadder, lintText } from '../engine.ts';
import { markdownLadder } from './markdown.ts';

const TEXT = 'OPTIONS sip:bob@example.com SIP/2.0\nCall-ID: one\nCSeq: 1 OPTIONS\nMax-Forwards: x\n\n';

async function reportOf(file: string, times = 1): Promise<string> {
  const { reading, lint } = await lintText(TEXT);
  const problems = Array.from({ length: times }, () => lint.problems).flat();
  return markdownLadder({ ladder: buildLadder(reading, problems), ...reading, problems, file });
}

it('whatever a file is called, a link to it leads to that file', async () => {
  for (const [file, target] of [
    ['javascript:alert(1).sip', 'javascript%3aalert%281%29.sip'],
    ['a: b.log', 'a%3a%20b.log'],
    ['logs/\ud800.sip', 'logs/%EF%BF%BD.sip'],
    ['a\\b.sip', 'a%5Cb.sip'],
  ] as const) {
    const targets = [...(await reportOf(file)).matchAll(/\]\(([^)]*)#L1\)/g)].map(([, one]) => one);
    assert.ok(targets.length > 0);
    assert.deepEqual([...new Set(targets)], [target]);
  }
});

it('a problem that is there very often is told once', async () => {
  const problems = (report: string) => report.slice(report.indexOf('## Problems'));
  assert.equal(problems(await reportOf('a.sip', 100_000)), problems(await reportOf('a.sip')));
});

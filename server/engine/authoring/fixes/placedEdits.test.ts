import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type LintOptions, lintText } from '../../engine.ts';
import { allRules } from '../../rules/all.ts';
import { traceSource } from '../testing.ts';
import { fixesFor } from './fixes.ts';

const OPTIONS: LintOptions = {
  profile: 'strict',
  levels: Object.fromEntries(allRules.map(({ id }) => [id, 'warning'])),
};
const MESSAGE = [
  'OPTIONS sip:bob@example.org SIP/2.0',
  'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=1',
  'From: <sip:alice@example.org>',
  'To: sip:bob@example.org',
  'Call-ID: 1',
  'CSeq: 1 INVITE',
  'Expires: soon',
  '',
  '',
].join('\r\n');
const digits = Array.from(Buffer.from(MESSAGE), (byte) => byte.toString(16).padStart(2, '0'));

/** What is said of a message, and the edits that are offered for it. */
async function offered(text: string): Promise<{ problems: number; edits: number }> {
  const { lint } = await lintText(text, OPTIONS);
  const source = traceSource(text);
  const fixes = lint.problems.flatMap((problem) => fixesFor(source, problem));
  return { problems: lint.problems.length, edits: fixes.flatMap(({ edits }) => edits).length };
}

describe('edits of a message', () => {
  it('are offered where its text stands', async () => {
    const { problems, edits } = await offered(MESSAGE);
    assert.ok(problems > 5 && edits > 3, `${problems} ${edits}`);
  });

  it('are not offered where its bytes stand as digits', async () => {
    const rows = digits.flatMap((_, at) => (at % 16 === 0 ? [digits.slice(at, at + 16).join(' ')] : []));
    const dump = rows.map((row, at) => `${(at * 16).toString(16).padStart(8, '0')}  ${row}\n`).join('');
    const json = `{"timestamp":"1","layers":{"udp":{"udp_udp_payload":"${digits.join(':')}"},"sip":{}}}\n`;
    for (const text of [`peers\n${dump}`, json]) {
      const { problems, edits } = await offered(text);
      assert.ok(problems > 5, text);
      assert.equal(edits, 0, text);
    }
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { run } from './testing.ts';

describe('lint', () => {
  it('shows the place', async () => {
    const { status, out } = await run('lint', 'bad.sip', 'good.sip');
    assert.equal(status, 1);
    assert.equal(
      out.replace(/error: .* \[/, 'error: … ['),
      `bad.sip:3:15: error: … [max-forwards-range] (RFC 3261 §20.22)
  |
3 | Max-Forwards: 300
  |               ^~~
1 error in 2 messages of 2 files
`,
    );
  });

  it('gives JSON', async () => {
    const { out } = await run('lint', 'bad.sip', '--format', 'json');
    const parsed = JSON.parse(out);
    const [diagnostic] = parsed.files[0].diagnostics;
    assert.match(diagnostic.message, /300/);
    delete diagnostic.message;
    assert.deepEqual(parsed, {
      version: 1,
      files: [
        {
          path: 'bad.sip',
          format: 'plain',
          messages: 1,
          profiles: ['strict'],
          diagnostics: [
            {
              rule: 'max-forwards-range',
              severity: 'error',
              range: { start: { line: 2, character: 14 }, end: { line: 2, character: 17 } },
              messageIndex: 1,
              spec: 'RFC 3261 §20.22',
              url: 'https://www.rfc-editor.org/rfc/rfc3261#section-20.22',
            },
          ],
        },
      ],
    });
  });

  it('takes what the configuration nearest to a file says, and options over it', async () => {
    const { status, out, err } = await run('lint', 'project/bad.sip', 'good.sip');
    assert.equal(status, 0);
    assert.match(out, /hint: Max-Forwards/);
    assert.equal(err, 'project/.sip-lens.json:1:39: warning: There is no rule or group “no-such-rule”.\n');
    assert.equal((await run('lint', 'project/bad.sip', '--config', 'none')).status, 1);
    assert.equal((await run('lint', 'bad.sip', '--config=project/.sip-lens.json')).status, 0);
    assert.equal((await run('lint', 'project/bad.sip', '--level', 'max-forwards-range=error')).status, 1);
  });

  it('does not judge by a configuration that it cannot read', async () => {
    const { status, err } = await run('lint', 'broken/good.sip');
    assert.equal(status, 2);
    assert.match(err, /^broken\/\.sip-lens\.json:1:31: error: The severity of header-values is one of error, /);
  });

  it('takes severities and a profile', async () => {
    assert.equal(
      (await run('lint', 'bad.sip', '--level', 'max-forwards-range=off')).out,
      'no problems in 1 message, judged as strict\n',
    );
    assert.equal((await run('lint', 'bad.sip', '--level=max-forwards-range=hint')).status, 0);
    assert.equal((await run('lint', 'bad.sip', '--level=header-values=hint')).status, 0, 'of a group');
    assert.match((await run('lint', 'good.sip', '--profile', 'ms')).out, /judged as ms/);
  });

  it('shows no more than it is asked for, but judges all', async () => {
    const text = await run('lint', 'bad.sip', '--max-problems', '0');
    assert.equal(text.out, 'bad.sip: 1 more not shown\n1 error in 1 message, judged as strict\n');
    assert.equal(text.status, 1);
    const { files: checked } = JSON.parse((await run('lint', 'bad.sip', '--max-problems=0', '--format=json')).out);
    assert.deepEqual([checked[0].diagnostics, checked[0].omitted], [[], 1]);
  });

  it('reads a document without SIP', async () => {
    const { status, out } = await run('lint', 'request.xml', '--format', 'json');
    const [file] = JSON.parse(out).files;
    assert.deepEqual([status, file.format, file.messages], [1, 'xml', 0]);
    assert.ok(file.diagnostics.length > 0);
    for (const { rule, messageIndex, spec, url } of file.diagnostics) {
      assert.match(rule, /^xml-/);
      assert.equal(messageIndex, null);
      assert.ok(spec && url);
    }
  });

  it('cuts a long line around the place', async () => {
    const { out } = await run('lint', 'sample.txt');
    for (const line of out.split('\n').filter((one) => /^\d* *\|/.test(one))) assert.ok(line.length < 120, line);
    assert.match(out, /\n1 warning, 9 hints in 17 messages, judged as doc \+ ms\n$/);
  });
});

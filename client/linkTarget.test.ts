import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkTarget, placesOf } from './linkTarget.ts';

test('a link names a trace by its path or its address, and a message', () => {
  const of = (query: string, fragment = '') => linkTarget({ path: '/open', query, fragment });
  assert.deepEqual(of('trace=logs/a.sip', '12'), { trace: 'logs/a.sip', isAddress: false, index: 12 });
  assert.deepEqual(of('trace=file:///c%3A/a.sip', '3'), { trace: 'file:///c%3A/a.sip', isAddress: true, index: 3 });
  assert.equal(of('trace=vscode-remote://host/a.sip').isAddress, true);
  assert.equal(of('trace=a=b&c.sip').trace, 'a=b&c.sip');
  for (const fragment of ['', '0', '-1', '1e3', 'x', '12345678901']) assert.equal(of('trace=a.sip', fragment).index, 1);
});

test('what names no trace is no link', () => {
  for (const [path, query] of [
    ['/open', ''] as const,
    ['/open', 'trace='] as const,
    ['/other', 'trace=a.sip'] as const,
  ])
    assert.throws(() => linkTarget({ path, query, fragment: '1' }), { message: 'The link names no trace.' });
});

test('a path is looked for in the folder that it begins with the name of, then as it is', () => {
  const [logs, more] = [{ name: 'logs' }, { name: 'more' }];
  assert.deepEqual(placesOf('more/a.sip', [logs, more]), [
    { folder: logs, path: 'more/a.sip' },
    { folder: more, path: 'a.sip' },
    { folder: more, path: 'more/a.sip' },
  ]);
  assert.deepEqual(placesOf('logsmore/a.sip', [logs]), [{ folder: logs, path: 'logsmore/a.sip' }]);
});

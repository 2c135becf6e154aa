import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportedWords, exportName, exportPaths } from './exportNames.ts';

test('a ladder is named after its trace, whatever that is called', () => {
  const names: [trace: string, name: string][] = [
    ['call.sip', 'call-ladder.svg'],
    ['proxy.2026-11-29.log', 'proxy.2026-11-29-ladder.svg'],
    ['capture', 'capture-ladder.svg'],
    ['Untitled-1', 'Untitled-1-ladder.svg'],
    ['.sip', 'ladder-ladder.svg'],
  ];
  for (const [trace, name] of names) assert.equal(exportName(trace, 'svg'), name);
});

test('several files are numbered before their ending, and sort in their order', () => {
  assert.deepEqual(exportPaths('/a.b/call.png', 1), ['/a.b/call.png']);
  assert.deepEqual(exportPaths('/a.b/call.png', 2), ['/a.b/call-1.png', '/a.b/call-2.png']);
  assert.deepEqual(exportPaths('/a.b/call', 2), ['/a.b/call-1', '/a.b/call-2']);
  const many = exportPaths('call.png', 120);
  assert.deepEqual([many[0], many[9], many[119]], ['call-001.png', 'call-010.png', 'call-120.png']);
  assert.deepEqual(many.toSorted(), many);
});

test('it is said where the ladder is, in one file or from the first to the last', () => {
  assert.equal(exportedWords(['call.png']), 'call.png');
  assert.equal(exportedWords(['call-1.png', 'call-2.png', 'call-3.png']), '3 files, call-1.png to call-3.png');
});

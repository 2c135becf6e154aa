import assert from 'node:assert/strict';
import path from 'node:path';
import { it } from 'node:test';
import { wayBetween } from './fileLinks.ts';

it('a report links to its trace from where it lies', () => {
  for (const [from, to, way] of [
    ['', 'a.sip', 'a.sip'],
    ['', './logs/../a b.sip', 'a b.sip'],
    ['reports/may/r.md', 'project/a.sip', '../../project/a.sip'],
    ['reports/r.md', 'reports/a.sip', 'a.sip'],
    ['/home/me/reports/r.md', '/home/me/logs/a.sip', '../logs/a.sip'],
    ['logs/r.md', 'logs/a\\b.sip', 'a\\b.sip'],
  ] as const)
    assert.equal(wayBetween(path.posix, from, to), way, `${from} ${to}`);
  const inFolderAbove = path.basename(path.resolve('.'));
  assert.equal(wayBetween(path.posix, '../r.md', 'a.sip'), `${inFolderAbove}/a.sip`);
});

it('and so it does on Windows, with backslashes, drives and shares', () => {
  for (const [from, to, way] of [
    ['', 'logs\\a.sip', 'logs/a.sip'],
    ['reports\\may\\r.md', 'project\\a.sip', '../../project/a.sip'],
    ['reports/may/r.md', 'project\\a.sip', '../../project/a.sip'],
    ['C:\\reports\\r.md', 'C:\\logs\\a.sip', '../logs/a.sip'],
    ['C:\\reports\\r.md', 'c:/Logs/a.sip', '../Logs/a.sip'],
    ['\\\\server\\share\\reports\\r.md', '\\\\server\\share\\a.sip', '../a.sip'],
    ['C:\\reports\\r.md', 'D:\\logs\\a.sip', null],
    ['C:\\reports\\r.md', '\\\\server\\share\\a.sip', null],
  ] as const)
    assert.equal(wayBetween(path.win32, from, to), way, `${from} ${to}`);
});

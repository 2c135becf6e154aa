import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  allHeaders,
  allMethods,
  applicabilityOf,
  contentTypeFacts,
  diagnosticFacts,
  eventFacts,
  headerFacts,
  headerId,
  headerSpelledLike,
  methodFacts,
  optionTagFacts,
  statusFacts,
} from './registry.ts';

describe('headers', () => {
  const rows: [string, string | undefined][] = [
    ['Via', 'Via'],
    ['v', 'Via'],
    ['V', 'Via'],
    ['CALL-ID', 'Call-ID'],
    ['ms-Diagnostics-Public', 'ms-diagnostics-public'],
    ['z', undefined],
    ['Colour', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
    ['', undefined],
  ];
  for (const [name, expected] of rows)
    it(`${name} is ${expected}`, () => assert.equal(headerFacts(name)?.name, expected));

  it('have their compact forms expanded, other names in lower case', () => {
    assert.deepEqual(['m', 'I', 'z', 'X-Foo'].map(headerId), ['contact', 'call-id', 'z', 'x-foo']);
  });
  it('are found without their hyphens', () => {
    assert.equal(headerSpelledLike('UserAgent')?.name, 'User-Agent');
    assert.equal(headerSpelledLike('P_Preferred_Identity')?.name, 'P-Preferred-Identity');
    assert.equal(headerSpelledLike('C-Seq')?.name, 'CSeq');
    assert.equal(headerSpelledLike('user-agent'), undefined);
    assert.equal(headerSpelledLike('t-'), undefined);
  });
  it('have one row each, and one compact form each', () => {
    const names = allHeaders.map((row) => row.name.toLowerCase());
    const compact = allHeaders.flatMap((row) => row.compact ?? []);
    assert.equal(new Set(names).size, names.length);
    assert.equal(new Set(compact).size, compact.length);
    assert.equal(compact.length, 19);
  });
});

describe('other lists', () => {
  it('methods are told apart by letter case', () => {
    assert.ok(methodFacts('BENOTIFY'));
    assert.equal(methodFacts('invite'), undefined);
    assert.deepEqual(
      allMethods.filter((method) => method.answered === false).map((method) => method.name),
      ['ACK', 'BENOTIFY'],
    );
  });
  it('status codes', () => {
    assert.equal(statusFacts(481)?.reason, 'Call/Transaction Does Not Exist');
    assert.equal(statusFacts(477), undefined);
    assert.equal(statusFacts(101)?.unregistered, true);
  });
  it('event packages, with and without template', () => {
    assert.equal(eventFacts('presence.winfo')?.name, eventFacts('presence')?.name);
    assert.equal(eventFacts('nothing'), undefined);
  });
  it('media types, whatever their parameters', () => {
    assert.equal(contentTypeFacts('Application/CCCP+xml; charset=utf-8')?.type, 'application/cccp+xml');
    assert.equal(contentTypeFacts('text/x-none'), undefined);
  });
  it('option tags, in any letter case', () => assert.equal(optionTagFacts('100REL')?.name, '100rel'));
  it('diagnostics by id and by range', () => {
    assert.ok(diagnosticFacts(3118).component);
    assert.deepEqual(diagnosticFacts(99_999_999), {});
  });
  it('where a header belongs', () => {
    assert.equal(applicabilityOf('Accept', 'ACK', 'R'), '-');
    assert.equal(applicabilityOf('Accept', 'OPTIONS', 200), 'm*');
    assert.equal(applicabilityOf('X-Foo', 'BYE', 'R'), undefined);
  });
});

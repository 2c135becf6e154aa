import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dateFault } from './date.ts';

// A date, what is marked in it, and how it is told; nothing where it is as SIP asks.
const ROWS: [string, string?, string?][] = [
  ['Sat, 13 Nov 2010 23:29:00 GMT'],
  ['Thu, 29 Feb 2024 00:00:60 GMT'],
  ['2010-11-13', '2010-11-13', 'Date must be written as in “Sat, 13 Nov 2010 23:29:00 GMT”, not “2010-11-13”.'],
  [
    'sat, 13 nov 2010 23:29:00 gmt',
    'sat, 13 nov 2010 23:29:00 gmt',
    'Date must be written as in “Sat, 13 Nov 2010 23:29:00 GMT”, not “sat, 13 nov 2010 23:29:00 gmt”.',
  ],
  ['Fri, 01 Jan 2010 16:00:00 EST', 'EST', 'The time zone of Date must be GMT, not “EST”.'],
  ['Sat, 13 Nov 2010 23:29:00 +0000', '+0000', 'The time zone of Date must be GMT, not “+0000”.'],
  ['Mon, 13 Nov 2010 23:29:00 GMT', 'Mon', '13 Nov 2010 is a Sat, not a Mon.'],
  ['Wed, 29 Feb 2023 00:00:00 GMT', '29 Feb 2023', 'There is no day “29 Feb 2023”.'],
  ['Sat, 13 Nov 2010 24:29:00 GMT', '24:29:00', 'There is no time “24:29:00”.'],
  ['Sat, 13 Nvm 2010 23:29:00 GMT', '13 Nvm 2010', 'There is no day “13 Nvm 2010”.'],
];

describe('dates', () => {
  for (const [value, marked, text] of ROWS)
    it(value, () => {
      const fault = dateFault(value);
      assert.equal(fault ? value.slice(fault.at.from, fault.at.to) : undefined, marked);
      assert.equal(fault?.text, text);
    });
  it('an offset from GMT, or another name of it, is a small fault', () => {
    for (const zone of ['UTC', 'UT', 'Z', '-0500', '+01:00'])
      assert.equal(dateFault(`Sat, 13 Nov 2010 23:29:00 ${zone}`)?.most, 'info');
    assert.equal(dateFault('Sat, 13 Nov 2010 23:29:00 EST')?.most, undefined);
  });
});

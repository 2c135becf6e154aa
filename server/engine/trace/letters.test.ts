import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lettersAt } from './headValues.ts';
import * as letters from './letters.ts';

test('the numbers spell the letters', () => {
  const { TO, ...others } = letters;
  const names = {
    VIA: 'Via:',
    FROM: 'From',
    CALL: 'Call',
    CSEQ: 'CSeq',
    CONTENT: 'Cont',
    TYPE: 'Type',
    LENGTH: 'Leng',
  };
  const spelled = { ...names, ROUTE: 'Rout', BRANCH: 'bran' };
  const numbers = Object.entries(spelled).map(([name, text]) => [name, lettersAt(Buffer.from(text), 0)]);
  assert.deepEqual({ ...others }, Object.fromEntries(numbers));
  assert.equal(lettersAt(Buffer.from('To: '), 0) & 0xffffff, TO);
});

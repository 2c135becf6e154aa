import assert from 'node:assert/strict';
import { it } from 'node:test';
import { identity } from './values.ts';

const SAME: [string, string][] = [
  ['sip:alice@Contoso.com', 'sips:alice@contoso.com:5061;transport=tls'],
  ['sip:alice:secret@contoso.com', 'sip:alice@contoso.com?Subject=x'],
  ['sip:[2001:db8::1]:5060', 'sip:[2001:DB8::1]'],
  ['sip:a@h;gruu;opaque=app:conf:focus:id:7ECB', 'sip:a@h;OPAQUE=app:conf:focus:id:7ecb;gruu'],
  ['tel:+1555', 'TEL:+1555;phone-context=x'],
];
const DIFFERENT: [string, string][] = [
  ['sip:alice@contoso.com', 'sip:Alice@contoso.com'],
  ['sip:a@h;gruu;opaque=app:conf:focus:id:1', 'sip:a@h;gruu;opaque=app:conf:chat:id:1'],
  ['sip:a@h;gruu;opaque=app:conf:focus:id:1', 'sip:a@h'],
  ['sip:1555@h', 'tel:1555'],
];

for (const [a, b] of SAME) it(`${a} is ${b}`, () => assert.equal(identity(a), identity(b)));
for (const [a, b] of DIFFERENT) it(`${a} is not ${b}`, () => assert.notEqual(identity(a), identity(b)));

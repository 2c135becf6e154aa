import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { lintDocument } from './document.ts';
import { lintText } from './engine.ts';
import { provideSchemas } from './xml/schemas.ts';

provideSchemas((file) => readFileSync(new URL(`../schemas/${file}`, import.meta.url), 'utf8'));

const OPTIONS = { profile: 'strict', levels: {} } as const;
/** Lacks Max-Forwards, and has a Priority that nobody knows. */
const message = (number: number, more = '') =>
  [
    'MESSAGE sip:bob@example.org SIP/2.0',
    `Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK${number}`,
    'From: <sip:alice@example.org>;tag=1',
    'To: <sip:bob@example.org>',
    `Call-ID: ${number}@example.org`,
    'CSeq: 1 MESSAGE',
    'Q: none',
    `Priority: soon${more}`,
    'Content-Length: 0',
    '\n',
  ].join('\n');

/** The rules that speak, each with the number of its message. */
async function spoken(text: string): Promise<string[]> {
  const { lint } = await lintText(text, OPTIONS);
  const wanted = ['max-forwards-missing', 'priority-value'];
  return lint.problems
    .filter(({ rule }) => wanted.includes(rule))
    .map(({ rule, messageIndex }) => `${messageIndex} ${rule}`);
}

const BOTH = ['1 max-forwards-missing', '1 priority-value', '2 max-forwards-missing', '2 priority-value'];

describe('comments between the messages of a trace', () => {
  for (const [what, text, expected] of [
    ['there is none', message(1) + message(2), BOTH],
    ['one rule from there on', `${message(1)}// sip-lens-disable priority-value\n${message(2)}`, BOTH.slice(0, 3)],
    [
      'one rule for the next message',
      `// sip-lens-disable-next-message priority-value -- as the phone sends it\n${message(1)}${message(2)}`,
      [BOTH[0], BOTH[2], BOTH[3]],
    ],
    ['all rules for the next message', `# sip-lens-disable-next-message\n${message(1)}${message(2)}`, BOTH.slice(2)],
    [
      'a group, and on again',
      `// sip-lens-disable header-presence, sdp\n${message(1)}// sip-lens-enable header-presence\n${message(2)}`,
      [BOTH[1], BOTH[2], BOTH[3]],
    ],
    [
      'all but one rule',
      `// sip-lens-disable\n// sip-lens-enable priority-value\n${message(1)}${message(2)}`,
      [BOTH[1], BOTH[3]],
    ],
    ['in a message: that is the sender’s', message(1, '\n// sip-lens-disable') + message(2), BOTH],
  ] as const)
    it(what, async () => assert.deepEqual(await spoken(text), expected));
});

it('a comment for the checks is no caption of the message below it', async () => {
  const { reading } = await lintText(`# Alice writes.\n// sip-lens-disable-next-message sdp\n${message(1)}`, OPTIONS);
  assert.deepEqual(reading.trace.captions(0), ['Alice writes.']);
});

it('a comment that names no rule is told of', async () => {
  const text = `// sip-lens-disable priority-valu, sdp -- why not\n${message(1)}`;
  const { lint } = await lintText(text, OPTIONS);
  const [first] = lint.problems;
  assert.equal(text.slice(first!.from, first!.to), 'priority-valu');
  assert.equal(first!.message, 'There is no rule or group “priority-valu”: is priority-value meant?');
  assert.equal(lint.problems.filter(({ rule }) => rule === first!.rule).length, 1);
});

describe('comments in an XML document', () => {
  const room = (before: string, after = '') => `${before}<conference-info xmlns="urn:ietf:params:xml:ns:conference-info"
    entity="sip:r@example.org" state="full" version="1">${after}<users state="deleted"/></conference-info>`;
  const rules = async (text: string) => ((await lintDocument(text, OPTIONS)) ?? []).map(({ rule }) => rule);

  it('turn a rule off up to where it is turned on', async () => {
    const all = await rules(room(''));
    assert.ok(all.includes('confinfo-full-incomplete') && all.includes('confinfo-child-state'), String(all));
    const off = await rules(room('<!-- sip-lens-disable confinfo-full-incomplete -->\n'));
    assert.deepEqual(
      off,
      all.filter((rule) => rule !== 'confinfo-full-incomplete'),
    );
    const both = await rules(room('<!-- sip-lens-disable -->', '<!-- sip-lens-enable conferences -->'));
    assert.ok(both.includes('confinfo-child-state') && !both.includes('confinfo-full-incomplete'), String(both));
  });
});

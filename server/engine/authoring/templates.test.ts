import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lintDocument } from '../document.ts';
import { lintText } from '../engine.ts';
import { COMMANDS } from '../flow/fragments.ts';
import { beginning } from './beginning.ts';
import { DEFAULT_INPUT, type TemplateInput, templates } from './templates.ts';

const OTHER_INPUT: TemplateInput = {
  conference: 'sip:o&m@example.org;gruu;opaque=app:conf:focus:id:A"B<1>',
  user: 'sip:zoë@example.org?a=1&b=2',
  from: 'sips:bob.of.example@example.org',
  requestId: '4711',
  unique: '00112233445566778899aabbccddeeff',
};

test('there is a template for each command, and for the notifications', () => {
  const ids = (kind: string) => templates().flatMap((one) => (one.kind === kind ? [one.id] : []));
  assert.deepEqual(ids('request').sort(), [...COMMANDS].sort());
  assert.deepEqual(ids('notification'), ['full state', 'user joined', 'user left', 'conference ended']);
});

describe('nothing is to be said against a template', () => {
  for (const template of templates())
    test(template.id, async () => {
      assert.deepEqual(complaints(await lintDocument(template.document(DEFAULT_INPUT), STRICT)), []);
      assert.deepEqual(complaints(await lintDocument(template.document(OTHER_INPUT), STRICT)), []);
      for (const profile of ['strict', 'auto', 'ms'] as const) {
        const { lint } = await lintText(template.message(DEFAULT_INPUT), { profile, levels: {} });
        assert.deepEqual(complaints(lint.problems), [], profile);
      }
    });
});

test('only what a template uses is asked for', () => {
  const blanksOf = (id: string) => templates().find((one) => one.id === id)?.blanks;
  assert.deepEqual(blanksOf('deleteUser'), ['conference', 'from', 'user']);
  assert.deepEqual(blanksOf('getConference'), ['conference', 'from']);
  assert.deepEqual(blanksOf('conference ended'), ['conference']);
});

test('commands about a server go to the factory of the organizer', () => {
  const template = templates().find((one) => one.id === 'getConferencingCapabilities');
  assert.match(
    template?.message(DEFAULT_INPUT) ?? '',
    /^SERVICE sip:alice@contoso\.com;gruu;opaque=app:conf:focusfactory SIP\/2\.0\n/,
  );
});

const STRICT = { profile: 'strict', levels: {} } as const;

function complaints(problems: Awaited<ReturnType<typeof lintDocument>>): string[] {
  assert.ok(problems);
  const counted = problems.filter(({ severity }) => severity === 'error' || severity === 'warning');
  return counted.map(({ rule, message }) => `${rule}: ${message}`);
}

test('a template begins with what the text before is about', () => {
  const conference = 'sip:dave@example.org;gruu;opaque=app:conf:focus:id:X1';
  const text = `<request to="${conference}" requestId="41"><userKeys confEntity="${conference}" userEntity="sip:erin@example.org"/>`;
  const { unique, ...input } = beginning(text);
  assert.equal(unique, DEFAULT_INPUT.unique);
  assert.deepEqual(input, { conference, from: 'sip:dave@example.org', user: 'sip:erin@example.org', requestId: '42' });
  assert.deepEqual(beginning(''), DEFAULT_INPUT);
});

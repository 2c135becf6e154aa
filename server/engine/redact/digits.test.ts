import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readText } from '../trace/text.ts';
import { isInDigits } from './digits.ts';
import { redactText } from './redact.ts';

const fixture = (name: string) =>
  readText(readFileSync(new URL(`../../fixtures/traces/${name}`, import.meta.url), 'latin1'));

describe('messages that stand in digits', () => {
  for (const name of ['tcpdump-x/udp.txt', 'wireshark-json/udp.json', 'wireshark-follow-bytes/udp-yaml.txt'])
    it(`are redacted as plain text: ${name}`, () => {
      const trace = fixture(name);
      assert.equal(isInDigits(trace), true);
      const again = readText(redactText(trace, 'key'));
      assert.equal(again.format, 'plain');
      assert.equal(again.count, trace.count);
      const users = /<?sip:([a-z]{4,})@/.exec(trace.message(0).text)!;
      assert.equal(again.text.includes(users[1]!), false, users[1]);
      assert.equal(again.text.includes(Buffer.from(users[1]!).toString('hex')), false);
    });

  it('are no other messages, however they are prefixed or folded', () => {
    for (const name of ['ms-ocslogger/clslogger-from-facts.log', 'kamailio-xlog/rsyslog-escaped.log'])
      assert.equal(isInDigits(fixture(name)), false, name);
    assert.equal(isInDigits(readText('OPTIONS sip:b@h SIP/2.0\nFrom:\n <sip:alice@h>;tag=1\nCall-ID: 1\n\n')), false);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { annotate } from './base/testing.ts';
import { applied } from './base/text.ts';
import { configured, readConfiguration, withLevel } from './configuration.ts';
import { lintText } from './engine.ts';
import { allRules } from './rules/all.ts';
import { RULE_GROUPS } from './rules/groups.ts';

describe('readConfiguration', () => {
  it('reads severities by rule and by group, and the profile', () => {
    const text = '{"$schema": "x", "profile": "ms", "rules": {"sdp": "off", "sdp-order": "error"} }';
    const { profile, levels, problems } = readConfiguration(text);
    assert.deepEqual([profile, levels, problems], ['ms', { sdp: 'off', 'sdp-order': 'error' }, []]);
  });

  it('says what makes no sense, and leaves it out', () => {
    const text = `{
  "profil": "ms",
  "profile": 7,
  "rules": {
    "sdp-ordr": "off",
    "uris": "loud",
    "max-forwards-missing": "hint"
  }
}`;
    const { levels, problems } = readConfiguration(text);
    assert.deepEqual(levels, { 'max-forwards-missing': 'hint' });
    assert.equal(
      annotate(text, problems),
      `{
  "profil": "ms",
  ^^^^^^^^ There is no setting “profil”: is profile meant?
  "profile": 7,
             ^ The profile is one of auto, strict, trace, ms, doc.
  "rules": {
    "sdp-ordr": "off",
    ^^^^^^^^^^ There is no rule or group “sdp-ordr”: is sdp-order meant?
    "uris": "loud",
            ^^^^^^ The severity of uris is one of error, warning, info, hint, off.
    "max-forwards-missing": "hint"
  }
}`,
    );
  });

  it('tells where a file cannot be read, and takes nothing from it', () => {
    const { levels, problems } = readConfiguration('{"rules": {"sdp": "off"');
    assert.deepEqual(levels, {});
    assert.deepEqual(problems, [{ from: 23, to: 23, severity: 'error', message: 'A comma or } is expected here.' }]);
    for (const text of ['', '[]', '"x"', '{"rules": []}', '{"rules": {"__proto__": "off"}}'])
      assert.equal(readConfiguration(text).problems.length, 1, text);
  });
});

describe('severities', () => {
  const text = `INVITE sip:bob@example.org SIP/2.0
Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1
From: <sip:alice@example.org>;tag=1
To: <sip:bob@example.org>
Call-ID: 1@example.org
CSeq: 1 INVITE
Priority: soon
`;
  const shown = async (levels: Parameters<typeof configured>[1]['levels']) => {
    const { lint } = await lintText(text, { profile: 'strict', levels });
    return Object.fromEntries(lint.problems.map(({ rule, severity }) => [rule, severity]));
  };

  it('of a group count for its rules, unless a rule has its own', async () => {
    const all = await shown({});
    assert.ok('max-forwards-missing' in all && 'contact-missing' in all && 'priority-value' in all);
    const found = await shown({ 'header-presence': 'hint', 'contact-missing': 'error', 'header-values': 'off' });
    assert.equal(found['max-forwards-missing'], 'hint');
    assert.equal(found['contact-missing'], 'error');
    assert.equal('priority-value' in found, false);
  });

  it('of a group that are chosen later win over those of its rules before', () => {
    const under = { profile: 'auto', levels: { 'sdp-order': 'error', 'uri-escape': 'off' } } as const;
    const { profile, levels } = configured(under, { profile: 'doc', levels: { sdp: 'hint' } });
    assert.deepEqual([profile, levels], ['doc', { 'uri-escape': 'off', sdp: 'hint' }]);
  });

  it('no group is called like a rule', () =>
    assert.deepEqual(
      allRules.filter(({ id }) => id in RULE_GROUPS),
      [],
    ));
});

describe('withLevel', () => {
  const after = (text: string) => {
    const edit = withLevel(text, 'sdp-order', 'off');
    return edit && applied(text, [edit]);
  };

  it('writes a file, an entry, or another severity, and leaves the rest alone', () => {
    assert.equal(after(''), '{\n  "rules": {\n    "sdp-order": "off"\n  }\n}\n');
    assert.equal(after('{}'), '{\n  "rules": {\n    "sdp-order": "off"\n  }\n}');
    assert.equal(
      after('{\n\t"profile": "ms" // ours\n}\n'),
      '{\n\t"profile": "ms",\n\t"rules": {\n    "sdp-order": "off"\n  } // ours\n}\n',
    );
    assert.equal(
      after('{\n  "rules": {\n      "sdp": "hint"\n  }\n}'),
      '{\n  "rules": {\n      "sdp": "hint",\n      "sdp-order": "off"\n  }\n}',
    );
    assert.equal(after('{"rules": {"uris": "off"}}'), '{"rules": {"uris": "off", "sdp-order": "off"}}');
    assert.equal(after('{"rules": {"sdp-order": "hint", "a": 1}}'), '{"rules": {"sdp-order": "off", "a": 1}}');
    assert.equal(after('{"rules": {}}'), '{"rules": {\n    "sdp-order": "off"\n  }}');
  });

  it('leaves alone what it cannot read', () => {
    for (const text of ['{"rules"', '[]', '{"rules": []}']) assert.equal(after(text), null, text);
  });
});

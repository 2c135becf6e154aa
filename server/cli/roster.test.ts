import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { files, run } from './testing.ts';

describe('roster', () => {
  it('tells the story of the sample in words', async () => {
    const { status, out } = await run('roster', 'sample.txt');
    assert.equal(status, 0);
    assert.match(
      out,
      /message 16 {2}to Alice {2}version 11 partial\n {4}- carol@contoso.com, ejected by alice \(request 63022864\)\n/,
    );
    assert.match(
      out,
      /message 1: alice deleteUser carol@contoso.com \(request 63022864\): 202 in message 2, success in message 14/,
    );
    assert.match(out, /carol@contoso.com: chat dialog, messages 5 to 7, ended by BYE in message 5/);
    assert.equal((await run('roster', 'good.sip')).out, 'good.sip: no conference state and no command was found\n');
  });

  it('has the shape that scripts read', async () => {
    const { out } = await run('roster', '--format', 'json', 'sample.txt');
    const { version, conferences } = JSON.parse(out);
    assert.deepEqual([version, conferences.length], [1, 1]);
    assert.match(conferences[0].entity, /^sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB/);
    const [first, , third] = conferences[0].states;
    const { messageIndex, observer, state, changes, users } = first;
    assert.deepEqual(
      [messageIndex, observer, first.version, state, changes.at(-1)],
      [12, 'p1', 10, 'partial', 'carol: chat connected'],
    );
    const [{ entity, displayText, roles, endpoints }] = users;
    assert.deepEqual([entity, displayText, roles], ['sip:carol@contoso.com', 'Carol', ['attendee']]);
    assert.deepEqual(
      [endpoints[0].entity, endpoints[0].sessionType, endpoints[0].status],
      ['{C263F024-15CC-4B33-971D-FCF9BE23BB0D}', 'chat', 'connected'],
    );
    assert.deepEqual([third.messageIndex, third.users], [16, []]);
    assert.equal(third.by[0].requestId, '63022864');
    assert.deepEqual(JSON.parse((await run('roster', '--format', 'json', 'good.sip')).out), {
      version: 1,
      conferences: [],
    });
  });

  it('counts the rest of very many changes, and lists a user a line at one message', async () => {
    const users = Array.from({ length: 100 }, (_, at) => `<user entity="sip:u${at}@e"/>`).join('');
    const body = `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:c@e" version="1"><users>${users}</users></conference-info>`;
    files['many.sip'] =
      `NOTIFY sip:a@e SIP/2.0\nFrom: <sip:c@e>;tag=1\nTo: <sip:a@e>;tag=2\nCall-ID: 1\nCSeq: 1 NOTIFY\nEvent: conference\nContent-Type: application/conference-info+xml\nContent-Length: ${body.length}\n\n${body}\n`;
    const { out } = await run('roster', 'many.sip');
    assert.match(out, / {4}\+ u59@e\n {4}and 40 more\n {4}in: u0, .*, u11 and 88 more\n/);
    assert.match((await run('roster', '--at', '1', 'many.sip')).out, /\n {5}u99@e\n/);
  });

  it('shows the states of messages that fit a filter', async () => {
    const { out } = await run('roster', '--filter', 'to:bob', '--format', 'json', 'sample.txt');
    const { states } = JSON.parse(out).conferences[0];
    assert.deepEqual(
      states.map((one: { messageIndex: number }) => one.messageIndex),
      [13, 17],
    );
  });

  it('--at gives what holds at a message', async () => {
    const at = async (message: number) => {
      const { out } = await run('roster', '--format', 'json', '--at', String(message), 'sample.txt');
      const { states } = JSON.parse(out).conferences[0];
      return states.map((one: { messageIndex: number; users: unknown[] }) => [one.messageIndex, one.users.length]);
    };
    assert.deepEqual(await at(11), []);
    assert.deepEqual(await at(14), [
      [12, 1],
      [13, 1],
    ]);
    assert.deepEqual(await at(16), [
      [13, 1],
      [16, 0],
    ]);
  });
});

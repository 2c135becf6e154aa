import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { conference } from '../../../test/traces/conference.ts';
import { read } from '../../engine/engine.ts';
import type { CallNode, CallsView, LinkDecision } from './callNode.ts';
import { sourceOfReading } from './callSource.ts';
import { Calls } from './calls.ts';
import { createCallsApi } from './callsApi.ts';

const ALL: CallsView = { show: 'all', order: 'time' };
const file = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const TWO_LEGS = file('test/e2e/two-legs.sip');

function callsOf(text: string, decided: () => readonly LinkDecision[] = () => []) {
  const reading = read(text);
  const calls = new Calls({ sourceOf: sourceOfReading, stateOf: ({ flow }: typeof reading) => flow, decided });
  return createCallsApi(async () => reading, calls);
}

type Api = ReturnType<typeof callsOf>;

/** The tree down to a depth, a line each. */
async function drawn(api: Api, depth: number, view = ALL, of = ''): Promise<string[]> {
  const { nodes } = await api.calls(of, view);
  const lines: string[] = [];
  for (const node of nodes) {
    lines.push(`${node.kind}: ${node.label} | ${node.description}${node.outcome ? ` | ${node.outcome}` : ''}`);
    if (node.hasChildren && depth > 1)
      for (const line of await drawn(api, depth - 1, view, node.id)) lines.push(`  ${line}`);
  }
  return lines;
}

/** Calls of one INVITE each, of which every fifth is declined. */
function manyCalls(count: number): string {
  const head = (start: string, call: number) =>
    `${start}\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK${call}\r\nFrom: <sip:a${call}@h>;tag=f\r\nTo: <sip:b@h>;tag=${call}\r\nCall-ID: ${call}\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n`;
  const all = Array.from({ length: count }, (_, call) => [
    head('INVITE sip:b@h SIP/2.0', call).replace(`<sip:b@h>;tag=${call}`, '<sip:b@h>'),
    ...(call % 5 === 0 ? [head('SIP/2.0 603 Decline', call)] : []),
  ]);
  return all.flat().join('');
}

describe('the tree of calls', () => {
  it('shows calls with how they went, their legs with the evidence, and folds what is asked over and over', async () => {
    assert.deepEqual(await drawn(callsOf(TWO_LEGS), 1), [
      'call: Alice → Bob | ended · setup 3.2 s · rang 3.0 s · talked 1 min 2 s · 13 messages · 2 legs · 09:30:00.000 | succeeded',
      'call: Carol → Bob | 486 Busy Here · 3 messages · 09:31:10.000 | failed',
      'registration: REGISTER Alice | registered · ×4 · 8 messages · 09:31:30.000 | succeeded',
      'fold: OPTIONS Pbx → Bob | ×4 · last 200 OK | succeeded',
      'call: Carol → Alice | ringing · 2 messages · 09:32:20.000 | in progress',
    ]);
    const legs = await drawn(callsOf(TWO_LEGS), 3, ALL, 'call 1');
    assert.deepEqual(legs.slice(0, 5), [
      'leg: Leg 1: Alice → 192.0.2.9 | ended · setup 3.2 s · rang 3.0 s · talked 1 min 2 s · 7 messages | succeeded',
      '  link: the same Session-ID | 1.0 · leg 2 · RFC 7989 §5',
      '  link: the same users within two seconds, which is a guess | 0.4 · leg 2',
      '  transaction: INVITE | 200 OK after 3.2 s · 09:30:00.000 | succeeded',
      '    request: 1  INVITE | Alice → 192.0.2.9 · 09:30:00.000',
    ]);
  });

  it('tells subscriptions with their last version', async () => {
    const tree = await drawn(callsOf(file('samples/eject-user.sip')), 2);
    assert.ok(
      tree.includes('  subscription: conference Focus → Bob | active · version 11 · ×2 · 2 messages | in progress'),
      tree.join('\n'),
    );
  });

  it('has the calls of a conference together, each with the legs of one user', async () => {
    const api = callsOf(conference(50));
    const [meeting, ...others] = (await api.calls('', ALL)).nodes;
    assert.deepEqual(others, []);
    assert.equal(meeting!.kind, 'meeting');
    assert.equal(meeting!.label, 'Conference user1@contoso.com');
    assert.equal(meeting!.description, '50 users · 50 calls · 1628 messages · 09:00:02.000');
    assert.equal((await api.callMessages(meeting!.id, ALL)).length, 1628);
    const { nodes } = await api.calls(meeting!.id, ALL);
    assert.equal(nodes.length, 50);
    assert.match(nodes[1]!.description, /^established · 56 messages · 2 legs/);
    const path = await api.callPath(nodes[1]!.message, ALL);
    assert.deepEqual(
      path.slice(0, 2).map(({ id }) => id),
      [meeting!.id, nodes[1]!.id],
    );
    const alone = await drawn(callsOf(conference(1)), 1);
    assert.match(alone[0]!, /^conference: user1 → Focus/, 'of one call there is no group');
  });

  it('tells of each refresh when it was, and that one of them failed', async () => {
    const failed = TWO_LEGS.replace(
      /SIP\/2\.0 200 OK(?=(?:\r?\n(?!\r?\n).*)*CSeq: 2 REGISTER)/,
      'SIP/2.0 403 Forbidden',
    );
    const api = callsOf(failed);
    const tree = await drawn(api, 1);
    assert.ok(
      tree.some((line) => line.startsWith('registration: REGISTER Alice | registered · ×4 · 1 failed · ')),
      tree.join('\n'),
    );
    const { nodes } = await api.calls((await api.calls('', ALL)).nodes[2]!.id, ALL);
    assert.deepEqual(
      nodes.map(({ description }) => description),
      [
        '200 OK after 10 ms · 09:31:30.000',
        '403 Forbidden after 10 ms · 09:31:40.000',
        '200 OK after 10 ms · 09:31:50.000',
        '200 OK after 10 ms · 09:32:00.000',
      ],
    );
  });

  it('tells of each hop of a request where it goes', async () => {
    const api = callsOf(file('server/fixtures/traces/plain/ietf/rfc3665-3.2-call-two-proxies.txt'));
    const [call] = (await api.calls('', ALL)).nodes;
    const { nodes } = await api.calls(call!.id, ALL);
    const invites = nodes.filter(({ label }) => label === 'INVITE').map(({ description }) => description);
    assert.deepEqual(invites, [
      '407 Proxy Authorization Required · Alice → ss1.atlanta.example.com',
      '200 OK · Alice → ss1.atlanta.example.com',
      '200 OK · ss1.atlanta.example.com → ss2.biloxi.example.com',
      '200 OK · ss2.biloxi.example.com → Bob',
    ]);
  });

  it('calls a guess a guess, and names the other call', async () => {
    const guessed = callsOf(TWO_LEGS.replace(/^Session-ID: .*\n/gm, ''));
    const tree = await drawn(guessed, 2);
    assert.ok(
      tree.includes(
        '  guess: Perhaps one call with Alice → Bob | 0.4 · the same users within two seconds, which is a guess',
      ),
      tree.join('\n'),
    );
    assert.deepEqual(await guessed.callMessages('guess 1 2', ALL), [1, 3]);
  });

  it('lists failed calls and those in progress alone, and the longest first', async () => {
    const api = callsOf(TWO_LEGS);
    const labels = async (view: CallsView) => (await api.calls('', view)).nodes.map(({ label }) => label);
    assert.deepEqual(await labels({ show: 'failed', order: 'time' }), ['Carol → Bob']);
    assert.deepEqual(await labels({ show: 'in progress', order: 'time' }), ['Carol → Alice']);
    assert.deepEqual((await labels({ show: 'all', order: 'duration' })).slice(0, 3), [
      'Alice → Bob',
      'REGISTER Alice',
      'Carol → Alice',
    ]);
    const { shown, all } = await api.calls('', { show: 'failed', order: 'time' });
    assert.deepEqual([shown, all], [1, 8]);
    assert.deepEqual(await api.callPath(1, { show: 'failed', order: 'time' }), []);
  });

  it('leads to each message, and each node has the messages of its children', async () => {
    for (const text of [
      TWO_LEGS,
      file('samples/eject-user.sip'),
      file('server/fixtures/traces/plain/ietf/rfc3665-3.2-call-two-proxies.txt'),
      manyCalls(1100),
    ]) {
      const api = callsOf(text);
      const { count } = read(text).trace;
      for (let index = 1; index <= count; index += count > 100 ? 397 : 1) {
        const path = await api.callPath(index, ALL);
        assert.equal(path.at(-1)?.id, `message ${index}`);
        let above = '';
        for (const { id } of path) {
          const { nodes } = await api.calls(above, ALL);
          assert.ok(nodes.some((node) => node.id === id) && nodes.length <= 500, `${id} in ${above}`);
          assert.ok((await api.callMessages(id, ALL)).includes(index), `${index} in ${id}`);
          above = id;
        }
      }
      const everything = await api.callMessages('', ALL);
      assert.equal(everything.length, count);
    }
  });

  it('cuts long lists into parts', async () => {
    const api = callsOf(manyCalls(1100));
    const { nodes, shown } = await api.calls('', ALL);
    assert.deepEqual(
      nodes.map(({ label }) => label),
      ['Calls 1–500', 'Calls 501–1000', 'Calls 1001–1100'],
    );
    assert.equal(shown, 1100);
    assert.equal(nodes[2]!.description, '20 failed');
    assert.equal((await api.calls(nodes[2]!.id, ALL)).nodes.length, 100);
    assert.equal((await api.calls('', { show: 'failed', order: 'time' })).nodes.length, 220);
  });

  it('puts a call into words as Markdown, in which nothing of the trace is markup', async () => {
    const summary = await callsOf(TWO_LEGS).callSummary('leg 2');
    for (const line of [
      '## Alice → Bob',
      '- Call-ID: `leg-2@192.0.2.9`',
      '- Talk: 1 min 2 s',
      '- Ended in message 10, sent by Alice',
      '- Legs 1 and 2: the same Session-ID (RFC 7989 §5), weight 1 (messages 1 and 3)',
      '| 5 | 09:30:00.224 | 192.0.2.9 → Alice | 180 Ringing |',
    ])
      assert.ok(summary.split('\n').includes(line), `${line}\n${summary}`);
    const hostile = callsOf(TWO_LEGS.replaceAll('"Alice"', '"<b>|*x*"'));
    assert.match(await hostile.callSummary('call 1'), /^## \\<b\\>\\\|\\\*x\\\* → Bob$/m);
  });

  it('answers whatever is asked', async () => {
    const api = callsOf(TWO_LEGS);
    for (const id of [
      'x',
      'call',
      'call -1',
      'call 999',
      'leg 9e9',
      'dialog 1 99',
      'link 1 9 9',
      'message 0',
      '/9-3',
      'toString',
    ])
      for (const node of [id, `${id}/0-9`]) {
        assert.ok(Array.isArray(await api.callMessages(node, ALL)), node);
        assert.ok(Array.isArray((await api.calls(node, {} as CallsView)).nodes), node);
        await api.callSummary(node).catch((error: Error) => assert.match(error.message, /belongs to no call/));
      }
    const none: readonly CallNode[] = (await callsOf('no SIP').calls('', ALL)).nodes;
    assert.deepEqual(none, []);
    const [odd] = (await callsOf('OPTIONS sip:a SIP/2.0\r\n\r\n').calls('', ALL)).nodes;
    assert.deepEqual([odd?.label, odd?.description], ['Messages without Call-ID', '×1']);
  });
});

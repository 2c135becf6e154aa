import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { read } from '../engine.ts';
import { type LaneStory, laneStory, laneTraffic } from './laneStory.ts';
import { readLanes } from './lanes.ts';

/** The story of each lane, by its label. */
function stories(text: string): Map<string, LaneStory> {
  const { trace } = read(text);
  const lanes = readLanes(trace.built);
  return new Map(
    lanes.lanes.map(({ label }, lane) => {
      const traffic = laneTraffic(trace.built, lanes, lane);
      return [label, laneStory(trace.built, lanes, lane, traffic, (index) => trace.message(index))];
    }),
  );
}

const told = ({ evidence }: LaneStory) =>
  Object.fromEntries(
    evidence.map(({ what, values }) => [what, values.map(({ text, messages }) => `${text} ×${messages}`).join(', ')]),
  );

it('names what shows that a lane is one, from how many messages, and what its role is told by', () => {
  const head = (via: string, more = '') =>
    `${via}From: <sip:alice@example.org>;tag=1\nTo: <sip:bob@example.com>${more}\nCall-ID: c\nCSeq: 1 INVITE\n`;
  const direct = 'Via: SIP/2.0/UDP 10.0.0.1:5070;branch=z9hG4bK1;received=192.0.2.1;rport=40001\n';
  const passed = `Via: SIP/2.0/UDP proxy.example.org;branch=z9hG4bK2\n${direct}`;
  const text = [
    `INVITE sip:bob@example.com SIP/2.0\n${head(direct)}Contact: <sip:alice@10.0.0.1:5070>\nUser-Agent: Phone/1\n`,
    `INVITE sip:bob@example.com SIP/2.0\n${head(passed)}Record-Route: <sip:proxy.example.org;lr>\nContact: <sip:alice@10.0.0.1:5070>\nUser-Agent: Phone/1\n`,
    `SIP/2.0 200 OK\n${head(passed, ';tag=2')}Server: Desk/2\nContact: <sip:bob@192.0.2.9>\n`,
    `SIP/2.0 200 OK\n${head(direct, ';tag=2')}Server: Desk/2\nContact: <sip:bob@192.0.2.9>\n`,
  ]
    .map((one) => `${one}Content-Length: 0\n\n`)
    .join('');
  const found = stories(text);
  const proxy = found.get('proxy.example.org')!;
  assert.equal(proxy.role, 'Server: its URI names a host and no user.');
  assert.equal(proxy.traffic, 'It sends 2 messages and gets 2 messages, the first is 1, the last 4.');
  assert.equal(proxy.sample, '');
  assert.deepEqual(told(proxy), {
    'Passes on messages of': 'sip:alice@example.org ×1, sip:bob@example.com ×1',
    'Via sent-by': 'proxy.example.org ×2',
    'Record-Route': 'sip:proxy.example.org;lr ×1',
    'Request-URI': 'example.com ×1',
  });
  assert.deepEqual(told(found.get('Alice')!), {
    'Address of record': 'sip:alice@example.org ×2',
    'Via sent-by': '10.0.0.1:5070 ×2',
    'Via received': '192.0.2.1:40001 ×2',
    Contact: 'sip:alice@10.0.0.1:5070 ×1',
    'User-Agent': 'Phone/1 ×1',
  });
  assert.equal(found.get('Bob')!.role, 'User: its URI names one (bob).');
  assert.equal(told(found.get('Bob')!).Server, 'Desk/2 ×1');
});

it('tells a focus by its URI, and is short however long the trace and hostile its headers are', () => {
  const uri = 'sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB';
  const info = (n: number) =>
    `INFO ${uri} SIP/2.0\nFrom: <sip:bob@contoso.com>;tag=1\nTo: <${uri}>\nCall-ID: c${n}\nCSeq: 1 INFO\nContent-Length: 0\n\n`;
  const long = stories(Array.from({ length: 500 }, (_, n) => info(n)).join(''));
  const focus = long.get('Focus')!;
  assert.equal(focus.role, 'Focus of a conference: its URI has opaque=app:conf:focus (MS-SIPRE §2.2.3).');
  assert.match(focus.sample, /^Headers of (?:59|60) of its messages were looked at\.$/);
  const hostile = readFileSync(new URL('../../../samples/eject-user.sip', import.meta.url), 'utf8')
    .replaceAll('Contact:', `Contact: <sip:${'x'.repeat(5000)}@h>\u202e,`)
    .replaceAll('CSeq', `User-Agent: ${'y'.repeat(5000)}\nCSeq`);
  for (const story of [...long.values(), ...stories(hostile).values()])
    assert.ok(JSON.stringify(story).length < 4000 && !JSON.stringify(story).includes('\u202e'));
});

it('says of a server between users that it is a guess, and what it is told by', () => {
  const server = stories(readFileSync(new URL('../../../test/e2e/two-legs.sip', import.meta.url), 'utf8')).get(
    '192.0.2.9',
  )!;
  assert.match(server.role, /^Server between users, which is a guess: it answers a call of one and calls another/);
  assert.deepEqual(told(server), {
    'Speaks for': 'sip:bob@example.com ×4, sip:pbx@example.com ×4, sip:alice@example.com ×3',
    'Via sent-by': '192.0.2.9:5060 ×14',
    Contact: 'sip:pbx@192.0.2.9 ×7',
    'Request-URI': '192.0.2.9 ×2, example.com ×1',
  });
});

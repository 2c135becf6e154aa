import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readLanes } from '../ladder/lanes.ts';
import { readText } from '../trace/text.ts';
import { readFlow } from './flow.ts';

/** A request as a capture shows it: `A > B` are addresses. */
function request(way: string, from: string, to: string, call = '1', method = 'INVITE'): string {
  const [source, destination] = way.split(' > ');
  return `# pcap 2026-01-01T00:00:00.000000Z UDP ${source} -> ${destination}
${method} sip:${to} SIP/2.0
Via: SIP/2.0/UDP ${source};branch=z9hG4bK${call}${source}
From: <sip:${from}>;tag=${from.length}
To: <sip:${to}>
Call-ID: ${call}
CSeq: 1 ${method}
Content-Length: 0

`;
}

/** The arrows of a trace as `Alice > 10.0.0.1:5060`, and what its lanes are. */
function drawn(...messages: string[]) {
  const { built, columns } = readText(messages.join(''));
  readFlow(built);
  const { lanes, of } = readLanes(built);
  const label = (party: number) => lanes[of[party]!]!.label;
  const arrows = Array.from(
    { length: columns.count },
    (_, at) => `${label(columns.sender[at]!)} > ${label(columns.receiver[at]!)}`,
  );
  return { arrows, lanes };
}

const [ALICE, BOB, PBX] = ['10.0.0.11:5060', '10.0.0.12:5060', '10.0.0.1:5060'];

describe('who stands at an address', () => {
  it('is a server where a call comes in for one user and goes out in the name of another', () => {
    const { arrows, lanes } = drawn(
      request(`${ALICE} > ${PBX}`, 'alice@pbx.org', 'bob@pbx.org', '1'),
      request(`${PBX} > ${BOB}`, 'alice@pbx.org', 'bob@pbx.org', '2'),
    );
    assert.deepEqual(arrows, [`Alice > ${PBX}`, `${PBX} > Bob`]);
    const server = lanes.find(({ label }) => label === PBX)!;
    assert.equal(server.kind, 'address');
    assert.equal(server.uri, null);
    assert.match(server.why, /^Address in message 1: several users are named there/);
  });

  it('is the server of the domain, or the proxy that passes requests on, where one is named there', () => {
    const { arrows } = drawn(
      request(`${ALICE} > ${PBX}`, 'alice@a.org', 'a.org', '1', 'OPTIONS'),
      request(`${ALICE} > ${PBX}`, 'alice@a.org', 'bob@a.org', '2'),
    );
    assert.deepEqual(arrows, ['Alice > a.org', 'Alice > a.org']);
  });

  it('is the same server on the ports that it connects from', () => {
    const { arrows } = drawn(
      request(`${ALICE} > ${PBX}`, 'alice@pbx.org', 'bob@pbx.org', '1'),
      request(`${PBX} > ${BOB}`, 'alice@pbx.org', 'bob@pbx.org', '2'),
      request(`10.0.0.1:49152 > ${BOB}`, 'alice@pbx.org', 'bob@pbx.org', '3'),
    );
    assert.equal(arrows[2], `${PBX} > Bob`);
  });

  it('is one user under several names, and each of two accounts of a phone', () => {
    const aliases = drawn(
      request(`${ALICE} > ${BOB}`, 'alice@a.org', 'bob@b.org', '1'),
      request(`${ALICE} > ${BOB}`, 'alice@10.0.0.11', 'bob@b.org', '2'),
    );
    assert.deepEqual(aliases.arrows, ['Alice > Bob', 'Alice > Bob']);
    const accounts = drawn(
      request(`${ALICE} > ${BOB}`, 'alice@a.org', 'bob@b.org', '1'),
      request(`${ALICE} > ${BOB}`, 'work@c.org', 'bob@b.org', '2'),
    );
    assert.deepEqual(accounts.arrows, ['Alice > Bob', 'Work > Bob']);
  });

  it('is a trunk where many users call from one address', () => {
    const callers = ['ann', 'ben', 'cem', 'dan'].map((user) =>
      request(`${PBX} > ${BOB}`, `${user}@trunk.org`, 'bob@b.org', user),
    );
    assert.deepEqual(new Set(drawn(...callers).arrows), new Set([`${PBX} > Bob`]));
  });

  it('leaves a focus and its MCUs apart, which stand at one address', () => {
    const part = (service: string) => `alice@a.org;gruu;opaque=app:conf:${service}:id:7E`;
    const { arrows } = drawn(
      request(`${BOB} > ${PBX}`, 'bob@a.org', part('focus'), '1'),
      request(`${BOB} > ${PBX}`, 'bob@a.org', part('chat'), '2'),
    );
    assert.deepEqual(arrows, ['Bob > Focus', 'Bob > IM MCU']);
  });
});

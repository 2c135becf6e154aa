import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { debianPackage } from '../../../scripts/vscode/debian.mjs';
import { read } from '../engine.ts';
import { parseXml } from '../xml/xml.ts';
import { sippScenario } from './scenario.ts';

type Line = readonly [start: string, cseq: string, from?: 'callee'];

/** A call between two on one way; each line a message. */
function call(lines: readonly Line[]): string {
  return lines
    .map(([start, cseq, from], at) => {
      const isInside = !isOpening(lines, at);
      const alice = '"Alice ]]> [x]" <sip:alice@192.0.2.1>;tag=a';
      const bob = `<sip:bob@192.0.2.2>${isInside ? ';tag=b' : ''}`;
      const isCallees = from === 'callee';
      const branch = branchOf(lines, at);
      return `${start.replace('URI', isCallees ? 'sip:alice@192.0.2.1' : 'sip:bob@192.0.2.2')}
Via: SIP/2.0/UDP ${isCallees ? '192.0.2.2' : '192.0.2.1'};branch=z9hG4bK${branch}
From: ${isCallees ? bob : alice}
To: ${isCallees ? alice : bob}
Call-ID: 1
CSeq: ${cseq}
${more(start, cseq)}Contact: <sip:${start.startsWith('SIP') !== isCallees ? 'bob@192.0.2.2' : 'alice@192.0.2.1'}>
X-Way: [2001:db8::1]
Content-Length: 0

`;
    })
    .join('');
}

/** Whether a line has no tag of the callee's yet: a request that opens the dialog, or takes that back. */
function isOpening(lines: readonly Line[], at: number): boolean {
  const isMade = lines
    .slice(0, at)
    .some(([start, cseq]) => /^SIP\/2\.0 2/.test(start) && /INVITE|SUBSCRIBE/.test(cseq));
  return /^(?:INVITE|SUBSCRIBE|CANCEL)/.test(lines[at]![0]) && !isMade;
}

/** One for each transaction: that of an INVITE is also its CANCEL's, and that of the ACK of a failure (RFC 3261 §9.1, §17.1.1.3). */
function branchOf(lines: readonly Line[], at: number): string {
  const [number, method] = lines[at]![1].split(' ');
  const isAnswered = lines.some(([start, cseq]) => start.startsWith('SIP/2.0 2') && cseq === `${number} INVITE`);
  const isOfInvite = method === 'CANCEL' || (method === 'ACK' && !isAnswered);
  return `${number}${isOfInvite ? 'INVITE' : method}`;
}

const CALLS: Record<string, readonly Line[]> = {
  'the callee hangs up, after a request within the first': [
    ['INVITE URI SIP/2.0', '1 INVITE'],
    ['SIP/2.0 180 Ringing', '1 INVITE'],
    ['UPDATE URI SIP/2.0', '2 UPDATE'],
    ['SIP/2.0 200 OK', '2 UPDATE'],
    ['SIP/2.0 200 OK', '1 INVITE'],
    ['ACK URI SIP/2.0', '1 ACK'],
    ['BYE URI SIP/2.0', '7 BYE', 'callee'],
    ['SIP/2.0 200 OK', '7 BYE', 'callee'],
  ],
  'the callee is busy': [
    ['INVITE URI SIP/2.0', '1 INVITE'],
    ['SIP/2.0 486 Busy Here', '1 INVITE'],
    ['ACK URI SIP/2.0', '1 ACK'],
  ],
  'a challenge, and the call again with credentials': [
    ['INVITE URI SIP/2.0', '1 INVITE'],
    ['SIP/2.0 407 Proxy Authentication Required', '1 INVITE'],
    ['ACK URI SIP/2.0', '1 ACK'],
    ['INVITE URI SIP/2.0', '2 INVITE'],
    ['SIP/2.0 180 Ringing', '2 INVITE'],
    ['SIP/2.0 200 OK', '2 INVITE'],
    ['ACK URI SIP/2.0', '2 ACK'],
    ['BYE URI SIP/2.0', '3 BYE'],
    ['SIP/2.0 200 OK', '3 BYE'],
  ],
  'the caller gives up': [
    ['INVITE URI SIP/2.0', '1 INVITE'],
    ['SIP/2.0 180 Ringing', '1 INVITE'],
    ['CANCEL URI SIP/2.0', '1 CANCEL'],
    ['SIP/2.0 200 OK', '1 CANCEL'],
    ['SIP/2.0 487 Request Terminated', '1 INVITE'],
    ['ACK URI SIP/2.0', '1 ACK'],
  ],
  'each side holds the other, and the caller hangs up': [
    ['INVITE URI SIP/2.0', '1 INVITE'],
    ['SIP/2.0 200 OK', '1 INVITE'],
    ['ACK URI SIP/2.0', '1 ACK'],
    ['INVITE URI SIP/2.0', '2 INVITE'],
    ['SIP/2.0 200 OK', '2 INVITE'],
    ['ACK URI SIP/2.0', '2 ACK'],
    ['INVITE URI SIP/2.0', '9 INVITE', 'callee'],
    ['SIP/2.0 200 OK', '9 INVITE', 'callee'],
    ['ACK URI SIP/2.0', '9 ACK', 'callee'],
    ['BYE URI SIP/2.0', '3 BYE'],
    ['SIP/2.0 200 OK', '3 BYE'],
  ],
  'a subscription, with its notifications': [
    ['SUBSCRIBE URI SIP/2.0', '1 SUBSCRIBE'],
    ['SIP/2.0 202 Accepted', '1 SUBSCRIBE'],
    ['NOTIFY URI SIP/2.0', '5 NOTIFY', 'callee'],
    ['SIP/2.0 200 OK', '5 NOTIFY', 'callee'],
    ['SUBSCRIBE URI SIP/2.0', '2 SUBSCRIBE'],
    ['SIP/2.0 200 OK', '2 SUBSCRIBE'],
    ['NOTIFY URI SIP/2.0', '6 NOTIFY', 'callee'],
    ['SIP/2.0 200 OK', '6 NOTIFY', 'callee'],
  ],
};

/** What only some messages have. */
function more(start: string, cseq: string): string {
  if (start.startsWith('SIP/2.0 407'))
    return 'Proxy-Authenticate: Digest realm="192.0.2.2", nonce="8f2c", algorithm=MD5\n';
  if (start.startsWith('INVITE') && cseq.startsWith('2 '))
    return 'Proxy-Authorization: Digest username="alice", realm="192.0.2.2", nonce="8f2c", uri="sip:bob@192.0.2.2", response="1"\n';
  if (/^(?:SUBSCRIBE|NOTIFY)/.test(start)) return 'Event: presence\n';
  return '';
}

/** A request that comes before the server is ready is sent again: what follows its like is left out. */
function once(all: readonly string[]): string[] {
  return all.filter((one, at) => at === 0 || one !== all[at - 1]);
}

function scenario(text: string, role: 'uac' | 'uas'): string {
  const { trace, flow } = read(text);
  const made = sippScenario(trace, flow, 1, role);
  assert.ok(made);
  return made;
}

describe('a scenario of sipp', () => {
  it('is well-formed, and has the turns of its side', () => {
    for (const lines of Object.values(CALLS))
      for (const role of ['uac', 'uas'] as const) {
        const made = scenario(call(lines), role);
        assert.deepEqual(parseXml(made.replace(/<!DOCTYPE.*\n/, '')).problems, []);
        assert.equal(made.match(/<(?:send|recv)\b/g)!.length, lines.length);
        assert.equal(made.match(/\\x5B2001/g)!.length, made.match(/<send/g)!.length, 'brackets are no word of sipp');
      }
    const busy = scenario(call(CALLS['the callee is busy']!), 'uac');
    assert.match(busy, /ACK sip:bob@\[remote_ip\]:\[remote_port\] SIP\/2\.0\n.*branch=\[branch-2\]/);
    const late = scenario(call(CALLS['the callee hangs up, after a request within the first']!), 'uas');
    assert.match(late, /assign_to="message1_via"[\s\S]*Via: \[\$message1_via\]/);
    const { trace, flow } = read('nothing');
    assert.equal(sippScenario(trace, flow, 1, 'uac'), null);
  });

  it('is played by sipp with the same messages', async () => {
    const { program, env } = await debianPackage('sip-tester', 'sipp');
    let port = 20_000 + (process.pid % 20_000);
    for (const [name, lines] of Object.entries(CALLS)) {
      const folder = mkdtempSync(join(tmpdir(), 'sipp-'));
      const play = (role: 'uac' | 'uas', words: readonly string[]) => {
        writeFileSync(join(folder, `${role}.xml`), scenario(call(lines), role));
        const common = [
          '-sf',
          `${role}.xml`,
          '-i',
          '127.0.0.1',
          '-m',
          '1',
          '-timeout',
          '20',
          '-trace_msg',
          '-message_file',
          `${role}.log`,
        ];
        return new Promise<number | null>((done) => {
          spawn(program, [...words, ...common], { cwd: folder, env, stdio: 'ignore' }).on('exit', done);
        });
      };
      const server = play('uas', ['-p', String(port)]);
      const client = play('uac', ['-p', String(port + 1), '-au', 'alice', '-ap', 'secret', `127.0.0.1:${port}`]);
      port += 2;
      const ends = await Promise.all([server, client]);
      const log = readFileSync(join(folder, 'uac.log'), 'utf8');
      const { trace } = read(log);
      rmSync(folder, { recursive: true });
      assert.deepEqual(ends, [0, 0], name);
      const seen = Array.from({ length: trace.count }, (_, index) => trace.message(index)).map((message) =>
        message.kind === 'request' ? message.method : message.kind === 'response' ? String(message.status) : '',
      );
      const wanted = lines.map(([start]) => start.replace(/^SIP\/2\.0 (\d+).*|^(\w+).*/, '$1$2'));
      assert.deepEqual(once(seen), once(wanted), name);
      const isChallenged = wanted.includes('407');
      assert.equal(
        /^Proxy-Authorization: Digest username="alice",.*response="[\da-f]{32}"/m.test(log),
        isChallenged,
        name,
      );
    }
  });
});

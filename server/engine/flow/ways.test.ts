import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readText } from '../trace/text.ts';
import { readFlow } from './flow.ts';

/** A request or response with the given Vias (top first), From and To. */
function message(start: string, vias: string[], from: string, to: string, cseq: string, more = ''): string {
  const rows = vias.map((via) => `Via: SIP/2.0/UDP ${via}`).join('\n');
  return `${start}\n${rows}\nFrom: ${from}\nTo: ${to}\nCall-ID: 1@h\nCSeq: ${cseq}\n${more}Content-Length: 0\n\n`;
}

/** The arrows of a trace as `alice > proxy`, by user or host. */
function arrows(...messages: string[]): string[] {
  const { built, columns } = readText(messages.join(''));
  readFlow(built);
  const name = (party: number) => /^(?:\w+:)?([^@;]*)/.exec(built.parties.uri(party))![1]!;
  return Array.from(
    { length: columns.count },
    (_, at) => `${name(columns.sender[at]!)} > ${name(columns.receiver[at]!)}`,
  );
}

const ALICE = '<sip:alice@a.org>;tag=1';
const BOB = '<sip:bob@b.org>';
const INVITE = 'INVITE sip:bob@b.org SIP/2.0';

describe('who sends and who gets a message', () => {
  it('follows a request over the proxy that passes it on, and its CANCEL and ACK by their branch', () => {
    const way = ['p.org;branch=z9hG4bK2', 'a.org;branch=z9hG4bK1'];
    assert.deepEqual(
      arrows(
        message(INVITE, ['a.org;branch=z9hG4bK1'], ALICE, BOB, '1 INVITE'),
        message(INVITE, way, ALICE, BOB, '1 INVITE'),
        message('CANCEL sip:bob@b.org SIP/2.0', ['p.org;branch=z9hG4bK2'], ALICE, BOB, '1 CANCEL'),
        message('SIP/2.0 487 Request Terminated', way, ALICE, `${BOB};tag=2`, '1 INVITE'),
        message('ACK sip:bob@b.org SIP/2.0', ['p.org;branch=z9hG4bK2'], ALICE, `${BOB};tag=2`, '1 ACK'),
        message('SIP/2.0 487 Request Terminated', [way[1]!], ALICE, `${BOB};tag=2`, '1 INVITE'),
      ),
      ['alice > p.org', 'p.org > bob', 'p.org > bob', 'bob > p.org', 'p.org > bob', 'p.org > alice'],
    );
  });

  it('tells the devices of one user apart where a proxy rings several', () => {
    const below = 'a.org;branch=z9hG4bK1';
    const to = (device: string) => `INVITE sip:bob@${device} SIP/2.0`;
    const texts = [
      message(INVITE, [below], ALICE, BOB, '1 INVITE'),
      message(to('10.0.0.1'), ['p.org;branch=z9hG4bK2', below], ALICE, BOB, '1 INVITE'),
      message(to('10.0.0.2'), ['p.org;branch=z9hG4bK3', below], ALICE, BOB, '1 INVITE'),
      message('SIP/2.0 200 OK', ['p.org;branch=z9hG4bK3', below], ALICE, `${BOB};tag=2`, '1 INVITE'),
      message('CANCEL sip:bob@10.0.0.1 SIP/2.0', ['p.org;branch=z9hG4bK2'], ALICE, BOB, '1 CANCEL'),
      message('BYE sip:alice@a.org SIP/2.0', ['10.0.0.2;branch=z9hG4bK4'], `${BOB};tag=2`, ALICE, '1 BYE'),
    ];
    const { built, columns } = readText(texts.join(''));
    readFlow(built);
    const uris = (parties: Uint32Array) => [...parties.subarray(0, columns.count)].map((one) => built.parties.uri(one));
    const receivers = ['p.org', 'sip:bob@10.0.0.1', 'sip:bob@10.0.0.2', 'p.org', 'sip:bob@10.0.0.1'];
    assert.deepEqual(uris(columns.receiver).slice(0, 5), receivers);
    assert.deepEqual(uris(columns.sender).slice(3), ['sip:bob@10.0.0.2', 'p.org', 'sip:bob@10.0.0.2']);
  });

  it('takes the hop of the second try, or that of Route, for a first try that was refused there', () => {
    const second = message(INVITE, ['a.org;branch=z9hG4bK2'], ALICE, BOB, '2 INVITE');
    const passedOn = message(INVITE, ['p.org;branch=z9hG4bK3', 'a.org;branch=z9hG4bK2'], ALICE, BOB, '2 INVITE');
    const refused = message('SIP/2.0 407 No', ['a.org;branch=z9hG4bK1'], ALICE, `${BOB};tag=9`, '1 INVITE');
    const first = (more: string) => message(INVITE, ['a.org;branch=z9hG4bK1'], ALICE, BOB, '1 INVITE', more);
    assert.deepEqual(arrows(first(''), refused, second, passedOn).slice(0, 2), ['alice > p.org', 'p.org > alice']);
    const routed = arrows(first('Route: <sip:other.org:5060;lr>\n'), refused, second, passedOn);
    assert.deepEqual(routed.slice(0, 2), ['alice > other.org', 'other.org > alice']);
    assert.deepEqual(arrows(first('Route: <sip:other.org;lr>\n')), ['alice > bob']);
  });

  it('sees a user and the server of the domain where From and To name the same', () => {
    const self = '<sip:alice@a.org>';
    assert.deepEqual(
      arrows(
        message('SUBSCRIBE sip:alice@a.org SIP/2.0', ['h;branch=z9hG4bK1'], ALICE, self, '1 SUBSCRIBE'),
        message('SIP/2.0 200 OK', ['h;branch=z9hG4bK1'], ALICE, `${self};tag=2`, '1 SUBSCRIBE'),
        message('NOTIFY sip:alice@10.0.0.1 SIP/2.0', ['s;branch=z9hG4bK2'], `${self};tag=2`, ALICE, '1 NOTIFY'),
      ),
      ['alice > a.org', 'a.org > alice', 'a.org > alice'],
    );
    const notify = message('NOTIFY sip:alice@10.0.0.1 SIP/2.0', ['s'], `${self};tag=2`, ALICE, '1 NOTIFY');
    assert.deepEqual(arrows(notify), ['a.org > alice']);
    assert.deepEqual(arrows(message('INVITE sip:alice@10.0.0.1 SIP/2.0', ['h'], ALICE, self, '1 INVITE')), [
      'alice > alice',
    ]);
  });

  it('sends a REGISTER to the registrar, whomever it registers', () => {
    assert.deepEqual(arrows(message('REGISTER sip:r.org SIP/2.0', ['h'], ALICE, BOB, '1 REGISTER')), ['alice > r.org']);
  });

  it('reads a GRUU without brackets to its end', () => {
    const focus = 'sip:alice@a.org;gruu;opaque=app:conf:focus:id:1';
    const { built, columns } = readText(message('INFO sip:x@y SIP/2.0', ['h'], ALICE, `${focus};tag=2`, '1 INFO'));
    assert.equal(built.parties.uri(columns.receiver[0]!), focus);
    assert.notEqual(columns.toTag[0], 0);
  });
});

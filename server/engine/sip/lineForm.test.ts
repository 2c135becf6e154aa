import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formOf } from './lineForm.ts';

const form = (line: string) => formOf(line, { from: 0, to: line.length });

describe('the form of a line', () => {
  it('is the same for what was made up', () => {
    const alike = [
      ['Via: SIP/2.0/UDP 192.0.2.17;branch=z9hG4bK7a1c', 'Via: SIP/2.0/UDP 203.9.3.25;branch=z9hG4bK0fe3'],
      ['From: "User 42" <sip:user42@example.org>;tag=1ab', 'From: "User 17" <sip:user17@example.org>;tag=4fe'],
      ['Call-ID: 8f7a2@10.0.0.1', 'Call-ID: 1c0de@10.0.0.2'],
    ] as const;
    for (const [one, other] of alike) assert.equal(form(one), form(other));
  });

  it('is another where anything else differs', () => {
    const different = [
      ['From: <sip:a1@example.org>;tag=1', 'From: <sip:a12@example.org>;tag=1'],
      ['From: <sip:a1@example.org>;tag=1', 'From: <sip:11@example.org>;tag=1'],
      ['From: <sip:a1@example.org>;tag=1', 'From: <sip:1a@example.org>;tag=1'],
      ['From: <sip:a1@example.org>;tag=1', 'From: <sip:z1@example.org>;tag=1'],
      ['From: <sip:a1@example.org>;tag=1', 'From: <sip:a1@example.org>;tag=1 '],
      ['Contact: <sip:a1@example.org:5060>', 'Contact: <sip:a1@example.org:0000>'],
      ['Contact: <sip:a1@example.org>;p1;p2', 'Contact: <sip:a1@example.org>;p1;p1'],
      ['Contact: <sip:a1@example.org?h1=2&h2=3>', 'Contact: <sip:a1@example.org?h1=2&h1=3>'],
      ['Contact: <sip:%41b@example.org>', 'Contact: <sip:%4gb@example.org>'],
      ['Via: SIP/2.0/UDP h;branch=z9hG4bK7a', 'Via: SIP/2.0/UDP h;branch=z8hG4bK7a'],
      ['Via: SIP/2.0/UDP h;branch=z9hG4bK', 'Via: SIP/2.0/UDP h;branch=z9hG4bK1'],
      ['X-1: 2', 'X-2: 2'],
    ] as const;
    for (const [one, other] of different) assert.notEqual(form(one), form(other), `${one}\n${other}`);
  });
});

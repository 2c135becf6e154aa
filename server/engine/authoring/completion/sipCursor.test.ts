import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cursor } from '../../base/testing.ts';
import { parseMessage } from '../../sip/message.ts';
import { sipCursor } from './sipCursor.ts';

/** What is at the bar of a message: kind, `typed` in brackets, and what belongs to the kind. */
function seen(marked: string): string {
  const { text, offset } = cursor(marked);
  const found = sipCursor(parseMessage(text), offset);
  if (!found) return 'nothing';
  const { from, to } = found.typed;
  const said = `${found.kind} [${text.slice(from, to)}]`;
  const at = 'field' in found ? (found.field ? ` of ${found.field.id}` : '') : '';
  switch (found.kind) {
    case 'word':
      return `${said}${at}${found.others.length > 0 ? ` beside ${found.others}` : ''}`;
    case 'uri':
      return `${said}${at}${found.bracketed ? '' : ' bare'}`;
    case 'parameter': {
      const half = found.name === null ? `name${found.hasValue ? ' with value' : ''}` : `value of ${found.name}`;
      const beside = found.others.length > 0 ? ` beside ${found.others}` : '';
      return `${said} ${half}${at}${found.inUri ? ' in URI' : ''}${beside}`;
    }
    case 'name':
      return `${said}${at}`;
    default:
      return `${said}${found.alone ? ' alone' : ''}`;
  }
}

const START = 'INVITE sip:b@x.org SIP/2.0\n';
const header = (line: string) => `${START}${line}\nTo: <sip:b@x.org>\n\n`;

const CASES: readonly [string, string][] = [
  // the start line
  ['INV|', 'method [INV] alone'],
  ['INV|ITE sip:b@x.org SIP/2.0', 'method [INVITE]'],
  ['INVITE |', 'uri []'],
  ['INVITE sip:b|', 'uri [sip:b]'],
  ['INVITE sip:b@x.org;t| SIP/2.0', 'parameter [t] name in URI'],
  ['INVITE sip:b@x.org;transport=|;lr SIP/2.0', 'parameter [] value of transport in URI beside lr'],
  ['INVITE sip:b;c@x.org| SIP/2.0', 'uri [sip:b;c@x.org]'],
  ['INVITE sip:b@x.org S|', 'version [S]'],
  ['INVITE sip:b@x.org |', 'version [] alone'],
  ['INVITE sip:b@x.org?subject=|', 'nothing'],
  ['SIP/2.0 |', 'status [] alone'],
  ['SIP/2.0 4|', 'status [4]'],
  ['SIP/2.0 486 Bu|sy Here', 'status [486 Busy Here]'],
  // names of headers
  [header('Ma|'), 'name [Ma]'],
  [header('Ma|x-Forwards: 70'), 'name [Max-Forwards] of max-forwards'],
  [header('Max Forwards|'), 'nothing'],
  [`${START}|`, 'name []'],
  [`${START}To: <sip:b@x.org>\n|\n\nbody`, 'name []'],
  [`${START}To: <sip:b@x.org>\n|\nbody`, 'nothing'],
  [`${START}To: <sip:b@x.org>\n\nbody|`, 'nothing'],
  // values
  [header('Supported:|'), 'word [] of supported'],
  [header('Supported: ti|mer, gruu'), 'word [timer] of supported beside gruu'],
  [header('Supported: timer,| gruu'), 'word [ gruu] of supported beside timer'],
  [header('k: timer, |'), 'word [] of supported beside timer'],
  [header('CSeq: 1 IN|'), 'word [1 IN] of cseq'],
  [header('Event: con|ference;id=7'), 'word [conference] of event'],
  [header('Supported: timer,\n gr|uu'), 'word [gruu] of supported beside timer'],
  [header('Event:| conference'), 'word [ conference] of event'],
  [header('Event: conference |'), 'nothing'],
  [header('Event: conference;| id=7'), 'parameter [ id] name with value of event'],
  [header('CSeq: 1 |'), 'word [1 ] of cseq'],
  [header('Subject: a;b|'), 'word [a;b] of subject'],
  // parameters
  [header('Event: conference;|'), 'parameter [] name of event'],
  [header('Event: conference;i|d=7'), 'parameter [id] name with value of event'],
  [header('Event: conference;id=7|'), 'parameter [7] value of id of event'],
  [header('Via: SIP/2.0/UDP h;branch=z9;r|'), 'parameter [r] name of via beside branch'],
  [header('Via: SIP/2.0/UDP h;branch=z9, SIP/2.0/TCP i;|'), 'parameter [] name of via'],
  [header('From: "a;b" <sip:a@x.org>;|'), 'parameter [] name of from'],
  [header('Authorization: Digest realm="a, b", |'), 'parameter [] name of authorization beside realm'],
  [header('Authorization: Di|'), 'word [Di] of authorization'],
  // URIs
  [header('From: |'), 'uri [] of from bare'],
  [header('From: sip:a|'), 'uri [sip:a] of from bare'],
  [header('From: "a" <|'), 'uri [] of from'],
  [header('From: "a" <|>;tag=1'), 'uri [] of from'],
  [header('From: "<" <sip:a|@x.org>'), 'uri [sip:a@x.org] of from'],
  [header('Route: <sip:p;lr>, <sip:q;|>'), 'parameter [] name of route in URI'],
  [header('Route: <sip:p;lr;transport=t|>'), 'parameter [t] value of transport of route in URI beside lr'],
];

describe('what is written at the cursor of a message', () => {
  for (const [marked, expected] of CASES) test(JSON.stringify(marked), () => assert.equal(seen(marked), expected));
});

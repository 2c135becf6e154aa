import { pathToFileURL } from 'node:url';
import { built } from './built.ts';
import type { rosterOf as RosterOf } from './rosterOf.ts';
import { ms, printTable } from './table.ts';

const ROUNDS = 3;
const USERS = 1000;
const FOCUS = 'sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9BFFB1F343';

/** A large conference: one subscriber, a full document, then partial ones in which users come, change and go. */
export async function measureRoster(sizes: string[]): Promise<void> {
  const { rosterOf }: { rosterOf: typeof RosterOf } = await import(pathToFileURL(await built('rosterOf')).href);
  const rows: Record<string, string | number>[] = [];
  for (const notifications of sizes.length > 0 ? sizes.map(Number) : [10_000, 20_000])
    for (const [round, { wall, cpu, ...found }] of rosterOf(conferenceTrace(notifications), ROUNDS).entries())
      rows.push({ notifications, users: USERS, round: round + 1, wall: ms(wall), cpu: ms(cpu), ...found });
  printTable('Roster: the conference after each notification (round 1 with a cold compiler)', rows);
}

export function conferenceTrace(count: number): string {
  const parts: string[] = [];
  const everybody = Array.from({ length: USERS }, (_, n) => user(n, 'connected')).join('');
  parts.push(notification(1, 'full', `<users>${everybody}</users>`));
  for (let version = 2; version <= count; version++) {
    const n = (version * 7919) % USERS;
    const what = version % 3 === 0 ? gone(n) : user(n, version % 2 ? 'on-hold' : 'connected');
    parts.push(notification(version, 'partial', `<users state="partial">${what}</users>`));
  }
  return parts.join('\r\n');
}

function user(n: number, status: string): string {
  return `<user entity="sip:user${n}@contoso.com" state="full"><display-text>User ${n}</display-text><roles><entry>attendee</entry></roles><endpoint entity="{${n}}" msci:session-type="audio-video" msci:endpoint-uri="sip:user${n}@contoso.com;opaque=user:epid:d7NL6_mHNFSL3I1rbITi2gAA;gruu"><status>${status}</status><joining-method>dialed-in</joining-method><media id="1"><type>audio</type><status>sendrecv</status></media></endpoint></user>`;
}

function gone(n: number): string {
  return `<user entity="sip:user${n}@contoso.com" state="deleted"/>`;
}

function notification(version: number, state: string, users: string): string {
  const body = `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions" entity="${FOCUS}" state="${state}" version="${version}">${users}</conference-info>`;
  return `BENOTIFY sip:10.0.0.1:5061;transport=tls SIP/2.0\r
Via: SIP/2.0/TLS 10.0.0.2:5061;branch=z9hG4bK${version}\r
Max-Forwards: 70\r
From: <${FOCUS}>;tag=F\r
To: <sip:bob@contoso.com>;tag=B;epid=65a77e620d\r
Call-ID: roster@contoso.com\r
CSeq: ${version} BENOTIFY\r
Event: conference\r
Subscription-State: active;expires=3600\r
Content-Type: application/conference-info+xml\r
Content-Length: ${Buffer.byteLength(body)}\r
\r
${body}`;
}

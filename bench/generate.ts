// Writes a realistic plain-text trace: node --import tsx bench/generate.ts SIZE FILE (SIZE as 1M, 100M, 1G)
import { closeSync, openSync, writeSync } from 'node:fs';

/** The messages of one scenario, number `n`; every one of them has its Content-Length right. */
type Scenario = (n: number) => string[];

const EXTENSIONS = `xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions" xmlns:msim="http://schemas.microsoft.com/rtc/2005/08/imconfinfoextensions" xmlns:ci="urn:ietf:params:xml:ns:conference-info" xmlns:cis="urn:ietf:params:xml:ns:conference-info-separator"`;

function message(start: string, headers: Record<string, string | number>, type = '', body = ''): string {
  const rows = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  if (type) rows.push(`Content-Type: ${type}`);
  rows.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return `${start}\r\n${rows.join('\r\n')}\r\n\r\n${body}`;
}

function sdp(n: number, port: number): string {
  return `v=0\r\no=- ${n} 1 IN IP4 10.0.0.${n % 250}\r\ns=session\r\nc=IN IP4 10.0.0.${n % 250}\r\nt=0 0\r\nm=audio ${port} RTP/AVP 0 8 9 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:9 G722/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n`;
}

const call: Scenario = (n) => {
  const base = (method: string, cseq: number, tag: string) => ({
    Via: `SIP/2.0/TLS 10.1.${n % 200}.7:5061;branch=z9hG4bK${n.toString(16)}.${cseq}.${method};rport;alias`,
    'Max-Forwards': 70,
    From: `"User ${n % 900}" <sip:user${n % 900}@contoso.com>;tag=f${n.toString(36)}a1`,
    To: `<sip:user${(n * 7) % 900}@contoso.com>${tag}`,
    'Call-ID': `${n.toString(16).padStart(12, '0')}c47379c7083eb783ad2ab@10.1.${n % 200}.7`,
    CSeq: `${cseq} ${method}`,
    'User-Agent': 'UCCAPI/16.0.10827.20150 OC/16.0.10827.20150 (Skype for Business)',
    Supported: '100rel, timer, replaces, ms-early-media, histinfo, ms-safe-transfer, ms-sender, gruu-10',
  });
  const contact = {
    Contact: `<sip:user${n % 900}@10.1.${n % 200}.7:5061;transport=tls;ms-opaque=3c71125d8b;ms-received-cid=2${n % 100}00>`,
  };
  const auth = {
    'Proxy-Authorization': `TLS-DSK qop="auth", realm="SIP Communications Service", opaque="${(n * 77).toString(16)}", targetname="FE01.contoso.com", crand="b${n}", cnum="${n % 500}", response="0100000040676203564268f864d52e88${n}"`,
  };
  const to = `;tag=t${n.toString(36)}b2;epid=dceed2edfb`;
  const start = `sip:user${(n * 7) % 900}@contoso.com;opaque=user:epid:d7NL6_mHNFSL3I1rbITi2gAA;gruu`;
  return [
    message(
      `INVITE ${start} SIP/2.0`,
      {
        ...base('INVITE', 1, ''),
        ...contact,
        ...auth,
        'Session-Expires': '1800;refresher=uac',
        Allow: 'INVITE, BYE, ACK, CANCEL, INFO, UPDATE, REFER, NOTIFY, BENOTIFY, OPTIONS',
      },
      'application/sdp',
      sdp(n, 20_000),
    ),
    message('SIP/2.0 100 Trying', base('INVITE', 1, '')),
    message('SIP/2.0 180 Ringing', { ...base('INVITE', 1, to), ...contact }),
    message(
      'SIP/2.0 200 OK',
      { ...base('INVITE', 1, to), ...contact, 'Session-Expires': '1800;refresher=uac' },
      'application/sdp',
      sdp(n, 30_000),
    ),
    message(`ACK ${start} SIP/2.0`, { ...base('ACK', 1, to), ...auth }),
    message(`BYE ${start} SIP/2.0`, { ...base('BYE', 2, to), ...auth }),
    message('SIP/2.0 200 OK', base('BYE', 2, to)),
  ];
};

function roster(n: number, version: number): string {
  const conference = `sip:user${n % 900}@contoso.com;gruu;opaque=app:conf:focus:id:${n.toString(16).padStart(8, '0').toUpperCase()}`;
  const users = [0, 1].map(
    (k) =>
      `<user entity="sip:user${(n + k) % 900}@contoso.com" state="full"><display-text>User ${(n + k) % 900}</display-text><roles><entry>attendee</entry></roles><endpoint entity="{C263F024-15CC-4B33-971D-FCF9BE23BB0${k}}" msci:session-type="chat" msci:endpoint-uri="sip:user${(n + k) % 900}@contoso.com;opaque=user:epid:d7NL6_mHNFSL3I1rbITi2gAA;gruu"><status>connected</status><joining-method>dialed-in</joining-method><media id="1"><type>chat</type></media></endpoint></user>`,
  );
  return `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" ${EXTENSIONS} entity="${conference}" state="partial" version="${version}"><users state="partial">${users.join('')}</users></conference-info>`;
}

function conferenceHead(
  n: number,
  who: string,
  method: string,
  cseq: number,
  fromFocus: boolean,
): Record<string, string | number> {
  const focus = `<sip:user${n % 900}@contoso.com;gruu;opaque=app:conf:focus:id:${n.toString(16).padStart(8, '0').toUpperCase()}>;tag=0C39${n}`;
  const user = `<sip:${who}@contoso.com>;tag=8ca1c2${n};epid=bd4bd366c2`;
  return {
    Via: `SIP/2.0/TLS 10.29.106.52:5061;branch=z9hG4bK${n.toString(16)}.${cseq}.6011A72A;branched=FALSE`,
    'Authentication-Info': `Kerberos rspauth="602306092A864886F71201020201011100FFFFFFFF${n}", srand="E8F4A9CD", snum="${n % 900}", opaque="4EBBA7AE", qop="auth", targetname="sip/FE01.contoso.com", realm="SIP Communications Service"`,
    'Max-Forwards': 70,
    From: fromFocus ? focus : user,
    To: fromFocus ? user : focus,
    'Call-ID': `${n.toString(16).padStart(10, '0')}${method === 'INFO' ? 'cc' : 'ee'}4687f7cae464055aae47121f`,
    CSeq: `${cseq} ${method}`,
  };
}

const subscription: Scenario = (n) =>
  [1, 2, 3, 4].map((version) =>
    message(
      `BENOTIFY sip:10.29.107.208:2157;transport=tls;ms-opaque=ae7937d6e6;ms-received-cid=29500;grid SIP/2.0`,
      {
        ...conferenceHead(n, `user${n % 900}`, 'BENOTIFY', version, true),
        Event: 'conference',
        'subscription-state': 'active;expires=3600',
      },
      'application/conference-info+xml',
      roster(n, version),
    ),
  );

const command: Scenario = (n) => {
  const focus = `sip:user${n % 900}@contoso.com;gruu;opaque=app:conf:focus:id:${n.toString(16).padStart(8, '0').toUpperCase()}`;
  const user = `sip:user${n % 900}@contoso.com`;
  const request = `<?xml version="1.0"?><request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" to="${focus}" from="${user}" requestId="${n}"><deleteUser><userKeys confEntity="${focus}" userEntity="sip:user${(n + 1) % 900}@contoso.com"/></deleteUser></request>`;
  const response = `<response xmlns="urn:ietf:params:xml:ns:cccp" ${EXTENSIONS} requestId="${n}" C3PVersion="1" from="${focus}" to="${user}" code="success"><deleteUser><conferenceKeys confEntity="${focus}"/><ci:user entity="sip:user${(n + 1) % 900}@contoso.com"/></deleteUser></response>`;
  const sent = conferenceHead(n, `user${n % 900}`, 'INFO', 2, false);
  const back = conferenceHead(n, `user${n % 900}`, 'INFO', 1, true);
  return [
    message(`INFO ${focus} SIP/2.0`, sent, 'application/cccp+xml', request),
    message('SIP/2.0 202 Accepted', sent),
    message(
      'INFO sip:10.29.107.208:2157;transport=tls;ms-opaque=ae7937d6e6;ms-received-cid=29500;grid SIP/2.0',
      back,
      'application/cccp+xml',
      response,
    ),
    message('SIP/2.0 200 OK', back),
  ];
};

const SCENARIOS = [call, subscription, command];

/** Scenario after scenario, as one text each. */
export function* scenarios(): Generator<string[]> {
  for (let n = 1; ; n++) yield SCENARIOS[n % SCENARIOS.length]!(n);
}

/** A trace of at least so many messages as text. */
export function traceOf(messages: number): string {
  const parts: string[] = [];
  for (const scenario of scenarios()) {
    parts.push(...scenario);
    if (parts.length >= messages) return `${parts.slice(0, messages).join('\r\n\r\n')}\r\n`;
  }
  return '';
}

/** Writes a trace of about so many bytes; gives the number of its messages. */
export function writeTrace(file: string, bytes: number): number {
  const handle = openSync(file, 'w');
  let left = bytes;
  let messages = 0;
  let pending = '';
  for (const scenario of scenarios()) {
    pending += `${scenario.join('\r\n\r\n')}\r\n\r\n`;
    messages += scenario.length;
    if (pending.length < Math.min(left, 2_000_000)) continue;
    left -= writeSync(handle, pending);
    pending = '';
    if (left <= 0) break;
  }
  closeSync(handle);
  return messages;
}

/** `1M`, `100M`, `1G` as a number. */
export function bytesOf(size: string): number {
  const unit = { k: 1e3, M: 1e6, G: 1e9 }[size.at(-1)!] ?? 1;
  return Number.parseFloat(size) * unit;
}

if (process.argv[1] === import.meta.filename) {
  const [size = '1M', file = 'trace.sip'] = process.argv.slice(2);
  console.log(`${writeTrace(file, bytesOf(size))} messages in ${file}`);
}

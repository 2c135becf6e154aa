import { octets } from '../base/text.ts';

/** The SIP request that carries a document. */
export type Carrier = 'INFO' | 'SERVICE' | 'INVITE' | 'BENOTIFY';

/** Who sends a document to whom. */
export interface Carriage {
  readonly from: string;
  readonly to: string;
  /** The body's Content-Type. */
  readonly type: string;
  /** The value of Subscription-State, for a notification. */
  readonly subscription?: string;
  /** 32 hexadecimal digits, from which tags, Call-ID and branch are made. */
  readonly unique: string;
}

/** The SIP request that carries a document, with the length of the document. */
export function carried(method: Carrier, carriage: Carriage, body: string): string {
  const { type } = carriage;
  const rows = [...common(method, carriage), ...own(method, carriage)];
  return [...rows, `Content-Type: ${type}`, `Content-Length: ${octets(body, 0, body.length)}`, '', body].join('\n');
}

function common(method: Carrier, { from, to, unique }: Carriage): string[] {
  // Within the dialog that the INVITE or the SUBSCRIBE has made, the other side has a tag.
  const within = method === 'INFO' || method === 'BENOTIFY' ? `;tag=${unique.slice(16, 26)}` : '';
  return [
    `${method} ${to} SIP/2.0`,
    `Via: SIP/2.0/TLS client.invalid:5061;branch=z9hG4bK${unique.slice(0, 16)}`,
    'Max-Forwards: 70',
    `From: <${from}>;tag=${unique.slice(6, 16)}`,
    `To: <${to}>${within}`,
    `Call-ID: ${unique}`,
    `CSeq: ${within ? 2 : 1} ${method}`,
  ];
}

function own(method: Carrier, { from, subscription }: Carriage): string[] {
  if (method === 'BENOTIFY') return ['Event: conference', `Subscription-State: ${subscription ?? 'active'}`];
  if (method === 'INVITE') return [`Contact: <${from}>`];
  return [];
}

import { slice } from '../base/text.ts';
import { utf8Of } from '../base/utf8.ts';
import { type OutgoingPacket, type PacketEnd, writePcapng } from '../capture/writePcapng.ts';
import { headerValue, type SipMessage } from '../sip/message.ts';
import type { ExportSource } from './export.ts';

/** Networks for documentation (RFC 5737): from these come addresses of lanes that the trace shows none of. */
const NETWORKS = [
  [192, 0, 2],
  [198, 51, 100],
  [203, 0, 113],
];
const SIP_PORT = 5060;
const SIPS_PORT = 5061;

/**
 * The messages as packets that other tools open: the addresses, ports and times of the trace, and made up ones (RFC 5737) where it tells none. What went over TLS
 * or WebSocket is written as UDP, which can be read without keys. Line ends are CRLF as on the wire.
 */
export function pcapngLadder({ ladder, trace }: ExportSource): Uint8Array {
  let time = 0;
  const packets = ladder.rows.map((row): OutgoingPacket => {
    time = row.time ?? time + 1;
    const ends = [
      endOf(row.source, ladder.lanes[row.from]!, row.from),
      endOf(row.destination, ladder.lanes[row.to]!, row.to),
    ];
    const [source, destination] = ends.some(({ address }) => address.length === 16) ? ends.map(asIpv6) : ends;
    const isTcp = row.transport === 'TCP' && !ends.some(({ port }) => port === SIPS_PORT);
    return {
      time,
      source: source!,
      destination: destination!,
      isTcp,
      payload: utf8Of(wireText(trace.message(row.index - 1))),
    };
  });
  return writePcapng(packets);
}

function endOf(told: string | null, { addresses }: { readonly addresses: readonly string[] }, lane: number): PacketEnd {
  const known = (told && parseEnd(told)) ?? addresses.map(parseEnd).find((end) => end !== null);
  if (known) return known;
  const network = NETWORKS[Math.floor(lane / 254) % NETWORKS.length]!;
  return { address: [...network, (lane % 254) + 1], port: SIP_PORT };
}

/** `192.0.2.1:5060`, `[2001:db8::1]:5060`, either without a port; null where it is no address. */
function parseEnd(text: string): PacketEnd | null {
  const found = /^(?:\[([\da-f:.]+)\]|(\d{1,3}(?:\.\d{1,3}){3})|([\da-f]*(?::[\da-f]*){2,7}))(?::(\d{1,5}))?$/i.exec(
    text,
  );
  if (!found) return null;
  const address = found[2] ? found[2].split('.').map(Number) : ipv6Octets(found[1] ?? found[3]!);
  const port = Number(found[4] ?? SIP_PORT);
  return address?.every((octet) => octet <= 255) && port <= 65_535 ? { address, port } : null;
}

function ipv6Octets(text: string): number[] | null {
  const [head = '', tail] = text.split('::');
  const groups = (part: string) => (part ? part.split(':').map((group) => Number.parseInt(group, 16)) : []);
  const before = groups(head);
  const after = groups(tail ?? '');
  const missing = 8 - before.length - after.length;
  if (missing < 0 || (tail === undefined && missing > 0)) return null;
  const all = [...before, ...new Array<number>(missing).fill(0), ...after];
  return all.every((group) => group >= 0 && group <= 0xffff) ? all.flatMap((group) => [group >> 8, group & 255]) : null;
}

/** An IPv4 address as IPv6 has it (RFC 4291 §2.5.5.2). */
function asIpv6({ address, port }: PacketEnd): PacketEnd {
  return address.length === 16
    ? { address, port }
    : { address: [...new Array<number>(10).fill(0), 255, 255, ...address], port };
}

/** The message with the line ends of the wire; the body as its Content-Length has it, where that tells. */
function wireText(message: SipMessage): string {
  const head = message.text.slice(message.from, message.body.from);
  const body = slice(message.text, message.body);
  const asWritten = Number(headerValue(message, 'content-length') ?? -1);
  const plain = body.replace(/\r\n?/g, '\n');
  const forms = [body, plain, withBreaks(plain)];
  const fitting = forms.find((form) => utf8Of(form).length === asWritten) ?? forms[2]!;
  const ended = message.blankLine ? head : `${head.trimEnd()}\n\n`;
  return withBreaks(ended.replace(/\r\n?/g, '\n')) + fitting;
}

function withBreaks(text: string): string {
  return text.replace(/\n/g, '\r\n');
}

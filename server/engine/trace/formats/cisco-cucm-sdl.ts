import type { TraceFormat } from './format.ts';
import { looksLike } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD =
  /wait_Sdl(?:ReadRsp|SPISignal|DataInd): (Incoming|Outgoing) SIP (\w+) message (?:size (\d+) )?(?:from|to) (\S+?)(?::\[(\d+)\]|:(\d+)| on port (\d+))(?= |:?\s*$| index)(?:.*? with (\d+) bytes)?/;
/** A counter of the network, in the line behind. */
const COUNTER = /^\s*\[\d+,NET\]\s*$/;

/** Cisco Unified Communications Manager: SDL traces, and the CCM traces of older releases. */
export const ciscoCucmSdl: TraceFormat = {
  id: 'cisco-cucm-sdl',
  title: 'Cisco Unified Communications Manager: SDL and CCM traces',
  rank: 1,
  marks: ['_SdlReadRsp: I', '_SdlSPISignal: O', '_SdlDataInd: I'],
  announce(lines) {
    const line = lines.text(0);
    const found = RECORD.exec(line);
    if (!found) return null;
    const isIncoming = found[1] === 'Incoming';
    const host = found[4]!.includes(':') && found[4]![0] !== '[' ? `[${found[4]}]` : found[4]!;
    const remote = `${host}:${found[5] ?? found[6] ?? found[7]}`;
    const octets = found[3] ?? found[8];
    return {
      direction: isIncoming ? 'received' : 'sent',
      source: isIncoming ? remote : undefined,
      destination: isIncoming ? undefined : remote,
      transport: found[2],
      octets: octets ? Number(octets) : undefined,
      time: timeOf(line.slice(0, found.index)),
      line: COUNTER.test(lines.text(1)) ? 2 : 1,
    };
  },
  ends: isLogLine,
};

/** `00012345.002 |10:15:42.117 |AppInfo  |…`, `11/03/2019 10:15:42.117 CCM|…`. */
function isLogLine(bytes: Uint8Array, at: number, end: number): boolean {
  return looksLike(bytes, at, end, '00000000.000 |') || looksLike(bytes, at, end, '00/00/0000 00:00:00.000 ');
}

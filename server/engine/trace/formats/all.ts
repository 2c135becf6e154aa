import { asteriskChanSip } from './asterisk-chansip.ts';
import { asteriskPjsip } from './asterisk-pjsip.ts';
import { hep, pcap, pcapng } from './capture.ts';
import { ciscoCcsip } from './cisco-ccsip.ts';
import type { TraceFormat } from './format.ts';
import { freeswitchSofia } from './freeswitch-sofia.ts';
import { kamailioSipdump } from './kamailio-sipdump.ts';
import { kamailioXlog } from './kamailio-xlog.ts';
import { msOcsLogger } from './ms-ocslogger.ts';
import { ngrep } from './ngrep.ts';
import { pjsip } from './pjsip.ts';
import { plain } from './plain.ts';
import { sipgrep } from './sipgrep.ts';
import { sippTraceMsg } from './sipp-trace-msg.ts';
import { sngrepTxt } from './sngrep-txt.ts';
import { tcpdump } from './tcpdump.ts';
import { tcpdumpX } from './tcpdump-x.ts';
import { wiresharkHexdump } from './wireshark-hexdump.ts';

/**
 * Every format; of two with the same mark the first that takes a line has it. A number is a place in this list, plain text is
 * number 0: numbers mean something within one run only.
 */
export const allFormats: readonly TraceFormat[] = [
  plain,
  asteriskChanSip,
  asteriskPjsip,
  ciscoCcsip,
  freeswitchSofia,
  hep,
  kamailioSipdump,
  kamailioXlog,
  msOcsLogger,
  sipgrep, // before ngrep, whose head it has
  ngrep,
  pcap,
  pcapng,
  pjsip,
  sippTraceMsg,
  sngrepTxt,
  tcpdump,
  tcpdumpX,
  wiresharkHexdump,
];

/** The number of a format. */
export function formatNumber(id: string): number {
  return allFormats.findIndex((format) => format.id === id);
}

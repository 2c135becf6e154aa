import { asteriskChanSip } from './asterisk-chansip.ts';
import { asteriskPjsip } from './asterisk-pjsip.ts';
import { hep, pcap, pcapng } from './capture.ts';
import { ciscoCcsip } from './cisco-ccsip.ts';
import type { TraceFormat } from './format.ts';
import { freeswitchSofia } from './freeswitch-sofia.ts';
import { kamailioSipdump } from './kamailio-sipdump.ts';
import { kamailioXlog } from './kamailio-xlog.ts';
import { msOcsLogger } from './ms-ocslogger.ts';
import { pjsip } from './pjsip.ts';
import { plain } from './plain.ts';
import { sippTraceMsg } from './sipp-trace-msg.ts';

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
  pcap,
  pcapng,
  pjsip,
  sippTraceMsg,
];

/** The number of a format. */
export function formatNumber(id: string): number {
  return allFormats.findIndex((format) => format.id === id);
}

import { asteriskChanSip } from './asterisk-chansip.ts';
import { asteriskPjsip } from './asterisk-pjsip.ts';
import { baresip } from './baresip.ts';
import { hep, pcap, pcapng } from './capture.ts';
import { ciscoCcsip } from './cisco-ccsip.ts';
import type { TraceFormat } from './format.ts';
import { freeswitchSofia } from './freeswitch-sofia.ts';
import { jsSipConsole } from './jssip-console.ts';
import { kamailioSipdump } from './kamailio-sipdump.ts';
import { kamailioXlog } from './kamailio-xlog.ts';
import { linphoneBelleSip } from './linphone-bellesip.ts';
import { msOcsLogger } from './ms-ocslogger.ts';
import { ngrep } from './ngrep.ts';
import { pjsip } from './pjsip.ts';
import { plain } from './plain.ts';
import { sipgrep } from './sipgrep.ts';
import { sipJsConsole } from './sipjs-console.ts';
import { sippTraceMsg } from './sipp-trace-msg.ts';
import { sipsak } from './sipsak.ts';
import { sngrepTxt } from './sngrep-txt.ts';
import { snom } from './snom.ts';
import { tcpdump } from './tcpdump.ts';
import { tcpdumpX } from './tcpdump-x.ts';
import { twinkle } from './twinkle.ts';
import { wiresharkHexdump } from './wireshark-hexdump.ts';

/**
 * Every format; of two with the same mark the first that takes a line has it. A number is a place in this list, plain text is
 * number 0: numbers mean something within one run only.
 */
export const allFormats: readonly TraceFormat[] = [
  plain,
  asteriskChanSip,
  asteriskPjsip,
  baresip,
  ciscoCcsip,
  freeswitchSofia,
  hep,
  jsSipConsole,
  kamailioSipdump,
  kamailioXlog,
  linphoneBelleSip,
  msOcsLogger,
  sipgrep, // before ngrep, whose head it has
  ngrep,
  pcap,
  pcapng,
  pjsip,
  sipJsConsole,
  sippTraceMsg,
  sipsak,
  sngrepTxt,
  snom,
  tcpdump,
  tcpdumpX,
  twinkle,
  wiresharkHexdump,
];

/** The number of a format. */
export function formatNumber(id: string): number {
  return allFormats.findIndex((format) => format.id === id);
}

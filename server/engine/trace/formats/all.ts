import { adtran } from './adtran.ts';
import { asteriskChanSip } from './asterisk-chansip.ts';
import { asteriskPjsip } from './asterisk-pjsip.ts';
import { audioCodesSyslog } from './audiocodes-syslog.ts';
import { avayaCcms } from './avaya-ccms.ts';
import { avayaEndpoint } from './avaya-endpoint.ts';
import { avayaSm } from './avaya-sm.ts';
import { awsVoiceConnector } from './aws-voice-connector.ts';
import { baresip } from './baresip.ts';
import { broadWorksXsLog } from './broadworks-xslog.ts';
import { hep, pcap, pcapng, together } from './capture.ts';
import { ciscoCcsip } from './cisco-ccsip.ts';
import { ciscoCucmSdl } from './cisco-cucm-sdl.ts';
import { ciscoExpressway } from './cisco-expressway.ts';
import { ciscoJabber } from './cisco-jabber.ts';
import { ciscoPhone } from './cisco-phone.ts';
import { clearwaterSprout } from './clearwater-sprout.ts';
import type { TraceFormat } from './format.ts';
import { fortiGate } from './fortigate.ts';
import { freeswitchSofia } from './freeswitch-sofia.ts';
import { genesysSipServer } from './genesys-sipserver.ts';
import { jainSip } from './jain-sip.ts';
import { jsSipConsole } from './jssip-console.ts';
import { kamailioSipdump } from './kamailio-sipdump.ts';
import { kamailioXlog } from './kamailio-xlog.ts';
import { linphoneBelleSip } from './linphone-bellesip.ts';
import { msOcsLogger } from './ms-ocslogger.ts';
import { ngrep } from './ngrep.ts';
import { openSbc } from './opensbc.ts';
import { oracleOccas } from './oracle-occas.ts';
import { oracleSipmsg } from './oracle-sipmsg.ts';
import { pjsip } from './pjsip.ts';
import { plain } from './plain.ts';
import { quotedText } from './quoted-text.ts';
import { resiprocate } from './resiprocate.ts';
import { ribbonSbc } from './ribbon-sbc.ts';
import { sipePidgin } from './sipe-pidgin.ts';
import { sipgrep } from './sipgrep.ts';
import { sipJsConsole } from './sipjs-console.ts';
import { sipMl5Console } from './sipml5-console.ts';
import { sippShortMsg } from './sipp-shortmsg.ts';
import { sippTraceMsg } from './sipp-trace-msg.ts';
import { sippyB2bua } from './sippy-b2bua.ts';
import { sipsak } from './sipsak.ts';
import { siptraceDb } from './siptrace-db.ts';
import { sipX } from './sipx.ts';
import { sipXMergedXml } from './sipx-merged-xml.ts';
import { sngrepTxt } from './sngrep-txt.ts';
import { snom } from './snom.ts';
import { tcpdump } from './tcpdump.ts';
import { tcpdumpX } from './tcpdump-x.ts';
import { tropoVoxeo } from './tropo-voxeo.ts';
import { twinkle } from './twinkle.ts';
import { uccApi } from './uccapi.ts';
import { wiresharkCsv } from './wireshark-csv.ts';
import { wiresharkDetails } from './wireshark-details.ts';
import { wiresharkFlow } from './wireshark-flow.ts';
import { wiresharkFollow } from './wireshark-follow.ts';
import { wiresharkFollowBytes } from './wireshark-follow-bytes.ts';
import { wiresharkHexdump } from './wireshark-hexdump.ts';
import { wiresharkJson } from './wireshark-json.ts';
import { wiresharkPdml } from './wireshark-pdml.ts';
import { wiresharkPsml } from './wireshark-psml.ts';
import { wiresharkSummary } from './wireshark-summary.ts';

/**
 * Every format; of two with the same mark the first that takes a line has it. A number is a place in this list, plain text is
 * number 0: numbers mean something within one run only.
 */
export const allFormats: readonly TraceFormat[] = [
  plain,
  adtran,
  asteriskChanSip,
  asteriskPjsip,
  baresip,
  audioCodesSyslog,
  avayaCcms,
  avayaEndpoint,
  avayaSm,
  awsVoiceConnector,
  broadWorksXsLog,
  ciscoCcsip,
  ciscoCucmSdl,
  ciscoExpressway,
  ciscoJabber,
  ciscoPhone,
  clearwaterSprout, // before pjsip, whose lines it has
  fortiGate,
  freeswitchSofia,
  genesysSipServer,
  hep,
  jsSipConsole,
  ribbonSbc,
  sipXMergedXml, // before jain-sip, which asks less
  jainSip,
  kamailioSipdump,
  kamailioXlog,
  linphoneBelleSip,
  msOcsLogger,
  sipgrep, // before ngrep, whose head it has
  ngrep,
  openSbc,
  oracleOccas,
  oracleSipmsg,
  pcap,
  pcapng,
  together,
  pjsip,
  quotedText,
  sipJsConsole,
  sipePidgin,
  sipMl5Console,
  resiprocate,
  sippShortMsg,
  sippTraceMsg,
  sipsak,
  sngrepTxt,
  snom,
  tcpdump,
  tcpdumpX,
  twinkle,
  wiresharkDetails,
  wiresharkFollow,
  wiresharkFollowBytes, // before other dumps
  wiresharkHexdump,
  sippyB2bua,
  siptraceDb,
  sipX,
  tropoVoxeo,
  uccApi,
  wiresharkPdml, // before JSON, with which it shares words
  wiresharkJson,
  wiresharkCsv, // the lists of packets: before the one in words
  wiresharkFlow,
  wiresharkPsml,
  wiresharkSummary,
];

/** The number of a format. */
export function formatNumber(id: string): number {
  return allFormats.findIndex((format) => format.id === id);
}

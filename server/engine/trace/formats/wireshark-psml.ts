import { keepText } from './entities.ts';
import type { TraceFormat } from './format.ts';
import { timeOf } from './times.ts';
import { hostOf, infoIn, infoPeel, isSipProtocol } from './wiresharkInfo.ts';

const SECTION = /^\s*<section>([^<]*)<\/section>\s*$/;
/** Sections of a packet, each on a line, before the last. */
const MOST = 8;

/** The list of packets as XML: `tshark -T psml`, and Wireshark's Export Packet Dissections as PSML. */
export const wiresharkPsml: TraceFormat = {
  id: 'wireshark-psml',
  title: 'Wireshark and tshark: -T psml, Export Packet Dissections as PSML (only start lines, times and addresses)',
  rank: 2,
  marks: ['<section>Request: ', '<section>Status: '],
  announce(lines) {
    const line = lines.text(0);
    const column = /^\s*<section>/.test(line) ? infoIn(line) : -1;
    if (column < 0) return null;
    const sections: string[] = [];
    for (let before = -1; before >= -MOST; before--) {
      const section = SECTION.exec(lines.text(before));
      if (!section) break;
      sections.unshift(section[1]!);
    }
    const protocol = sections.findIndex(isSipProtocol);
    if (protocol < 3) return null;
    const [time, source, destination] = sections.slice(protocol - 3);
    return { time: timeOf(time!), source: hostOf(source), destination: hostOf(destination), line: 0, column };
  },
  ends: () => true,
  isRebuilt: true,
  isOutline: true,
  peel: infoPeel('<', keepText),
};

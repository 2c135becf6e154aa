import type { TraceFormat } from './format.ts';
import { beginsWith } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD = /MESSAGE START (>{10}|<{10}) (SIP|HTTP)\((0x[0-9A-Fa-f]+)\) - (\S+)/;
/** What stands there instead while “unsafe debug” is off. */
const WITHHELD = /MESSAGE (?:>{10}|<{10}) SIP\(0x/;

/** The debug log of SIPE, the plug-in of Pidgin and other messengers for Office Communicator and Lync. */
export const sipePidgin: TraceFormat = {
  id: 'sipe-pidgin',
  title: 'Pidgin SIPE: debug log with unsafe debugging',
  rank: 1,
  marks: ['SIP(0x', 'HTTP(0x'],
  announce(lines) {
    const line = lines.text(0);
    const found = RECORD.exec(line);
    if (!found) {
      return WITHHELD.test(line)
        ? { skip: 'messages that the log leaves out: unsafe debugging is off', skipped: 1 }
        : null;
    }
    return {
      direction: found[1]![0] === '>' ? 'sent' : 'received',
      time: timeOf(found[4]!),
      thread: found[3],
      skip: found[2] === 'HTTP' ? 'HTTP messages' : undefined,
    };
  },
  ends: (bytes, at, end) => beginsWith(bytes, at, end, 'MESSAGE END '),
  closed: true,
};

import { announceArrow, marks } from './cisco-sipio.ts';
import type { TraceFormat } from './format.ts';
import { peelIndent } from './indent.ts';
import { looksLike } from './lines.ts';

const HEAD = /\[csf\.|\\sipcc\\|platform_print_sip_msg/;

/** Cisco Jabber, Webex and what else is built on the Client Services Framework. */
export const ciscoJabber: TraceFormat = {
  id: 'cisco-jabber',
  title: 'Cisco Jabber and Webex: csf-unified log',
  rank: 1,
  marks,
  announce: (lines) => announceArrow(lines, (head) => HEAD.test(head), /\[(0x[0-9a-f]+)\]/),
  ends: (bytes, at, end) => looksLike(bytes, at, end, '0000-00-00 00:00:00,000'),
  peel: peelIndent,
};

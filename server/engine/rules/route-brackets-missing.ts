import { slice } from '../base/text.ts';
import { addressesIn } from '../sip/addresses.ts';
import { hasLostBrackets } from '../sip/lostBrackets.ts';
import { headerName, headers } from '../sip/message.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { replaced } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const routeBracketsMissing: MessageRule = {
  id: 'route-brackets-missing',
  group: 'header-values',
  scope: 'message',
  title: 'The URI of a Route, Record-Route, Path or Service-Route is not in angle brackets.',
  spec: 'RFC 3261 §25.1; RFC 3261 §20.34; RFC 3327 §4; RFC 3608 §5',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    REGISTER sip:example.org SIP/2.0
    Route: <sip:p1.example.org;lr>, "Proxy" <sip:p2.example.org;lr>;x=y
    Path: (as learned), <sip:p3.example.org;lr
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Route: <sip:p1.example.org;lr>, sip:p2.example.org;lr
                                    ^^^^^^^^^^^^^^^^^^^^^ The URI of Route must stand in angle brackets; without them its parameters are not its own.
    Record-Route: sip:p2.example.org;lr
                  ^^^^^^^^^^^^^^^^^^^^^ The URI of Record-Route must stand in angle brackets; without them its parameters are not its own.
  `,
  reads: { each: ['route', 'record-route', 'path', 'service-route'] },
  check(message, report, { profiles }) {
    if (!profiles.includes('strict') && hasLostBrackets(message)) return;
    for (const id of ['route', 'record-route', 'path', 'service-route']) {
      for (const { field, address } of headers(message, id).flatMap((row) => addressesIn(message, row))) {
        if (address.bracketed || isPlaceholder(slice(message.text, address))) continue;
        const name = headerName(message, field);
        report(
          address,
          `The URI of ${name} must stand in angle brackets; without them its parameters are not its own.`,
        );
      }
    }
  },
  fix: (reported) => replaced(reported, `<${slice(reported.message.text, reported.at)}>`),
};

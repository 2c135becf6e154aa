import { addToList } from '../sip/edits.ts';
import { header } from '../sip/message.ts';
import { repair } from '../sip/repairs.ts';
import { hasOption } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const replacesRequire: MessageRule = {
  id: 'replaces-require',
  group: 'header-presence',
  scope: 'message',
  title: 'INVITE with Replaces does not require replaces, so that a peer without it rings as for a new call.',
  spec: 'RFC 3891 §4',
  severity: { strict: 'hint', trace: 'off', ms: 'off', doc: 'off' },
  good: `
    INVITE sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/TLS 192.0.2.10:5061;branch=z9hG4bK776asdhds
    Require: 100rel,Replaces
    Replaces: 425928@example.org;to-tag=7743;from-tag=6472
  `,
  bad: `
    INVITE sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/TLS 192.0.2.10:5061;branch=z9hG4bK776asdhds
    Supported: replaces
    Replaces: 425928@example.org;to-tag=7743;from-tag=6472
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Without Require: replaces, a peer that does not know Replaces takes this as a new call.
  `,
  reads: { outline: ['replaces', 'require'] },
  check(message, report) {
    if (message.kind !== 'request' || message.method !== 'INVITE') return;
    const field = header(message, 'replaces');
    if (!field || hasOption(message, 'require', 'replaces')) return;
    report(field.value, 'Without Require: replaces, a peer that does not know Replaces takes this as a new call.');
  },
  fix: ({ message }) => repair("Add 'replaces' to Require", [addToList(message, 'Require', 'replaces')]),
};

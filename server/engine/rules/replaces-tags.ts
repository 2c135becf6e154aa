import { type Span, slice } from '../base/text.ts';
import { soundUris } from '../sip/addresses.ts';
import { headers, type SipMessage } from '../sip/message.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { headerFacts } from '../sip/registry.ts';
import { unescaped, uriHeaders } from '../sip/uriHeaders.ts';
import { parseParams } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

const HEADERS = ['replaces', 'join'];

export const replacesTags: MessageRule = {
  id: 'replaces-tags',
  group: 'header-values',
  scope: 'message',
  title: 'Replaces or Join does not have one to-tag and one from-tag, and so names no dialog.',
  spec: 'RFC 3891 §6.1; RFC 3911 §7.1',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    INVITE sip:bob@192.0.2.4 SIP/2.0
    Replaces: 425928@example.org;To-Tag=7743 ;from-tag=6472;early-only
    Refer-To: <sip:carol@example.org?Subject=x&Replaces=12345%40192.0.2.1%3Bfrom-tag%3D1%3Bto-tag%3D2>
    Referred-By: <sip:alice@example.org>
  `,
  bad: `
    REFER sip:bob@192.0.2.4 SIP/2.0
    Replaces: 425928@example.org;to-tag=7743
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Replaces needs a from-tag to name a dialog.
    Join: 425928@example.org;to-tag=1;to-tag=2;from-tag=3
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Join has more than one to-tag.
    Refer-To: <sip:carol@example.org?Replaces=12345%40192.0.2.1%3Bto-tag%3D>
                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Replaces needs a to-tag and a from-tag to name a dialog.
  `,
  reads: { each: [...HEADERS, 'refer-to'] },
  check(message, report) {
    for (const { id, at } of replacing(message)) {
      const value = unescaped(slice(message.text, at));
      const fault = isPlaceholder(value) ? null : faultOf(value);
      if (fault) report(at, `${headerFacts(id)?.name} ${fault}`);
    }
  },
};

/** Their values as header fields, and inside the URI of Refer-To. */
function replacing(message: SipMessage): { id: string; at: Span }[] {
  const own = HEADERS.flatMap((id) => headers(message, id).map(({ value }) => ({ id, at: value })));
  const inside = soundUris(message)
    .filter(({ field }) => field?.id === 'refer-to')
    .flatMap(({ uri }) => uriHeaders(message.text, uri))
    .flatMap(({ name, value }) => (value && HEADERS.includes(name) ? [{ id: name, at: value }] : []));
  return [...own, ...inside].filter(({ at }) => at.to > at.from);
}

function faultOf(value: string): string | null {
  const params = parseParams(value, 0, value.length).slice(1);
  const counts = ['to-tag', 'from-tag'].map((name) => {
    const found = params.filter((entry) => entry.name === name && entry.value && entry.value.to > entry.value.from);
    return { name, count: found.length };
  });
  const missing = counts.filter(({ count }) => count === 0).map(({ name }) => `a ${name}`);
  if (missing.length) return `needs ${missing.join(' and ')} to name a dialog.`;
  const twice = counts.find(({ count }) => count > 1);
  return twice ? `has more than one ${twice.name}.` : null;
}

import { quote } from '../base/quote.ts';
import { nearest, slice } from '../base/text.ts';
import { headers } from '../sip/message.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { allOptionTags, optionTagFacts } from '../sip/registry.ts';
import { replaced } from '../sip/repairs.ts';
import { splitList } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

const NAMES = allOptionTags.map(({ name }) => name);
/** Vendors make tags of their own: with their name in front, or that of a host. */
const VENDORS = /^(?:x|ms|vnd)-|\./i;

/** No list is longer; of what is no list of tags, some are enough. */
const MANY = 200;

export const optionTagUnknown: MessageRule = {
  id: 'option-tag-unknown',
  group: 'header-values',
  scope: 'message',
  title: 'An option tag in Require, Proxy-Require or Supported is none of the known ones.',
  spec: 'RFC 3261 §19.2; IANA sip-parameters',
  // In Supported an unknown tag does no harm: a hint there.
  severity: { strict: 'info', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Require: 100REL
    Proxy-Require: privacy
    Supported: timer, X-cisco-srtp-fallback, ms-early-media, gruu-10, com.example.feature
    k:
  `,
  bad: `
    OPTIONS sip:user@example.com SIP/2.0
    Require: nothingSupportsThis, 100rel
             ^^^^^^^^^^^^^^^^^^^ “nothingSupportsThis” is no known option tag; whoever does not know it answers 420.
    Supported: 100rell
               ^^^^^^^ “100rell” is no known option tag; is 100rel meant?
  `,
  reads: { each: ['require', 'proxy-require', 'supported'] },
  check(message, report) {
    for (const id of ['require', 'proxy-require', 'supported']) {
      for (const field of headers(message, id)) {
        for (const at of splitList(message.text, field.value).slice(0, MANY)) {
          const text = textAbout(slice(message.text, at), id);
          if (text && id === 'supported') report(at, text, 'hint');
          else if (text) report(at, text);
        }
      }
    }
  },
  fix: (reported) => {
    const near = nearest(slice(reported.message.text, reported.at), NAMES);
    return near ? replaced(reported, near) : [];
  },
};

function textAbout(tag: string, id: string): string {
  if (optionTagFacts(tag) || isPlaceholder(tag) || VENDORS.test(tag)) return '';
  const near = nearest(tag, NAMES);
  const advice = near ? `; is ${near} meant?` : id === 'supported' ? '.' : '; whoever does not know it answers 420.';
  return `${quote(tag)} is no known option tag${advice}`;
}

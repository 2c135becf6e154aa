import { readFileSync } from 'node:fs';
import { URL } from 'node:url';
import fc from 'fast-check';
import { b2buaCall } from '../traces/b2bua.ts';
import { conference } from '../traces/conference.ts';
import { traceOfMessages, type Written } from '../traces/write.ts';

// Traces whose ladders are exported and read again by what the exports are for.

const ROOT = new URL('../../', import.meta.url);

/** Words that mean something to a drawing tool, a page, a table or a shell, and signs that few fonts or parsers expect. */
const WORDS = [
  ...['end', 'note', 'Note over p1: x', 'loop', 'alt', 'as', 'title x', 'participant', 'autonumber', 'activate p1'],
  ...['@enduml', '@startuml', '!include x', '!define A B', '==', '...', '|||', 'ref over p1', 'skinparam', 'newpage'],
  ...[
    'wrap:',
    'nowrap:',
    'links p1: {}',
    '%%{init: {}}%%',
    '%% x',
    '$$x^2$$',
    '$p1',
    '%date()',
    '#59;',
    '#quot;',
    '#red',
  ],
  ...['-->>', '->>', '-x', '<-', ':', '::', ';', ',', '"', "'", '`', '```', '\\n', '\\', '\\\\', '/', '//x//', '**x**'],
  ...[
    '__x__',
    '~',
    '~~x~~',
    '""x""',
    '--x--',
    '[[x]]',
    '[x](y)',
    '{',
    '}',
    '{x}',
    '()',
    '(1)',
    '[',
    ']',
    '|',
    '||',
    '^',
  ],
  ...[
    '<',
    '>',
    '<<x>>',
    '<b>x</b>',
    '<br/>',
    '<&star>',
    '<:smile:>',
    '<$x>',
    '<img src=x onerror=alert(1)>',
    '</text>',
  ],
  ...[
    '<script>alert(1)</script>',
    '</script>',
    '<!--',
    '-->',
    ']]>',
    '<![CDATA[',
    '<?x?>',
    '&amp;',
    '&',
    '&#60;',
    '<U+003C>',
  ],
  ...[
    '=cmd()',
    '+1',
    '-2',
    '@x',
    '日本語',
    'e\u0301',
    '👩‍👩‍👧‍👦',
    '🙂',
    'שלום',
    'مرحبا',
    '\u202eabc\u202c',
    '\u200b',
    '\u00a0',
    '\ufeff',
  ],
  ...['\u0001', '\u007f', '\u0085', '\u2028', '\ufffe', '\ud800', 'x'.repeat(90)],
];

/** Names of participants that begin, end or are what a drawing tool takes for its own. */
const NAMES = [
  ...['wrap: x', 'nowrap:', 'end', '$$x^2$$ #59;', '<script>alert(1)</script>', '%%{init: {}}%%', '@enduml'],
  ...['\\n **x**', '"q" `c`', '<U+003C> <&star>', '[[x]](y) ~', '日本語 שלום \u202eabc', `long ${'x'.repeat(90)} 1`],
];

/** A trace in which names and reasons are put together of such words. */
export function hostileTrace(): string {
  const phrase = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
  const drawn = fc.sample(phrase, { numRuns: 24, seed: 7 });
  const phrases = [...WORDS, ...drawn];
  return traceOfMessages(phrases.flatMap((words, at) => exchange(words, at)));
}

/** A request of one of the participants, and its answer. */
function exchange(reason: string, at: number): Written[] {
  const user = at % NAMES.length;
  const name = NAMES[user]!;
  const headers = [
    ['Via', `SIP/2.0/UDP 192.0.2.${user + 1};branch=z9hG4bK${at}`],
    ['From', `"${name.replace(/["\\]/g, '\\$&')}" <sip:u${user}@example.org>;tag=${at}`],
    ['To', '<sip:bob@example.org>;tag=b'],
    ['Call-ID', `=${at}|"x",1`],
    ['CSeq', `${at + 1} MESSAGE`],
  ] as const;
  const sent = at * 100;
  return [
    { at: sent, start: 'MESSAGE sip:bob@example.org SIP/2.0', headers },
    { at: sent + 10, start: `SIP/2.0 ${at % 2 ? 486 : 200} ${reason}`, headers },
  ];
}

/** So many OPTIONS and their answers. */
export function longTrace(messages: number): string {
  const pairs = Array.from({ length: messages / 2 }, (_, at): Written[] => {
    const headers = [
      ['Via', `SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK${at}`],
      ['From', '<sip:alice@example.org>;tag=1'],
      ['To', '<sip:bob@example.org>;tag=2'],
      ['Call-ID', at],
      ['CSeq', `${at + 1} OPTIONS`],
    ] as const;
    return [
      { at: at * 20, start: 'OPTIONS sip:bob@example.org SIP/2.0', headers },
      { at: at * 20 + 5, start: 'SIP/2.0 200 OK', headers },
    ];
  });
  return traceOfMessages(pairs.flat());
}

/** Traces that are small enough to be drawn whole. */
export const TRACES: Readonly<Record<string, string>> = {
  sample: readFileSync(new URL('samples/eject-user.sip', ROOT), 'utf8'),
  'a call with times': readFileSync(
    new URL('server/fixtures/traces/asterisk-pjsip/full-log-tls-from-facts.log', ROOT),
    'utf8',
  ),
  'a call of two legs': b2buaCall(),
  'a conference of six': conference(6),
  'what would be markup': hostileTrace(),
};

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dedent } from '../base/testing.ts';
import { parseXml } from '../xml/xml.ts';
import { csvLadder } from './csv.ts';
import { PAGE_STYLE, SCRIPT, SCRIPT_HASH, STYLE_HASH } from './html.ts';
import type { Ladder, LadderRow } from './ladder.ts';
import { mermaidLadder } from './mermaid.ts';
import { plantumlLadder } from './plantuml.ts';
import { svgLadder, svgPages } from './svg.ts';
import { textLadder } from './text.ts';
import { displayWidth, fit, fitName, wrap } from './width.ts';

function ladderOf(names: string[], rows: Partial<LadderRow>[]): Ladder {
  const lanes = names.map(
    (label, at) => ({ id: `p${at + 1}`, label, kind: 'user', uri: null, addresses: [], why: '' }) as const,
  );
  return {
    format: 'plain',
    lanes,
    rows: rows.map((row, at) => ({ ...ROW, index: at + 1, ...row })),
    dialogs: [],
    calls: [],
    guesses: [],
    conferences: [],
    skipped: [],
  };
}

const ROW: LadderRow = {
  index: 1,
  line: 0,
  time: null,
  from: 0,
  to: 1,
  type: 'request',
  method: 'BYE',
  status: null,
  reason: null,
  label: 'BYE',
  summary: '',
  facts: '',
  source: null,
  destination: null,
  direction: null,
  transport: null,
  copies: 1,
  callId: '1',
  cseq: 1,
  body: null,
  length: 400,
  dialog: null,
  transaction: null,
  respondsTo: null,
  retransmissionOf: null,
  retransmissions: 0,
  failed: false,
  captions: [],
  problems: { error: 0, warning: 0, info: 0, hint: 0 },
};
const failed = { from: 1, to: 0, type: 'response', label: '481 Gone', failed: true } as const;

describe('the text ladder', () => {
  const cases: Record<string, [Ladder, string]> = {
    'of nothing': [ladderOf([], []), 'No SIP message.\n'],
    'of two parties': [
      ladderOf(
        ['Alice', 'Bob'],
        [
          { captions: ['They part.'] },
          failed,
          { retransmissionOf: 1, problems: { error: 1, warning: 2, info: 0, hint: 0 } },
        ],
      ),
      `
         Alice            Bob
           │               │
           │               │
         They part.
       1   │───── BYE ────▶│
       2   │◀ ✕ 481 Gone ╌╌│
       3   │───── BYE ────▶│  again: 1, 1 error, 2 warnings
           │               │
      `,
    ],
    'of one party': [
      ladderOf(['10.0.0.1'], [{ to: 0, label: 'OPTIONS' }]),
      `
         10.0.0.1
             │
       1     │⟲ OPTIONS
             │
      `,
    ],
    'over midnight': [
      ladderOf(
        ['A', 'B'],
        [{ time: Date.UTC(2024, 4, 1, 23, 59, 59, 5) }, { time: Date.UTC(2024, 4, 2) }, { time: null }],
      ),
      `
         2024-05-01   A         B
                      │         │
       1 23:59:59.005 │── BYE ─▶│
                      │         │
         2024-05-02
       2 00:00:00.000 │── BYE ─▶│
       3              │── BYE ─▶│
                      │         │
      `,
    ],
    'in wide characters': [
      ladderOf(['日本', 'é'], [{ label: 'MESSAGE 世界 e\u0301' }]),
      `
         日本                  é
           │                   │
       1   │─ MESSAGE 世界 e\u0301 ─▶│
           │                   │
      `,
    ],
  };
  for (const [name, [ladder, text]] of Object.entries(cases))
    it(name, () => assert.equal(textLadder(ladder), dedent(text)));

  it('keeps many lanes apart and says what did not fit', () => {
    const names = Array.from({ length: 30 }, (_, at) => `a rather long name ${at}`);
    const text = textLadder(ladderOf(names, [{ from: 0, to: 29, label: 'x'.repeat(400) }]));
    const [head, rails] = text.split('\n');
    assert.equal(rails!.match(/│/g)!.length, 30);
    assert.ok(rails!.length < 400, `${rails!.length} columns`);
    assert.equal(head!.match(/…/g)!.length, 30);
    assert.match(text, /a rath…29 = a rather long name 29\n/);
  });

  it('draws anything, each line in its columns', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 80 }).map((one) => one.replace(/[\p{C}\p{Z}]/gu, 'x'));
    const lanes = fc.array(text, { minLength: 1, maxLength: 8 });
    const rows = fc.array(fc.record({ from: fc.nat(7), to: fc.nat(7), label: text }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(lanes, rows, (names, drawn) => {
        const near = drawn.map((row) => ({ ...row, from: row.from % names.length, to: row.to % names.length }));
        const lines = textLadder(ladderOf(names, near)).split('\n');
        const last = displayWidth(lines[1]!);
        for (const [at, row] of near.entries())
          if (row.from !== row.to) assert.equal(displayWidth(lines[at + 2]!), last, lines[at + 2]);
      }),
    );
  });
});

describe('the other drawings', () => {
  const evil = ladderOf(
    ['<script>alert(1)</script>', 'a;b#c'],
    [{ label: '"&<>\u0000\ud800 ✕ #59; %% end', captions: ['</text> {x}\n;'] }, { to: 0 }, failed],
  );

  it('Mermaid: nothing is taken for its own words', () => {
    assert.equal(
      mermaidLadder(evil),
      dedent(`
        sequenceDiagram
          autonumber
          participant p1 as #60;script#62;alert(1)#60;/script#62;
          participant p2 as a#59;b#35;c
          Note over p1,p2: #60;/text#62; #123;x#125; #59;
          p1->>p2: #34;#38;#60;#62; \ufffd ✕ #35;59#59; #37;#37; end
          p1->>p1: BYE
          p2--xp1: 481 Gone
      `),
    );
  });

  it('text: of more lanes than anybody can follow it is in parts, with those that take part', () => {
    const names = Array.from({ length: 50 }, (_, at) => `party ${at}`);
    const text = textLadder(
      ladderOf(
        names,
        names.slice(1).map((_, at) => ({ from: at, to: at + 1 })),
      ),
    );
    assert.match(text, /^50 participants: in parts, each with those that take part in it\.\n\nmessages 1 to 11\n\n/);
    assert.equal(text.match(/ BYE /g)!.length, 49);
    assert.equal(text.match(/^messages /gm)!.length, 5);
  });

  it('Mermaid: a ladder that is too long for it becomes several diagrams, which says so', () => {
    const long = ladderOf(
      ['A', 'B'],
      Array.from({ length: 10 }, () => ({ label: 'BYE' })),
    );
    const text = mermaidLadder(long, 150);
    assert.match(text, /^Mermaid draws no more than 150 characters at once: this ladder is in 3 diagrams\.\n/);
    const blocks = [...text.matchAll(/```mermaid\n(.*?)```/gs)].map(([, block]) => block!);
    assert.equal(blocks.length, 3);
    assert.ok(blocks.every((block) => block.length <= 150));
    assert.equal(text.match(/p1->>p2: BYE/g)!.length, 10);
    assert.match(blocks[1]!, /^sequenceDiagram\n {2}autonumber 5\n {2}participant p1 as A\n/);
    const some = mermaidLadder({ ...long, rows: [long.rows[3]!, long.rows[7]!] });
    const lanes = Array.from({ length: 400 }, (_, at) => `somebody with a long name ${at}`);
    const wide = mermaidLadder(
      ladderOf(
        lanes,
        lanes.slice(1).map((_, at) => ({ from: at, to: at + 1 })),
      ),
      5000,
    );
    const each = [...wide.matchAll(/```mermaid\n(.*?)```/gs)].map(([, block]) => block!);
    assert.equal(wide.match(/->>/g)!.length, 399);
    assert.ok(each.every((block) => block.length <= 5000));
    assert.match(some, /p2: \(4\) BYE\n.*p2: \(8\) BYE\n$/);
    assert.doesNotMatch(some, /autonumber/);
  });

  it('PlantUML: nothing is taken for its own words', () => {
    assert.equal(
      plantumlLadder(evil),
      dedent(`
        @startuml
        actor "<U+003C>script<U+003E>alert(1)<U+003C><U+002F>script<U+003E>" as p1
        actor "a;b<U+0023>c" as p2
        note over p1, p2 : <U+003C><U+002F>text<U+003E> <U+007B>x<U+007D> ;
        p1 -> p2 : 1 <U+0022><U+0026><U+003C><U+003E> <U+FFFD> ✕ <U+0023>59; <U+0025><U+0025> end
        p1 -> p1 : 2 BYE
        p2 -->x p1 : 3 481 Gone
        @enduml
      `),
    );
  });

  it('PlantUML: what is larger than its pictures becomes several diagrams, each with the lanes that it needs', () => {
    const tall = plantumlLadder(
      ladderOf(
        ['A', 'B', 'C'],
        Array.from({ length: 300 }, (_, at) => ({ to: at < 290 ? 1 : 2 })),
      ),
    );
    assert.match(
      tall,
      /^' PlantUML makes no picture larger than 4096 pixels: this ladder is in 3 diagrams, a picture each\.\n/,
    );
    const blocks = tall.split('@startuml\n').slice(1);
    assert.deepEqual(
      blocks.map((block) => block.match(/^actor .*/gm)!.length),
      [2, 2, 3],
    );
    assert.match(blocks[1]!, /^title messages 133 to 264\nactor "A" as p1\n/);
    assert.equal(tall.match(/^p1 -> p[23] : /gm)!.length, 300);
    const names = Array.from({ length: 60 }, (_, at) => `a party with a long name ${at}`);
    const wide = plantumlLadder(
      ladderOf(
        names,
        Array.from({ length: 59 }, (_, at) => ({ from: at, to: at + 1 })),
      ),
    );
    assert.equal(wide.match(/^p\d+ -> p\d+ : /gm)!.length, 59);
    for (const block of wide.split('@startuml\n').slice(1)) assert.ok(block.match(/^actor /gm)!.length < 20);
  });

  it('CSV: quoted as RFC 4180 asks, and no formula', () => {
    const csv = csvLadder(
      ladderOf(
        ['a "b", c', '=cmd()'],
        [{ callId: '+1', reason: '-2\n', summary: ' @x', problems: { error: 1, warning: 2, info: 0, hint: 0 } }],
      ),
    );
    assert.equal(
      csv,
      [
        'index,time,from,to,source,destination,transport,type,method,status,reason,summary,callId,cseq,body,dialog,transaction,respondsTo,retransmissionOf,errors,warnings',
        `1,,"a ""b"", c",'=cmd(),,,,request,BYE,,"'-2\n",' @x,'+1,1,,,,,,1,2`,
        '',
      ].join('\r\n'),
    );
  });

  it('HTML: its policy knows its style and its script', () => {
    const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
    assert.deepEqual([STYLE_HASH, SCRIPT_HASH], [hash(PAGE_STYLE), hash(SCRIPT)]);
  });

  it('SVG: in pictures that are not too high or large, each message in one of them', () => {
    const many = Array.from({ length: 500 }, (_, at) => ({ label: `BYE ${at}`, captions: at % 2 ? ['said'] : [] }));
    const names = Array.from({ length: 400 }, (_, at) => `party ${at}`);
    for (const [lanes, most] of [
      [['A', 'B'], 3000],
      [names, 800],
    ] as const) {
      const pages = svgPages(ladderOf([...lanes], many), 'dark', 3000);
      const heights = pages.map((page) => Number(/ height="(\d+)">/.exec(page)![1]));
      assert.ok(Math.max(...heights) <= most && Math.min(...heights.slice(0, -1)) > most - 100, heights.join());
      const labels = pages.flatMap((page) =>
        [...page.matchAll(/class="label"[^>]*>BYE (\d+)</g)].map(([, n]) => Number(n)),
      );
      assert.deepEqual(labels, [...many.keys()]);
      for (const page of pages) assert.match(page, /class="lane"/);
    }
  });

  it('SVG: well-formed, whatever is in it', () => {
    const svg = svgLadder(evil);
    assert.deepEqual(parseXml(svg).problems, []);
    assert.doesNotMatch(svg, /<script/);
    assert.deepEqual(parseXml(svgLadder(ladderOf([], []))).problems, []);
  });
});

describe('widths', () => {
  it('fit and wrap', () => {
    assert.deepEqual(
      [fit('abcdef', 6), fit('abcdef', 4), fit('日本語', 4), fit('ab', 0)],
      ['abcdef', 'abc…', '日…', ''],
    );
    assert.deepEqual(
      [fitName('user 100', 8), fitName('user 100', 7), fitName('a name', 5), fitName('日本語の名前です', 12)],
      ['user 100', 'use…100', 'a na…', '日本…前です'],
    );
    assert.deepEqual(wrap('one two  three abcdefghi', 7), ['one two', 'three', 'abcdef…']);
    assert.deepEqual(wrap(' ', 7), []);
  });
});

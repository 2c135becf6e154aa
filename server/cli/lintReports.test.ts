import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { allRules } from '../engine/rules/all.ts';
import { provideSchemas } from '../engine/xml/schemas.ts';
import { parseXml, walk } from '../engine/xml/xml.ts';
import { Failure } from './command.ts';
import { runCli } from './main.ts';

provideSchemas((file) => readFileSync(new URL(`../schemas/${file}`, import.meta.url), 'utf8'));

/** Too large a Max-Forwards (an error), a Priority that nobody knows (a note), behind characters of two UTF-16 units. */
const BAD = `MESSAGE sip:bob@example.org SIP/2.0
Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1
From: <sip:alice@example.org>;tag=1
To: <sip:bob@example.org>
Call-ID: 1@example.org
CSeq: 1 MESSAGE
Max-Forwards: 300
Subject: 😀
Priority: soon
Content-Length: 0

`;
const CROSSING = BAD.replace('CSeq: 1 MESSAGE', 'CSeq: 1 MESSAGEE').replace('300', '70');

interface Run {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  readonly written: Record<string, string>;
}

async function run(files: Record<string, string>, ...words: string[]): Promise<Run> {
  let [out, err] = ['', ''];
  const written: Record<string, string> = {};
  const text = async (path: string) => {
    const found = files[path];
    if (found === undefined) throw new Failure(`${path}: there is no such file`);
    return found;
  };
  const status = await runCli(['lint', ...words], {
    version: '1.2.3',
    text,
    bytes: () => assert.fail(),
    nearest: async () => null,
    way: (_from, to) => to,
    print: async (part) => void (out += String(part)),
    secret: () => 'a secret',
    warn: (line) => void (err += `${line}\n`),
    write: async (path, whole) => void (written[path] = String(whole)),
  });
  return { status, out, err, written };
}

const files = { 'a b/bad,%.sip': BAD, 'good.sip': BAD.replace('300', '70').replace('soon', 'urgent') };
const NAMES = Object.keys(files);

describe('lint --format', () => {
  it('sarif: what the standard requires, and places that people count from one', async () => {
    const { out, status } = await run(files, '--format', 'sarif', ...NAMES);
    const log = JSON.parse(out) as Sarif;
    assert.equal(status, 1);
    assert.deepEqual([log.version, log.runs.length], ['2.1.0', 1]);
    const [{ tool, results, columnKind }] = log.runs as [Sarif['runs'][0]];
    assert.deepEqual([tool.driver.name, tool.driver.version, columnKind], ['SIP Lens', '1.2.3', 'utf16CodeUnits']);
    assert.equal(tool.driver.rules.length, allRules.length);
    for (const { ruleId, ruleIndex, level, message, locations } of results) {
      assert.equal(tool.driver.rules[ruleIndex]!.id, ruleId);
      assert.ok(['error', 'warning', 'note'].includes(level) && message.text.length > 0 && locations.length === 1);
    }
    const found = results.find(({ ruleId }) => ruleId === 'max-forwards-range')!;
    assert.deepEqual(found.locations[0]!.physicalLocation, {
      artifactLocation: { uri: 'a%20b/bad%2C%25.sip' },
      region: { startLine: 7, startColumn: 15, endLine: 7, endColumn: 18 },
    });
    assert.match(found.partialFingerprints['problemAndLine/v1']!, /^[0-9a-f]{16}$/);
  });

  it('sarif: the other messages of a problem are told', async () => {
    const { out } = await run({ a: BAD + BAD.replace('z9hG4bK1', 'z9hG4bK2') }, '--format=sarif', 'a');
    const related = (JSON.parse(out) as Sarif).runs[0]!.results.flatMap((one) => one.relatedLocations ?? []);
    for (const { id, message, physicalLocation } of related)
      assert.ok(id >= 1 && /^message \d+: /.test(message.text) && physicalLocation.region.startLine >= 1);
    assert.ok(related.length > 0, out);
  });

  it('github: a command a problem, its properties escaped', async () => {
    const { out } = await run(files, '--format', 'github', ...NAMES);
    const [first] = out.split('\n');
    assert.match(
      first!,
      /^::error file=a b\/bad%2C%25\.sip,line=7,endLine=7,col=15,endColumn=18,title=max-forwards-range::Max-Forwards .*300/,
    );
    assert.match(out, /^::notice .*title=priority-value::/m);
    assert.ok(out.split('\n').every((line) => line === '' || /^::(?:error|warning|notice) /.test(line)));
  });

  it('junit: well-formed, with as many failures as there are errors', async () => {
    const odd = { ...files, 'x<&"\u0001\ud800.sip': BAD };
    const { out } = await run(odd, '--format', 'junit', ...Object.keys(odd));
    const document = parseXml(out);
    assert.deepEqual(document.problems, []);
    const elements = [...walk(document)];
    const count = (name: string) => elements.filter((element) => element.name === name).length;
    assert.equal(count('testsuite'), 3);
    assert.equal(count('failure'), 2);
    assert.match(out, /<testsuites name="sip-lens" tests="\d+" failures="2" errors="0">/);
    assert.match(out, /<testcase name="no problems" classname="good.sip"\/>/);
  });

  it('text: in the end how often each rule spoke', async () => {
    const { out } = await run({ 'a.sip': BAD + BAD.replaceAll('1@example.org', '2@example.org') }, 'a.sip');
    const [, summary] = out.split('\n\n');
    assert.match(summary ?? '', /^2 {2}error {2}max-forwards-range\n2 {2}hint {3}priority-value\n/);
    assert.match(out, /\n2 errors, .* in 2 messages, judged as strict\n$/);
  });
});

describe('lint --baseline', () => {
  it('leaves out what is known, wherever it stands now, and nothing else', async () => {
    const made = await run(files, '--baseline', 'known.json', '--write-baseline', ...NAMES);
    assert.deepEqual([made.status, made.err], [0, '']);
    assert.match(made.out, /^no new problems .*; \d+ of the baseline not shown\n$/);
    const known = made.written['known.json']!;
    const moved = { ...files, [NAMES[0]!]: `A line more.\n\n${BAD}`, 'known.json': known };
    const same = await run(moved, '--baseline', 'known.json', ...NAMES);
    assert.deepEqual([same.status, same.out], [0, made.out]);
    // The same problem once more, in another call, and another one.
    const more = `${BAD}${BAD.replaceAll('1@example.org', '2@example.org')}${CROSSING.replaceAll('1@example.org', '3@example.org')}`;
    const { out, status } = await run(
      { ...moved, [NAMES[0]!]: more },
      '--baseline=known.json',
      '--format=json',
      NAMES[0]!,
    );
    const [file] = (
      JSON.parse(out) as { files: { known: number; diagnostics: { rule: string; messageIndex: number }[] }[] }
    ).files;
    const told = file!.diagnostics.map(({ rule, messageIndex }) => `${messageIndex} ${rule}`);
    assert.equal(status, 1);
    assert.ok(told.includes('2 max-forwards-range') && told.includes('3 cseq-method-mismatch'), String(told));
    assert.ok(!told.includes('1 max-forwards-range') && file!.known > 0);
  });

  it('says what is wrong with it', async () => {
    const none = await run(files, '--baseline', 'none.json', 'good.sip');
    assert.deepEqual([none.status, none.err], [2, 'none.json: there is no such file\n']);
    const other = await run({ ...files, 'x.json': '[]' }, '--baseline', 'x.json', 'good.sip');
    assert.deepEqual([other.status, other.err], [2, 'x.json: this is no baseline; --write-baseline makes one\n']);
    const alone = await run(files, '--write-baseline', 'good.sip');
    assert.deepEqual([alone.status, alone.err], [2, '--write-baseline needs a file to write: --baseline FILE\n']);
    assert.match((await run(files, '--write-baseline=x', 'good.sip')).err, /--write-baseline has no value/);
  });
});

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { driver: { name: string; version: string; rules: readonly { id: string }[] } };
    readonly columnKind: string;
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { text: string };
      readonly locations: readonly { physicalLocation: object }[];
      readonly relatedLocations?: readonly {
        id: number;
        message: { text: string };
        physicalLocation: { region: { startLine: number } };
      }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
}

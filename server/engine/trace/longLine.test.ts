import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { block } from '../sip/frame.ts';
import { TraceBuilder } from './builder.ts';
import { scan } from './scan.ts';
import { Stretch } from './stretch.ts';

const HEADERS = String.raw`Via: SIP/2.0/UDP h:5060;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n`;
/** Records that may stand in any number on one line. */
const RECORDS: Readonly<Record<string, string>> = {
  'of a format': `{"event_timestamp":"2021-03-01T10:00:00.000Z","sip_message":"INVITE sip:c@d SIP/2.0\\r\\n${HEADERS}"},`,
  'of a format that lacks what is looked for around it': `{"sip_message":"INVITE sip:c@d SIP/2.0\\r\\n${HEADERS}"},`,
  'without a format': `{"text":"INVITE sip:c@d SIP/2.0\\r\\n${HEADERS}"},`,
};

describe('many records on one line', () => {
  for (const [name, record] of Object.entries(RECORDS))
    it(`${name} cost as much each as few do, and another such line behind them costs nothing`, () => {
      const [few, many] = [50, 200].map((count) =>
        readsOf(`${record.repeat(count)}\n${record.repeat(count)}`, 2 * count),
      );
      assert.ok(many! < 5 * few!, `${few} words looked at for 50 records, ${many} for 200`);
    });
});

/** How often the words of a text are looked at while so many messages in it are found: a count of work, whatever the machine is doing. */
function readsOf(text: string, messages: number): number {
  const memory = block(text.length);
  new TextEncoder().encodeInto(text, memory.bytes);
  let reads = 0;
  const words = new Proxy(memory.words, {
    get(target, key) {
      reads++;
      return Reflect.get(target, key);
    },
  });
  const into = new TraceBuilder();
  scan(new Stretch({ bytes: memory.bytes, words }, text.length, 0, null), into);
  assert.equal(into.columns.count, messages);
  return reads;
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { LineMap } from '../engine/base/text.ts';
import { lintText } from '../engine/engine.ts';
import { provideSchemas } from '../engine/xml/schemas.ts';
import { FileTrace } from './fileTrace.ts';
import type { CallsView, LinkDecision, TraceApi } from './protocol.ts';
import { createTraceApi } from './traces.ts';

provideSchemas((file) => readFileSync(new URL(`../schemas/${file}`, import.meta.url), 'utf8'));

const ALL: CallsView = { show: 'all', order: 'time' };
/** Messages 1 to 13 are two legs of one call, 14 to 16 a call that was declined; no evidence links that with the first. */
const TWO_LEGS = readFileSync(new URL('../../test/e2e/two-legs.sip', import.meta.url), 'utf8');
const LEG_1 = [1, 2, 5, 8, 9, 10, 13];
const LEG_2 = [3, 4, 6, 7, 11, 12];
const BUSY = [14, 15, 16];
const CUT: LinkDecision = { callIds: ['leg-1@192.0.2.1', 'leg-2@192.0.2.9'], are: 'not one call' };
const LINKED: LinkDecision = { callIds: ['busy@192.0.2.3', 'leg-1@192.0.2.1'], are: 'one call' };

type Ask = (decided: readonly LinkDecision[]) => Promise<TraceApi>;

const ofDocument: Ask = async (decided) => {
  const { reading, lint } = await lintText(TWO_LEGS);
  const { problems, profiles } = lint;
  const lines = new LineMap(TWO_LEGS);
  const open = {
    reading,
    problems,
    profiles,
    revision: 1,
    title: 'two-legs.sip',
    lines,
    offsetAt: () => 0,
    notices: [],
  };
  return createTraceApi(async () => open, { decided: () => decided });
};

const ofFile =
  (t: TestContext): Ask =>
  async (decided) => {
    const bytes = Buffer.from(TWO_LEGS);
    const read = (from: number, into: Uint8Array) => {
      const part = bytes.subarray(from, from + into.length);
      into.set(part);
      return part.length;
    };
    const file = { name: 'two-legs.sip', size: bytes.length, changed: 0, read, close() {} };
    const trace = new FileTrace(
      'file:///two-legs.sip',
      async () => file,
      () => {},
    );
    t.after(() => trace.close());
    trace.decide(decided);
    while ((await trace.api.summary()).reading?.state === 'reading')
      await new Promise((resolve) => setTimeout(resolve, 5));
    return trace.api;
  };

describe('what was told of legs by hand is so wherever a call is asked for', () => {
  for (const [name, askOf] of [
    ['a document', () => ofDocument],
    ['a file that is read by ranges', ofFile],
  ] as const) {
    it(`by a filter with the calls of what fits: ${name}`, async (t) => {
      const around = async (decided: readonly LinkDecision[], filter: string) =>
        (await (await askOf(t)(decided)).filter(filter, 'call')).messages;
      assert.deepEqual(await around([], 'message:1'), ordered(LEG_1, LEG_2));
      assert.deepEqual(await around([CUT], 'message:1'), LEG_1);
      assert.deepEqual(await around([LINKED], 'message:15'), ordered(LEG_1, LEG_2, BUSY));
      assert.deepEqual(await around([LINKED, CUT], 'message:15'), ordered(LEG_1, BUSY));
    });

    it(`by a call as text: ${name}`, async (t) => {
      const places = async (decided: readonly LinkDecision[], index: number) =>
        (await (await askOf(t)(decided)).text(index, 'call')).places.map((place) => place.index);
      assert.deepEqual(await places([], 3), ordered(LEG_1, LEG_2));
      assert.deepEqual(await places([CUT], 3), LEG_2);
      assert.deepEqual(await places([LINKED], 3), ordered(LEG_1, LEG_2, BUSY));
    });

    it(`by the export of a call, as it is and redacted: ${name}`, async (t) => {
      const api = await askOf(t)([LINKED, CUT]);
      const scope = { filter: 'message:15', context: 'call' } as const;
      for (const key of [null, 'k']) {
        assert.deepEqual(await exported(api, key, scope), ordered(LEG_1, BUSY));
        const { calls, messages } = JSON.parse((await api.file('json', key, scope)).content) as Written;
        assert.equal(calls.length, 1);
        const callIds = [messages[0]!.callId, messages.at(-1)!.callId];
        assert.deepEqual(calls[0]!.callIds, callIds);
        assert.equal(calls[0]!.links[0]!.evidence[0]!.kind, 'by-hand');
        assert.deepEqual([calls[0]!.links[0]!.from, calls[0]!.links[0]!.to], callIds);
      }
      const report = (await api.file('markdown', null, scope)).content;
      assert.match(report, /^10 messages, /m);
      assert.match(
        report,
        /^## Linked legs\n\n- d1 and d3 are one call: linked by you \(messages .*1.* and .*14.*\)$/m,
      );
      assert.deepEqual(JSON.parse((await (await askOf(t)([CUT])).file('json', null, null)).content).calls, []);
    });

    it(`by the export of what is shown, where that is a call or a part of one alone: ${name}`, async (t) => {
      const api = await askOf(t)([LINKED]);
      const call = { of: 'call 1', view: ALL, title: 'the call of message 1' };
      const all = { filter: '', context: 'message', call } as const;
      assert.deepEqual(await exported(api, null, all), ordered(LEG_1, LEG_2, BUSY));
      assert.deepEqual(await exported(api, null, { ...all, call: { ...call, of: 'leg 2' } }), LEG_2);
      assert.deepEqual(await exported(api, 'k', { ...all, filter: 'method:BYE' }), [10, 11, 12, 13]);
      assert.match((await api.file('text', null, all)).content, /486 Busy Here/);
      await assert.rejects(exported(api, null, { ...all, call: { ...call, of: 'x' } }), /no message/);
    });
  }
});

interface Written {
  readonly messages: readonly { readonly index: number; readonly callId: string }[];
  readonly calls: readonly {
    readonly callIds: readonly string[];
    readonly links: readonly {
      readonly from: string;
      readonly to: string;
      readonly evidence: readonly { readonly kind: string }[];
    }[];
  }[];
}

/** The numbers of the messages of an export. */
async function exported(api: TraceApi, key: string | null, scope: Parameters<TraceApi['file']>[2]): Promise<number[]> {
  const { content } = await api.file('ndjson', key, scope);
  return content
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { index: number }).index);
}

function ordered(...parts: readonly (readonly number[])[]): number[] {
  return parts.flat().sort((one, other) => one - other);
}

import type { LegEvidence, LegLink } from '../../engine/flow/sessions/evidence.ts';
import { factsOfLeg } from './callFacts.ts';
import { idOf } from './callIds.ts';
import type { CallLink, WholeCall } from './callNode.ts';
import type { CallTable } from './callTable.ts';
import * as words from './callWords.ts';

/** More pieces of evidence are counted only. */
const MOST = 12;

/** All legs of a call, with what makes them one call and what may be further legs. */
export async function wholeCall(table: CallTable, call: number): Promise<WholeCall> {
  const { source, legsOf, links, guesses, callOf } = table;
  const legs = legsOf.get(call) ?? [call];
  const all = legs.flatMap((leg) =>
    (links.get(leg) ?? [])
      .filter(({ from }) => from === leg)
      .flatMap((link) => link.evidence.map((one) => ({ link, one }))),
  );
  const perhaps = legs.flatMap((leg) => (guesses.get(leg) ?? []).map((link) => ({ leg, link })));
  const others = perhaps
    .map(({ leg, link }) => ({ link, other: link.from === leg ? link.to : link.from }))
    .filter(({ other }) => callOf[other] !== call)
    .slice(0, MOST);
  const facts = factsOfLeg(table, call);
  const ofOthers = others.map(({ other }) => factsOfLeg(table, callOf[other]!));
  const messages = await source.load([facts, ...ofOthers].flatMap(words.neededBy));
  const numbers = ({ from, to }: LegLink) => `Legs ${legs.indexOf(from) + 1} and ${legs.indexOf(to) + 1}`;
  return {
    of: idOf({ is: 'call', call }),
    view: { show: 'all', order: 'time' },
    title: words.titleOf(facts, messages),
    legs: legs.length,
    links: all.slice(0, MOST).map(({ link, one }) => told(numbers(link), one)),
    guesses: others.map(({ link }, at) => told(words.titleOf(ofOthers[at]!, messages), link.evidence[0]!)),
    more: Math.max(0, all.length - MOST),
  };
}

function told(of: string, { kind, text, weight, messages: [one, other] }: LegEvidence): CallLink {
  return { of, text, weight: kind === 'by-hand' ? '' : words.weightWords(weight), messages: [one + 1, other + 1] };
}

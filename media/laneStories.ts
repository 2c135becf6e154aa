import type { Lane, LaneStory, TraceApi } from '../server/view/protocol.ts';
import { element } from './dom.ts';
import type { ShownLane } from './laneView.ts';
import { grouped, plain } from './words.ts';

/** Of a lane that is made of more, so many are told of. */
const MOST_PARTS = 5;
/** A tooltip's line is no longer. */
const LONGEST_LINE = 160;

/** What is told of one lane of the trace. */
export interface ToldLane {
  readonly lane: Lane;
  readonly story: LaneStory;
}

/** Why lanes are lanes, asked of the server one by one and remembered until the trace changes. */
export class LaneStories {
  private readonly ask: TraceApi['lane'];
  private lanes: readonly Lane[] = [];
  private known = new Map<number, Promise<LaneStory>>();

  constructor(ask: TraceApi['lane']) {
    this.ask = ask;
  }

  /** Takes the lanes of a trace that is another, or has changed. */
  take(lanes: readonly Lane[]): void {
    this.lanes = lanes;
    this.known = new Map();
  }

  /** Of each lane of the trace that is drawn as one; of no more than a few. */
  async of({ parts }: ShownLane): Promise<readonly ToldLane[]> {
    const told = parts.slice(0, MOST_PARTS).map(async (number) => ({
      lane: this.lanes[number]!,
      story: await this.storyOf(number),
    }));
    return Promise.all(told);
  }

  private storyOf(number: number): Promise<LaneStory> {
    const known = this.known.get(number);
    if (known) return known;
    const story = this.ask(number);
    this.known.set(number, story);
    story.catch(() => this.known.delete(number)); // it is asked for again
    return story;
  }
}

/** The stories as lines of text, for a tooltip. */
export function storyLines(told: readonly ToldLane[]): string[] {
  return told.flatMap(({ lane, story }) => {
    const evidence = story.evidence.map((one) => `${one.what}: ${valuesOf(one).join(', ')}`);
    const lines = [story.role, story.traffic, ...evidence, story.sample].filter(Boolean);
    const name = told.length > 1 ? [`${lane.label}:`] : [];
    return [...name, ...lines].map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line));
  });
}

/** The stories as elements, to be read at leisure. */
export function storyElements(told: readonly ToldLane[]): HTMLElement[] {
  return told.map(({ lane, story }) => {
    const made = element('section', 'lane-story');
    made.append(element('h2', '', lane.label), element('p', '', `${story.role} ${story.traffic}`));
    const list = element('dl', '');
    for (const one of story.evidence) {
      list.append(element('dt', '', one.what));
      for (const value of valuesOf(one)) list.append(element('dd', '', value));
    }
    made.append(
      list,
      element('p', 'hint', [`${lane.why.replace(/\.$/, '')}.`, story.sample].filter(Boolean).join(' ')),
    );
    return made;
  });
}

function valuesOf({ values, more }: LaneStory['evidence'][number]): string[] {
  const shown = values.map(({ text, messages }) => `${text} (${plain(messages, 'message')})`);
  return more > 0 ? [...shown, `and ${grouped(more)} more`] : shown;
}

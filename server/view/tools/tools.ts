import { explainCallTool } from './explainCall.ts';
import { findMessagesTool } from './findMessages.ts';
import { ladderTool } from './ladder.ts';
import { lintTool } from './lint.ts';
import { summaryTool } from './summary.ts';
import type { Subject, Tool, ToolInput } from './tool.ts';

/** Every question that a language model may ask: one file each, one line here, and an entry in `package.json` that tells the model of it. */
export const tools: readonly Tool[] = [summaryTool, ladderTool, findMessagesTool, explainCallTool, lintTool];

/** An answer is cut where it is longer, in characters; a question may ask for less. */
const LONGEST = 24_000;
const SHORTEST = 500;

/**
 * The answer to a question, at most so many characters and a sentence that says so where it was cut. Throws, in a sentence, where there is no such question, or
 * nothing to ask it about.
 */
export function toolAnswer(subject: Subject, name: string, input: ToolInput, longest = LONGEST): string {
  const tool = tools.find((one) => one.name === name);
  if (!tool) throw new Error(`There is no tool named “${name}”.`);
  const { title, reading, problems } = subject;
  if (reading.trace.count === 0 && !tool.ofXml) throw new Error(`${title}: no SIP message was found.`);
  if (reading.trace.count === 0 && problems.length === 0 && !/^\s*</.test(subject.text))
    throw new Error(`${title}: neither a SIP message nor an XML document was found.`);
  const answer = `${title}\n${tool.answer(subject, input)}`;
  return bounded(answer, Math.max(SHORTEST, Math.min(LONGEST, longest)), tool);
}

function bounded(text: string, longest: number, { narrower }: Tool): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest);
  const end = cut.lastIndexOf('\n');
  const kept = (end > longest / 2 ? cut.slice(0, end) : cut).replace(/[\ud800-\udbff]$/, '');
  return `${kept}\n\nCut here: ${kept.length} of ${text.length} characters. ${narrower}`;
}

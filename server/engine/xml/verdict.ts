import { once } from '../base/memo.ts';
import { type Certainty, createCertainty } from './certain.ts';
import { type Compiled, compileSchemas } from './compile.ts';
import { createJudge, type Finding, type Judge, MOST_FINDINGS } from './judge.ts';
import { createCertain, createKnown, knowsNothing } from './known.ts';
import { parseXml } from './parse.ts';
import { readSchemaModel } from './readModel.ts';
import { NO_USER_SCHEMAS, type SchemaProblem, type UserSchemaFiles } from './schemaFile.ts';
import { NO_SCHEMAS, type SchemaModel } from './schemaModel.ts';
import { readSchemas } from './schemas.ts';
import { isUnbound } from './serialize.ts';
import type { XmlDocument, XmlElement, XmlProblem } from './tree.ts';
import { explain, isNamedOtherwise } from './wording.ts';

interface Loaded {
  readonly compiled: Compiled;
  readonly judge: Judge;
  /** Read when the first document is judged. */
  readonly certainty: () => Certainty;
  /** Read when something is asked or found. */
  readonly model: () => SchemaModel;
  /** What was found in a document before: whoever mends it asks again. */
  readonly verdicts: WeakMap<XmlDocument, readonly XmlProblem[]>;
}

let loaded: Loaded | null = null;
let loading: Promise<void> | null = null;
let user: Promise<UserSchemaFiles> = Promise.resolve(NO_USER_SCHEMAS);

/** Loads libxml2 and the schemas, once, for `verdict`. A load that fails is tried again by the next call. */
export function loadVerdict(): Promise<void> {
  if (loading) return loading;
  const forget = () => {
    if (loading === started) loading = null;
  };
  const started: Promise<void> = load(user).then(
    () => {
      if (!loaded) forget();
    },
    (error) => {
      forget();
      throw error;
    },
  );
  loading = started;
  return started;
}

/** Loads the schemas anew, with these of the user's. @returns what is wrong with them */
export async function replaceSchemas(files: Promise<UserSchemaFiles>): Promise<readonly SchemaProblem[]> {
  user = files;
  loading = null;
  await loadVerdict();
  return loaded?.compiled.problems ?? [];
}

/** The texts of the schemas in force, by the names they import each other by; null before they are loaded. */
export function schemasInForce(): ReadonlyMap<string, string> | null {
  return loaded?.compiled.texts ?? null;
}

/** What the schemas in force say; of nothing before they are loaded. */
export function schemaModel(): SchemaModel {
  return loaded?.model() ?? NO_SCHEMAS;
}

/** The namespaces that schemas of the user's are in force for. */
export function userNamespaces(): ReadonlySet<string> {
  return loaded?.compiled.replaced ?? NO_NAMESPACES;
}

const NO_PROBLEMS: readonly XmlProblem[] = [];
/** A document longer than this has a list of many users, or is like no other. */
const LONG = 100_000;
const NO_NAMESPACES: ReadonlySet<string> = new Set();

async function load(files: Promise<UserSchemaFiles>): Promise<void> {
  const [schemas, own] = await Promise.all([readSchemas(), files]);
  if (files !== user) return loadVerdict();
  if (!schemas) return;
  const libxml2 = await import('./libxml2.ts');
  const compiled = compileSchemas(libxml2, schemas, own);
  loaded?.compiled.dispose();
  // Keys tie parts of a document together: then no part of it can be judged alone.
  const keyed = own.files.some(({ text }) => /<(?:\w+:)?(?:unique|key|keyref)\s/.test(text));
  const model = once(() => readSchemaModel(new Map([...compiled.texts].map(([name, text]) => [name, parseXml(text)]))));
  const certainty = once(() => createCertainty(model(), compiled.texts.values()));
  const knowledge = () => (keyed ? knowsNothing() : certainty().any ? createCertain(certainty())() : createKnown());
  const judge = createJudge(libxml2, compiled.validators, knowledge);
  loaded = { compiled, judge, certainty, model, verdicts: new WeakMap() };
}

/**
 * What is against the schema, in the order of the text; also in a document that is not well-formed. A document whose root
 * is in no namespace that has a schema is not judged.
 * @returns null where no schemas are loaded
 */
export function verdict(document: XmlDocument): readonly XmlProblem[] | null {
  if (!loaded) return null;
  const known = loaded.verdicts.get(document);
  if (known) return known;
  // Of a long roster each user is asked for certainty anyway: once is enough.
  const isLong = document.to - document.from > LONG;
  const found = !isLong && loaded.certainty().document(document) ? NO_PROBLEMS : judged(document, loaded);
  loaded.verdicts.set(document, found);
  return found;
}

function judged(document: XmlDocument, by: Loaded): XmlProblem[] {
  return rounds(document, by)
    .map(({ problem }) => problem)
    .filter((problem) => !document.problems.some((one) => one.from < problem.to && problem.from < one.to))
    .sort((a, b) => a.from - b.from || a.to - b.to);
}

interface Judged {
  readonly finding: Finding;
  readonly problem: XmlProblem;
}

/** A child that is wrong keeps libxml2 from judging those behind it: so often it is asked again without such children. */
const MOST_ROUNDS = 5;
/** A longer document is judged once. */
const LONGEST = 400_000;

function rounds(document: XmlDocument, { judge, model, compiled }: Loaded): Judged[] {
  const explained = (findings: readonly Finding[]) =>
    findings
      .filter(
        (finding, at) =>
          !isDoubled(finding, findings[at - 1]) &&
          !isUnfinished(document, finding) &&
          !isNamedOtherwise(finding, findings),
      )
      .map((finding) => ({ finding, problem: explain(document, model(), finding, compiled.replaced) }));
  const all = explained(judge.judge(document) ?? []);
  const leftOut = new Set<XmlElement>();
  if (document.to - document.from > LONGEST) return all;
  for (let round = 1; round < MOST_ROUNDS && all.length < MOST_FINDINGS; round++) {
    const before = leftOut.size;
    for (const { finding, problem } of all) if (isRemovable(finding, problem)) leftOut.add(finding.element);
    if (leftOut.size === before) break;
    const found = explained(judge.judgeWithout(document, leftOut));
    all.push(...found.filter((one) => !isConsequence(one, leftOut) && !all.some((known) => isSame(known, one))));
  }
  return all;
}

/** Whether the rest of the content may be judged as if the element were not there. */
function isRemovable({ element, message }: Finding, { fault }: XmlProblem): boolean {
  return element.parent !== null && message.startsWith('This element is not expected.') && fault !== 'missing-element';
}

/** Whether something is found only because a child was left out, as that a child is missing. */
function isConsequence({ finding: { element, message }, problem }: Judged, leftOut: ReadonlySet<XmlElement>): boolean {
  if (message.startsWith('Missing child')) return element.children.some((one) => leftOut.has(one));
  if (!message.startsWith('This element is not expected.')) return false;
  const besides = element.parent?.children.some((one) => leftOut.has(one)) ?? false;
  return besides && !['element', 'order', 'command'].includes(problem.fault ?? '');
}

function isSame(a: Judged, b: Judged): boolean {
  return a.problem.from === b.problem.from && a.problem.message === b.problem.message;
}

const NOT_VALID = /is not a valid value of the (?:local )?(?:atomic|list|union) type/;

/** One bad item of a list is reported twice: as an item, and as a list that has it. */
function isDoubled(finding: Finding, before: Finding | undefined): boolean {
  if (before?.element !== finding.element || before.attribute !== finding.attribute) return false;
  return NOT_VALID.test(finding.message) && (NOT_VALID.test(before.message) || before.message.startsWith('[facet'));
}

/** Whether what is missing or unknown here is a thing that is still being typed, or named by the parser already. */
function isUnfinished(document: XmlDocument, { element, message }: Finding): boolean {
  if (element.unfinished || isUnbound(element)) return true;
  return message.startsWith('Missing child') && isUnclosed(document, element);
}

function isUnclosed({ text }: XmlDocument, element: XmlElement): boolean {
  return element.closeTag === null && text[element.openTag.to - 2] !== '/';
}

import { applied, slice } from '../../base/text.ts';
import { CCCP, type Cccp, type CccpCommand, CONFERENCE_INFO } from '../../flow/cccp.ts';
import { encoded } from '../../xml/encode.ts';
import { layOut } from '../../xml/layout.ts';
import { type ChildModel, type ElementModel, type Named, rootModels } from '../../xml/model.ts';
import { isNamed } from '../../xml/schemaModel.ts';
import { attributeText, parseXml, XMLNS, type XmlDocument, type XmlElement } from '../../xml/xml.ts';
import { signatureOf } from '../commandSignature.ts';
import { declaration, type Names, namesWith, prefixesIn } from '../completion/prefixes.ts';

/** How a command ends. */
export interface Outcome {
  readonly code: 'success' | 'failure';
  /** Why it failed: of the command, or of the whole response where the command gives no reasons. */
  readonly reason?: string;
}

/** The ways in which the commands of a request may end, success first. */
export function outcomesOf({ commands: [first] }: Cccp): Outcome[] {
  const reasons = first ? (signatureOf(first.name)?.reasons ?? []) : [];
  const failures = (reasons.length > 0 ? reasons : ['otherFailure']).map(
    (reason) => ({ code: 'failure', reason }) as const,
  );
  return [{ code: 'success' }, ...failures];
}

/** The response to a CCCP request, which repeats its requestId, has its addresses exchanged and names the same (MS-CONFPRO §2.2.3). */
export function responseTo(document: XmlDocument, request: Cccp, outcome: Outcome): string {
  const names = namesWith(prefixesIn(document, request.root));
  const commands = request.commands.map((one) => commandIn({ document, names, outcome }, one));
  const isTold = request.commands.some(({ name }) => tellsReason(name));
  const reason = outcome.reason && !isTold ? ` reason="${outcome.reason}"` : '';
  const root = names.element({ namespace: CCCP, local: 'response' });
  const given = (local: 'requestId' | 'version' | 'to' | 'from', name: string) => {
    const value = request[local];
    return value ? ` ${name}="${encoded(value.value)}"` : '';
  };
  const attributes = [
    given('requestId', 'requestId'),
    given('version', 'C3PVersion'),
    given('to', 'from'),
    given('from', 'to'),
  ];
  const namespaces = [...declarationsOf(document, request.root), ...[...names.missing].map(declaration)];
  const start = `<${root}${namespaces.join('')}${attributes.join('')} code="${outcome.code}"${reason}>`;
  const text = [start, ...commands, `</${root}>`, ''].join('\n');
  return applied(text, layOut(parseXml(text), { unit: '  ', lineEnd: '\n' }));
}

interface Answering {
  readonly document: XmlDocument;
  readonly names: Names;
  readonly outcome: Outcome;
}

function declarationsOf({ text }: XmlDocument, element: XmlElement): string[] {
  return element.attributes.filter((one) => one.namespace === XMLNS).map((one) => ` ${slice(text, one)}`);
}

/** Where a command itself says how it ended: MS-CONFBAS §2.2.3.6 has `result` for that. */
function tellsReason(name: string): boolean {
  const { response } = signatureOf(name) ?? {};
  return response?.attributes.some(({ local }) => local === 'reason' || local === 'result') ?? false;
}

function commandIn(answering: Answering, command: CccpCommand): string {
  const { document, names, outcome } = answering;
  const model = responseModel(command.name);
  const name = names.element({ namespace: CCCP, local: command.name });
  const says = (local: string) => model?.attributes.some((one) => one.local === local) ?? false;
  const own = declarationsOf(document, command.element).join('');
  const result = says('result') ? ` result="${outcome.reason ?? 'success'}"` : '';
  const reason = outcome.reason && says('reason') ? ` reason="${outcome.reason}"` : '';
  const isWhole = outcome.code === 'success' || says('result');
  const content = isWhole && model ? contentOf(answering, command, model) : [];
  const start = `<${name}${own}${reason}${result}`;
  return content.length > 0 ? [`${start}>`, ...content, `</${name}>`].join('\n') : `${start}/>`;
}

function responseModel(command: string): ElementModel | undefined {
  const root = rootModels().find(({ namespace, local }) => namespace === CCCP && local === 'response');
  return root?.children.find(({ namespace, local }) => namespace === CCCP && local === command)?.model;
}

/** What a response names of a conference, user, endpoint or medium, and the key that names it in the request. */
const NAMED: Readonly<Record<string, readonly [attribute: string, key: string]>> = {
  'conference-info': ['entity', 'confEntity'],
  user: ['entity', 'userEntity'],
  endpoint: ['entity', 'endpointEntity'],
  media: ['id', 'mediaId'],
};

/** What the response's command holds: the keys of the request as far as they are wanted, and what the command is about. */
function contentOf(answering: Answering, { element }: CccpCommand, { children }: ElementModel): string[] {
  const keys = children.filter(isKeys);
  const repeated = keys.find((slot) => element.children.some((one) => isNamed(one, slot))) ?? keys[0];
  return children
    .filter((slot) => slot === repeated || (slot.namespace === CONFERENCE_INFO && Object.hasOwn(NAMED, slot.local)))
    .flatMap((slot) => (slot === repeated ? keysIn(answering, element, slot) : namedIn(answering, element, slot)));
}

function isKeys({ namespace, local }: Named): boolean {
  return namespace === CCCP && local.endsWith('Keys');
}

function keysIn(answering: Answering, command: XmlElement, slot: ChildModel): string[] {
  const own = new Set(slot.model.attributes.map(({ local }) => local));
  const given = [...keysOf(answering, command)].filter(([key]) => own.has(key) || key.includes(':'));
  const attributes = given.map(([key, value]) => ` ${key}="${value}"`).join('');
  return attributes ? [`<${answering.names.element(slot)}${attributes}/>`] : [];
}

/** Repeated from the request, or made of its keys; none where that does not say it. */
function namedIn(answering: Answering, command: XmlElement, slot: ChildModel): string[] {
  const same = command.children.find((one) => isNamed(one, slot));
  if (same) return [slice(answering.document.text, same)];
  const [attribute, key] = NAMED[slot.local]!;
  const value = keysOf(answering, command).get(key);
  return value === undefined ? [] : [`<${answering.names.element(slot)} ${attribute}="${value}"/>`];
}

/** The attributes of a command's keys. */
function keysOf({ document }: Answering, { children }: XmlElement): ReadonlyMap<string, string> {
  const attributes = children.filter(isKeys).flatMap((one) => one.attributes);
  const own = attributes.filter(({ namespace }) => namespace !== XMLNS);
  return new Map(own.map((one) => [one.name, encoded(attributeText(document, one))]));
}

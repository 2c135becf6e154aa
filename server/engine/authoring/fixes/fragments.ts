import type { Repair } from '../../base/repair.ts';
import { applied, type TextEdit } from '../../base/text.ts';
import { type Fragment, fragmentOf } from '../../flow/fragments.ts';
import { contentType } from '../../sip/message.ts';
import { contentTypeFacts } from '../../sip/registry.ts';
import { called, repair } from '../../sip/repairs.ts';
import { layOut } from '../../xml/layout.ts';
import { attributesFor, type ElementModel, missingChildren, rootModels } from '../../xml/model.ts';
import { usuallyFor } from '../../xml/names.ts';
import { isUnbound } from '../../xml/serialize.ts';
import { parseXml, type XmlElement } from '../../xml/xml.ts';
import { declaration, type Names, namesWith } from '../completion/prefixes.ts';
import { startTag } from './newXml.ts';
import { namesOf } from './unknownElement.ts';
import type { XmlFault, XmlFixer } from './xmlFault.ts';

/** Makes a document of what was copied from a specification, which leaves out namespaces and what is around (MS-CONFBAS §2.2.2.2). */
export const fragmentFixer: XmlFixer = {
  rules: ['xml-fragment', 'xml-root-namespace'],
  mend(fault) {
    const { root } = fault.document;
    const fragment = fragmentOf(fault.document) ?? announced(fault);
    if (!root || !fragment || fault.problem.from !== root.nameAt.from) return [];
    return fragment.kind === 'document' ? whole(fault, root, fragment) : wrapped(fault, root, fragment);
  },
};

/** The Content-Type says what namespace is missing. */
function announced({ document: { root }, place: { within } }: XmlFault): Fragment | null {
  const { namespace, roots } = (within && contentTypeFacts(contentType(within.message))) ?? {};
  return root && !root.namespace && namespace && roots?.includes(root.local) ? { namespace, kind: 'document' } : null;
}

function whole(fault: XmlFault, root: XmlElement, { namespace }: Fragment): Repair[] {
  const names = namesWith(new Map([['', namespace]]));
  const model = rootModels().find((one) => one.namespace === namespace && one.local === root.local);
  const edits = model ? qualified(fault, root, model, names) : [];
  const at = root.nameAt.to;
  const added = [declaration(['', namespace]), ...declared(root, names)].join('');
  return repair(`Add the namespace ${called(namespace)}`, [{ from: at, to: at, text: added }, ...edits]);
}

function wrapped(fault: XmlFault, root: XmlElement, { namespace }: Fragment): Repair[] {
  const { text, from, to } = fault.document;
  const [path, model] = pathTo(namespace, root) ?? [];
  if (!path || !model) return [];
  const names = namesWith(new Map([['', namespace]]));
  const inside = qualified(fault, root, model, names).map((edit) => ({
    ...edit,
    from: edit.from - root.from,
    to: edit.to - root.from,
  }));
  const inner = applied(text.slice(root.from, root.to), inside);
  const around = path.map((_, at) =>
    path
      .slice(0, at)
      .map(({ local }) => local)
      .reverse(),
  );
  const [outer = '', ...starts] = path.map((one, at) => startTag(fault, names, one, around[at]!));
  const ends = path.map((one) => `</${names.element(one)}>`).reverse();
  const opened = `${outer}${declared(root, names).join('')}>`;
  const lines = [opened, ...starts.map((one) => `${one}>`), inner, ...ends];
  const made = isOnLines(text.slice(from, to)) ? laidOut(lines.join('\n')) : lines.join('');
  const title = `Put ${called(root.name)} into a ${called(path[0]!.local)}`;
  return repair(title, [{ from: root.from, to: root.to, text: made }]);
}

function isOnLines(text: string): boolean {
  return text.length < 100 || /[\r\n]/.test(text.trim());
}

function laidOut(text: string): string {
  return applied(text, layOut(parseXml(text), { unit: '  ', lineEnd: '\n' }));
}

/** What may be the root of a document that holds the element, and what must stand between; a question is chosen where several will do. */
function pathTo(namespace: string, { local }: XmlElement): [ElementModel[], ElementModel] | undefined {
  const roots = rootModels().filter((one) => one.namespace === namespace && one.local !== 'response');
  const waiting = roots.map((one) => [one]);
  for (const path of waiting) {
    const last = path.at(-1)!;
    const found = last.children.find((one) => one.local === local && one.namespace === namespace);
    if (found && isEnough(last, found)) return [path, found.model];
    if (path.length < DEEPEST) for (const one of questionsFirst(last)) waiting.push([...path, one]);
  }
  return undefined;
}

/** Elements around one are not looked for farther down than this. */
const DEEPEST = 3;

/** Whether nothing else has to be in an element beside the child. */
function isEnough(parent: ElementModel, child: { namespace: string; local: string }): boolean {
  return missingChildren(parent, [child]).length === 0;
}

function questionsFirst({ children }: ElementModel): ElementModel[] {
  const rank = ({ local }: ElementModel) => (local.startsWith('get') ? 0 : 1);
  return children.map(({ model }) => model).sort((a, b) => rank(a) - rank(b));
}

/** The names in an element that are in no namespace as they are to be written, as far as the schemas know them. */
function qualified(fault: XmlFault, element: XmlElement, model: ElementModel, names: Names): TextEdit[] {
  const name = names.element(model);
  const isRight = element.name === name || element.namespace !== '' || isUnbound(element);
  const own = isRight ? [] : namesOf(fault, element).map((place) => ({ ...place, text: name }));
  const known = new Set(model.attributes.map(({ local }) => local));
  const extensions = attributesFor(model).filter((one) => one.namespace !== '');
  const attributes = element.attributes.flatMap(({ name: written, nameAt }) => {
    const meant = known.has(written) ? undefined : extensions.find(({ local }) => local === written);
    return meant ? [{ ...nameAt, text: names.attribute(meant) }] : [];
  });
  return [
    ...own,
    ...attributes,
    ...element.children.flatMap((child) => {
      const meant = model.children.find(({ local }) => local === child.local);
      return meant ? qualified(fault, child, meant.model, names) : [];
    }),
  ];
}

/** The declarations that the names need, and those that were left out with the namespaces. */
function declared(root: XmlElement, names: Names): string[] {
  const missing = new Map(names.missing);
  const all = [root];
  for (const element of all) {
    all.push(...element.children);
    for (const { name, namespace } of [element, ...element.attributes]) {
      const prefix = isUnbound({ name, namespace }) ? name.slice(0, name.indexOf(':')) : '';
      const usual = usuallyFor(prefix);
      if (usual && !missing.has(prefix)) missing.set(prefix, usual);
    }
  }
  return [...missing].map(declaration);
}

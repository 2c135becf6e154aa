import { type AttributeModel, type ElementModel, rootModels } from '../xml/model.ts';
import { CCCP } from '../xml/schemas.ts';
import type { XmlElement } from '../xml/xml.ts';

/** A command of CCCP: what its element holds in a request, and in the response to it. */
export interface CommandSignature {
  readonly request: ElementModel;
  readonly response: ElementModel | null;
  /** Why it may fail, as far as that is known. */
  readonly reasons: readonly string[];
}

/** The command whose element this is, in a request or a response; null for any other element. */
export function commandOf({ namespace, local, parent }: XmlElement): CommandSignature | null {
  const isCommand = namespace === CCCP && parent?.namespace === CCCP && parent.parent === null;
  return isCommand && (parent.local === 'request' || parent.local === 'response') ? signatureOf(local) : null;
}

/** What is known of a command by its name; null where there is none of that name. */
export function signatureOf(local: string): CommandSignature | null {
  const [request, response] = ['request', 'response'].map((root) => inRoot(root, local));
  if (!request) return null;
  const reason = response?.attributes.find((one) => one.local === 'reason' && one.namespace === '');
  return { request, response: response ?? null, reasons: reason?.value.values.map(({ value }) => value) ?? [] };
}

/** The attributes of a command's child that are worth telling together with it: all that keys have, of others those that are required. */
export function tellingAttributes({ namespace, attributes }: ElementModel): readonly AttributeModel[] {
  return attributes.filter((one) => one.required || (namespace === CCCP && one.namespace === ''));
}

function inRoot(root: string, local: string): ElementModel | undefined {
  const envelope = rootModels().find((one) => one.namespace === CCCP && one.local === root);
  return envelope?.children.find((one) => one.namespace === CCCP && one.local === local)?.model;
}

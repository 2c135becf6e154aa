import { memo } from '../base/memo.ts';
import { type Span, trimmed } from '../base/text.ts';
import { CCCP, CONFERENCE_INFO } from '../xml/schemas.ts';
import { attribute, attributeValue, textOf, type XmlDocument, type XmlElement } from '../xml/xml.ts';

export { CCCP, CONFERENCE_INFO };
/** Microsoft's additions to the commands of CCCP, and to conference-info. */
export const CCCP_EXTENSIONS = 'http://schemas.microsoft.com/rtc/2005/08/cccpextensions';
export const CONFINFO_EXTENSIONS = 'http://schemas.microsoft.com/rtc/2005/08/confinfoextensions';

/** What the code of a response may be (draft-levin-xcon-cccp-04 §8). */
export const RESPONSE_CODES: readonly string[] = ['success', 'failure', 'pending'];

/** The attributes that an envelope must have (MS-CONFPRO §2.2.2, §2.2.3). */
export const CCCP_NEEDS: Readonly<Record<'request' | 'response', readonly ('requestId' | 'from' | 'to' | 'code')[]>> = {
  request: ['requestId', 'from', 'to'],
  response: ['requestId', 'from', 'to', 'code'],
};

/** A value without the blanks around it, and where it stands. */
export interface Placed {
  readonly value: string;
  readonly at: Span;
}

/** One command of a CCCP document: `deleteUser`. */
export interface CccpCommand {
  readonly name: string;
  readonly element: XmlElement;
  /** The conference its keys name. */
  readonly confEntity: Placed | null;
  /** The users it names itself, by keys or as `user`; not those inside a conference state that it carries. */
  readonly users: readonly Placed[];
  readonly endpoints: readonly Placed[];
  /** Why it failed, in a response. */
  readonly reason: Placed | null;
}

/** A CCCP request or response. */
export interface Cccp {
  readonly kind: 'request' | 'response';
  readonly root: XmlElement;
  readonly requestId: Placed | null;
  readonly from: Placed | null;
  readonly to: Placed | null;
  readonly code: Placed | null;
  readonly reason: Placed | null;
  /** C3PVersion. */
  readonly version: Placed | null;
  readonly commands: readonly CccpCommand[];
}

/** Reads a CCCP document; null for any other. It is read once, however often it is asked for. */
export const readCccp: (document: XmlDocument) => Cccp | null = memo(readEnvelope);

/** The value of an attribute with its place, or null. */
export function placed(document: XmlDocument, element: XmlElement, local: string, namespace = ''): Placed | null {
  const found = attribute(element, local, namespace);
  if (!found) return null;
  const value = (attributeValue(document, element, local, namespace) ?? '').trim();
  return { value, at: value ? trimmed(document.text, found.value.from, found.value.to) : found.value };
}

/** The text of an element without the blanks around it, with its place; null where there is none. */
export function placedText(document: XmlDocument, element: XmlElement): Placed | null {
  const at = element.texts[0];
  const value = textOf(document, element).trim();
  return at && value ? { value, at: trimmed(document.text, at.from, at.to) } : null;
}

function readEnvelope(document: XmlDocument): Cccp | null {
  const { root } = document;
  if (!root || root.namespace !== CCCP || (root.local !== 'request' && root.local !== 'response')) return null;
  return {
    kind: root.local,
    root,
    requestId: placed(document, root, 'requestId'),
    from: placed(document, root, 'from'),
    to: placed(document, root, 'to'),
    code: placed(document, root, 'code'),
    reason: placed(document, root, 'reason'),
    version: placed(document, root, 'C3PVersion'),
    commands: root.children
      .filter(({ namespace }) => namespace === CCCP)
      .map((element) => readCommand(document, element)),
  };
}

function readCommand(document: XmlDocument, element: XmlElement): CccpCommand {
  const parts = element.children;
  const keys = parts.filter((part) => part.namespace === CCCP && part.local.endsWith('Keys'));
  const all = (elements: readonly XmlElement[], local: string) =>
    elements.map((one) => placed(document, one, local)).filter((one) => one !== null);
  const named = (local: string) => parts.filter((part) => part.namespace === CONFERENCE_INFO && part.local === local);
  return {
    name: element.local,
    element,
    confEntity: all(keys, 'confEntity')[0] ?? null,
    users: [...all(keys, 'userEntity'), ...all(named('user'), 'entity'), ...userTexts(document, parts)],
    endpoints: [...all(keys, 'endpointEntity'), ...all(named('endpoint'), 'entity')],
    reason: placed(document, element, 'reason'),
  };
}

/** `setLobbyAccess` names its users as text. */
function userTexts(document: XmlDocument, parts: readonly XmlElement[]): Placed[] {
  return parts.flatMap((part) =>
    part.namespace === CCCP && part.local === 'userEntity' ? (placedText(document, part) ?? []) : [],
  );
}

import { CCCP, CONFERENCE_INFO } from '../xml/schemas.ts';
import { attribute, type XmlDocument, type XmlElement } from '../xml/xml.ts';

/** The commands of CCCP: the draft's, then Microsoft's. */
export const COMMANDS: readonly string[] =
  `cancel ping addConference modifyConference getConference deleteConference addUser modifyUser modifyUserRoles
  deleteUser getUser addEndpoint modifyEndpoint deleteEndpoint getEndpoint addEndpointMedia modifyEndpointMedia
  deleteEndpointMedia getEndpointMedia getConferences getEncryptionKey getAvailableMcuTypes getConferencingCapabilities
  modifyConferenceLock modifyConferenceAnnouncements setLobbyAccess endorseUser`.split(/\s+/);

const KEYS = ['conferenceKeys', 'userKeys', 'endpointKeys', 'mediaKeys'];
/** Names that other vocabularies have, too. */
const COMMON = ['cancel', 'ping', 'addUser', 'modifyUser', 'deleteUser', 'getUser'];
/** One of these is in every text that `fragmentOf` may find something in. */
const TRACES = new RegExp(
  `\\b(?:${['conference-info', 'C3PVersion', 'requestId', ...COMMANDS, ...KEYS].join('|')})\\b`,
);

/** A document that is not yet one of CCCP or conference-info, but by its names is meant to be. */
export interface Fragment {
  /** The namespace it is meant to be in. */
  readonly namespace: string;
  /** `document` lacks its namespace only, `command` and `part` need something around them as well. */
  readonly kind: 'document' | 'command' | 'part';
}

/** Whether a text may be a fragment: to be asked before it is parsed. */
export function mayBeFragment(text: string): boolean {
  return TRACES.test(text);
}

/**
 * What a document lacks that was copied from a specification, where namespaces are left out and commands are printed by
 * themselves (MS-CONFBAS §2.2.2.2). Null for a whole document and for one that only has some name in common.
 */
export function fragmentOf({ root }: XmlDocument): Fragment | null {
  if (!root) return null;
  const { namespace, local } = root;
  if (namespace === CONFERENCE_INFO) return local === 'conference-info' ? null : { namespace, kind: 'part' };
  if (namespace === CCCP) {
    if (COMMANDS.includes(local)) return { namespace, kind: 'command' };
    return KEYS.includes(local) ? { namespace, kind: 'part' } : null;
  }
  return namespace === '' ? unnamed(root) : null;
}

/** A root in no namespace, or with a prefix that is not declared. */
function unnamed(root: XmlElement): Fragment | null {
  const { local } = root;
  if (local === 'conference-info') return { namespace: CONFERENCE_INFO, kind: 'document' };
  if (KEYS.includes(local)) return { namespace: CCCP, kind: 'part' };
  if (COMMANDS.includes(local) && (!COMMON.includes(local) || holdsKeys(root))) {
    return { namespace: CCCP, kind: 'command' };
  }
  if (local !== 'request' && local !== 'response') return null;
  return isEnvelope(root) ? { namespace: CCCP, kind: 'document' } : null;
}

function isEnvelope(root: XmlElement): boolean {
  if (attribute(root, 'C3PVersion') || root.children.some((one) => COMMANDS.includes(one.local))) return true;
  return ['requestId', 'from', 'to'].every((name) => attribute(root, name));
}

function holdsKeys({ children }: XmlElement): boolean {
  return children.some((one) => KEYS.includes(one.local) || one.namespace === CONFERENCE_INFO);
}

import { child, childrenOf, type XmlDocument, type XmlElement } from '../xml/xml.ts';
import {
  CCCP_EXTENSIONS,
  type Cccp,
  CONFERENCE_INFO,
  CONFINFO_EXTENSIONS,
  type Placed,
  placed,
  placedText,
} from './cccp.ts';

/** An endpoint of the user in an `addUser`. */
export interface AddedEndpoint {
  readonly element: XmlElement;
  readonly entity: Placed | null;
  readonly joiningMethod: Placed | null;
  /** `msci:endpoint-uri` and `msci:refer-to-uri`. */
  readonly uris: readonly Placed[];
}

/** A request that adds a user (MS-CONFBAS §2.2.3). */
export interface AddUser {
  readonly element: XmlElement;
  readonly mcuUri: Placed | null;
  readonly user: XmlElement | null;
  readonly entity: Placed | null;
  readonly endpoints: readonly AddedEndpoint[];
  /** The conference calls the user. */
  readonly dialsOut: boolean;
}

/** The `addUser` commands of a request; of a response, and of any other document, none. */
export function addedUsers(document: XmlDocument, cccp: Cccp | null): AddUser[] {
  if (cccp?.kind !== 'request') return [];
  return cccp.commands.filter(({ name }) => name === 'addUser').map(({ element }) => readAddUser(document, element));
}

function readAddUser(document: XmlDocument, element: XmlElement): AddUser {
  const user = child(element, 'user', CONFERENCE_INFO) ?? null;
  const endpoints = user ? childrenOf(user, 'endpoint', CONFERENCE_INFO).map((one) => readEndpoint(document, one)) : [];
  return {
    element,
    user,
    endpoints,
    mcuUri: placed(document, element, 'mcuUri', CCCP_EXTENSIONS),
    entity: user && placed(document, user, 'entity'),
    dialsOut: endpoints.some(({ joiningMethod }) => joiningMethod?.value === 'dialed-out'),
  };
}

function readEndpoint(document: XmlDocument, element: XmlElement): AddedEndpoint {
  const method = child(element, 'joining-method', CONFERENCE_INFO);
  const uris = ['endpoint-uri', 'refer-to-uri'].map((local) => placed(document, element, local, CONFINFO_EXTENSIONS));
  return {
    element,
    entity: placed(document, element, 'entity'),
    joiningMethod: method ? placedText(document, method) : null,
    uris: uris.filter((one) => one !== null),
  };
}

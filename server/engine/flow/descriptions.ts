import { childrenOf, type XmlDocument, type XmlElement } from '../xml/xml.ts';
import { CCCP, CONFERENCE_INFO } from './cccp.ts';

/** The descriptions of conferences in a document of CCCP or conference-info; users and sidebars are not looked through. */
export function descriptionsIn({ root }: XmlDocument): XmlElement[] {
  if (!root) return [];
  const infos =
    root.namespace === CCCP
      ? root.children.flatMap((one) => childrenOf(one, 'conference-info', CONFERENCE_INFO))
      : [root];
  return infos.flatMap((one) => childrenOf(one, 'conference-description', CONFERENCE_INFO));
}

export { parseXml } from './parse.ts';
export { prettyXml } from './pretty.ts';
export type { Fault, SyntaxFault, XmlAttribute, XmlDocument, XmlElement, XmlProblem, XmlText } from './tree.ts';
export { attribute, attributeText, attributeValue, child, childrenOf, textOf, walk, XMLNS } from './tree.ts';

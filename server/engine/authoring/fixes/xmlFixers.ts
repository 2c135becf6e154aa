import { byRuleFixer } from './byRule.ts';
import { fragmentFixer } from './fragments.ts';
import { misnamedFixer } from './misnamed.ts';
import { missingFixer } from './missing.ts';
import { namedAttributesFixer } from './namedAttributes.ts';
import { orderFixer } from './order.ts';
import { prefixFixer } from './prefixes.ts';
import { syntaxFixer } from './syntax.ts';
import { unknownAttributeFixer } from './unknownAttribute.ts';
import { unknownElementFixer } from './unknownElement.ts';
import { valueFixer } from './values.ts';
import { wrongTextFixer } from './wrongText.ts';
import type { XmlFixer } from './xmlFault.ts';

/** All that mends faults of XML documents. */
export const xmlFixers: readonly XmlFixer[] = [
  byRuleFixer,
  fragmentFixer,
  misnamedFixer,
  missingFixer,
  namedAttributesFixer,
  orderFixer,
  prefixFixer,
  syntaxFixer,
  unknownAttributeFixer,
  unknownElementFixer,
  valueFixer,
  wrongTextFixer,
];

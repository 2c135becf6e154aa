// The one door to libxml2: a program of its own in a bundle, because it waits at its top level and weighs a megabyte.
// The lower half is what `XsdValidator.validate` is made of: it would compute an XPath for each error, which takes a minute
// in a document with many faulty siblings, and gives no node.
import * as lower from 'libxml2-wasm/lib/libxml2.mjs';

export {
  ParseOption,
  XmlDocument,
  XsdValidator,
  xmlCleanupInputProvider,
  xmlRegisterInputProvider,
} from 'libxml2-wasm';
export {
  XmlErrorStruct,
  XmlNodeStruct,
  xmlSchemaFreeValidCtxt,
  xmlSchemaNewValidCtxt,
  xmlSchemaSetValidStructuredErrors,
  xmlSchemaValidateDoc,
} from 'libxml2-wasm/lib/libxml2.mjs';

/** Makes a function callable from WebAssembly. Exported by the library, but missing in its types. */
export const { addFunction } = lower as unknown as {
  addFunction(call: (data: number, error: number) => void, signature: 'vii'): number;
};

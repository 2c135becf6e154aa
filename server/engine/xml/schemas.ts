/** A schema that documents, or parts of them, are judged by. */
export interface Schema {
  readonly namespace: string;
  /** The file in `server/schemas/`; schemas import each other by these names. */
  readonly file: string;
  /** The prefix it is usually written with; none where it is usually the default. */
  readonly prefix?: string;
  /** Elements that a document of this namespace may begin with; none where the schema is only a part of others. */
  readonly roots: readonly string[];
}

export const CCCP = 'urn:ietf:params:xml:ns:cccp';
export const CONFERENCE_INFO = 'urn:ietf:params:xml:ns:conference-info';
const MICROSOFT = 'http://schemas.microsoft.com/rtc/';

/** All schemas. A new one is a file in `server/schemas/` and a line here. */
export const SCHEMAS: readonly Schema[] = [
  { namespace: CCCP, file: 'cccp.xsd', roots: ['request', 'response'] },
  { namespace: CONFERENCE_INFO, file: 'conference-info.xsd', prefix: 'ci', roots: ['conference-info'] },
  extension(`${CONFERENCE_INFO}-separator`, 'conference-info-separator.xsd', 'cis'),
  extension(`${MICROSOFT}2005/08/cccpextensions`, 'cccpextensions.xsd', 'mscp'),
  extension(`${MICROSOFT}2005/08/confinfoextensions`, 'confinfoextensions.xsd', 'msci'),
  extension(`${MICROSOFT}2008/12/confinfoextensions`, 'confinfoextensions-2008-12.xsd', 'msci2'),
  extension(`${MICROSOFT}2005/08/imconfinfoextensions`, 'imconfinfoextensions.xsd', 'msim'),
  extension(`${MICROSOFT}2005/08/avconfinfoextensions`, 'avconfinfoextensions.xsd', 'msav'),
  extension(`${MICROSOFT}2005/08/dataconfinfoextensions`, 'dataconfinfoextensions.xsd', 'msdata'),
  extension(`${MICROSOFT}2005/08/acpconfinfoextensions`, 'acpconfinfoextensions.xsd', 'msacp'),
  extension('urn:ietf:params:xml:ns:msls', 'msls.xsd', 'msls'),
];

function extension(namespace: string, file: string, prefix: string): Schema {
  return { namespace, file, prefix, roots: [] };
}

/** Whether a name is of a namespace that only extends those whose documents are judged. */
export function isExtension({ namespace }: { readonly namespace: string }): boolean {
  return namespace !== '' && !SCHEMAS.some((one) => one.namespace === namespace && one.roots.length > 0);
}

/** Gives the text of a schema by the name of its file. */
export type SchemaReader = (file: string) => string | Promise<string>;

let reader: SchemaReader | null = null;

/**
 * Tells the engine, which reads no files itself, where schemas come from. Each program does so once, when it starts;
 * without, nothing is judged.
 */
export function provideSchemas(read: SchemaReader): void {
  reader = read;
}

/** The texts of all schemas, by file; null where nobody provides them. Rejects where one cannot be read. */
export async function readSchemas(): Promise<ReadonlyMap<string, string> | null> {
  const read = reader;
  if (!read) return null;
  const texts = await Promise.all(SCHEMAS.map(async ({ file }) => [file, await read(file)] as const));
  return new Map(texts);
}

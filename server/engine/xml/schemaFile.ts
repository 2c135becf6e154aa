import type { Severity, Span } from '../base/text.ts';
import type { XmlDocument, XmlElement } from './tree.ts';

/** An import, include or redefine in a schema. */
export interface Reference {
  readonly kind: 'import' | 'include' | 'redefine';
  readonly element: XmlElement;
  /** The schemaLocation: what it says, and where. */
  readonly location: { readonly value: string; readonly at: Span } | null;
  /** By what name libxml2 knows the file; null where there is none. */
  readonly name: string | null;
}

/** One file of a schema of the user's. */
export interface SchemaFile {
  readonly uri: string;
  /** By what name libxml2 knows it. */
  readonly name: string;
  readonly document: XmlDocument;
  readonly references: readonly Reference[];
  /** The file with the names of other files as libxml2 knows them; line by line as the file. */
  readonly text: string;
}

/** What is wrong with a schema of the user's. */
export interface SchemaProblem extends Span {
  readonly uri: string;
  readonly message: string;
  readonly severity: Severity;
}

/** The file that a schema begins with. */
export interface UserMain {
  readonly namespace: string;
  readonly uri: string;
}

/** All files of the user's schemas. */
export interface UserSchemaFiles {
  readonly files: readonly SchemaFile[];
  /** Those worth compiling. */
  readonly mains: readonly UserMain[];
  readonly problems: readonly SchemaProblem[];
}

export const NO_USER_SCHEMAS: UserSchemaFiles = { files: [], mains: [], problems: [] };

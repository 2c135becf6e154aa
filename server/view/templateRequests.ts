/** The LSP requests for something to begin with: the list of what there is, and one of them, filled. */
export const TEMPLATES_REQUEST = 'sip/templates';
export const TEMPLATE_REQUEST = 'sip/template';
export interface TemplatesParams {
  /** The document in front, in which values to begin with are looked for. */
  readonly uri?: string;
}
export interface TemplateList {
  readonly templates: readonly TemplateOffer[];
  readonly questions: readonly TemplateQuestion[];
}
export interface TemplateOffer {
  readonly id: string;
  readonly kind: 'request' | 'notification';
  readonly description: string;
  /** The method of the message that carries the document. */
  readonly carrier: string;
  /** The language of the document on its own. */
  readonly language: string;
  /** Names of the questions to ask. */
  readonly asks: readonly string[];
}
export interface TemplateQuestion {
  readonly name: string;
  readonly prompt: string;
  /** What to begin with. */
  readonly value: string;
  /** A regular expression for a valid answer, and what to say of another one. */
  readonly pattern: string;
  readonly expected: string;
}
export interface TemplateParams {
  readonly id: string;
  readonly form: 'document' | 'message';
  /** By the names of the questions; a question without an answer keeps its value. */
  readonly answers: Readonly<Record<string, string>>;
  readonly uri?: string;
}
export interface FilledTemplate {
  readonly text: string;
  readonly languageId: string;
}

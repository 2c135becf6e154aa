import { beginning } from '../engine/authoring/beginning.ts';
import { type Blank, type Template, templates } from '../engine/authoring/templates.ts';
import {
  type FilledTemplate,
  TEMPLATE_REQUEST,
  TEMPLATES_REQUEST,
  type TemplateList,
  type TemplateOffer,
  type TemplateParams,
  type TemplateQuestion,
  type TemplatesParams,
} from '../view/protocol.ts';
import type { Feature, FeatureHost } from './feature.ts';

/** Documents and messages to begin with: the editor asks what there is, asks its user, and asks for the one that was chosen. */
export const templatesFeature: Feature = {
  capabilities: {},
  register(host) {
    const { connection, fence } = host;
    connection.onRequest(
      TEMPLATES_REQUEST,
      fence.around('list templates', (params: TemplatesParams | null) => list(host, params?.uri), NONE),
    );
    connection.onRequest(
      TEMPLATE_REQUEST,
      fence.around('fill a template', (params: TemplateParams) => fill(host, params), null),
    );
  },
};

const NONE: TemplateList = { templates: [], questions: [] };

const PROMPTS: Readonly<Record<Blank, string>> = {
  conference: 'The conference: the SIP URI of its focus',
  from: 'Who sends the request, or is notified: a SIP URI',
  user: 'Whom it is about: a SIP URI',
};

const SIP_URI = '^\\s*sips?:[^\\s<>"@]+@[^\\s<>"]+$';

function list(host: FeatureHost, uri: string | undefined): TemplateList {
  const input = beginning(textOf(host, uri));
  const question = ([name, prompt]: [string, string]): TemplateQuestion => ({
    name,
    prompt,
    value: input[name as Blank],
    pattern: SIP_URI,
    expected: 'A SIP URI is expected, as sip:alice@contoso.com',
  });
  return { templates: templates().map(offer), questions: Object.entries(PROMPTS).map(question) };
}

function offer({ id, kind, description, carrier, blanks }: Template): TemplateOffer {
  return { id, kind, description, carrier, language: languageOf(kind), asks: blanks };
}

function fill(host: FeatureHost, { id, form, answers, uri }: TemplateParams): FilledTemplate | null {
  const template = templates().find((one) => one.id === id);
  if (!template) return null;
  const given = Object.entries(answers ?? {}).filter(([name]) => Object.hasOwn(PROMPTS, name));
  const trimmed = Object.fromEntries(given.map(([name, answer]) => [name, String(answer).trim()]));
  const unique = crypto.randomUUID().replaceAll('-', '');
  const input = { ...beginning(textOf(host, uri)), ...trimmed, unique };
  if (form === 'message') return { text: template.message(input), languageId: 'sip' };
  return { text: template.document(input), languageId: languageOf(template.kind) };
}

function languageOf(kind: Template['kind']): string {
  return kind === 'request' ? 'cccp' : 'conference-info';
}

function textOf({ analysis }: FeatureHost, uri: string | undefined): string {
  return (uri !== undefined && analysis(uri)?.text) || '';
}

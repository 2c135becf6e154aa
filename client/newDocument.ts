import { commands, type ExtensionContext, type TextEditor, ViewColumn, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type FilledTemplate,
  OPEN_TEXT,
  TEMPLATE_REQUEST,
  TEMPLATES_REQUEST,
  type TemplateList,
  type TemplateOffer,
  type TemplateParams,
  type TemplateQuestion,
} from '../server/view/protocol.ts';
import { orSay } from './say.ts';

type Kind = TemplateOffer['kind'];
type Form = TemplateParams['form'];

/** The commands that write something new, and the one by which an edit of the server opens a text. */
export function registerNewDocuments(context: ExtensionContext, client: BaseLanguageClient): void {
  const offered: Record<string, (argument: unknown) => Promise<unknown>> = {
    'sipLens.newRequest': () => newDocument(client, 'request'),
    'sipLens.newNotification': () => newDocument(client, 'notification'),
    [OPEN_TEXT]: (text) => openText(text as FilledTemplate, ViewColumn.Beside),
  };
  for (const [id, run] of Object.entries(offered))
    context.subscriptions.push(commands.registerCommand(id, (argument: unknown) => orSay(run(argument))));
}

/** Asks what to write, for whom and where; leaving any question leaves everything as it is. */
async function newDocument(client: BaseLanguageClient, kind: Kind): Promise<void> {
  if (client.needsStart()) await client.start();
  const editor = window.activeTextEditor;
  const uri = editor && client.code2ProtocolConverter.asUri(editor.document.uri);
  const around = uri === undefined ? {} : { uri };
  const { templates, questions } = await client.sendRequest<TemplateList>(TEMPLATES_REQUEST, around);
  const template = await chooseTemplate(templates.filter((one) => one.kind === kind));
  if (!template) return;
  const answers = await ask(questions.filter(({ name }) => template.asks.includes(name)));
  const place = answers && (await choosePlace(template, editor));
  if (!place) return;
  const params: TemplateParams = { id: template.id, form: place.form, answers, ...around };
  const filled = await client.sendRequest<FilledTemplate | null>(TEMPLATE_REQUEST, params);
  if (!filled) throw new Error('The document could not be written.');
  if (place.into) await insert(place.into, filled.text);
  else await openText(filled, ViewColumn.Active);
}

async function chooseTemplate(templates: readonly TemplateOffer[]): Promise<TemplateOffer | undefined> {
  const items = templates.map((template) => ({
    label: template.id,
    description: template.description,
    template,
  }));
  const placeHolder = items[0]?.template.kind === 'request' ? 'Which command?' : 'What is to be told?';
  const chosen = await window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  return chosen?.template;
}

async function ask(questions: readonly TemplateQuestion[]): Promise<Record<string, string> | undefined> {
  const answers: Record<string, string> = {};
  for (const { name, prompt, value, pattern, expected } of questions) {
    const valid = new RegExp(pattern);
    const validateInput = (text: string) => (valid.test(text) ? undefined : expected);
    const answer = await window.showInputBox({ prompt, value, validateInput, ignoreFocusOut: true });
    if (answer === undefined) return undefined;
    answers[name] = answer;
  }
  return answers;
}

interface Place {
  readonly label: string;
  readonly description: string;
  readonly form: Form;
  /** The editor that gets it at its cursor; a new one where there is none. */
  readonly into?: TextEditor;
}

async function choosePlace(
  { carrier, language }: TemplateOffer,
  editor: TextEditor | undefined,
): Promise<Place | undefined> {
  const places: Place[] = [
    { label: 'Document', description: 'the XML alone, in a new editor', form: 'document' },
    { label: `${carrier} message`, description: 'a whole message, in a new editor', form: 'message' },
  ];
  const into = editor?.document.languageId;
  if (editor && (into === 'sip' || into === language))
    places.push({ label: 'Document at the cursor', description: 'the XML alone', form: 'document', into: editor });
  if (editor && into === 'sip')
    places.push({ label: `${carrier} message at the cursor`, description: '', form: 'message', into: editor });
  return window.showQuickPick(places, { placeHolder: 'As a document, or as the message that carries it?' });
}

async function insert(editor: TextEditor, text: string): Promise<void> {
  const shown = await window.showTextDocument(editor.document, { viewColumn: editor.viewColumn ?? ViewColumn.Active });
  await shown.edit((edit) => edit.replace(shown.selection, text));
}

async function openText({ text, languageId }: FilledTemplate, viewColumn: ViewColumn): Promise<void> {
  const document = await workspace.openTextDocument({ content: text, language: languageId });
  await window.showTextDocument(document, { viewColumn });
}

import { DEFAULT_INPUT, type Template, templates } from './templates.ts';

/** A snippet as VS Code reads it. */
export interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

/** The templates of one kind as snippets, by name. */
export function snippets(kind: Template['kind']): Readonly<Record<string, Snippet>> {
  const own = templates().filter((template) => template.kind === kind);
  return Object.fromEntries(own.map((template) => [template.id, snippetOf(template)]));
}

/** The parts of the addresses that are asked for: what is made of them follows while they are typed. */
const STOPS = ['alice@contoso.com', '7ECB5F9BFFB1F343B36775DBA09E8038', 'carol@contoso.com'];

function snippetOf({ id, kind, description, document }: Template): Snippet {
  const [, ...lines] = document(DEFAULT_INPUT).trimEnd().split('\n'); // a body has its own XML declaration, or needs none
  let text = lines.join('\n').replace(/[$\\]/g, '\\$&');
  let last = 0;
  for (const stop of STOPS) if (text.includes(stop)) text = withStop(text, stop, ++last);
  text = text.replace(/requestId="(\d+)"/, (_, digits: string) => `requestId="\${${++last}:${digits}}"`);
  const prefix = kind === 'request' ? id : `conference-info ${id}`;
  return { prefix, description, body: `${text}\n$0`.split('\n') };
}

function withStop(text: string, word: string, stop: number): string {
  const [before, ...rest] = text.split(word);
  return `${before}\${${stop}:${word}}${rest.join(`$${stop}`)}`;
}

import { DEFAULT_INPUT, type TemplateInput } from './templates.ts';

/** More of a document than this is not looked at: what a trace is about, it says early. */
const LOOKED_AT = 1_000_000;

/** What a template is filled with first: the conference and the people that a text speaks of, and a requestId it does not use. */
export function beginning(text: string): TemplateInput {
  const looked = text.slice(0, LOOKED_AT);
  const conference = /\bsips?:[^\s<>"';]{1,200};gruu;opaque=app:conf:focus:id:[\w-]{1,100}/i.exec(looked)?.[0];
  const from = conference && /^[^;]+/.exec(conference)?.[0];
  const user = first(/\b(?:userEntity|user entity)="(sips?:[^"\s;]{1,200})"/g, looked, from);
  return {
    ...DEFAULT_INPUT,
    ...(conference && { conference }),
    ...(from && { from }),
    ...(user && { user }),
    requestId: String(nextRequestId(looked)),
  };
}

/** The first address that is not the organizer's. */
function first(pattern: RegExp, text: string, from: string | undefined): string | undefined {
  for (const [, uri] of text.matchAll(pattern)) if (uri !== from) return uri;
  return undefined;
}

function nextRequestId(text: string): number {
  let last = 0;
  for (const [, digits] of text.matchAll(/\brequestId\s*=\s*["'](\d{1,9})["']/g)) last = Math.max(last, Number(digits));
  return last + 1;
}

import { type Span, slice, trimmed } from '../base/text.ts';

/** `...`, `…`, `xxx`, `__len__`: what documents write where a value is of no interest. */
const VALUE = /^(?:\.{2,}|-{2,}|…|_+\w*|x{2,}|n+)$/i;
/** Words in brackets: `(Alice's SDP not shown)`, `[length]`, `<appropriate value>`, `{as per SDP}`, `*Body goes here*`. */
const WORDS = /^(?:\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}|<[^<>/="@:;]*>|\*[^*]*\*)$/;
/** A body that is only told of is short. */
const LONGEST = 300;

/** Whether a value only stands for one: documents write `Content-Length: ...`. */
export function isPlaceholder(value: string): boolean {
  return value.length <= LONGEST && (VALUE.test(value) || WORDS.test(value));
}

/** Whether a body, or a part of one, only stands for one: each of its lines does, as in `(Alice's SDP not shown)`. */
export function isPlaceholderBody(text: string, body: Span): boolean {
  const core = trimmed(text, body.from, body.to);
  if (core.to === core.from || core.to - core.from > LONGEST) return false;
  const whole = slice(text, core);
  return isPlaceholder(whole) || whole.split(/[\r\n]+/).every((line) => isPlaceholder(line.trim()));
}

/** Whether a line of a body stands for what was left out: `...`, `[...]`. */
export function isElided(text: string, body: Span): boolean {
  return /^[ \t]*(?:\[|\()?(?:\.{3,}|…)(?:\]|\))?[ \t]*$/m.test(slice(text, body));
}

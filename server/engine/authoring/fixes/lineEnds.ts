/** The line end that is used right before an offset; LF where there is none. */
export function lineEndAt(text: string, offset: number): string {
  const at = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1));
  if (at < 0) return '\n';
  if (text[at] === '\r') return '\r';
  return text[at - 1] === '\r' ? '\r\n' : '\n';
}

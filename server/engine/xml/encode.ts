const NAMES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** A text as it is written between the quotes of an attribute, whichever they are, or between tags. */
export function encoded(text: string): string {
  return text.replace(/[&<>"']/g, (character) => NAMES[character]!);
}

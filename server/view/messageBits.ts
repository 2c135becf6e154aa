import { base64 } from './base64.ts';

/** Messages by their one-based numbers, ascending, as they travel in a question: a bit for each up to the last of them, in base64. */
export function packMessages(messages: readonly number[]): string {
  const octets = new Uint8Array(Math.ceil((messages.at(-1) ?? 0) / 8));
  for (const message of messages) octets[(message - 1) >> 3]! |= 1 << ((message - 1) & 7);
  return base64(octets);
}

/** Whether a message is among those. Throws where the text is none of these. */
export function unpackMessages(packed: string): (message: number) => boolean {
  const octets = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  return (message) => (octets[(message - 1) >> 3]! & (1 << ((message - 1) & 7))) !== 0;
}

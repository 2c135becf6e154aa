import type { Lines } from './format.ts';

const VIA = /^(?:Via|v) *: *SIP *\/ *2\.0 *\/ *(WSS?)\b/im;
/** The first Via stands near the beginning. */
const NEAR = 600;

/** Consoles tell that it is a WebSocket that a message goes over; its Via tells whether it is a secure one. */
export function webSocketOf(lines: Lines): string | undefined {
  return VIA.exec(lines.passage(0, NEAR))?.[1];
}

import { type Span, slice } from '../base/text.ts';
import { readSdp, type SdpLine, type SdpSection, type SessionDescription } from '../sip/sdp.ts';
import { type Extent, PLACEHOLDER } from './noise.ts';

/**
 * A session description (RFC 8866) by medium: attributes of each section by name, since their order says nothing; media stay in their
 * order, which offer and answer share (RFC 3264 §5.1).
 */
export function canonicalSdp(text: string, body: Span, extent: Extent): string[] {
  const sdp = readSdp(text, body.from, body.to);
  const sections = [sdp.session, ...sdp.media].map((section) => sectionLines(sdp, section, extent));
  return sections.flatMap((lines, at) => (at > 0 ? ['', ...lines] : lines));
}

function sectionLines(sdp: SessionDescription, { lines }: SdpSection, extent: Extent): string[] {
  const written = (line: SdpLine) =>
    line.type === 'o' && extent === 'what matters' ? originLine(sdp, line) : slice(sdp.text, line).trim();
  const attributes = lines.filter(({ type }) => type === 'a').map(written);
  return [...lines.filter(({ type }) => type !== 'a').map(written), ...attributes.sort()];
}

/** Without the numbers of the session and of its version (RFC 8866 §5.2). */
function originLine({ text, origin }: SessionDescription, line: SdpLine): string {
  const { from, to } = line;
  const numbers = [origin?.session, origin?.version].filter((span) => span !== undefined);
  let written = '';
  let at = from;
  for (const span of numbers) {
    written += text.slice(at, span.from) + PLACEHOLDER;
    at = span.to;
  }
  return (written + text.slice(at, to)).trim();
}

import { barLengths, type Strip, tickStrengths } from './strip.ts';

/** What the drawing takes from the theme, by way of the style sheet. */
const COLOURS = { bar: '--strip-bar', grave: '--strip-grave', warned: '--strip-warned' } as const;
export type StripColour = keyof typeof COLOURS;

/** The colours of an element's theme. */
export function coloursOf(element: Element): (name: StripColour) => string {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(COLOURS[name]).trim();
}

interface Canvas {
  readonly width: number;
  readonly height: number;
  /** A colour of the theme. */
  readonly colour: (name: StripColour) => string;
}

/** Bars from the left; over them failures and errors across, warnings on the right half: told apart without colour, too. */
export function paintStrip(canvas: HTMLCanvasElement, strip: Strip, { width, height, colour }: Canvas): void {
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(ratio, ratio);
  const lengths = barLengths(strip.rates);
  context.fillStyle = colour('bar');
  const bar = strip.pixels / lengths.length;
  lengths.forEach((length, at) => {
    if (length > 0) context.fillRect(0, at * bar, Math.max(1, length * (width - 2)), Math.max(1, bar - 0.5));
  });
  for (const [kind, left] of [
    ['warned', width / 2],
    ['grave', 0],
  ] as const) {
    const strengths = tickStrengths(strip[kind]);
    const high = strip.pixels / strengths.length;
    context.fillStyle = colour(kind);
    strengths.forEach((strength, at) => {
      context.globalAlpha = strength;
      if (strength > 0) context.fillRect(left, at * high, width, Math.min(4, Math.max(strength < 1 ? high : 2, high)));
    });
  }
}

const REMEMBERED = 5000;

/** How wide a label is in the page's font, by weight. */
export interface TextMeasure {
  normal(text: string): number;
  bold(text: string): number;
  /** In the smaller letters of a second line. */
  small(text: string): number;
}

/** Measures with the fonts of the style sheet, and remembers, since labels repeat. */
export function textMeasure(): TextMeasure {
  const { fontFamily } = getComputedStyle(document.body);
  if (made?.fontFamily !== fontFamily) made = { fontFamily, measure: measureWith(fontFamily) };
  return made.measure;
}

let made: { readonly fontFamily: string; readonly measure: TextMeasure } | undefined;

function measureWith(fontFamily: string): TextMeasure {
  return {
    normal: measureIn(fontFamily, 400, LABEL_PIXELS),
    bold: measureIn(fontFamily, 600, LABEL_PIXELS),
    small: measureIn(fontFamily, 400, SMALL_PIXELS),
  };
}

function measureIn(fontFamily: string, weight: number, pixels: number): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return (text) => text.length * 7;
  context.font = `${weight} ${pixels}px ${fontFamily}`;
  const widths = new Map<string, number>();
  return (text) => {
    const known = widths.get(text);
    if (known !== undefined) return known;
    if (widths.size >= REMEMBERED) widths.clear();
    const { width } = context.measureText(text.slice(0, 500));
    widths.set(text, width);
    return width;
  };
}

/** As in the style sheet. */
const [LABEL_PIXELS, SMALL_PIXELS] = [12, 11];

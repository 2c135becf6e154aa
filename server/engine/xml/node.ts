import type { Span } from '../base/text.ts';
import type { XmlAttribute, XmlElement, XmlText } from './tree.ts';

/** What an element without children, and one without text, share: most elements are one or the other. */
const NOTHING: readonly never[] = [];

/** A name without its prefix. */
export function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon > 0 ? name.slice(colon + 1) : name;
}

/** An attribute as the parser keeps it: numbers, out of which places are made when they are asked for. */
export class AttributeNode implements XmlAttribute {
  readonly name: string;
  readonly local: string;
  namespace = '';
  readonly from: number;
  readonly to: number;
  private readonly valueFrom: number;
  private readonly valueTo: number;

  constructor(name: string, from: number, to: number, value: Span) {
    this.name = name;
    this.local = localName(name);
    this.from = from;
    this.to = to;
    this.valueFrom = value.from;
    this.valueTo = value.to;
  }

  get nameAt(): Span {
    return { from: this.from, to: this.from + this.name.length };
  }

  get value(): Span {
    return { from: this.valueFrom, to: this.valueTo };
  }
}

/** An element as the parser keeps it; large documents have tens of thousands. */
export class ElementNode implements XmlElement {
  readonly kind = 'element';
  readonly name: string;
  readonly local: string;
  readonly namespace: string;
  readonly from: number;
  to: number;
  readonly parent: XmlElement | null;
  readonly attributes: readonly XmlAttribute[];
  children: readonly ElementNode[] = NOTHING;
  readonly unfinished: boolean;
  private readonly openTo: number;
  private closeFrom = -1;
  private closeTo = -1;
  /** The only run of text, which most elements have at most; more of them are in `runs`. */
  private textFrom = -1;
  private textTo = -1;
  private runs: XmlText[] | null = null;

  constructor(
    tag: Span & { name: string },
    namespace: string,
    parent: XmlElement | null,
    attributes: readonly XmlAttribute[],
    unfinished: boolean,
  ) {
    this.name = tag.name;
    this.local = localName(tag.name);
    this.namespace = namespace;
    this.from = tag.from;
    this.to = tag.to;
    this.parent = parent;
    this.attributes = attributes;
    this.unfinished = unfinished;
    this.openTo = tag.to;
  }

  get nameAt(): Span {
    return { from: this.from + 1, to: this.from + 1 + this.name.length };
  }

  get openTag(): Span {
    return { from: this.from, to: this.openTo };
  }

  get closeTag(): Span | null {
    return this.closeFrom < 0 ? null : { from: this.closeFrom, to: this.closeTo };
  }

  /** The end tag was read; null where the element ends without one. */
  close(tag: Span | null, to: number): void {
    if (tag) {
      this.closeFrom = tag.from;
      this.closeTo = tag.to;
    }
    this.to = Math.max(this.to, tag ? tag.to : to);
  }

  add(child: ElementNode): void {
    if (this.children === NOTHING) this.children = [child];
    else (this.children as ElementNode[]).push(child);
  }

  get texts(): readonly XmlText[] {
    if (this.runs) return this.runs;
    return this.textFrom < 0 ? NOTHING : [{ kind: 'text', from: this.textFrom, to: this.textTo }];
  }

  /** Adds character data; what begins where the last run ends is part of it. */
  addText(from: number, to: number): void {
    const last = this.runs?.at(-1);
    if (!this.runs && (this.textFrom < 0 || this.textTo === from)) {
      if (this.textFrom < 0) this.textFrom = from;
      this.textTo = to;
    } else if (last?.kind === 'text' && last.to === from) this.runs![this.runs!.length - 1] = { ...last, to };
    else this.addRun({ kind: 'text', from, to });
  }

  addRun(run: XmlText): void {
    this.runs ??= [...this.texts];
    this.runs.push(run);
  }
}

import type { Span } from './text.ts';

/** A value of a JSON document, with its place. */
export type JsonNode = Span &
  (
    | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
    | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
    | { readonly kind: 'simple'; readonly value: string | number | boolean | null }
  );

/** A name of an object and its value. */
export interface JsonMember {
  readonly name: string;
  /** The name with its quotation marks. */
  readonly at: Span;
  readonly value: JsonNode;
}

/** What cannot be read of a JSON document. */
export interface JsonFault extends Span {
  readonly message: string;
}

/** Values nested deeper are refused. */
const DEEPEST = 100;

/**
 * Reads JSON (RFC 8259) and keeps where everything stands; comments are allowed. Never throws: what cannot be read is a fault, and there is
 * no value then. Linear in the text.
 */
export function parseJson(text: string): { readonly value: JsonNode | null; readonly fault: JsonFault | null } {
  const reader = new Reader(text);
  try {
    const value = reader.value(0);
    reader.skip();
    if (reader.at < text.length) reader.fail('The document has ended: nothing more may follow');
    return { value, fault: null };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const from = Math.min(error.at, text.length);
    return { value: null, fault: { from, to: Math.min(from + 1, text.length), message: `${error.message}.` } };
  }
}

class Unreadable extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

class Reader {
  readonly text: string;
  at: number;

  constructor(text: string) {
    this.text = text;
    this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  value(depth: number): JsonNode {
    this.skip();
    const from = this.at;
    const first = this.text[from];
    if (depth > DEEPEST) this.fail('This is nested too deeply');
    if (first === '{') return { ...this.object(depth), from, to: this.at };
    if (first === '[') return { kind: 'array', items: this.list(']', () => this.value(depth + 1)), from, to: this.at };
    if (first === '"') return { kind: 'simple', value: this.string(), from, to: this.at };
    return { ...this.word(), from, to: this.at };
  }

  /** Skips blanks and comments. */
  skip(): void {
    const blank = /[ \t\r\n]*(?:\/\/[^\r\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)?/y;
    for (;;) {
      blank.lastIndex = this.at;
      const length = blank.exec(this.text)![0].length;
      if (length === 0) return;
      this.at += length;
    }
  }

  fail(message: string): never {
    throw new Unreadable(this.at, message);
  }

  private object(depth: number): { kind: 'object'; members: JsonMember[] } {
    const member = (): JsonMember => {
      const from = this.at;
      if (this.text[from] !== '"') this.fail('A name in quotation marks is expected here');
      const name = this.string();
      const at = { from, to: this.at };
      this.skip();
      if (this.text[this.at] !== ':') this.fail('A colon is expected here');
      this.at++;
      return { name, at, value: this.value(depth + 1) };
    };
    return { kind: 'object', members: this.list('}', member) };
  }

  private list<T>(end: string, read: () => T): T[] {
    const found: T[] = [];
    this.at++;
    this.skip();
    if (this.text[this.at] === end) {
      this.at++;
      return found;
    }
    for (;;) {
      this.skip();
      found.push(read());
      this.skip();
      const next = this.text[this.at];
      if (next !== ',' && next !== end) this.fail(`A comma or ${end} is expected here`);
      this.at++;
      if (next === end) return found;
    }
  }

  private string(): string {
    const piece = /"(?:[^"\\\r\n]|\\[^\r\n])*"/y;
    piece.lastIndex = this.at;
    const found = piece.exec(this.text)?.[0];
    if (!found) this.fail('The quotation mark that ends this text is missing');
    try {
      const value = JSON.parse(found) as string;
      this.at += found.length;
      return value;
    } catch {
      return this.fail('This text has a character or an escape that JSON does not know');
    }
  }

  private word(): { kind: 'simple'; value: number | boolean | null } {
    const piece = /-?\d[\d.eE+-]*|[a-z]+/y;
    piece.lastIndex = this.at;
    const found = piece.exec(this.text)?.[0] ?? '';
    try {
      const value = JSON.parse(found) as number | boolean | null;
      this.at += found.length;
      return { kind: 'simple', value };
    } catch {
      return this.fail(found ? 'This is no value of JSON' : 'A value is expected here');
    }
  }
}

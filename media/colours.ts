const MOST_CHARACTERS = 200_000;
/** Of a session description (RFC 8866): the letter of a line, the name of an attribute, numbers. */
const SDP_TOKENS = /^([a-z])(?==)|(?<=^a=)([\w-]+)|(?<=[\s:=/])(\d[\d.]*)(?=[\s/]|$)/gm;
const XML_TOKENS = /<!--[\s\S]*?-->|<\/?([\w.:-]+)|([\w.:-]+)(?==["'])|("[^"<]*"|'[^'<]*')/g;

/** Colours the XML and the session descriptions in elements without adding elements: the browser is told ranges of their text. */
export function colourBodies(pieces: readonly HTMLElement[]): void {
  if (!('highlights' in CSS)) return;
  const ranges: Record<'name' | 'attribute' | 'value' | 'comment', StaticRange[]> = {
    name: [],
    attribute: [],
    value: [],
    comment: [],
  };
  for (const piece of pieces)
    for (const { kind, from, to } of tokens(piece.textContent ?? '', piece.className))
      ranges[kind].push(rangeIn(piece, from, to));
  for (const [kind, list] of Object.entries(ranges)) CSS.highlights.set(`xml-${kind}`, new Highlight(...list));
}

/** Marks the words searched for. */
export function markWords(root: HTMLElement, words: string): void {
  if (!('highlights' in CSS)) return;
  const wanted = words.toLowerCase();
  const found: StaticRange[] = [];
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (wanted && texts.nextNode() && found.length < 500) {
    const node = texts.currentNode as Text;
    const text = node.data.slice(0, MOST_CHARACTERS).toLowerCase();
    for (let at = text.indexOf(wanted); at >= 0 && found.length < 500; at = text.indexOf(wanted, at + wanted.length))
      found.push(range(node, at, at + wanted.length));
  }
  CSS.highlights.set('found', new Highlight(...found));
}

type Kind = 'name' | 'attribute' | 'value' | 'comment';

function* tokens(text: string, language: string): Generator<{ kind: Kind; from: number; to: number }> {
  const isXml = language === 'xml';
  for (const match of text.slice(0, MOST_CHARACTERS).matchAll(isXml ? XML_TOKENS : SDP_TOKENS)) {
    const [whole, name, attribute, value] = match;
    const kind = name ? 'name' : attribute ? 'attribute' : value ? 'value' : 'comment';
    const to = match.index + whole.length;
    yield { kind, from: name ? to - name.length : match.index, to };
  }
}

function rangeIn(piece: HTMLElement, from: number, to: number): StaticRange {
  return range(piece.firstChild as Text, from, to);
}

function range(node: Text, from: number, to: number): StaticRange {
  return new StaticRange({
    startContainer: node,
    startOffset: from,
    endContainer: node,
    endOffset: Math.min(to, node.length),
  });
}

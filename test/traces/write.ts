/** A message of a generated trace: its time in milliseconds, its start line, its headers, and a body with its type; where it was seen on its way, the addresses of its hop. */
export interface Written {
  readonly at: number;
  readonly start: string;
  readonly headers: readonly (readonly [name: string, value: string | number])[];
  readonly way?: readonly [source: string, destination: string];
  readonly type?: string;
  readonly body?: string;
}

const BEGIN = Date.UTC(2024, 4, 1, 9);

/** The messages in order of time, each behind a line with it; with addresses, it is the one that sngrep writes. */
export function traceOfMessages(messages: readonly Written[]): string {
  return [...messages]
    .sort((a, b) => a.at - b.at)
    .map((message) => `${mark(message)}\n${text(message)}\n`)
    .join('');
}

function mark({ at, way }: Written): string {
  const time = new Date(BEGIN + at).toISOString();
  return way ? `${time.replace(/-/g, '/').replace('T', ' ').replace('Z', '000')} ${way[0]} -> ${way[1]}` : `# ${time}`;
}

function text({ start, headers, type, body = '' }: Written): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  if (type) lines.push(`Content-Type: ${type}`);
  lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return `${start}\n${lines.join('\n')}\n\n${body && `${body}\n`}`;
}

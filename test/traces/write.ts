/** A message of a generated trace: its time in milliseconds, its start line, its headers, and a body with its type. */
export interface Written {
  readonly at: number;
  readonly start: string;
  readonly headers: readonly (readonly [name: string, value: string | number])[];
  readonly type?: string;
  readonly body?: string;
}

const BEGIN = Date.UTC(2024, 4, 1, 9);

/** The messages in order of time, each behind a line with it. */
export function traceOfMessages(messages: readonly Written[]): string {
  return [...messages]
    .sort((a, b) => a.at - b.at)
    .map((message) => `# ${new Date(BEGIN + message.at).toISOString()}\n${text(message)}\n`)
    .join('');
}

function text({ start, headers, type, body = '' }: Written): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  if (type) lines.push(`Content-Type: ${type}`);
  lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return `${start}\n${lines.join('\n')}\n\n${body && `${body}\n`}`;
}

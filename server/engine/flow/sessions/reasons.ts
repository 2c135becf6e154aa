import { clipped, plain } from '../../base/quote.ts';
import { type Span, slice } from '../../base/text.ts';
import { headers, type SipMessage, unfold } from '../../sip/message.ts';
import { paramValue, parseParams, splitList } from '../../sip/values.ts';

/** A header in which a message says why it was sent. */
export interface StatedReason {
  readonly header: 'Reason' | 'Warning' | 'ms-diagnostics' | 'ms-diagnostics-public' | 'ms-client-diagnostics';
  /** The protocol of a Reason (`SIP`, `Q.850`), the agent of a Warning, the source of diagnostics; ''. */
  readonly of: string;
  /** The cause, warn-code or error id; null where there is none. */
  readonly code: number | null;
  /** What it says in words; ''. */
  readonly text: string;
}

const LONGEST = 160;

/** Why a message was sent, as it says itself: Reason (RFC 3326), Warning (RFC 3261 §20.43), diagnostics (MS-OCER §2.2.1). In this order. */
export function statedReasons(message: SipMessage): StatedReason[] {
  const of = (id: string) => headers(message, id).flatMap((field) => splitList(message.text, field.value));
  return [
    ...of('reason').map((value) => reason(message.text, value)),
    ...of('warning').flatMap((value) => warning(slice(message.text, value)) ?? []),
    ...(['ms-diagnostics', 'ms-diagnostics-public', 'ms-client-diagnostics'] as const).flatMap((header) =>
      of(header).map((value) => diagnostics(message.text, value, header)),
    ),
  ];
}

function reason(text: string, value: Span): StatedReason {
  const [protocol, ...params] = parseParams(text, value.from, value.to);
  const cause = paramValue(text, params, 'cause') ?? '';
  const said = paramValue(text, params, 'text') ?? '';
  const of = protocol ? slice(text, { from: protocol.from, to: protocol.to }) : '';
  return { header: 'Reason', of: short(of), code: number(cause), text: short(said) };
}

function warning(value: string): StatedReason | null {
  const found = /^(\d{3})\s+(\S+)\s+"((?:[^"\\]|\\.)*)"/.exec(unfold(value));
  return found && { header: 'Warning', of: short(found[2]!), code: Number(found[1]), text: short(found[3]!) };
}

function diagnostics(text: string, value: Span, header: StatedReason['header']): StatedReason {
  const [id, ...params] = parseParams(text, value.from, value.to);
  const param = (name: string) => short(paramValue(text, params, name) ?? '');
  return {
    header,
    of: param('component') || param('source'),
    code: number(id ? slice(text, id) : ''),
    text: param('reason'),
  };
}

function number(text: string): number | null {
  return /^\d{1,7}$/.test(text.trim()) ? Number(text) : null;
}

function short(text: string): string {
  return clipped(plain(unfold(text)), LONGEST).trim();
}

/** `Reason SIP 481 “Participant Removed”`, `ms-diagnostics 6019 “Dialog does not exist” (ImMcu)`. */
export function reasonText({ header, of, code, text }: StatedReason): string {
  const who = header === 'Reason' ? ` ${of}` : '';
  const from = header !== 'Reason' && of ? ` (${of})` : '';
  return `${header}${who}${code === null ? '' : ` ${code}`}${text ? ` “${text}”` : ''}${from}`;
}

import type { Flow } from '../flow/flow.ts';
import { header, headerValue, type SipMessage } from '../sip/message.ts';
import { tagOf } from '../sip/values.ts';
import type { TextTrace } from '../trace/text.ts';
import { type Role, type Turn, turnsOf } from './side.ts';
import { requestTemplate, responseTemplate } from './template.ts';

/** A shorter rest before something is sent is the network's, not the user's. */
const SHORTEST_PAUSE = 500;
const LONGEST_PAUSE = 60_000;
const CHALLENGES = [401, 407];

/** A turn with its message, and what it has to do with those before it. */
interface Step extends Turn {
  readonly message: SipMessage;
  /** Milliseconds before it that sipp waits. */
  readonly pause: number;
  /** The number of its step in the scenario. */
  readonly step: number;
  /** The request that was got and that this response answers; whether another message was got after it. */
  readonly answers: Step | null;
  readonly isLate: boolean;
  /** A challenge was got before. */
  readonly isChallenged: boolean;
  /** How many steps ago the INVITE was sent to whose transaction an ACK of a failure, or a CANCEL, belongs (RFC 3261 §17.1.1.3, §9.1); else 0. */
  readonly branchOf: number;
}

/**
 * A scenario for sipp that plays one side of a dialog (its number from 1 on) again: it sends what that side sent, with addresses, tags and lengths of its own, and expects what it got.
 * Null where the trace shows no such dialog, or no request of it.
 */
export function sippScenario(trace: TextTrace, flow: Flow, dialog: number, role: Role): string | null {
  const turns = turnsOf(trace, flow, dialog, role);
  if (!turns?.length) return null;
  const steps = stepsOf(trace, turns);
  const kept = new Set(steps.flatMap((step) => keptBy(step) ?? []));
  const asks = role === 'uas' && steps.some(({ isSent, message }) => isSent && message.kind === 'request');
  const parts = steps.map((step, at) => {
    const wait = step.pause > 0 ? `  <pause milliseconds="${step.pause}"/>\n` : '';
    return wait + (step.isSent ? sendXml(step, role) : recvXml(step, at, steps, { kept, names: asks && at === 0 }));
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="dialog ${dialog}, ${role}">
${parts.join('\n')}
</scenario>
`;
}

function stepsOf(trace: TextTrace, turns: readonly Turn[]): Step[] {
  /** Requests that were got, and those that were sent with whether they failed, by CSeq. */
  const got = new Map<string, Step>();
  const sent = new Map<string, { readonly step: number; failed: boolean }>();
  let lastGot: Step | null = null;
  let isChallenged = false;
  let count = 0;
  let before: number | null = null;
  return turns.map(({ index, isSent }) => {
    const message = trace.message(index);
    const cseq = headerValue(message, 'cseq') ?? '';
    const pause = isSent ? pauseOf(before, trace.columns.timeOf(index)) : 0;
    before = trace.columns.timeOf(index) ?? before;
    if (pause > 0) count++;
    const answers = isSent && message.kind === 'response' ? (got.get(cseq) ?? null) : null;
    const invite = sent.get(cseq.replace(/\S+$/, 'INVITE'));
    const method = isSent && message.kind === 'request' ? message.method : '';
    const isSame = invite && (method === 'CANCEL' || (method === 'ACK' && invite.failed));
    const branchOf = isSame ? count - invite.step : 0;
    const isLate = answers !== null && lastGot !== answers;
    const step: Step = { index, isSent, message, pause, step: count++, answers, isLate, isChallenged, branchOf };
    if (isSent && message.kind === 'request') sent.set(cseq, { step: step.step, failed: false });
    if (!isSent && message.kind === 'request') got.set(cseq, step);
    if (!isSent) lastGot = step;
    if (!isSent && message.kind === 'response' && message.status >= 300) {
      const request = sent.get(cseq);
      if (request) request.failed = true;
      isChallenged ||= CHALLENGES.includes(message.status);
    }
    return step;
  });
}

function pauseOf(before: number | null, time: number | null): number {
  const rest = time !== null && before !== null ? Math.round(time - before) : 0;
  return rest >= SHORTEST_PAUSE ? Math.min(rest, LONGEST_PAUSE) : 0;
}

function sendXml(step: Step, role: Role): string {
  const { message } = step;
  if (message.kind === 'unknown') return '';
  const isRequest = message.kind === 'request';
  const text = isRequest
    ? requestTemplate(message, {
        role,
        isInside: tagOf(message, 'to') !== undefined,
        isAuthenticated:
          step.isChallenged && ['authorization', 'proxy-authorization'].some((id) => header(message, id)),
        branchOf: step.branchOf,
        names: { remote: 'remote', local: 'local' },
      })
    : responseTemplate(message, step.answers !== null && tagOf(step.answers.message, 'to') !== undefined, keptBy(step));
  const again = isRequest && message.method !== 'ACK' ? ' retrans="500"' : '';
  return `  <send${again}>\n    <![CDATA[\n\n      ${text}\n\n    ]]>\n  </send>\n`;
}

function recvXml(
  step: Step,
  at: number,
  steps: readonly Step[],
  { kept, names }: { kept: Set<string>; names: boolean },
): string {
  const { message, index } = step;
  const next = steps[at + 1];
  if (message.kind === 'response') {
    const isOptional = message.status < 200 && next && !next.isSent;
    const more = CHALLENGES.includes(message.status)
      ? ' auth="true"'
      : message.status < 300 && message.status > 100
        ? ' rrs="true"'
        : '';
    return `  <recv response="${message.status}"${isOptional ? ' optional="true"' : ''}${more}/>\n`;
  }
  if (message.kind === 'unknown') return '';
  const name = nameOf(index);
  const keeps = [
    ...(names ? [ereg('From:', 'remote'), ereg('To:', 'local')] : []),
    ...(kept.has(name) ? [ereg('Via:', `${name}_via`), ereg('CSeq:', `${name}_cseq`)] : []),
  ];
  const open = `  <recv request="${attribute(message.method)}"${at === 0 ? ' rrs="true"' : ''}`;
  return keeps.length > 0 ? `${open}>\n    <action>\n${keeps.join('')}    </action>\n  </recv>\n` : `${open}/>\n`;
}

function ereg(field: string, name: string): string {
  return `      <ereg regexp="[^ ].*" search_in="hdr" header="${field}" assign_to="${name}"/>\n`;
}

/** The name under which the answered request's headers are kept, where another message came after it; null otherwise. */
function keptBy({ answers, isLate }: Step): string | null {
  return answers && isLate ? nameOf(answers.index) : null;
}

function nameOf(index: number): string {
  return `message${index + 1}`;
}

function attribute(text: string): string {
  return text.replace(/[&<>"\u0000-\u001f]/g, (char) => `&#${Math.max(32, char.charCodeAt(0))};`);
}

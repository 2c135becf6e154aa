import type { Call, FlowMessage } from './flow/call.ts';
import { readCccp } from './flow/cccp.ts';
import { readConferenceInfo } from './flow/conferenceInfo.ts';
import { allRules } from './rules/all.ts';
import type { CallRule } from './rules/rule.ts';
import { contentType, hasBody } from './sip/message.ts';

/** Each rule about calls with what it needs, alternatives apart. */
const rules = allRules
  .filter((rule): rule is CallRule => rule.scope === 'call')
  .map((rule) => ({ rule, needs: (rule.needs ?? []).map((need) => need.split('|')) }));

/** The rules that may find something in a call, in their order. */
export function rulesForCall(call: Call): CallRule[] {
  const found = new Set<string>();
  for (const message of call.messages) note(message, found);
  return rules
    .filter(({ needs }) => needs.every((alternatives) => alternatives.some((one) => found.has(one))))
    .map(({ rule }) => rule);
}

/** Notes what a message has that a rule may need. */
function note({ message, method, status, retransmissionOf, xml }: FlowMessage, found: Set<string>): void {
  found.add(method);
  if (message.kind === 'response') {
    found.add('response');
    found.add(String(status));
    found.add(`${Math.floor(status / 100)}xx`);
  }
  if (retransmissionOf) found.add('repeated');
  for (const { id } of message.headers) found.add(id);
  if (xml && readCccp(xml)) found.add('cccp');
  if (xml && readConferenceInfo(xml)) found.add('conference-info');
  if (hasBody(message) && !isOtherThanSdp(contentType(message))) found.add('sdp');
}

function isOtherThanSdp(type: string): boolean {
  return type !== '' && type !== 'application/sdp' && !type.startsWith('multipart/');
}

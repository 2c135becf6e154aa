import type { SignatureNotice } from '../flow/signatures.ts';
import type { TraceReport, TraceRule } from './rule.ts';

export const authMsSequence: TraceRule = {
  id: 'auth-ms-sequence',
  group: 'header-values',
  scope: 'trace',
  about: 'signatures',
  title:
    'The numbers of signed messages skip one, so that messages are missing, or go back, so that the trace is out of order.',
  spec: 'MS-SIPAE §3.2.5',
  severity: { strict: 'info', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    SUBSCRIBE sip:focus@contoso.com SIP/2.0
    Call-ID: 1
    CSeq: 1 SUBSCRIBE
    Proxy-Authorization: NTLM qop="auth", realm="SIP Communications Service", opaque="5CA5FA8B", crand="a1", cnum="7", targetname="M17", response="01"

    SIP/2.0 200 OK
    Call-ID: 1
    CSeq: 1 SUBSCRIBE
    Authentication-Info: NTLM rspauth="01", srand="D1", snum="212", opaque="5CA5FA8B", qop="auth", targetname="M17", realm="SIP Communications Service"

    BYE sip:focus@contoso.com SIP/2.0
    Call-ID: 2
    CSeq: 1 BYE
    Proxy-Authorization: NTLM qop="auth", realm="SIP Communications Service", opaque="5CA5FA8B", crand="a2", cnum="8", targetname="M17", response="01"

    BYE sip:focus@contoso.com SIP/2.0
    Call-ID: 2
    CSeq: 1 BYE
    Proxy-Authorization: NTLM qop="auth", realm="SIP Communications Service", opaque="5CA5FA8B", crand="a2", cnum="8", targetname="M17", response="01"

    BYE sip:focus@contoso.com SIP/2.0
    Call-ID: 3
    CSeq: 1 BYE
    Proxy-Authorization: Kerberos qop="auth", realm="SIP Communications Service", opaque="4EBBA7AE", crand="a2", cnum="133", targetname="sip/M17", response="01"
  `,
  bad: `
    SUBSCRIBE sip:focus@contoso.com SIP/2.0
    Call-ID: 1
    CSeq: 1 SUBSCRIBE
    Proxy-Authorization: NTLM qop="auth", realm="SIP Communications Service", opaque="5CA5FA8B", crand="a1", cnum="7", targetname="M17", response="01"

    INFO sip:focus@contoso.com SIP/2.0
    Call-ID: 2
    CSeq: 2 INFO
    Proxy-Authorization: NTLM qop="auth", realm="SIP Communications Service", opaque="5CA5FA8B", crand="a2", cnum="11", targetname="M17", response="01"
                                                                                                                  ^^^^ cnum goes from 7 (message 1) to 11: 3 messages that this client signed are not in the trace before it, and what they did is not seen.

    BYE sip:focus@contoso.com SIP/2.0
    Call-ID: 2
    CSeq: 1 BYE
    Proxy-Authorization: NTLM qop="auth", realm="SIP Communications Service", opaque="5CA5FA8B", crand="a3", cnum="9", targetname="M17", response="01"
                                                                                                                  ^^^ cnum 9 was signed before 11 (message 2): the trace is not in the order in which the messages were sent, and what is said of their order may be wrong.
  `,
  check({ signatures }, report) {
    const highest = new Map<string, SignatureNotice>();
    for (const signature of signatures) {
      const last = highest.get(signature.association);
      if (last) judge(signature, last, report);
      if (!last || signature.number > last.number) highest.set(signature.association, signature);
    }
  },
};

function judge(signature: SignatureNotice, last: SignatureNotice, report: TraceReport): void {
  const { counter, number } = signature;
  const before = `message ${last.index + 1}`;
  const told = `${counter} ${last.number} of the same association.`;
  const missing = number - last.number - 1;
  if (missing > 0) {
    const whose = counter === 'cnum' ? 'client' : 'server';
    const what =
      missing === 1 ? `1 message that this ${whose} signed is` : `${missing} messages that this ${whose} signed are`;
    report(
      signature,
      `${counter} goes from ${last.number} (${before}) to ${number}: ${what} not in the trace before it, and what they did is not seen.`,
      [{ notice: last, text: told }],
    );
  } else if (number < last.number) {
    const text = `${counter} ${number} was signed before ${last.number} (${before}): the trace is not in the order in which the messages were sent, and what is said of their order may be wrong.`;
    report(signature, text, [{ notice: last, text: told }]);
  }
}

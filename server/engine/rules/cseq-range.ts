import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { CSEQ_LIMIT } from '../sip/valueGrammar.ts';
import { parseCSeq } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const cseqRange: MessageRule = {
  id: 'cseq-range',
  group: 'header-values',
  scope: 'message',
  title: 'The CSeq number is 2147483648 (2 to the power of 31) or more.',
  spec: 'RFC 3261 §8.1.1.5; RFC 3261 §20.16',
  severity: { strict: 'error', trace: 'error', ms: 'error', doc: 'error' },
  good: `
    BYE sip:10.29.107.208:2308;transport=tls;ms-opaque=3c71125d8b;ms-received-cid=200;grid SIP/2.0
    Via: SIP/2.0/TLS 10.29.106.52:5061;branch=z9hG4bK84AB2CF9.FE5FB404;branched=FALSE
    From: <sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B>;tag=0D440080
    To: <sip:carol@contoso.com>;tag=dfccec5fb4;epid=dceed2edfb
    CSeq: 02147483647 BYE
  `,
  bad: `
    BYE sip:bob@example.org SIP/2.0
    CSeq: 4294967296 BYE
          ^^^^^^^^^^ The CSeq number must be below 2147483648, not “4294967296”.
  `,
  reads: { each: ['cseq'] },
  check(message, report) {
    const cseq = parseCSeq(message);
    if (!cseq || cseq.number < CSEQ_LIMIT) return;
    const written = quote(slice(message.text, cseq.at.number));
    report(cseq.at.number, `The CSeq number must be below ${CSEQ_LIMIT}, not ${written}.`);
  },
};

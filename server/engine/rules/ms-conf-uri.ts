import { quote } from '../base/quote.ts';
import { type Severity, type Span, slice } from '../base/text.ts';
import { newSipUris } from '../sip/addresses.ts';
import { allOpaqueForms } from '../sip/registry.ts';
import { param, type SipUri } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

/** `app:conf:` and the service, `:id:` and the conference. */
const FORM = /^app:conf:([^:]*)(?::id:(.*))?$/i;
/** The factory makes conferences and belongs to none. */
const FACTORY = 'focusfactory';
/** The services that are known, with the spelling of MS-SIPRE's example. */
const SERVICES = ['audiovideo', ...allOpaqueForms.flatMap(({ form }) => FORM.exec(form)?.[1] ?? [])];

export const msConfUri: MessageRule = {
  id: 'ms-conf-uri',
  group: 'uris',
  scope: 'message',
  title:
    'The opaque parameter of a conference URI is not app:conf:, a service and an id, or the URI of a focus has no gruu.',
  spec: 'MS-SIPRE §2.2.3',
  severity: { strict: 'info', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:alice@contoso.com;opaque=app:conf:focus:id:7ECB5F9B;gruu SIP/2.0
    To: <sip:alice@contoso.com;gruu;opaque=app:conf:audio-video:id:7ECB5F9B>
    From: <sip:alice@contoso.com;gruu;opaque=app:conf:audiovideo:id:7ECB5F9B%3Fconversation-id=x>;tag=1
    Contact: <sip:alice@contoso.com;gruu;opaque=app:conf:focusfactory>, <sip:a@h;opaque=user:epid:x;gruu>
  `,
  bad: `
    INVITE sip:alice@contoso.com;gruu;opaque=app:conf:focus SIP/2.0
                                             ^^^^^^^^^^^^^^ The opaque of a conference is “app:conf:”, a service, “:id:” and the conference's id, as in “app:conf:focus:id:7ECB5F9B”.
    To: <sip:alice@contoso.com;opaque=app:conf:focus:id:7ECB5F9B>
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The URI of a focus needs the parameter gruu beside its opaque.
    From: <sip:alice@contoso.com;gruu;opaque=app:conf:chatt:id:7ECB5F9B>;tag=1
                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^ “chatt” is no known service of a conference, as focus, chat, audio-video and meeting are.
  `,
  reads: { each: 'address', having: ';', form: true },
  check(message, report, context) {
    for (const { uri } of newSipUris(message, context)) {
      const fault = faultOf(message.text, uri);
      if (fault) report(fault.at, fault.text, fault.most);
    }
  },
};

function faultOf(text: string, { params }: SipUri): { at: Span; text: string; most?: Severity } | null {
  const opaque = param(params, 'opaque');
  const value = opaque?.value ? slice(text, opaque.value) : '';
  if (!opaque?.value || !/^app:conf(?::|$)/i.test(value) || /\.{3}|…/.test(value)) return null;
  const [, service = '', id] = FORM.exec(value) ?? [];
  if (!service || (!id && service.toLowerCase() !== FACTORY)) {
    const form = "“app:conf:”, a service, “:id:” and the conference's id, as in “app:conf:focus:id:7ECB5F9B”";
    return { at: opaque.value, text: `The opaque of a conference is ${form}.` };
  }
  if (service.toLowerCase() === 'focus' && !param(params, 'gruu'))
    return { at: opaque, text: 'The URI of a focus needs the parameter gruu beside its opaque.' };
  if (id && !SERVICES.includes(service.toLowerCase())) {
    const known = 'as focus, chat, audio-video and meeting are';
    return { at: opaque.value, text: `${quote(service)} is no known service of a conference, ${known}.`, most: 'hint' };
  }
  return null;
}

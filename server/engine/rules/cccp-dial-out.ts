import { quote } from '../base/quote.ts';
import { type AddedEndpoint, type AddUser, addedUsers } from '../flow/addUser.ts';
import { readCccp } from '../flow/cccp.ts';
import { methodOf } from '../sip/values.ts';
import { textOf, walk, type XmlDocument } from '../xml/xml.ts';
import type { DocumentReport, DocumentRule } from './rule.ts';

export const cccpDialOut: DocumentRule = {
  id: 'cccp-dial-out',
  group: 'conferences',
  scope: 'document',
  title: 'An addUser by which the conference calls a user is not complete, or says things that do not go together.',
  spec: 'MS-CONFBAS §2.2.3.15; MS-CONFBAS §2.2.3.18',
  severity: { strict: 'warning', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:mscp="http://schemas.microsoft.com/rtc/2005/08/cccpextensions"
      xmlns:ci="urn:ietf:params:xml:ns:conference-info" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions"
      C3PVersion="1" requestId="2411" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <addUser mscp:mcuUri="sip:alice@example.org;gruu;opaque=app:conf:audio-video:id:7E">
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:+14255550100@example.org;user=phone">
          <ci:roles><ci:entry>attendee</ci:entry></ci:roles>
          <ci:endpoint entity="{C3E70519-4D6F-4182-ACBD-2E3F4A5B6C7D}" msci:endpoint-uri="tel:+14255550100">
            <ci:joining-method>dialed-out</ci:joining-method>
          </ci:endpoint>
        </ci:user>
      </addUser>
    </request>
  `,
  bad: `
    <request xmlns="urn:ietf:params:xml:ns:cccp"
      xmlns:ci="urn:ietf:params:xml:ns:conference-info" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions"
      C3PVersion="1" requestId="2411" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <addUser>
       ^^^^^^^ No server is named that is to call the user: mcuUri is missing on addUser.
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="bob">
                         ^^^ A user that is called needs a SIP URI, not “bob”.
          <ci:endpoint msci:endpoint-uri="mailto:bob@example.org">
           ^^^^^^^^^^^ The endpoint that is called needs an entity, by which it is known afterwards.
                                          ^^^^^^^^^^^^^^^^^^^^^^ Only sip: and tel: can be called, not “mailto:bob@example.org”.
            <ci:joining-method>dialed-out</ci:joining-method>
          </ci:endpoint>
          <ci:endpoint entity="{2}"><ci:joining-method>dialed-in</ci:joining-method></ci:endpoint>
           ^^^^^^^^^^^ One endpoint of a user is called at a time; this is one too many.
        </ci:user>
      </addUser>
    </request>
  `,
  check(document, report, { carrier }) {
    // An INVITE is a user's own joining.
    const method = carrier && methodOf(carrier);
    if (method === 'INVITE') return;
    for (const added of addedUsers(document, readCccp(document))) {
      if (added.dialsOut) checkCall(document, added, report);
      else if (added.mcuUri || method === 'INFO') checkMethods(added, report);
    }
  },
};

function checkCall(document: XmlDocument, added: AddUser, report: DocumentReport): void {
  const { element, entity, user, endpoints } = added;
  checkServer(added, report);
  if (user && !entity?.value) report(user.nameAt, 'A user that is called needs a SIP URI: entity is missing.');
  else if (entity && !/^sips?:/i.test(entity.value))
    report(entity.at, `A user that is called needs a SIP URI, not ${quote(entity.value)}.`);
  for (const endpoint of endpoints.slice(0, 1)) checkEndpoint(endpoint, report);
  const second = endpoints[1];
  if (second) report(second.element.nameAt, 'One endpoint of a user is called at a time; this is one too many.');
  for (const one of walk(document, element)) {
    if (/^(?:accessMethod|authMethod)$/.test(one.local) && textOf(document, one).trim())
      report(one.nameAt, `${one.local} must be empty where the conference calls the user.`);
  }
}

function checkServer({ element, mcuUri }: AddUser, report: DocumentReport): void {
  if (!mcuUri?.value)
    report(mcuUri?.at ?? element.nameAt, 'No server is named that is to call the user: mcuUri is missing on addUser.');
  else if (!/;opaque=app:conf:(?:chat|audio-?video):/i.test(mcuUri.value))
    report(mcuUri.at, 'Only the server for instant messages or that for audio and video can call a user.');
}

function checkEndpoint({ element, entity, uris, joiningMethod }: AddedEndpoint, report: DocumentReport): void {
  if (!entity?.value)
    report(element.nameAt, 'The endpoint that is called needs an entity, by which it is known afterwards.');
  for (const { value, at } of uris) {
    if (!/^(?:sips?|tel):/i.test(value)) report(at, `Only sip: and tel: can be called, not ${quote(value)}.`);
  }
  if (joiningMethod && joiningMethod.value !== 'dialed-out')
    report(joiningMethod.at, `joining-method must be dialed-out here, not ${quote(joiningMethod.value)}.`);
}

/** Whoever adds a user through the focus says how the user joins. */
function checkMethods({ endpoints }: AddUser, report: DocumentReport): void {
  for (const { element, joiningMethod } of endpoints) {
    if (!joiningMethod)
      report(element.nameAt, 'joining-method is missing: it says whether the user calls or is called.');
    else if (joiningMethod.value === 'focus-owner')
      report(joiningMethod.at, 'joining-method must be dialed-in or dialed-out here, not “focus-owner”.');
  }
}

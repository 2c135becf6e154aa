import type { Placed } from '../flow/cccp.ts';
import { type Carried, cccpAnswers } from '../flow/cccpAnswers.ts';
import { sameEntity, shortUri } from '../flow/entity.ts';
import { named } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const cccpUserMismatch: CallRule = {
  id: 'cccp-user-mismatch',
  group: 'conferences',
  scope: 'call',
  title: 'A CCCP response names another user than its request.',
  spec: 'MS-CONFBAS §2.2.3.14; MS-CONFBAS §2.2.3.6',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser>
        <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/>
      </deleteUser>
    </request>

    SIP/2.0 202 Accepted
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 INFO

    INFO sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 INFO
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1"
      requestId="7" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="success">
      <deleteUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:CAROL@example.org"/>
      </deleteUser>
    </response>

    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 3 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="8" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <addUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user xmlns:ci="urn:ietf:params:xml:ns:conference-info" entity="sip:anonymous@anonymous.invalid"/>
      </addUser>
    </request>

    INFO sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1"
      requestId="8" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="success">
      <addUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:8F2@anonymous.invalid"/>
      </addUser>
    </response>
  `,
  bad: `
    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser>
        <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/>
      </deleteUser>
    </request>

    INFO sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 INFO
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1"
      requestId="7" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="success">
      <deleteUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:bob@example.org"/>
                         ^^^^^^^^^^^^^^^^^^^ The response names bob@example.org, but request 7 (message 1) named carol@example.org: the client may show the wrong one as changed.
      </deleteUser>
    </response>
  `,
  needs: ['cccp'],
  check(call, report) {
    for (const { response, request } of cccpAnswers(call)) {
      const asked = request && onlyOne(users(request));
      const wrong = asked && users(response).find((user) => !sameEntity(user.value, asked.value));
      if (!request || !asked || !wrong || mayRename(request, asked)) continue;
      const id = request.cccp.requestId?.value ?? '';
      const its = `request ${id} (${named(request.message)}) named ${shortUri(asked.value)}`;
      const related = [{ in: request.message, at: asked.at, text: `The request names ${shortUri(asked.value)}.` }];
      report(
        response.message,
        wrong.at,
        `The response names ${shortUri(wrong.value)}, but ${its}: the client may show the wrong one as changed.`,
        related,
      );
    }
  },
};

function users({ cccp }: Carried): Placed[] {
  return cccp.commands.flatMap((command) => command.users).filter((user) => user.value);
}

/** The first, if all name the same user. */
function onlyOne([first, ...others]: Placed[]): Placed | null {
  return first && others.every((other) => sameEntity(other.value, first.value)) ? first : null;
}

/** Somebody anonymous, or called by the conference, gets a URI from the server. */
function mayRename({ message, cccp }: Carried, user: Placed): boolean {
  if (!cccp.commands.some(({ name }) => name === 'addUser')) return false;
  return message.method !== 'INVITE' || /anonym/i.test(user.value);
}

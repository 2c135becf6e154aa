import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { CodeAction, CodeActionContext, TextDocumentEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { cursor, dedent } from '../engine/base/testing.ts';
import { type ClientOptions, TestClient } from './testClient.ts';

const LITERALS = { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } };
const CAPABILITIES = {
  workspace: { workspaceEdit: { documentChanges: true } },
  textDocument: { codeAction: LITERALS },
};

let client: TestClient;
let documents = 0;
const clients: TestClient[] = [];

/** An editor that is stopped behind the tests, whatever becomes of them. */
async function started(options: ClientOptions): Promise<TestClient> {
  const one = await TestClient.start(options);
  clients.push(one);
  return one;
}

before(async () => {
  client = await started({ params: { capabilities: CAPABILITIES } });
});
after(() => Promise.all(clients.map((one) => one.stop())));

interface Asked extends Partial<CodeActionContext> {
  readonly by?: TestClient;
  /** Nothing is published of a document without a fault. */
  readonly isFaulty?: boolean;
}

/** What is offered at the `|` of a text, with all diagnostics that stand there. */
async function offered(marked: string, languageId = 'sip', { by = client, isFaulty = true, ...context }: Asked = {}) {
  const { text, offset } = cursor(dedent(marked));
  const uri = `file:///${++documents}`;
  await by.open(uri, text, languageId);
  const document = TextDocument.create(uri, languageId, 1, text);
  const position = document.positionAt(offset);
  const all = isFaulty ? await by.diagnostics(uri) : [];
  const diagnostics = all.filter(({ range: { start, end } }) => {
    const [from, to] = [document.offsetAt(start), document.offsetAt(end)];
    return from <= offset && offset <= to;
  });
  const actions = await by.connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: position, end: position },
    context: { diagnostics, ...context },
  });
  return { actions: actions ?? [], document };
}

/** The text after the action of this title. */
function done({ actions, document }: Awaited<ReturnType<typeof offered>>, title: string): string {
  const action = actions.find((one) => one.title === title);
  assert.ok(action, `${title} is offered, not only: ${actions.map((one) => one.title).join(' | ')}`);
  const [change] = action.edit!.documentChanges as TextDocumentEdit[];
  assert.deepEqual(change!.textDocument, { uri: document.uri, version: 1 });
  return TextDocument.applyEdits(
    document,
    change!.edits.filter((edit) => 'newText' in edit),
  );
}

/** A whole request, in which nothing is wrong but what the test puts in. */
const message = ({ method = 'MESSAGE', rows = '', body = '' } = {}) => `${method} sip:bob@example.org SIP/2.0
Via: SIP/2.0/TCP 192.0.2.10:5060;branch=z9hG4bK776asdhds
Max-Forwards: 70
From: <sip:alice@example.org>;tag=1928301774
To: <sip:bob@example.org>
Call-ID: a84b4c76e66710@example.org
CSeq: 1 ${method}
${rows}
${body}`;

describe('a quick fix', () => {
  test('corrects Content-Length, in octets', async () => {
    const found = await offered(message({ rows: 'Content-Type: text/plain\nContent-Length: |9\n', body: 'héy!\n' }));
    assert.match(done(found, "Set 'Content-Length: 5'"), /^Content-Length: 5$/m);
    const [action] = found.actions;
    assert.equal(action?.kind, 'quickfix');
    assert.equal(action?.isPreferred, true);
    assert.equal(action?.diagnostics?.[0]?.code, 'content-length-mismatch');
  });

  for (const [name, title, row] of [
    ['Max-Forwards', "Insert 'Max-Forwards: 70'", /^Via: .*\nMax-Forwards: 70\nFrom: /m],
    ['To', "Insert 'To'", /^From: .*\nTo: <sip:bob@example\.org>\nCall-ID: /m],
    ['From', "Insert 'From'", /^Max-Forwards: .*\nFrom: <sip:anonymous@anonymous\.invalid>;tag=[0-9a-f]{8}\nTo: /m],
    ['CSeq', "Insert 'CSeq'", /^Call-ID: .*\nCSeq: 1 MESSAGE\n/m],
    ['Call-ID', "Insert 'Call-ID'", /^To: .*\nCall-ID: [0-9a-f]{16}\nCSeq: /m],
    ['Via', "Insert 'Via'", /^MESSAGE .*\nVia: SIP\/2\.0\/UDP example\.org;branch=z9hG4bK[0-9a-f]{8}\nMax-Forwards: /m],
  ] as const)
    test(`adds the mandatory header ${name} at its usual place`, async () => {
      const without = message({ rows: 'Content-Length: 0\n' }).replace(new RegExp(`^${name}: .*\\n`, 'm'), '');
      assert.match(done(await offered(`|${without}`), title), row);
    });

  test('adds a Content-Type that fits the body', async () => {
    const body = '<request xmlns="urn:ietf:params:xml:ns:cccp"/>\n';
    const found = await offered(`|${message({ method: 'INFO', rows: 'Content-Length: 47\n', body })}`);
    assert.match(
      done(found, "Insert 'Content-Type: application/cccp+xml'"),
      /^Content-Type: application\/cccp\+xml\nContent-Length: 47$/m,
    );
  });

  test('is offered to editors that send no diagnostics back', async () => {
    const found = await offered(message({ rows: 'Max-Forward|s: 300\n' }), 'sip', { diagnostics: [] });
    assert.deepEqual(
      found.actions.map(({ diagnostics }) => diagnostics),
      found.actions.map(() => undefined),
    );
    done(found, "Remove this row of 'Max-Forwards'");
  });

  test('comes without versions for editors that know none, and not at all for those that know commands only', async () => {
    const plain = await started({ params: { capabilities: { textDocument: { codeAction: LITERALS } } } });
    const found = await offered(message({ rows: '|Hide: route\n' }), 'sip', { by: plain });
    assert.deepEqual(Object.keys(found.actions[0]!.edit!.changes ?? {}), [found.document.uri]);
    const old = await started({});
    assert.deepEqual((await offered(message({ rows: '|Hide: route\n' }), 'sip', { by: old })).actions, []);
  });
});

const request = (
  command = '<deleteUser><userKeys confEntity="sip:r@example.org" userEntity="sip:b@example.org"/></deleteUser>',
) =>
  `<request xmlns="urn:ietf:params:xml:ns:cccp" requestId="1" from="sip:a@example.org" to="sip:r@example.org">
  ${command}
</request>
`;
const roster = (user: string) =>
  `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:r@example.org" version="1" state="partial">
  <users state="partial">${user}</users>
</conference-info>
`;
const user = (content: string) => roster(`<user entity="sip:b@example.org">${content}</user>`);

/** What each fix of an XML document is named, and what comes of it. */
const XML: readonly (readonly [what: string, text: string, title: string, after: RegExp])[] = [
  [
    'inserts the missing attribute',
    request().replace(' requestId="1"', '').replace('<req', '<r|eq'),
    "Insert 'requestId'",
    /<request xmlns="\S+" requestId="1" from=/,
  ],
  [
    'inserts the missing child',
    request('<delete|User/>'),
    "Insert the missing element 'userKeys'",
    /<deleteUser>\n\s+<userKeys confEntity="\S+" userEntity="\S+"\/>\n\s+<\/deleteUser>/,
  ],
  [
    'removes the unknown element',
    user('<endpoint/>').replace('<endpoint/>', '<ro|om>1</room>'),
    "Remove the element 'room'",
    /<user entity="sip:b@example\.org"><\/user>/,
  ],
  [
    'removes the unknown attribute',
    request(
      '<deleteUser no|w="1"><userKeys confEntity="sip:r@example.org" userEntity="sip:b@example.org"/></deleteUser>',
    ),
    "Remove the attribute 'now'",
    /<deleteUser><userKeys/,
  ],
  [
    'renames what is mistyped',
    user('<rol|s><entry>attendee</entry></rols>'),
    "Replace 'rols' by 'roles'",
    /<roles><entry>attendee<\/entry><\/roles>/,
  ],
  [
    'moves into the right order',
    user('<endpoint entity="{1}"/><rol|es><entry>attendee</entry></roles>'),
    "Move 'roles' before 'endpoint'",
    /<roles><entry>attendee<\/entry><\/roles><endpoint entity="\{1\}"\/>/,
  ],
  [
    'fixes the enumeration',
    user('<endpoint entity="{1}"><status>conected|</status></endpoint>'),
    "Replace 'conected' by 'connected'",
    /<status>connected<\/status>/,
  ],
  [
    'trims an enumerated value',
    user('<endpoint entity="{1}"><status> connected| </status></endpoint>'),
    'Remove the white space around the value',
    /<status>connected<\/status>/,
  ],
  [
    'declares the namespace of a prefix',
    user('<ms|ci:lobby/>'),
    "Declare 'xmlns:msci=\"http://schemas.microsoft.com/rtc/2005/08/confin…'",
    /<conference-info xmlns:msci="http:\/\/schemas\.microsoft\.com\/rtc\/2005\/08\/confinfoextensions" xmlns=/,
  ],
  [
    'adds the namespace of the root',
    request()
      .replace(/ xmlns="[^"]*"/, '')
      .replace('<req', '<r|eq'),
    "Add the namespace 'urn:ietf:params:xml:ns:cccp'",
    /^<request xmlns="urn:ietf:params:xml:ns:cccp" requestId/,
  ],
  [
    'adds the prefix ci:',
    request(
      '<modifyUser><conferenceKeys confEntity="sip:r@example.org"/><ci:user xmlns:ci="urn:ietf:params:xml:ns:conference-info" entity="sip:b@example.org"><ro|les><entry>presenter</entry></roles></ci:user></modifyUser>',
    ),
    "Replace 'roles' by 'ci:roles'",
    /<ci:roles><ci:entry>presenter<\/ci:entry><\/ci:roles>/,
  ],
  [
    'takes a prefix off an attribute',
    request(
      '<deleteUser><userKeys xmlns:ci="urn:ietf:params:xml:ns:conference-info" ci:confEn|tity="sip:r@example.org" userEntity="sip:b@example.org"/></deleteUser>',
    ),
    "Replace 'ci:confEntity' by 'confEntity'",
    /<userKeys xmlns:ci="\S+" confEntity="sip:r@example\.org"/,
  ],
  [
    'puts a prefix on an attribute',
    user('<endpoint entity="{1}" session-ty|pe="chat"/>').replace(
      'entity="sip:r',
      'xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions" entity="sip:r',
    ),
    "Replace 'session-type' by 'msci:session-type'",
    /<endpoint entity="\{1\}" msci:session-type="chat"\/>/,
  ],
  [
    'closes the tag',
    user('<rol|es><entry>attendee</entry>'),
    "Insert '</roles>'",
    /<roles><entry>attendee<\/entry><\/roles><\/user>/,
  ],
  ['quotes a value', user('<endpoint entity={|1}/>'), 'Put the value in quotes', /<endpoint entity="\{1\}"\/>/],
  ['escapes an ampersand', user('<display-text>A &| B</display-text>'), "Write '&amp;'", /<display-text>A &amp; B</],
  ['escapes a less-than sign', user('<display-text>A <| B</display-text>'), "Write '&lt;'", /<display-text>A &lt; B</],
  [
    'wraps a fragment into an envelope',
    '<deleteU|ser>\n  <userKeys confEntity="sip:r@example.org" userEntity="sip:b@example.org"/>\n</deleteUser>\n',
    "Put 'deleteUser' into a 'request'",
    /^<request xmlns="urn:ietf:params:xml:ns:cccp" [^>]*>\n {2}<deleteUser>\n {4}<userKeys [^>]*>\n {2}<\/deleteUser>\n<\/request>/,
  ],
];

describe('a quick fix of an XML document', () => {
  for (const [what, text, title, after] of XML) {
    test(what, async () => {
      const languageId = text.includes('conference-info" entity') ? 'conference-info' : 'cccp';
      assert.match(done(await offered(text, languageId), title), after);
    });
  }

  test('in a body of a trace keeps Content-Length right', async () => {
    const body = user('<endpoint entity="{1}"><status>conected|</status></endpoint>');
    const rows = `Event: conference\nSubscription-State: active\nContent-Type: application/conference-info+xml\nContent-Length: ${body.length - 1}\n`;
    const found = await offered(message({ method: 'NOTIFY', rows, body }));
    assert.match(done(found, "Replace 'conected' by 'connected'"), new RegExp(`^Content-Length: ${body.length}$`, 'm'));
  });
});

describe('a rewrite', () => {
  const at = request().replace('<deleteU', '<deleteU|');
  const titles = ['success', 'failure, conferenceDoesntExist', 'failure, userDoesntExist', 'failure, otherFailure'].map(
    (one) => `Write the response: ${one}`,
  );
  const rewrites = ({ actions }: Awaited<ReturnType<typeof offered>>) =>
    actions.filter(({ kind }) => kind === 'refactor.rewrite');

  test('writes the response to a request behind its message', async () => {
    const rows = `Content-Type: application/cccp+xml\nContent-Length: ${request().length}\n`;
    const found = await offered(message({ method: 'INFO', rows, body: at }));
    assert.deepEqual(
      rewrites(found).map(({ title }) => title),
      titles,
    );
    assert.match(
      done(found, titles[0]!),
      /<\/request>\n\nINFO sip:alice@example\.org SIP\/2\.0\n[\s\S]*<response [^>]*code="success">/,
    );
  });

  test('opens the response to a document of its own by a command of the editor', async () => {
    const initializationOptions = { commands: ['sipLens.openText'] };
    const able = await started({ initializationOptions, params: { capabilities: CAPABILITIES } });
    const [success] = rewrites(await offered(at, 'cccp', { only: ['refactor'], by: able, isFaulty: false }));
    assert.equal(success?.command?.command, 'sipLens.openText');
    assert.match(
      success.command.arguments?.[0].text,
      /^<response [^>]*requestId="1" from="sip:r@example\.org" to="sip:a@example\.org"/,
    );
    assert.equal(success.command.arguments?.[0].languageId, 'cccp');
  });

  test('makes a file for it in editors that have no such command, but can make files', async () => {
    assert.deepEqual(rewrites(await offered(at, 'cccp', { isFaulty: false })), [], 'not where they cannot');
    const workspaceEdit = { documentChanges: true, resourceOperations: ['create'] };
    const capabilities = { ...CAPABILITIES, workspace: { workspaceEdit } };
    const able = await started({ params: { capabilities } });
    const found = await offered(at, 'cccp', { by: able, isFaulty: false });
    const [created, written] = rewrites(found)[0]?.edit?.documentChanges ?? [];
    assert.deepEqual(created, { kind: 'create', uri: `${found.document.uri}-response.cccp` });
    assert.equal(
      written && 'textDocument' in written && written.textDocument.uri,
      `${found.document.uri}-response.cccp`,
    );
  });

  test('puts a message of a page into lines', async () => {
    const line = message({ rows: 'Content-Length: 0' }).replace(/\n+/g, ' ').trim();
    assert.match(
      done(await offered(`A step\n${line.replace('Via', '|Via')}\n`), 'Put this message into lines'),
      /^A step\nMESSAGE .*\nVia: .*\n/,
    );
  });
});

describe('everything at once', () => {
  const text = `|${message({ rows: 'UserAgent: x\nHide: route\nEvent : registration\nContent-Length: 7\n' })}`;

  test('mends what is sure, with what follows from it, and leaves the rest', async () => {
    const found = await offered(text, 'sip', { only: ['source.fixAll'] });
    assert.equal(found.actions.length, 1);
    const mended = done(found, 'Fix all problems that SIP Lens is sure of');
    assert.match(mended, /^User-Agent: x\nHide: route\nEvent: registration\nContent-Length: 0$/m);
  });

  test('is no quick fix, and quick fixes are none of it', async () => {
    const kinds = async (only?: string[]) => {
      const { actions } = await offered(text, 'sip', only ? { only } : {});
      return [...new Set(actions.map(({ kind }) => kind))];
    };
    assert.deepEqual(await kinds(['source.organizeImports']), []);
    assert.deepEqual(await kinds(['source.fixAll.sipLens']), ['source.fixAll.sipLens']);
    assert.ok(!(await kinds()).includes('source.fixAll.sipLens'));
  });
});

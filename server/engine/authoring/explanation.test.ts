import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { cursor } from '../base/testing.ts';
import { slice } from '../base/text.ts';
import { elementModel } from '../xml/model.ts';
import { provideSchemas } from '../xml/schemas.ts';
import { loadVerdict } from '../xml/verdict.ts';
import { walk } from '../xml/xml.ts';
import { explanationAt } from './explanation.ts';
import { traceSource, xmlSource } from './testing.ts';

provideSchemas((file) => readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));
await loadVerdict();

/** What is explained at `|`, and the explanation without the addresses of links and without escapes. */
function explained(marked: string, sourceOf = xmlSource): string | null {
  const { text, offset } = cursor(marked);
  const found = explanationAt(sourceOf(text), offset);
  return found && `${slice(text, found.at)} → ${found.markdown.replace(/\]\([^)]*\)/g, ']').replace(/\\(.)/g, '$1')}`;
}

const NAMESPACES =
  'xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" xmlns:mscp="http://schemas.microsoft.com/rtc/2005/08/cccpextensions"';
const request = (inner: string) =>
  `<request ${NAMESPACES} requestId="1" from="sip:a@e" to="sip:b@e">${inner}</request>`;
const confinfo = (inner: string) =>
  `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions" entity="sip:a@e" state="full" version="1">${inner}</conference-info>`;

const cases: [title: string, text: string, wanted: RegExp][] = [
  [
    'an element: where it stands and what it holds',
    confinfo('<users><us|er entity="sip:a@e"/></users>'),
    /^user → \*\*user\*\* · element of `urn:ietf:params:xml:ns:conference-info` · \[RFC 4575 §5\.6\]\n\n.*\n\nIn `users`: any number\.\n\nAttributes: .*`entity`.*\n\nChildren, in this order: `display-text`, .*`endpoint`/,
  ],
  ['an element in its end tag', confinfo('<users></us|ers>'), /^users → \*\*users\*\* /],
  [
    'an element that must stand between others',
    confinfo('<users><user entity="a"><endpoint entity="b"><media id="1"><ty|pe/></media></endpoint></user></users>'),
    /In `media`: may be there, .*before `/,
  ],
  ['the root', confinfo('').replace('<conf', '<co|nf'), /\n\nThe root of a document\.\n\n/],
  [
    'an element with a prefix, and of which names are written with it',
    request('<addUser><ci:us|er/></addUser>'),
    /^user → .*\n\nIn `addUser`: must be there, behind `conferenceKeys`\.\n\n.*`ci:display-text`/s,
  ],
  [
    'a prefix',
    request('<addUser><c|i:user/></addUser>'),
    /^ci → \*\*ci\*\* · prefix of the namespace `urn:ietf:params:xml:ns:conference-info` · \[RFC 4575/,
  ],
  [
    'a declared prefix',
    request('').replace(':mscp', ':m|scp'),
    /^xmlns:mscp=".*" → \*\*mscp\*\* · prefix of the namespace `http:\/\/schemas\.microsoft\.com\/rtc\/2005\/08\/cccpextensions`/,
  ],
  [
    'the default namespace',
    request('').replace('ietf:params:xml:ns:cccp', 'ietf:params:xml:n|s:cccp'),
    /\*\*xmlns\*\* · without a prefix, the namespace `urn:ietf:params:xml:ns:cccp`/,
  ],
  [
    'an attribute',
    request('<deleteUser><userKeys conf|Entity="x"/></deleteUser>'),
    /^confEntity → \*\*confEntity\*\* · attribute of `userKeys` · \[draft.*\n\n.*\n\n(?:Required|Optional): a URI\.$/s,
  ],
  [
    'an attribute with a default',
    confinfo('<users st|ate="full"/>'),
    /^state → .*`full`, `partial`, `deleted`\. Where it is absent, `full` is meant\.$/s,
  ],
  [
    'an attribute of an extension',
    confinfo('<users><user entity="a"><endpoint entity="b" msci:session-t|ype="chat"/></user></users>'),
    /^session-type → \*\*session-type\*\* · attribute of `endpoint` · /,
  ],
  [
    'a value that is listed',
    confinfo('<users state="del|eted"/>'),
    /^deleted → \*\*deleted\*\* · value of `state` · \[RFC 4575/,
  ],
  [
    'a text that is listed',
    confinfo('<users><user entity="a"><endpoint entity="b"><status> on-|hold </status></endpoint></user></users>'),
    /^on-hold → \*\*on-hold\*\* · value of `status` · /,
  ],
  [
    'another value, by its attribute',
    confinfo('').replace('version="1', 'version="|1'),
    /^1 → \*\*version\*\* · attribute of `conference-info`/,
  ],
  [
    'the URI of a focus',
    request('<deleteUser><userKeys confEntity="sip:a@e;gruu;opaque=app:conf:foc|us:id:7E"/></deleteUser>'),
    /\*\*confEntity\*\* .*\n\n\*\*opaque\*\* · URI parameter .*Conference focus/s,
  ],
];

const silent: [title: string, text: string][] = [
  ['text of any kind', confinfo('<conference-description><subject>he|llo</subject></conference-description>')],
  ['white space', confinfo('\n | <users/>')],
  ['a comment', confinfo('<!-- us|ers -->')],
  ['between attributes', confinfo('').replace('" state', '" | state')],
  ['an element that the schema does not know', confinfo('<use|s/>')],
  ['an element with a prefix that is not declared', confinfo('<x:us|ers/>')],
  ['behind the root', `${confinfo('')}\n|`],
];

describe('in XML, a hover explains', () => {
  for (const [title, text, wanted] of cases) it(title, () => assert.match(explained(text) ?? 'nothing', wanted));

  it('of an extension without a schema what its namespace is for', () => {
    const text = confinfo('').replace('entity', 'xmlns:msls="urn:ietf:params:xml:ns:msls" entity');
    assert.match(
      explained(text.replace('</', '<msls:any|thing/></')) ?? '',
      /^anything → .*\n\nNo schema tells of it: it is not judged\.$/s,
    );
  });

  it('each known element and attribute of the valid documents, and never with markup of theirs', () => {
    const folder = new URL('../../fixtures/xml/valid/', import.meta.url);
    let count = 0;
    for (const file of readdirSync(folder)) {
      const source = xmlSource(readFileSync(new URL(file, folder), 'utf8'));
      for (const element of walk(source.xml!)) {
        if (!elementModel(element)) continue;
        const at = element.nameAt.to - 1;
        assert.ok(explanationAt(source, at), `${file}: ${element.name}`);
        count++;
      }
    }
    assert.ok(count > 100);
  });
});

describe('in XML, a hover is silent on', () => {
  for (const [title, text] of silent) it(title, () => assert.equal(explained(text), null));
});

describe('a hover on the name of a command', () => {
  it('tells what request and response hold, and why it may fail', () => {
    for (const root of ['request', 'response']) {
      const text = request('<delete|User/>').replaceAll('request ', `${root} `).replace('/request', `/${root}`);
      const said = explained(text) ?? '';
      assert.match(said, /^deleteUser → \*\*deleteUser\*\* · command of `urn:ietf:params:xml:ns:cccp` · /);
      assert.match(said, /\n\nRequest: `userKeys` \(.*`userEntity`.*\)/);
      assert.match(said, /\n\nResponse: .*`ci:user`/);
      assert.match(said, /\n\nReasons of a failure: .*`userDoesntExist`/);
    }
  });
  it('is about a command only where one may stand', () => {
    assert.doesNotMatch(explained(request('<addUser><ci:us|er/></addUser>')) ?? '', /Request:/);
  });
});

describe('in a trace, a hover explains', () => {
  const head = 'INFO sip:b@e SIP/2.0\nMax-Forwards: 70\nContent-Type: application/cccp+xml\n\n';
  it('bodies like documents, and heads', () => {
    assert.match(
      explained(head + request('<delete|User/>'), traceSource) ?? '',
      /^deleteUser → \*\*deleteUser\*\* · command/,
    );
    assert.match(explained(head.replace('Max', 'M|ax'), traceSource) ?? '', /^Max-Forwards → \*\*Max-Forwards\*\*/);
    assert.equal(explained(`# a co|mment\n${head}`, traceSource), null);
  });
  it('a failure: what it means, what is usually behind it, and why it came here', () => {
    const sample = readFileSync(new URL('../../../samples/eject-user.flattened.txt', import.meta.url), 'utf8');
    const said = explained(sample.replace('SIP/2.0 481 Dialog', 'SIP/2.0 48|1 Dialog'), traceSource) ?? '';
    assert.match(said, /^481 Dialog does not exist → \*\*481 Call\/Transaction Does Not Exist\*\*/);
    assert.match(said, /\n\nLikely cause: the other side has no such dialog/);
    assert.match(
      said,
      /\n\n\*\*Why it failed\*\*\n\n- It answers the BYE .* of Carol \(message 5\)\.\n- ms-diagnostics 6019 “Dialog does not exist” \(ImMcu\): the chat session/,
    );
    assert.match(said, /\n- The other side had sent a BYE too \(message 7\)/);
    const fine = explained(sample.replace('SIP/2.0 200 OK', 'SIP/2.0 20|0 OK'), traceSource) ?? '';
    assert.doesNotMatch(fine, /failed|Likely/);
    const evil = 'SIP/2.0 4|04 <b>no</b>\nReason: SIP;cause=1;text="**[x](http://y)** <script>"\n\n';
    const { text, offset } = cursor(evil);
    assert.doesNotMatch(explanationAt(traceSource(text), offset)?.markdown ?? '', /[^\\]<|[^\\]\]\(http:\/\/y/);
  });
  it('a message on one line, at its place in the source', () => {
    const line = `INFO sip:b@e SIP/2.0 Via: SIP/2.0/UDP h From: <sip:a@e>;tag=1 Call-ID: 1 Content-Type: application/cccp+xml ${request('<delete|User/>')}`;
    assert.match(explained(line, traceSource) ?? '', /^deleteUser → /);
  });
});

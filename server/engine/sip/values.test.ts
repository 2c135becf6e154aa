import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Span, slice } from '../base/text.ts';
import { parseMessage } from './message.ts';
import { quoteEnd } from './outside.ts';
import {
  address,
  identity,
  methodOf,
  paramValue,
  parseAuthentication,
  parseCSeq,
  parseNameAddr,
  parseParams,
  parseUri,
  parseVia,
  sameParty,
  splitList,
  tagOf,
  unquote,
  vias,
} from './values.ts';

const whole = (text: string): Span => ({ from: 0, to: text.length });

describe('comma list', () => {
  const rows: [string, string[]][] = [
    ['a, b ,c', ['a', 'b', 'c']],
    [', a,, b,', ['a', 'b']],
    ['', []],
    ['"a, b" <sip:x@h>, <sip:y,z@h>', ['"a, b" <sip:x@h>', '<sip:y,z@h>']],
    ['"a \\", b", c', ['"a \\", b"', 'c']],
    ['"ends in a backslash \\\\", c', ['"ends in a backslash \\\\"', 'c']],
    ['18000 (a, b (c, d), e), f', ['18000 (a, b (c, d), e)', 'f']],
    // What is never closed swallows nothing, but for a bracket.
    ['"Bob <sip:x@h>, c', ['"Bob <sip:x@h>', 'c']],
    ['a(b, c', ['a(b', 'c']],
    ['<sip:x@h, c', ['<sip:x@h, c']],
    ['a\r\n ,\r\n b', ['a', 'b']],
  ];
  for (const [text, parts] of rows) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(
        splitList(text, whole(text)).map((part) => slice(text, part)),
        parts,
      );
    });
  }
});

describe('quoted string', () => {
  it('ends at the first quote without a backslash', () => {
    assert.equal(quoteEnd('"a\\"b" c', 0, 8), 6);
    assert.equal(quoteEnd('"a\\', 0, 3), 3);
    assert.equal(quoteEnd('"abc', 0, 4), 4);
  });
  it('loses its quotes and escapes', () => {
    assert.equal(unquote('"a \\"b\\" \\\\"'), 'a "b" \\');
    assert.equal(unquote('token'), 'token');
    assert.equal(unquote('"'), '"');
  });
});

describe('parameters', () => {
  const rows: [string, [string, string | null][]][] = [
    [
      ';a=1;B;c="x;y=z"',
      [
        ['a', '1'],
        ['b', null],
        ['c', '"x;y=z"'],
      ],
    ],
    ['; tag    = 1918181833n', [['tag', '1918181833n']]],
    [';;a;', [['a', null]]],
    [';a=', [['a', '']]],
    [
      ';maddr=[2001:db8::1];a==b',
      [
        ['maddr', '[2001:db8::1]'],
        ['a', '=b'],
      ],
    ],
  ];
  for (const [text, expected] of rows) {
    it(JSON.stringify(text), () => {
      const params = parseParams(text, 0, text.length);
      assert.deepEqual(
        params.map((entry) => [entry.name, entry.value && slice(text, entry.value)]),
        expected,
      );
    });
  }
  it('are asked for by name', () => {
    const text = ';flag;q="0.5"';
    const params = parseParams(text, 0, text.length);
    assert.equal(paramValue(text, params, 'flag'), '');
    assert.equal(paramValue(text, params, 'q'), '0.5');
    assert.equal(paramValue(text, params, 'other'), undefined);
  });
});

describe('address', () => {
  const rows: [string, string | null, string, string[]][] = [
    ['<sip:bob@example.org>;tag=1', null, 'sip:bob@example.org', ['tag']],
    [
      '"Alice"<sip:alice@contoso.com>;tag=58b76ebb1c;epid=bd4bd366c2',
      '"Alice"',
      'sip:alice@contoso.com',
      ['tag', 'epid'],
    ],
    // RFC 4475 §3.1.1.6 and §3.1.1.1.
    ['caller<sip:caller@example.com>;tag=323', 'caller', 'sip:caller@example.com', ['tag']],
    [
      '"J Rosenberg \\\\\\""       <sip:jdrosen@example.com>\r\n  ;\r\n  tag = 98asjd8',
      '"J Rosenberg \\\\\\""',
      'sip:jdrosen@example.com',
      ['tag'],
    ],
    ['sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n', null, 'sip:vivekg@chair-dnrc.example.com', ['tag']],
    ['"<" <sip:a@[2001:db8::10]:5061;lr>', '"<"', 'sip:a@[2001:db8::10]:5061;lr', []],
    ['< sip:a@h >', null, 'sip:a@h', []],
    ['"" <sip:a@h>', '""', 'sip:a@h', []],
    ['*', null, '*', []],
    // §3.1.2.6: the quote that is missing hides neither the URI nor the tag.
    ['"Mr. J. User <sip:j.user@example.com>;tag=1', '"Mr. J. User', 'sip:j.user@example.com', ['tag']],
    ['<sip:a@h', null, 'sip:a@h', []],
    ['', null, '', []],
  ];
  for (const [text, display, uri, params] of rows) {
    it(JSON.stringify(text), () => {
      const found = parseNameAddr(text, whole(text));
      assert.equal(found.display && slice(text, found.display), display);
      assert.equal(slice(text, found.uri), uri);
      assert.deepEqual(
        found.params.map((entry) => entry.name),
        params,
      );
    });
  }
});

describe('URI', () => {
  type Parts = [
    scheme: string,
    user: string | null,
    password: string | null,
    host: string,
    port: string | null,
    params: string,
    headers: string | null,
  ];
  const rows: [string, Parts][] = [
    ['sip:alice@atlanta.com', ['sip', 'alice', null, 'atlanta.com', null, '', null]],
    [
      'SIPS:alice:secretword@atlanta.com;transport=tcp',
      ['sips', 'alice', 'secretword', 'atlanta.com', null, 'transport', null],
    ],
    [
      'sip:+1-212-555-1212:1234@gateway.com:5070;user=phone',
      ['sip', '+1-212-555-1212', '1234', 'gateway.com', '5070', 'user', null],
    ],
    [
      'sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com',
      ['sip', null, null, 'atlanta.com', null, 'method', 'to=alice%40atlanta.com'],
    ],
    ['sip:alice;day=tuesday@atlanta.com', ['sip', 'alice;day=tuesday', null, 'atlanta.com', null, '', null]],
    ['sip:[2001:db8::10]:5070;lr', ['sip', null, null, '[2001:db8::10]', '5070', 'lr', null]],
    ['sip:alice@[::1]', ['sip', 'alice', null, '[::1]', null, '', null]],
    [
      'sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B',
      ['sip', 'alice', null, 'contoso.com', null, 'gruu opaque', null],
    ],
    ['tel:+15551234;phone-context=example.org', ['tel', null, null, '+15551234', null, 'phone-context', null]],
    ['urn:service:sos', ['urn', null, null, 'service:sos', null, '', null]],
    ['bob@biloxi.com', ['', null, null, 'bob@biloxi.com', null, '', null]],
    ['sip:', ['sip', null, null, '', null, '', null]],
    ['', ['', null, null, '', null, '', null]],
  ];
  for (const [text, expected] of rows) {
    it(text || 'nothing', () => {
      const uri = parseUri(text, whole(text));
      const of = (part: Span | null) => part && slice(text, part);
      const names = uri.params.map((entry) => entry.name).join(' ');
      assert.deepEqual(
        [uri.scheme, of(uri.user), of(uri.password), of(uri.host), of(uri.port), names, of(uri.headers)],
        expected,
      );
    });
  }
  it('is the same party whatever its port, letter case and other parameters, not whatever its opaque', () => {
    assert.ok(sameParty('sip:bob@Example.org:5060;transport=tls', 'sips:bob@example.org'));
    assert.ok(!sameParty('sip:Bob@example.org', 'sip:bob@example.org'));
    assert.ok(!sameParty('sip:a@h;opaque=app:conf:focus:id:1', 'sip:a@h;opaque=app:conf:chat:id:1'));
    assert.ok(sameParty('sip:a@h;gruu;opaque=app:conf:focus:id:AB', 'sip:a@h;opaque=app:conf:focus:id:ab'));
    assert.equal(identity('sip:10.29.107.208:2308;transport=tls;grid'), 'sip:10.29.107.208');
  });
});

describe('Via', () => {
  const rows: [string, string, string, string | null, string][] = [
    ['SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport', 'UDP', '192.0.2.1', '5060', 'branch rport'],
    [
      'SIP  / 2.0\r\n /tcp     spindle.example.com   ;\r\n  branch  =   z9hG4bK9ikj8',
      'TCP',
      'spindle.example.com',
      null,
      'branch',
    ],
    [
      'SIP/2.0/TLS-SCTP [2001:db8::9:1]:5061;received=[2001:db8::9:255]',
      'TLS-SCTP',
      '[2001:db8::9:1]',
      '5061',
      'received',
    ],
    ['SIP/2.0/TLS 10.56.64.122:2157', 'TLS', '10.56.64.122', '2157', ''],
    ['nonsense;branch=1', '', 'nonsense', null, 'branch'],
  ];
  for (const [text, transport, host, port, params] of rows) {
    it(JSON.stringify(text), () => {
      const via = parseVia(text, whole(text));
      assert.deepEqual(
        [
          via.transport,
          slice(text, via.host),
          via.port && slice(text, via.port),
          via.params.map((entry) => entry.name).join(' '),
        ],
        [transport, host, port, params],
      );
    });
  }
  it('comes in rows and in lists', () => {
    const message = parseMessage('BYE sip:a@h SIP/2.0\nv: SIP/2.0/UDP a, SIP/2.0/TCP b\nVia: SIP/2.0/TLS c\n\n');
    assert.deepEqual(
      vias(message).map((via) => via.transport),
      ['UDP', 'TCP', 'TLS'],
    );
  });
});

describe('CSeq', () => {
  const rows: [string, [number, string] | null][] = [
    ['0009\n  INVITE', [9, 'INVITE']],
    ['2147483645 BYE', [2147483645, 'BYE']],
    ['36893488147419103232 REGISTER', [2 ** 65, 'REGISTER']],
    ['1INVITE', null],
    ['INVITE 1', null],
    ['-1 INVITE', null],
    ['1 INVITE x', null],
  ];
  for (const [text, expected] of rows) {
    it(JSON.stringify(text), () => {
      const cseq = parseCSeq(parseMessage(`SIP/2.0 200 OK\nCSeq: ${text}\n\n`));
      assert.deepEqual(cseq && [cseq.number, cseq.method], expected);
    });
  }
  it('tells what a response is about', () => {
    assert.equal(methodOf(parseMessage('SIP/2.0 200 OK\nCSeq: 1 BYE\n\n')), 'BYE');
    assert.equal(methodOf(parseMessage('INFO sip:a@h SIP/2.0\nCSeq: 1 BYE\n\n')), 'INFO');
    assert.equal(methodOf(parseMessage('SIP/2.0 200 OK\n\n')), '');
  });
});

describe('headers of a message', () => {
  const message = parseMessage('BYE sip:a@h SIP/2.0\nf: "A" <sip:a@h>;TAG="1"\nTo: <sip:b@h>;epid=2\n\n');
  it('give addresses and tags', () => {
    assert.equal(slice(message.text, address(message, 'from')!.uri), 'sip:a@h');
    assert.equal(tagOf(message, 'from'), '1');
    assert.equal(tagOf(message, 'to'), undefined);
    assert.equal(address(message, 'contact'), null);
  });
});

describe('authentication', () => {
  const rows: [string, string, string[]][] = [
    ['Digest realm="a, b", nonce=1', 'Digest', ['realm', 'nonce']],
    ['NTLM rspauth="01", srand="5E", opaque="4E,BB"', 'NTLM', ['rspauth', 'srand', 'opaque']],
    ['rspauth="01",qop=auth', '', ['rspauth', 'qop']],
    ['Kerberos', 'Kerberos', []],
  ];
  for (const [text, scheme, params] of rows) {
    it(text, () => {
      const found = parseAuthentication(text, whole(text));
      assert.deepEqual([found.scheme, found.params.map((entry) => entry.name)], [scheme, params]);
    });
  }
});

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { code, plain, prose, sources } from './markdown.ts';

it('shows markup, links and HTML as plain text', () => {
  assert.equal(plain('<img src=x onerror=alert(1)>'), '\\<img src\\=x onerror\\=alert\\(1\\)\\>');
  assert.equal(plain('[a](command:b) **c** `d`'), '\\[a\\]\\(command\\:b\\) \\*\\*c\\*\\* \\`d\\`');
  assert.equal(plain('a\n\n# b'), 'a \\# b');
  assert.equal(plain('www.example.org a@b.c'), 'www\\.example.org a\\@b.c');
});

it('keeps code together, whatever it holds', () => {
  assert.equal(code('tag'), '`tag`');
  assert.equal(code('a`b``c'), '```a`b``c```');
  assert.equal(code('`a'), '`` `a ``');
  assert.equal(code('a\n\n<b>'), '`a <b>`');
  assert.equal(code(' '), '');
});

it('takes names between backticks for code, and no more than that', () => {
  assert.equal(prose('`reason` says *why*'), '`reason` says \\*why\\*');
  assert.equal(prose('one ` alone'), 'one \\` alone');
  assert.equal(prose(''), '');
});

it('links each source that has a page', () => {
  assert.equal(
    sources('RFC 3261 §20.8; de facto'),
    '[RFC 3261 §20.8](https://www.rfc-editor.org/rfc/rfc3261#section-20.8); de facto',
  );
  assert.equal(sources('-'), '');
});

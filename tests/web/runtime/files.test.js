'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');

const load = (name) => import(`../../../emulator/tt_emulator/web/play/files/${name}.js`);
const buffer = (...bytes) => new Uint8Array(bytes).buffer;
const listOf = (given) => [...new Uint8Array(given)];

test('text and bytes of each encoding are those of Node', async () => {
  const { bufferFrom, textIn } = await load('bytes');
  const bytes = Array.from({ length: 256 }, (_, index) => index);
  for (const encoding of ['utf8', 'utf-8', 'latin1', 'binary', 'base64', 'hex', 'ucs2', 'ucs-2', 'utf16le', 'utf-16le']) {
    const text = textIn(buffer(...bytes), encoding);
    assert.equal(text, Buffer.from(bytes).toString(encoding), encoding);
    assert.deepEqual(listOf(bufferFrom(text, encoding)), [...Buffer.from(text, encoding)], encoding);
  }
});

test('a long text is read whole, and a mark at its beginning stays', async () => {
  const { bufferFrom, textIn } = await load('bytes');
  const text = '\ufeff' + 'aä☃🎮'.repeat(20000);
  for (const encoding of ['utf8', 'utf16le']) assert.equal(textIn(bufferFrom(text, encoding), encoding), text);
  assert.equal(textIn(new ArrayBuffer(50000), 'binary'), '\0'.repeat(50000));
});

test('what is no text of its encoding has no bytes', async () => {
  const { bufferFrom } = await load('bytes');
  for (const [text, encoding] of [['0', 'hex'], ['zz', 'hex'], ['a', 'base64'], ['*', 'base64']]) {
    assert.equal(bufferFrom(text, encoding), null);
  }
});

test('only an ArrayBuffer is one', async () => {
  const { isBuffer } = await load('bytes');
  assert.equal(isBuffer(buffer(1)), true);
  for (const other of [new Uint8Array(1), new DataView(buffer(1)), {}, [], null, undefined, 'x', { byteLength: 1 }]) {
    assert.equal(isBuffer(other), false);
  }
});

test('a path is of the package, of the player or of this page, or of none', async () => {
  const { filePlace } = await load('paths');
  const cases = {
    'a/b': ['package', 'a/b'], '/a': ['package', 'a'], './a/../b': ['package', 'b'], ttfile: ['package', 'ttfile'],
    'ttfile://user': ['user', ''], 'ttfile://user/a//b/': ['user', 'a/b'], 'ttfile://temp/x.png': ['temporary', 'x.png'],
  };
  for (const [path, [root, below]] of Object.entries(cases)) assert.deepEqual(filePlace(path), { root, path: below }, path);
  for (const path of ['../a', 'ttfile://user/..', 'ttfile://userx/a', 'http://x/a', 'wxfile://usr/a', 'ttfile://temp/../a', 'data:,']) {
    assert.equal(filePlace(path), null, path);
  }
});

test('a listing knows folders, follows what the game does, and hears of it no later', async () => {
  const { createListing } = await load('listing');
  const listing = createListing({ 'a/b/c.txt': 3 }, { d: { modified_ms: 1 }, 'd/e': { modified_ms: 2, size: 5, saved: true } });
  assert.equal(listing.findInPackage('a/b').size, null);
  assert.equal(listing.findInPackage('a/b/c.txt').size, 3);
  assert.equal(listing.findInPackage('a/b/c'), undefined);
  assert.deepEqual(listing.saved(), ['d/e']);

  const answers = [];
  const asked = listing.renew(() => new Promise((resolve) => { answers.push(resolve); }));
  listing.move('d', 'moved');
  answers[0]({});
  await new Promise(setImmediate);
  assert.deepEqual(listing.below('').sort(), ['moved', 'moved/e'], 'an older answer is not taken');
  for (let wish = 0; wish < 5; wish += 1) listing.renew(() => assert.fail('one asks for all'));
  answers[1](null);
  await new Promise(setImmediate);
  answers[2]({ moved: { modified_ms: 9 } });
  await asked;
  assert.deepEqual(listing.below(''), ['moved']);
  assert.equal(answers.length, 3);

  await listing.renew(async () => ({ new: { modified_ms: 3, size: 1 } }));
  assert.deepEqual(listing.below(''), ['new']);
  await listing.renew(async () => null);
  assert.deepEqual(listing.below(''), ['new']);
});

test('a temporary file is kept under its path until it is removed', async () => {
  const { keepTemporary, readTemporary, removeTemporary } = await load('temporary');
  const { filePlace } = await load('paths');
  const places = ['ttfile://temp/a.png', 'ttfile://temp/b'].map(filePlace);
  places.forEach(({ path }, index) => keepTemporary(path, buffer(index + 1)));
  assert.deepEqual(places.map(({ path }) => listOf(readTemporary(path))), [[1], [2]]);
  removeTemporary(places[0].path);
  assert.equal(readTemporary(places[0].path), undefined);
});

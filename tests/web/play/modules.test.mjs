import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createModules, plain } from '../../../emulator/tt_emulator/web/play/modules.js';

/** The modules of `files`, a table of functions and texts. */
function packed(files) {
  return createModules({
    has: (path) => Object.hasOwn(files, path),
    codeOf: (path) => files[path],
    textOf: (path) => files[path],
    receiver: 'the realm',
    noModule: (name, from) => `${from} asks for ${name}`,
    notScript: (path) => `${path} is no script`,
  });
}

const named = (name) => (require, module, exports) => { exports.name = name; };

for (const [name, from, found] of [
  ['./b', 'a/game.js', 'a/b.js'],
  ['./b.js', 'a/game.js', 'a/b.js'],
  ['../top', 'a/game.js', 'top.js'],
  ['b', 'a/game.js', 'a/b.js'],
  ['libs/x', 'a/game.js', 'libs/x.js'],
  ['libs/x.js', 'a/game.js', 'libs/x.js'],
  ['/libs/x', 'a/game.js', 'libs/x.js'],
  ['//libs/x', 'a/game.js', 'libs/x.js'],
  ['./folder', 'game.js', 'folder/index.js'],
  ['./folder/', 'game.js', 'folder/index.js'],
  ['.', 'folder/other.js', 'folder/index.js'],
  ['./a/../top', 'game.js', 'top.js'],
  ['.//top', 'game.js', 'top.js'],
]) {
  test(`'${name}' in ${from} is ${found}`, () => {
    const files = {};
    for (const path of ['a/b.js', 'top.js', 'libs/x.js', 'folder/index.js']) files[path] = named(path);
    assert.equal(packed(files).requireFrom(from)(name).name, found);
  });
}

test('a bare name is looked for beside the file before the root', () => {
  const files = { 'a/x.js': named('near'), 'x.js': named('root') };
  assert.equal(packed(files).requireFrom('a/game.js')('x').name, 'near');
  assert.equal(packed(files).requireFrom('game.js')('x').name, 'root');
});

test('the file itself comes before the same name with an ending', () => {
  const files = { x: 'text', 'x.js': named('x.js'), 'y.js': named('y.js'), 'y.json': '{"name": "json"}' };
  assert.equal(packed(files).requireFrom('game.js')('./y').name, 'y.js');
});

test('JSON is read', () => {
  assert.deepEqual(packed({ 'a.json': '{"b": [1]}' }).requireFrom('game.js')('./a.json'), { b: [1] });
  assert.deepEqual(packed({ 'a.json': '{"b": [1]}' }).requireFrom('game.js')('./a'), { b: [1] });
});

test('a module runs once', () => {
  let runs = 0;
  const { requireFrom } = packed({ 'a.js': () => { runs += 1; } });
  requireFrom('game.js')('./a');
  requireFrom('b/c.js')('/a.js');
  assert.equal(runs, 1);
});

test('in a cycle the exports are there as far as they have come', () => {
  const files = {
    'a.js': (require, module, exports) => { exports.early = 1; exports.seen = { ...require('./b').seen }; exports.late = 2; },
    'b.js': (require, module, exports) => { exports.seen = { ...require('./a') }; },
  };
  assert.deepEqual(packed(files).requireFrom('game.js')('./a').seen, { early: 1 });
});

test('a require that is handed around resolves from where it was taken', () => {
  const files = {
    'a/lib.js': (require, module) => { module.exports = require; },
    'a/near.js': named('a/near.js'),
    'near.js': named('near.js'),
  };
  const taken = packed(files).requireFrom('game.js')('./a/lib');
  assert.equal(taken('./near').name, 'a/near.js');
});

test('what module.exports is made counts', () => {
  assert.equal(packed({ 'a.js': (require, module) => { module.exports = 7; } }).requireFrom('game.js')('./a'), 7);
});

test('this at the top of a module is the realm', () => {
  const files = { 'a.js'(require, module) { module.exports = this; } };
  assert.equal(String(packed(files).requireFrom('game.js')('./a')), 'the realm');
});

test('what is not there is said with its name and who asks for it', () => {
  assert.throws(() => packed({}).requireFrom('a/game.js')('./none'), { message: 'a/game.js asks for ./none' });
});

for (const name of ['../outside', '../../x', 'a/../../x', '/../x']) {
  test(`'${name}' leads to nothing outside`, () => {
    assert.throws(() => packed({ x: 'x', outside: 'y' }).requireFrom('game.js')(name), /asks for/);
  });
}

test('one that has thrown is run again by whoever asks again', () => {
  let runs = 0;
  const { requireFrom } = packed({ 'a.js': () => { runs += 1; throw new Error('no'); } });
  assert.throws(() => requireFrom('game.js')('./a'), /no/);
  assert.throws(() => requireFrom('game.js')('./a'), /no/);
  assert.equal(runs, 2);
});

test('a path is written in one way', () => {
  assert.deepEqual(['a//b', './a', 'a/./b/..', '..', ''].map(plain), ['a/b', 'a', 'a', null, '']);
});

test('a file that is no script cannot be required, and says so', () => {
  for (const name of ['notes.txt', 'a.wasm', 'license']) {
    assert.throws(() => packed({ [name]: 'text' }).requireFrom('game.js')(`./${name}`), { message: `${name} is no script` });
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';

import { bundleOf, placeOf } from '../../../emulator/tt_emulator/web/play/bundle.js';

const HIDDEN = ['window', 'document', 'location', 'top', 'fetch'];
const MODULES = [
  { path: 'game.js', code: '// one\nlet window2;\r\nthrow 3' },
  { path: 'a/b.js', code: "'use strict';\nexports.line = 2;" },
  { path: '__proto__.js', code: 'exports.here = 1; // no line end' },
];

/** What a page would receive. */
function run({ text }) {
  let received = null;
  vm.runInNewContext(text, { document: { currentScript: { receive: (result) => { received = result; } } } });
  return received;
}

test('each module is a function of require, module and exports', () => {
  const { modules } = run(bundleOf(MODULES, 'b.js', HIDDEN));
  assert.deepEqual(Object.keys(modules), MODULES.map(({ path }) => path));
  const exports = {};
  modules['a/b.js'](null, null, exports);
  assert.deepEqual(exports, { line: 2 });
});

test('a module can begin with a directive', () => {
  const { modules } = run(bundleOf([{ path: 's.js', code: "'use strict'; exports.own = (function () { return this; }());" }], 'b.js', HIDDEN));
  const exports = {};
  modules['s.js'](null, null, exports);
  assert.equal(exports.own, undefined);
});

test('the names that no window can be without are variables, which can be set and read from outside', () => {
  const { ways, modules } = run(bundleOf([{ path: 'm.js', code: 'exports.seen = [typeof window, top]; location = 7;' }], 'b.js', HIDDEN));
  ways.top.set('above');
  const exports = {};
  modules['m.js'](null, null, exports);
  assert.deepEqual([...exports.seen], ['undefined', 'above']);
  assert.equal(ways.location.get(), 7);
});

test('every line of every module is known by its place in the bundle', () => {
  const code = ['a', 'b\nc', 'd\r\ne\rf\u2028g', '', '\n\n'];
  const modules = code.map((text, index) => ({ path: `${index}.js`, code: text }));
  const { text, places } = bundleOf(modules, 'b.js', HIDDEN);
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
  modules.forEach((module) => {
    module.code.split(/\r\n|[\n\r\u2028\u2029]/).forEach((line, index) => {
      const at = lines.findIndex((_, number) => {
        const place = placeOf(places, number + 1);
        return place && place.path === module.path && place.line === index + 1;
      });
      assert.ok(lines[at].endsWith(line), `${module.path}:${index + 1} is ${lines[at]}`);
    });
  });
});

test('a line before all modules is of none', () => {
  assert.equal(placeOf(bundleOf(MODULES, 'b.js', HIDDEN).places, 1), null);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isModule } from '../../../emulator/tt_emulator/web/play/es-modules.js';
import { linesOf } from '../../../emulator/tt_emulator/web/play/source-map.js';

for (const text of [
  "import a from 'a'", "import 'a'", "import {a} from'a'", "import * as a from 'a'", '  import a, { b } from "b"', 'import"a"',
  'let x;\nexport default x', 'export {x}', 'export * from "a"', 'export const a = 1', 'export async function f() {}', 'export class A {}',
  'export function f() {}', "const a = () => import('./a')", 'console.log(import.meta.url)',
  'const a=1;export{a as b};', 'class A{}export{A as b}', "'use strict';import{a}from'a';", "/* MIT */import a from'a'", '/*! MIT */export default 1',
]) {
  test(`is an ES module: ${text}`, () => assert.equal(isModule(text), true));
}

for (const text of [
  '', 'var a = 1', "const imports = require('a')", 'important()', 'exports.a = 1', 'module.exports = { import: 1 }', 'exported = 2', 'a.import = 1',
  'a();important()', 'if (a) {}exported = 2', '(function(e){e.export={a:1};exports.a=e})()',
]) {
  test(`is none: ${text}`, () => assert.equal(isModule(text), false));
}

test('lines come from the first segment of each, and a line without one has that before it', () => {
  // by hand: line 1 is of line 1, line 2 of line 3, line 3 has none, line 4 is of line 2
  assert.deepEqual(linesOf('AAAA;AAEA;;AADA').slice(1), [1, 3, 3, 2]);
});

test('long numbers and negative ones are read', () => {
  assert.deepEqual(linesOf('AAgCA;AAhCA').slice(1), [33, 1]);
});

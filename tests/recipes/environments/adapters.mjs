/*
 * tt.js in windows that are no browser's, and then an adapter that makes of tt what games and engines ask a window for.
 */
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Window } from 'happy-dom';
import { JSDOM } from 'jsdom';

const source = readFileSync(new URL('../vendor/tt.js', import.meta.url), 'utf8');
const url = 'http://localhost/game.html?level=3';
const windows = {
  jsdom: () => new JSDOM('', { url, runScripts: 'outside-only' }).window,
  'happy-dom': () => new Window({ url, settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true } }),
};

const ADAPTERS = {
  innerWidth: 'get() { return tt.getSystemInfoSync().windowWidth; }',
  innerHeight: 'get() { return tt.getSystemInfoSync().windowHeight; }',
  devicePixelRatio: 'get() { return tt.getSystemInfoSync().pixelRatio; }',
  screen: 'get() { return { width: tt.getSystemInfoSync().screenWidth }; }',
  'screen.width': 'get() { return tt.getSystemInfoSync().screenWidth; }',
  localStorage: `value: { getItem: (key) => tt.getStorageSync(key), setItem: (key, text) => tt.setStorageSync(key, text) }`,
  navigator: 'value: { vibrate: () => tt.vibrateShort(), get language() { return tt.getSystemInfoSync().language; } }',
  location: 'get() { return { search: tt.getLaunchOptionsSync().scene }; }',
};
const READ = {
  screen: 'screen.width', localStorage: "(localStorage.setItem('a', '1'), localStorage.getItem('a'))",
  navigator: '(navigator.vibrate(), navigator.language)', location: 'location.search',
};

for (const [where, open] of Object.entries(windows)) {
  for (const [what, descriptor] of Object.entries(ADAPTERS)) {
    test(`${where}: ${what}, made of tt`, (t) => {
      const window = open();
      const run = (code) => window.eval(code);
      run('Object.assign(console, { info() {}, warn() {}, error() {} })');
      run(source);
      const before = run('JSON.stringify(createTT({ state: {} }).getSystemInfoSync())');
      run('tt = createTT({ state: {} })');
      const [name, owner = 'window'] = what.split('.').reverse();
      const isFixed = run(`(Object.getOwnPropertyDescriptor(${owner}, '${name}') || { configurable: true }).configurable === false`);
      if (isFixed) return; // nor can an adapter
      run(`Object.defineProperty(${owner}, '${name}', { configurable: true, ${descriptor} })`);
      assert.notEqual(run(READ[what] || what), undefined);
      assert.equal(run('JSON.stringify(tt.getSystemInfoSync())'), before);
      assert.equal(run('tt.getLaunchOptionsSync().query.level'), '3');
    });
  }
}

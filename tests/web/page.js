'use strict';

/*
 * A page without a browser: what tt.js asks of one while it loads, for rules that no browser lets a test see, as which
 * requests are keepalive, and when something is written.
 */
const { readFileSync } = require('node:fs');
const { compileFunction } = require('node:vm');

const filename = require.resolve('../../emulator/tt_emulator/web/tt.js');
const source = readFileSync(filename, 'utf8');

class Target {
  constructor() {
    this.listeners = {};
  }

  addEventListener(type, listener) {
    this.listeners[type] = [...(this.listeners[type] || []), listener];
  }

  tell(type) {
    for (const listener of this.listeners[type] || []) listener({ type });
  }
}

/** localStorage, with all that was ever written to it in `written`. */
class Storage {
  constructor() {
    Object.defineProperty(this, 'written', { value: [] });
  }

  getItem(name) {
    return name in this ? this[name] : null;
  }

  setItem(name, text) {
    this.written.push([name.split('/').pop(), text]);
    this[name] = text;
  }

  removeItem(name) {
    delete this[name];
  }
}

/** Opens a page whose fetch is this one, in these languages; → its {window, tt, storage}. */
function openPage({ fetch, localStorage = new Storage(), console = { info() {}, warn() {}, error() {} }, lang, language }) {
  const window = Object.create(globalThis, Object.getOwnPropertyDescriptors({
    ...new Target(), HTMLElement: Target, Storage: localStorage.constructor, fetch, localStorage, console, screen: {}, innerWidth: 390, innerHeight: 844,
    devicePixelRatio: 1, origin: 'http://game.test', location: { search: '', origin: 'http://game.test', protocol: 'http:' },
    tell: Target.prototype.tell, addEventListener: Target.prototype.addEventListener, crypto: globalThis.crypto, navigator: { language }, process: undefined,
  }));
  const document = Object.assign(new Target(), {
    currentScript: { src: 'http://127.0.0.1:8717/tt.js', nonce: '', dataset: {}, state: {} },
    documentElement: { lang },
  });
  compileFunction(source, ['window', 'document', 'module'], { filename })(window, document);
  return { window, document, tt: window.tt, storage: localStorage };
}

/** What a fetch resolves to: the reply of that call. */
const replied = (reply) => new Response(JSON.stringify(reply), { status: 200 });

module.exports = { openPage, replied, Storage };

/*
 * replaceEverything(by): something else in the place of every function that the language and the browser have in this
 * realm: globals and what stands on them, methods, getters and setters of prototypes, iterators. → {called, restore}: the
 * names of those that were called meanwhile, and what puts the natives back. Loaded before tt.js, so that it has natives
 * of its own; in Node, where `window` is the global object of a realm.
 */
(function () {
  'use strict';

  const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
  const { TypeError } = window;

  /** By what a native is replaced: makers of stand-ins, which call `note` when they are called. */
  const STAND_INS = {
    'what throws': (native, note, name) => function standIn() {
      note();
      throw new TypeError(`${name} was replaced`);
    },
    'what is made of tt': (native, note) => function standIn(...given) {
      note();
      window.tt.getSystemInfoSync();
      window.tt.createCanvas();
      window.tt.getStorageSync('a');
      return new.target ? construct(native, given) : apply(native, this, given);
    },
  };

  // What no page can replace, what is this test's own, and what tests set: see natives.js in web/runtime.
  const LEFT = /^(window\.(console|window|self|top|parent|frames|document|location|external|tt|wx|createTT|createWX|GameGlobal|sharedCanvas)|.*\.hidden)$/;

  const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

  /** Every property of the realm that holds a function or an accessor, as {object, key, descriptor, name}. */
  function everything(own) {
    const found = [];
    const seen = new Set([window.document, window.location, console, ...own]);
    const queue = [];
    const look = (object, name) => {
      if (!isObject(object) || seen.has(object)) return;
      seen.add(object);
      queue.push({ object, name });
    };
    look(window, 'window');
    look(getPrototypeOf(window), 'Window.prototype');
    const iterators = [[][Symbol.iterator](), ''[Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator](),
      /a/g[Symbol.matchAll](''), (function* make() {})(), (async function* make() {})(), async () => {}];
    for (const iterator of iterators) {
      const kind = Object.prototype.toString.call(iterator);
      for (let proto = getPrototypeOf(iterator); proto; proto = getPrototypeOf(proto)) look(proto, kind);
    }
    look(getPrototypeOf(Uint8Array), 'TypedArray');
    while (queue.length > 0) {
      const { object, name } = queue.shift();
      for (const key of ownKeys(object)) {
        const descriptor = getOwnPropertyDescriptor(object, key);
        const its = `${name}.${String(key)}`;
        if (LEFT.test(its)) continue;
        look(descriptor.value, its);
        const isCode = typeof descriptor.value === 'function' || descriptor.get || descriptor.set;
        if (isCode && descriptor.configurable && !seen.has(descriptor)) found.push({ object, key, descriptor, name: its });
      }
    }
    return found.filter(({ descriptor }) => !own.includes(descriptor.value));
  }

  /** `own`: what the test has put there. */
  window.replaceEverything = function replaceEverything(by, own = []) {
    const called = [];
    const how = STAND_INS[by];
    const replaced = everything([...own, window.replaceEverything]);
    const standIn = (native, name) => native && how(native, () => { called[called.length] = name; }, name);
    const stood = replaced.map(({ descriptor, name }) => ('value' in descriptor
      ? { ...descriptor, value: standIn(descriptor.value, name) }
      : { ...descriptor, get: standIn(descriptor.get, `get ${name}`), set: standIn(descriptor.set, `set ${name}`) }));
    for (let at = 0; at < replaced.length; at += 1) {
      if ('value' in stood[at] && isObject(replaced[at].descriptor.value.prototype)) {
        stood[at].value.prototype = replaced[at].descriptor.value.prototype; // what was made before stays an instance
      }
    }
    const put = (descriptors) => {
      for (let at = 0; at < replaced.length; at += 1) defineProperty(replaced[at].object, replaced[at].key, descriptors[at]);
    };
    put(stood);
    const natives = [];
    for (let at = 0; at < replaced.length; at += 1) natives[at] = replaced[at].descriptor;
    return { called, count: replaced.length, restore: () => put(natives) };
  };
})();

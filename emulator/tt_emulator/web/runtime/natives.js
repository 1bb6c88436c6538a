/*
 * What a game, its adapter, a mock or a tracing library replaces later, by what throws or by what is itself made
 * of tt, changes nothing of what tt does. All that is needed of the language and of the browser is taken while the script
 * loads: here, in classes.js, language.js and browser.js. Otherwise nothing is looked up on a global or on a prototype, and
 * nothing goes through an iterator: no for…of, no spread of a list, no pattern of one; what an await waits for is
 * `intrinsic`. Two things alone are asked late, `console` and `document.hidden`: test runners set them.
 */

export const inPage = typeof window !== 'undefined' && typeof document !== 'undefined';
export const here = inPage ? window : globalThis;
export const isWorker = !inPage && typeof here.importScripts === 'function';

export const {
  Object, String, Number, Date, Error, TypeError, ReferenceError, Promise, Proxy, Map, Set, WeakSet, ArrayBuffer, Uint8Array, Uint32Array, URL,
  URLSearchParams, AbortController, AudioContext, OfflineAudioContext, TextDecoder, XMLHttpRequest, Image, CSSStyleSheet, MutationObserver, encodeURIComponent,
  decodeURIComponent, atob, btoa, setTimeout, clearTimeout, requestAnimationFrame, cancelAnimationFrame, reportError, navigator,
  WebSocket,
} = here;
export const { apply } = here.Reflect;

export function quietly(read, otherwise) {
  try {
    return read();
  } catch (error) {
    return otherwise;
  }
}

/** The functions that `owner` has of its own, which use no `this`. */
export function functionsOf(owner) {
  const found = Object.create(null);
  for (const name of Object.getOwnPropertyNames(owner)) {
    if (typeof owner[name] === 'function') found[name] = owner[name];
  }
  return found;
}

export const object = functionsOf(Object);
export const has = (table, name) => object.getOwnPropertyDescriptor(table, name) !== undefined;

/** Where the property stands: the object itself, one of its prototypes, or null. */
export function ownerOf(thing, name) {
  let owner = thing;
  while (owner && !has(owner, name)) owner = object.getPrototypeOf(owner);
  return owner || null;
}

/** The property's descriptor, wherever it stands. */
export function descriptorIn(thing, name) {
  const owner = ownerOf(thing, name);
  return owner ? object.getOwnPropertyDescriptor(owner, name) : {};
}

/** What `make` makes of the properties of these names; nothing where there is no such class. */
function keptOf(Class, names, make) {
  const kept = Object.create(null);
  if (Class) for (const name of names.split(' ')) kept[name] = make(descriptorIn(Class.prototype, name), name);
  return kept;
}

/** name(object, ...arguments) */
export const methodsOf = (Class, names) => keptOf(Class, names, ({ value }) => (self, ...given) => apply(value, self, given));

/** name(object); one of another make, as a polyfill's, is asked itself. */
export const gettersOf = (Class, names) => keptOf(Class, names, ({ get }, name) => (self) => {
  try {
    return apply(get, self, []);
  } catch (error) {
    return self[name];
  }
});

/** name(object, value) */
export const settersOf = (Class, names) => keptOf(Class, names, ({ set }) => (self, value) => { apply(set, self, [value]); });

/**
 * Methods and getters of what may be of another make: a polyfill's, a stand-in's, a Proxy's that a library loaded earlier
 * puts in the place of an answer, or of a class that comes later. That is asked itself. `probe` tells whether it is one, by
 * throwing: a Proxy passes for an instance, and a method that returns a promise refuses it too late.
 */
export function partsOfAny(Class, methods, getters, probe) {
  const parts = getters ? gettersOf(Class || Object, getters) : {};
  const { prototype } = Object(Class);
  const { get, value: probing } = descriptorIn(prototype, probe);
  const isGenuine = (self) => (probe ? quietly(() => { apply(get || probing, self, ['x']); return true; }, false) : self instanceof Class);
  for (const name of methods ? methods.split(' ') : []) {
    const { value } = descriptorIn(prototype, name);
    parts[name] = (self, ...given) => apply(value && isGenuine(self) ? value : self[name], self, given);
  }
  return parts;
}

/**
 * Reads a property that the object may have from a prototype. What is a plain value, as in jsdom and happy-dom, is read
 * again only while it is one: a getter or an object that came later may be made of tt, and then the last value counts.
 */
export function readerOf(thing, name) {
  const { get } = descriptorIn(thing, name);
  if (get) return () => apply(get, thing, []);
  let last = thing[name];
  return function readAgain() {
    const found = object.getOwnPropertyDescriptor(thing, name);
    if (found && has(found, 'value') && Object(found.value) !== found.value) last = found.value;
    return last;
  };
}

/**
 * name(...arguments) of the one object that there is; undefined is what it lacks. Not by its class: in jsdom and happy-dom as
 * Vitest has them the window is Node's own, with what theirs can copied onto it.
 */
export function methodsAt(object, names) {
  const kept = {};
  for (const name of object ? names.split(' ') : []) {
    const value = object[name];
    kept[name] = value && ((...given) => apply(value, object, given));
  }
  return kept;
}

/*
 * The realm of a package. Free names and the members of GameGlobal are one and the same, and what a browser adds to the language
 * is neither: each of its names is a variable around the modules (bundle.js), undefined at first. The page's own window stays as
 * it is, for tt.js, for the browser's tools and for tests; names that the game makes are its properties.
 */
import { array, define, each, reflect } from '../runtime/language.js';
import { has, object, Proxy } from '../runtime/natives.js';
import { HOST, LANGUAGE } from './builtins.js';

const raw = window;

/** What of the window's names, its prototypes' included, the game does not see. Before the game's code begins. */
export function hiddenNames(kept) {
  const names = new Set();
  for (let owner = raw; owner && owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
    Object.getOwnPropertyNames(owner).forEach((name) => names.add(name));
  }
  [...LANGUAGE, ...HOST, ...kept].forEach((name) => names.delete(name));
  return [...names].filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
}

/** Makes these names of the realm. */
export function give(members) {
  each(members, (name, value) => {
    define(raw, name, { value, writable: true, enumerable: true, configurable: true });
  });
}

/** `new Function('return this')()` is how libraries ask for the global; any other text is the language's own affair. */
export function answerFor(global) {
  const own = raw.Function;
  const isQuestion = (given) => given.length === 1 && /^\s*return this;?\s*$/.test(given[0]);
  const make = (given, otherwise) => (isQuestion(given) ? () => global : otherwise());
  const asked = new Proxy(own, {
    __proto__: null,
    apply: (target, self, given) => make(given, () => reflect.apply(target, self, given)),
    construct: (target, given, maker) => make(given, () => reflect.construct(target, given, maker)),
  });
  define(own.prototype, 'constructor', { value: asked, writable: true, configurable: true });
  return asked;
}

/**
 * GameGlobal: the window's properties, and the variables to which `ways` has {get, set}, by name; these are members once they
 * hold something or somebody has defined them.
 */
export function createGlobal(ways) {
  const defined = object.create(null); // the descriptors of those variables that were defined
  const isVariable = (name) => typeof name === 'string' && has(ways, name);
  const holds = (name) => has(defined, name) || ways[name].get() !== undefined;

  const descriptorOf = (name) => (has(defined, name) && !has(defined[name], 'value') ? defined[name]
    : { writable: true, enumerable: true, configurable: true, ...defined[name], value: ways[name].get() });

  function defineVariable(name, descriptor) {
    const isAccessor = has(descriptor, 'get') || has(descriptor, 'set');
    defined[name] = { __proto__: null, enumerable: false, ...descriptor, configurable: true };
    ways[name].set(isAccessor && descriptor.get ? reflect.apply(descriptor.get, global, []) : descriptor.value);
    return true;
  }

  const global = new Proxy({}, {
    __proto__: null,
    get(target, name) {
      if (!isVariable(name)) return raw[name];
      const getter = has(defined, name) ? defined[name].get : undefined;
      return getter ? reflect.apply(getter, global, []) : ways[name].get();
    },
    set(target, name, value) {
      if (isVariable(name)) ways[name].set(value);
      else return reflect.set(raw, name, value);
      return true;
    },
    has: (target, name) => (isVariable(name) ? holds(name) : name in raw),
    deleteProperty(target, name) {
      if (!isVariable(name)) return reflect.deleteProperty(raw, name);
      delete defined[name];
      ways[name].set(undefined);
      return true;
    },
    defineProperty(target, name, descriptor) {
      if (isVariable(name)) return defineVariable(name, descriptor);
      // one that shall stay as it is must stand in the target, too: the language wants it so
      const isDefined = reflect.defineProperty(raw, name, descriptor);
      return isDefined && (descriptor.configurable !== false || reflect.defineProperty(target, name, descriptor));
    },
    getOwnPropertyDescriptor(target, name) {
      if (isVariable(name)) return holds(name) ? descriptorOf(name) : undefined;
      const found = object.getOwnPropertyDescriptor(raw, name);
      return found && !has(target, name) ? { ...found, configurable: true } : found;
    },
    ownKeys() {
      const names = array.filter(reflect.ownKeys(raw), (name) => !isVariable(name));
      return array.concat(names, array.filter(object.keys(ways), holds));
    },
  });
  return global;
}

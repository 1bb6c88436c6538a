/*
 * The realm of a package: this page's own, from which all that a browser adds has been taken. Free names and the members of
 * GameGlobal are one and the same.
 *
 * A name that can be deleted is deleted, and is a plain global when the game makes one of it: nothing is faster. One that a
 * prototype of the window has is covered by an own `undefined`. The four of UNFORGEABLE, which stay whatever one does, are
 * hidden behind variables around the modules (bundle.js).
 */
import { array, define, each, reflect } from '../runtime/language.js';
import { has, object, Proxy } from '../runtime/natives.js';
import { HOST, LANGUAGE } from './builtins.js';
import { UNFORGEABLE } from './bundle.js';

const raw = window;

/** Every name that the window has, its prototypes' included. */
function namesOfWindow() {
  const names = new Set();
  for (let owner = raw; owner && owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
    Object.getOwnPropertyNames(owner).forEach((name) => names.add(name));
  }
  return names;
}

/** Takes away what is not in `kept`; → the names that are covered, as a table. Before the game's code begins. */
export function takeAway(kept) {
  const covered = Object.create(null);
  const stays = new Set([...LANGUAGE, ...HOST, ...UNFORGEABLE, ...kept]);
  for (const name of namesOfWindow()) {
    if (stays.has(name)) continue;
    Reflect.deleteProperty(raw, name);
    if (!(name in raw)) continue;
    if (Reflect.defineProperty(raw, name, { value: undefined, writable: true, configurable: true })) covered[name] = true;
  }
  return covered;
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
 * GameGlobal over the window. `ways` has {get, set} of the four names' variables, which count as members once they hold
 * something or somebody has defined them.
 */
export function createGlobal(ways, covered) {
  const defined = object.create(null); // the descriptors of those of the four that were defined
  const isHidden = (name) => has(covered, name) && raw[name] === undefined;
  const isVariable = (name) => typeof name === 'string' && has(ways, name);
  const holds = (name) => has(defined, name) || ways[name].get() !== undefined;

  const descriptorOf = (name) => (defined[name] && defined[name].get ? defined[name]
    : { value: ways[name].get(), writable: true, enumerable: true, configurable: true });

  function defineVariable(name, descriptor) {
    const isAccessor = has(descriptor, 'get') || has(descriptor, 'set');
    defined[name] = { __proto__: null, enumerable: true, ...descriptor, configurable: true };
    ways[name].set(isAccessor && descriptor.get ? reflect.apply(descriptor.get, global, []) : descriptor.value);
    return true;
  }

  const global = new Proxy({}, {
    __proto__: null,
    get(target, name) {
      if (!isVariable(name)) return raw[name];
      const { get } = object.assign(object.create(null), defined[name]);
      return get ? reflect.apply(get, global, []) : ways[name].get();
    },
    set(target, name, value) {
      if (isVariable(name)) ways[name].set(value);
      else raw[name] = value;
      return true;
    },
    has: (target, name) => (isVariable(name) ? holds(name) : name in raw && !isHidden(name)),
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
      if (isHidden(name)) return undefined;
      const found = object.getOwnPropertyDescriptor(raw, name);
      return found && !has(target, name) ? { ...found, configurable: true } : found;
    },
    ownKeys() {
      const names = array.filter(reflect.ownKeys(raw), (name) => !isVariable(name) && !isHidden(name));
      return array.concat(names, array.filter(object.keys(ways), holds));
    },
  });
  return global;
}

// Messages between the domains.
import { method } from './classes.js';
import { array, each, emptied, isArray } from './language.js';
import { apply, Map, Object, quietly, setTimeout } from './natives.js';
import { SENTENCES } from './sentences.js';
import { createSignal } from './signals.js';

// What the open data domain has not yet heard of; engines send a message a frame.
const MESSAGES_KEPT = 1000;

const { toString } = Object.prototype;

/** copy(message): made of the objects of `realm`. Functions, and what no realm can copy, are left out. */
export function copierInto(realm, log) {
  const { Array: List, Object: Plain, structuredClone } = realm; // while its own code has not run yet
  function leaveOut(value) {
    log.say('warn', SENTENCES.leftOut(typeof value));
  }
  return (message) => {
    const copies = new Map();
    function copy(value) {
      if (typeof value === 'function' || typeof value === 'symbol') return leaveOut(value);
      if (typeof value !== 'object' || value === null) return value;
      if (method.map.has(copies, value)) return method.map.get(copies, value);
      const isList = isArray(value);
      if (!isList && apply(toString, value, []) !== '[object Object]') {
        return quietly(() => structuredClone(value)) || leaveOut(value);
      }
      const made = isList ? new List(value.length) : new Plain();
      method.map.set(copies, value, made);
      each(value, (name, inner) => {
        const part = copy(inner);
        if (part !== undefined || inner === undefined) made[name] = part;
      });
      return made;
    }
    return copy(message);
  };
}

/** A way into `realm`: copies, in order, later, to every listener; kept until there is one. */
export function createChannel(realm, log) {
  const { reportError: report } = realm;
  const copy = copierInto(realm, log);
  const signal = createSignal((error) => report(error));
  const kept = [];
  function deliverAll() {
    if (signal.listeners.length > 0) array.forEach(emptied(kept), (message) => signal.emit(message));
  }
  return {
    post(message) {
      if (signal.listeners.length === 0 && kept.length >= MESSAGES_KEPT) {
        log.say('warn', SENTENCES.unheard(MESSAGES_KEPT));
        return;
      }
      array.push(kept, copy(message));
      setTimeout(deliverAll);
    },
    listen(listener) {
      signal.on(listener);
      setTimeout(deliverAll);
    },
    leave: signal.off,
  };
}

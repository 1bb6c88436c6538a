// The device's own storage.
import { STORAGE_ROWS } from '#platform/rows.js';
import { pageStorage } from './browser.js';
import { CATALOG } from '#platform/catalog.js';
import { lenient, method } from './classes.js';
import { reasonOf } from './console.js';
import { array, ceil, json, string, toJson } from './language.js';
import { inPage, Map, object, quietly } from './natives.js';
import { raise, Refusal } from './replies.js';
import { SENTENCES } from './sentences.js';
import { bytesIn } from './utf8.js';

/** Where there is no localStorage, as in Node. It lasts as long as the process, for all its tt. */
const memory = new Map();

/** {read, write, remove, names} on what the browser keeps for the page's origin, else in memory. */
function createShelf(log) {
  const kept = quietly(pageStorage, null);
  if (kept) {
    return {
      read: (name) => lenient.storage.getItem(kept, name),
      write: (name, text) => lenient.storage.setItem(kept, name, text),
      remove: (name) => lenient.storage.removeItem(kept, name),
      names: () => object.keys(kept),
    };
  }
  if (inPage) log.say('warn', SENTENCES.memoryOnly());
  return {
    read: (name) => (method.map.has(memory, name) ? method.map.get(memory, name) : null),
    write: (name, text) => { method.map.set(memory, name, text); },
    remove: (name) => { method.map.delete(memory, name); },
    names() {
      const names = [];
      method.map.forEach(memory, (text, name) => array.push(names, name));
      return names;
    },
  };
}

const isDiskFull = (error) => array.includes(['QuotaExceededError', 'NS_ERROR_DOM_QUOTA_REACHED'],
  quietly(() => lenient.exception.name(error)));

/**
 * What one player has in one world and domain. A value is kept as its type and its text: s + text, j + JSON.
 * A write has its `turn` from the moment when the game asked for it: what a later one left it does not touch.
 */
export function createStorage(config, log) {
  const { limits } = CATALOG.setStorage;
  const prefix = array.join(['tt-emulator', config.headers['X-Emulator-World'], config.headers['X-Emulator-Player'],
    config.headers['X-Emulator-Domain'], ''], '/');
  let opened = null;
  const shelf = () => (opened = opened || createShelf(log));
  const keys = () => array.map(array.filter(shelf().names(), (name) => string.startsWith(name, prefix)),
    (name) => string.slice(name, prefix.length));
  const sizeOf = (key) => bytesIn(shelf().read(prefix + key)) - 1;
  const sizeWithout = (key) => array.reduce(keys(), (sum, other) => sum + (other === key ? 0 : sizeOf(other)), 0);
  const full = () => new Refusal(STORAGE_ROWS.full, string.replace(
    CATALOG.setStorage.errors[STORAGE_ROWS.full].message, '%s', limits.total / 1048576));

  const turns = { latest: 0, cleared: 0, ofKey: new Map() };
  const takeTurn = () => (turns.latest += 1);
  const turnOf = (key) => method.map.get(turns.ofKey, key) || 0;
  const isOvertaken = (key, turn) => turn < turns.cleared || turn < turnOf(key);

  return {
    takeTurn,
    /** Keeps what the JSON text says, `undefined` for undefined. Throws Refusal, and what the browser throws. */
    set(key, text, turn = takeTurn()) {
      if (typeof key !== 'string' || key === '') throw new Refusal('bad-parameter');
      const value = text === undefined ? undefined : json.parse(text);
      const kept = typeof value === 'string' ? 's' + value : 'j' + (text || '');
      const size = bytesIn(kept) - 1;
      if (size > limits.item) throw new Refusal(STORAGE_ROWS.tooLarge);
      if (isOvertaken(key, turn)) return;
      if (sizeWithout(key) + size > limits.total) throw full();
      try {
        shelf().write(prefix + key, kept);
      } catch (error) {
        if (!isDiskFull(error)) throw error;
        log.say('warn', SENTENCES.originFull(reasonOf(error)));
        throw full();
      }
      method.map.set(turns.ofKey, key, turn);
    },
    has: (key) => shelf().read(prefix + key) !== null,
    /** The value, or '' for a key that was never set. */
    get(key) {
      const text = shelf().read(prefix + key);
      if (text === null) return '';
      if (text[0] === 's') return string.slice(text, 1);
      return text === 'j' ? undefined : json.parse(string.slice(text, 1));
    },
    remove(key, turn = takeTurn()) {
      if (isOvertaken(key, turn)) return;
      shelf().remove(prefix + key);
      method.map.set(turns.ofKey, key, turn);
    },
    clear(turn = takeTurn()) {
      array.forEach(keys(), (key) => {
        if (turnOf(key) <= turn) shelf().remove(prefix + key);
      });
      if (turn > turns.cleared) turns.cleared = turn;
    },
    /** Sizes in KB. */
    info: () => ({
      keys: keys(), currentSize: ceil(sizeWithout(null) / 1024), limitSize: limits.total / 1024,
    }),
  };
}

/** What `work` does, or a Refusal: whatever is no rule of the storage is told by its own reason. */
export function refusing(api, log, work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    log.say('error', SENTENCES.pageFailed(api, reasonOf(error)));
    throw new Refusal('internal-error');
  }
}

/** The Sync forms of the storage; they throw what the others answer. */
export function storageMembers(storage, failed, log) {
  const synchronous = (api, work) => (key, data) => {
    try {
      return refusing(api + 'Sync', log, () => work(key, data));
    } catch (refusal) {
      const reply = failed(api, refusal.row, refusal.detail);
      return raise({ ...reply, errMsg: string.replace(reply.errMsg, api, api + 'Sync') });
    }
  };
  return {
    setStorageSync: synchronous('setStorage', (key, data) => {
      const text = quietly(() => toJson(data), null);
      if (text === null) throw new Refusal('bad-parameter');
      storage.set(key, text);
    }),
    getStorageSync: synchronous('getStorage', (key) => storage.get(key)),
    removeStorageSync: synchronous('removeStorage', (key) => storage.remove(key)),
    clearStorageSync: synchronous('clearStorage', () => storage.clear()),
    getStorageInfoSync: synchronous('getStorageInfo', () => storage.info()),
  };
}

/** The others: what the page adds once the emulator has said ok, which is the rest of the reply. */
export const storageActs = (storage) => ({
  setStorage: ({ key }, text, turn) => storage.set(key, text, turn),
  getStorage({ key }) {
    if (STORAGE_ROWS.missing !== null && !storage.has(key)) throw new Refusal(STORAGE_ROWS.missing);
    return { data: storage.get(key) };
  },
  removeStorage: ({ key }, text, turn) => storage.remove(key, turn),
  clearStorage: (options, text, turn) => storage.clear(turn),
  getStorageInfo: () => storage.info(),
});

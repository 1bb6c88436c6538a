// What there is: files of the package and of the player, so that asking for one costs no request.
import { method } from '../../runtime/classes.js';
import { array, each, intrinsic, now, string } from '../../runtime/language.js';
import { has, Map, Set } from '../../runtime/natives.js';
import { parentOf } from './paths.js';

const FOLDER = { size: null };

/**
 * `sizes` are those of the package's files, `entries` what the emulator says of the user folder: {size, modified_ms, saved} by path,
 * a folder without a size.
 */
export function createListing(sizes, entries) {
  const packageFolders = new Set();
  const own = new Map();
  let changes = 0; // of the game's own, which a listing that was asked for before does not know
  let wishes = 0;
  let isAsking = false;
  let underWay = 0; // writes whose outcome is not known here: an answer may have it or not, and they ask again at their end

  each(sizes, (path) => {
    for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) method.set.add(packageFolders, folder);
  });
  const set = (path, entry) => method.map.set(own, path, entry);
  const get = (path) => method.map.get(own, path);

  function learn(told) {
    array.forEach(paths(), (path) => method.map.delete(own, path));
    each(told, (path, { size = null, modified_ms, saved = false }) => set(path, { size, modified_ms, saved }));
  }
  function paths() {
    const found = [];
    method.map.forEach(own, (entry, path) => array.push(found, path));
    return found;
  }
  const below = (folder) => array.filter(paths(), (path) => folder === '' || string.startsWith(path, folder + '/'));
  const changing = (act) => (...given) => {
    changes += 1;
    act(...given);
  };
  learn(entries);

  return {
    below,
    /** The entry of the user folder, or undefined. */
    find: (path) => (path === '' ? FOLDER : get(path)),

    /** {size} of what the package has there, undefined if nothing; size is null for a folder. */
    findInPackage(path) {
      if (has(sizes, path)) return { size: sizes[path] };
      return method.set.has(packageFolders, path) ? FOLDER : undefined;
    },
    beginWrite() { underWay += 1; },
    endWrite() { underWay -= 1; },
    saved: () => array.filter(paths(), (path) => get(path).saved),
    put: changing((path, size, saved = false) => set(path, { size, modified_ms: now(), saved })),
    makeFolder: changing((path) => {
      for (let folder = path; folder !== '' && !get(folder); folder = parentOf(folder)) set(folder, { size: null, modified_ms: now() });
    }),
    remove: changing((path) => array.forEach(array.concat(below(path), [path]), (gone) => method.map.delete(own, gone))),
    move: changing((old, path) => {
      if (old === path) return;
      array.forEach(array.concat(below(old), [old]), (from) => {
        if (get(from)) set(path + string.slice(from, old.length), get(from));
        method.map.delete(own, from);
      });
    }),

    /** Takes in what `ask` promises, and asks again if the game has changed something meanwhile, or somebody else wanted it. */
    async renew(ask) {
      wishes += 1;
      if (isAsking) return;
      isAsking = true;
      for (let seen = -1; seen !== wishes + changes;) {
        seen = wishes + changes;
        const told = await intrinsic(ask());
        if (told !== null && seen === wishes + changes && underWay === 0) learn(told);
      }
      isAsking = false;
    },
  };
}

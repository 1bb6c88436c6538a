// require, as packages use it: https://nodejs.org/api/modules.html where a mini-game's tools agree with it.
import { array, json, string } from '../runtime/language.js';
import { method } from '../runtime/classes.js';
import { apply, Error, Map, String } from '../runtime/natives.js';

const folderOf = (path) => string.replace(path, /[^/]*$/, '');

/** A path without `.`, `..` and doubled slashes; null if it leads out of the package. */
export function plain(path) {
  const parts = [];
  let isInside = true;
  array.forEach(string.split(path, '/'), (part) => {
    if (part === '..') isInside = isInside && array.pop(parts) !== undefined;
    else if (part !== '' && part !== '.') array.push(parts, part);
  });
  return isInside ? array.join(parts, '/') : null;
}

/** The paths that `name` may mean in the file `from`, the likelier first. */
export function candidates(name, from) {
  const folder = folderOf(from);
  const near = plain(folder + name);
  const places = string.startsWith(name, '/') ? [plain(name)]
    : string.startsWith(name, './') || string.startsWith(name, '../') || name === '.' || name === '..' ? [near]
      : [near, plain(name)];
  const whole = array.filter(places, (place) => place !== null);
  return array.flatMap(whole, (place) => [place, place + '.js', place + '.json', (place === '' ? '' : place + '/') + 'index.js']);
}

/**
 * {run(path), requireFrom(path)} of the package: `has(path)` tells whether there is such a file, `codeOf(path)` gives the
 * function of a .js file, `textOf(path)` the text of another. `receiver` is `this` at the top of a module, `noModule(name, from)`
 * says that there is none, `notScript(path)` that a file is none.
 */
export function createModules({ has, codeOf, textOf, receiver, noModule, notScript }) {
  const loaded = new Map();

  function find(name, from) {
    const found = array.find(candidates(name, from), has);
    if (found !== undefined) return found;
    throw new Error(noModule(name, from));
  }

  function run(path) {
    const known = method.map.get(loaded, path);
    if (known) return known.exports;
    const module = { id: path, filename: path, exports: {}, loaded: false };
    method.map.set(loaded, path, module);
    try {
      if (string.endsWith(path, '.json')) module.exports = json.parse(textOf(path));
      else if (string.endsWith(path, '.js')) apply(codeOf(path), receiver, [requireFrom(path), module, module.exports]);
      else throw new Error(notScript(path));
    } catch (error) {
      method.map.delete(loaded, path); // as Node: whoever asks again sees it fail again
      throw error;
    }
    module.loaded = true;
    return module.exports;
  }

  const requireFrom = (path) => (name) => run(find(String(name), path));
  return { run, requireFrom };
}

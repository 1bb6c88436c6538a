// The modules of a package as one script, and where in it each of their lines stands. Made before the game's code begins.
import { array, json } from '../runtime/language.js';

/** Names that no frame's window can be without: each a variable around the modules, see realm.js. */
export const UNFORGEABLE = ['window', 'document', 'location', 'top'];

const linesIn = (text) => text.split(/\r\n|[\n\r\u2028\u2029]/).length;

/**
 * {text, places} of `modules`, a list of {path, code}: a script that hands {ways, modules} to
 * `document.currentScript.receive`. `places` is a list of {path, line}: where, from 1, the first line of each stands.
 *
 * One closure holds all, so that a free name is a variable of it, a global, or not there at all: as fast as any code. A
 * direct eval in it would make each of them slow, and `with` far slower; docs/decisions has the figures.
 */
export function bundleOf(modules, name) {
  const names = array.join(UNFORGEABLE, ', ');
  const ways = array.join(array.map(UNFORGEABLE, (each) => each
    + ': { get: function () { return ' + each + '; }, set: function (value) { ' + each + ' = value; } }'), ', ');
  let text = 'document.currentScript.receive((function () { var ' + names + '; return { ways: { ' + ways + ' }, modules: {';
  let line = linesIn(text);
  const places = array.map(modules, ({ path, code }) => {
    const head = '\n' + json.stringify(path) + ': function (require, module, exports) { ';
    const place = { path, line: line + 1 };
    text += head + code + '\n},';
    line += linesIn(head) + linesIn(code) - 1;
    return place;
  });
  text += '\n}, }; })());\n//# sourceURL=' + name;
  return { text, places };
}

/** {path, line} of a line of the bundle, null for one of no module. */
export function placeOf(places, line) {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle].line <= line) low = middle + 1;
    else high = middle;
  }
  const found = places[low - 1];
  return found ? { path: found.path, line: line - found.line + 1 } : null;
}

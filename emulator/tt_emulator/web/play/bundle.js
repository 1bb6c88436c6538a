// The modules of a package as one script, and where in it each of their lines stands. Made before the game's code begins.
import { array, json } from '../runtime/language.js';

const linesIn = (text) => text.split(/\r\n|[\n\r\u2028\u2029]/).length;

/**
 * {text, places} of `modules`, a list of {path, code}: a script of that name which hands {ways, modules} to
 * `document.currentScript.receive`. `places` is a list of {path, line}: where, from 1, the first line of each stands.
 *
 * One closure holds all. Its variables are `hidden`, the browser's own names: so a free name is one of them, a global, or not
 * there at all, and as fast as in any code. A direct eval around the modules would make each of them slow, and `with` far
 * slower; docs/decisions has the figures.
 */
export function bundleOf(modules, name, hidden) {
  const names = array.join(hidden, ', ');
  const ways = array.join(array.map(hidden, (each) => each
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

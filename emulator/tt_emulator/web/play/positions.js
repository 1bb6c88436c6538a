// Where in the package something went wrong: files and lines of the bundle's texts, in what V8 tells of a stack.
import { array, define, string } from '../runtime/language.js';
import { Error, quietly, String } from '../runtime/natives.js';
import { method } from '../runtime/classes.js';
import { placeOf } from './bundle.js';

/** {at(line), inText(text), rewriteStacks()} of a bundle of that name; `lines` are those of compiled modules, by path. */
export function createPositions(name, places, lines) {
  function at(line) {
    const place = placeOf(places, line);
    if (place === null) return null;
    const original = lines[place.path];
    return { file: place.path, line: original ? original[place.line] || place.line : place.line };
  }

  /** The text with `game.js:12:3` wherever it has a position in the bundle. */
  function inText(text) {
    const parts = string.split(String(text), name + ':');
    return array.reduce(parts, (whole, part) => {
      const { 0: found, 1: line, 2: column } = method.regexp.exec(/^(\d+)(:\d+)?/, part) || [''];
      const place = line ? at(+line) : null;
      return whole + (place ? place.file + ':' + place.line + (column || '') + string.slice(part, found.length) : name + ':' + part);
    });
  }

  /** From now on the stack of an error in this realm names the package's own files. V8 asks for this; others have no such hook. */
  function rewriteStacks() {
    define(Error, 'prepareStackTrace', {
      configurable: true,
      writable: true,
      value: (error, sites) => array.reduce(array.map(sites, String), (stack, site) => stack + '\n    at ' + inText(site),
        quietly(() => String(error), 'Error')),
    });
  }
  return { at, inText, rewriteStacks };
}

/** {file, line} of the first position that the stack has; nulls where it has none. */
export function placeIn(stack) {
  const { 1: file = null, 2: line = null } = method.regexp.exec(/(?:at |@|\()((?:[^\s():@]|:(?!\d))+):(\d+)(?::\d+)?\)?$/m, stack) || [];
  return { file, line: line === null ? null : +line };
}

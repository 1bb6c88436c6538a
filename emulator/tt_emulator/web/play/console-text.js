// A line of the console as text, short and without asking the game's own code for more than a name.
import { array, copyOf, isArray, string } from '../runtime/language.js';
import { method } from '../runtime/classes.js';
import { Error, object, quietly, String } from '../runtime/natives.js';

export const MOST_LETTERS = 2000; // as many as the emulator takes of a message
const MOST_MEMBERS = 20;
const MOST_ITEMS = 1000;
const DEEPEST = 2;

const short = (text) => (text.length > MOST_LETTERS ? string.slice(text, 0, MOST_LETTERS) + '…' : text);

function memberText(owner, name, depth) {
  const descriptor = object.getOwnPropertyDescriptor(owner, name);
  return descriptor && 'value' in descriptor ? valueText(descriptor.value, depth + 1) : '(…)'; // a getter is the game's
}

function membersText(value, depth) {
  const isList = isArray(value);
  if (value.length > MOST_ITEMS) return '[… ' + value.length + ']';
  const names = object.keys(value);
  if (names.length > 0 && depth >= DEEPEST) return isList ? '[…]' : '{…}';
  const shown = copyOf(names);
  if (shown.length > MOST_MEMBERS) shown.length = MOST_MEMBERS;
  const texts = array.map(shown, (name) => (isList ? '' : name + ': ') + memberText(value, name, depth));
  if (names.length > MOST_MEMBERS) array.push(texts, '…');
  return isList ? '[' + array.join(texts, ', ') + ']' : '{' + array.join(texts, ', ') + '}';
}

function valueText(value, depth) {
  if (typeof value === 'string') return depth === 0 ? short(value) : '"' + short(value) + '"';
  if (typeof value === 'function') return 'ƒ ' + quietly(() => String(value.name), '');
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Error) return quietly(() => String(value.stack || value), 'Error');
  return quietly(() => membersText(value, depth), '{…}');
}

/** What the console shows of `given`, with the places of its format filled in: https://console.spec.whatwg.org/#formatter */
export function consoleText(given) {
  const rest = array.map(given, (value) => value);
  let text = '';
  if (typeof rest[0] === 'string') {
    let format = short(array.shift(rest));
    for (let found = method.regexp.exec(/%[sdifoOc%]/, format); found; found = method.regexp.exec(/%[sdifoOc%]/, format)) {
      const { 0: sign, index } = found;
      const filled = sign === '%%' ? '%' : rest.length === 0 ? sign : sign === '%c' ? (array.shift(rest), '') : valueText(array.shift(rest), 0);
      text += string.slice(format, 0, index) + filled;
      format = string.slice(format, index + 2);
    }
    text += format;
  }
  array.forEach(rest, (value) => { text += (text === '' ? '' : ' ') + valueText(value, 0); });
  return short(text);
}

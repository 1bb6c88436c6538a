// What the game passed.
import { base64Of } from './bytes.js';
import { CATALOG } from '#platform/catalog.js';
import { array, json, toJson } from './language.js';
import { has, object, quietly } from './natives.js';
import { asObject, readCallbacks } from './passed.js';

// What never leaves the page: the emulator hears of the call and of the key.
const KEPT = { setStorage: 'data' };
// What may be bytes: base64 then, and the word BASE64 beside it.
const BYTES = { request: 'data' };
const BASE64 = 'base64';

/**
 * Everything needed of `options`, read at once: the game may change the object afterwards. What is
 * no JSON (a cycle, a BigInt) is named in `unusable` if the API documents it, else left out, as the
 * platform ignores options it does not know. Documented ones may be inherited from a game's class.
 */
export function readOptions(api, options) {
  const given = asObject(options);
  const callbacks = readCallbacks(options);
  const { params } = CATALOG[api];
  const others = array.filter(quietly(() => object.keys(given), []), (name) => !has(params, name) && !has(callbacks, name)
    && !(name === BASE64 && has(BYTES, api)));
  const read = { callbacks, unusable: null, kept: undefined };
  const members = [];
  array.forEach(array.concat(object.keys(params), others), (name) => {
    const bytes = BYTES[api] === name ? quietly(() => base64Of(given[name]), null) : null;
    if (bytes !== null) {
      array.push(members, json.stringify(name) + ':"' + bytes + '"', '"' + BASE64 + '":true');
      return;
    }
    const written = quietly(() => toJson(given[name]), null);
    if (written === null && has(params, name)) read.unusable = read.unusable || name;
    if (KEPT[api] === name) read.kept = written;
    else if (written) array.push(members, json.stringify(name) + ':' + written);
  });
  return object.assign(read, { body: '{' + array.join(members, ',') + '}' });
}

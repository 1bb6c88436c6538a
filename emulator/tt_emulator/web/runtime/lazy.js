import { array, matches, reflect } from './language.js';
import { apply, Proxy } from './natives.js';

// Read by the language, by consoles and by test libraries, never by a game in search of an API.
const NOT_AN_API = /^(then|toJSON|inspect|nodeType|tagName|asymmetricMatch|[_$@].*)$/;

/**
 * An object that `fill` gives its members at the first touch; an assignment is one, too, so what a
 * game sets stays. Names that are not emulated stay undefined, so that `typeof tt.x === 'function'`
 * tells the truth. `touch` fills it as well.
 */
export function filledAtFirstTouch(fill, missed) {
  const members = {};
  const traps = { __proto__: null };
  let isFilled = false;
  function touch() {
    if (isFilled) return;
    isFilled = true; // first: a console that is made of it may ask while it is filled
    fill(members);
  }
  const touches = ['get', 'has', 'ownKeys', 'getOwnPropertyDescriptor', 'defineProperty', 'deleteProperty', 'preventExtensions'];
  array.forEach(touches, (trap) => {
    traps[trap] = (...given) => {
      const { 1: name } = given;
      touch();
      if (trap === 'get' && typeof name === 'string' && !(name in members) && !matches(NOT_AN_API, name)) missed(name);
      return apply(reflect[trap], undefined, given);
    };
  });
  return { platform: new Proxy(members, traps), touch };
}

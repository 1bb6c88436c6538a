// What lists, objects, texts and JSON are worked with.
import { method } from './classes.js';
import { functionsOf, has, here, methodsOf, Object, object, ownerOf, Promise, String } from './natives.js';

export const reflect = functionsOf(here.Reflect);
export const json = functionsOf(here.JSON);
export const { isArray } = here.Array;
export const { ceil, random } = here.Math;
export const { now } = here.Date;

// What makes a list is written out: the language's own methods ask the list's constructor and its Symbol.species for one.
export const array = {
  ...methodsOf(here.Array, 'find findIndex forEach includes join pop push reduce shift unshift'),

  map(list, change) {
    const made = [];
    array.forEach(list, (item, index) => { array.push(made, change(item, index)); });
    return made;
  },
  filter(list, test) {
    const made = [];
    array.forEach(list, (item) => { if (test(item)) array.push(made, item); });
    return made;
  },
  concat: (...lists) => array.flatMap(lists, (list) => list),
  flatMap(list, change) {
    const made = [];
    array.forEach(list, (item) => array.forEach(change(item), (inner) => array.push(made, inner)));
    return made;
  },
};
export const copyOf = (list) => array.concat(list);
export const emptied = (list) => {
  const made = copyOf(list);
  list.length = 0;
  return made;
};
export const string = methodsOf(String, 'charCodeAt endsWith replace slice split startsWith toLowerCase');

/** defineProperty by what stands in the descriptor alone: some game may give every object a `get` or a `value`. */
export const define = (target, name, descriptor) => object.defineProperty(target, name, { __proto__: null, ...descriptor });

/** The same promise, ready for an await, which asks each for its `constructor`, and for `then` if that is not the language's. */
export const intrinsic = (promise) => (promise instanceof Promise
  ? define(promise, 'constructor', { value: Promise, configurable: true }) : promise);

const { prototype: ofObjects } = Object;
const { prototype: ofLists } = here.Array;

/** JSON of what a game passes. A toJSON that some library gives to all objects or lists is not theirs, and not asked. */
export function toJson(value) {
  return json.stringify(has(ofObjects, 'toJSON') || has(ofLists, 'toJSON') ? withoutForeignToJson(value) : value);
}

/** A copy that asks nobody. Throws where there is a cycle, as JSON does. */
function withoutForeignToJson(value) {
  if (typeof value !== 'object' || value === null) return value;
  const owner = ownerOf(value, 'toJSON');
  const isOwn = owner !== null && owner !== ofObjects && owner !== ofLists && typeof value.toJSON === 'function'; // a Date's
  if (isOwn) return withoutForeignToJson(value.toJSON(''));
  if (isArray(value)) return define(array.map(value, withoutForeignToJson), 'toJSON', { value: undefined });
  const made = object.create(null);
  each(value, (name, inner) => { made[name] = withoutForeignToJson(inner); });
  return made;
}

export const matches = (pattern, subject) => method.regexp.exec(pattern, subject) !== null;
export const each = (table, act) => array.forEach(object.keys(table), (name) => act(name, table[name]));

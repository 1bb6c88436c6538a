// The object that a game passes.
import { isArray } from './language.js';
import { quietly } from './natives.js';

export const asObject = (options) => (typeof options === 'object' && options !== null && !isArray(options) ? options : {});

export function readCallbacks(options) {
  const given = asObject(options);
  return {
    success: quietly(() => given.success), fail: quietly(() => given.fail), complete: quietly(() => given.complete),
  };
}

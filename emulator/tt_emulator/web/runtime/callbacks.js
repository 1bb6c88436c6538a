// How a reply comes to the game.
import { CATALOG } from '#platform/catalog.js';
import { write } from './console.js';
import { array } from './language.js';
import { apply, Error, has, inPage, setTimeout } from './natives.js';
import { isSuccess, openingOf } from './replies.js';
import { SENTENCES } from './sentences.js';

/**
 * success or fail, then complete, with the same object. What a callback throws is reported on the
 * console and goes no further: thrown again later, it would end a Node process.
 */
export function deliver(api, callbacks, reply, outcome = isSuccess(api, reply) ? 'success' : 'fail') {
  array.forEach([outcome, 'complete'], async (name) => {
    if (typeof callbacks[name] !== 'function') return;
    try {
      const returned = apply(callbacks[name], undefined, [reply]);
      if (returned && typeof returned.then === 'function') await returned;
    } catch (error) {
      write('error', SENTENCES.callback(name, api), error);
    }
  });
}

// Misbehaviour of the platform's runtime that real games have met, instead of deliver.
export const CLIENT_FAULTS = {
  twice(api, callbacks, reply) {
    deliver(api, callbacks, reply);
    setTimeout(() => deliver(api, callbacks, reply));
  },

  /**
   * Thrown where the answer arrives, not in the call: the word comes with the answer. A page goes on
   * after it, Node would end, and with it the tests of the game: there the console tells it.
   */
  throw(api) {
    const error = new Error(SENTENCES.demanded(api));
    if (inPage) setTimeout(() => { throw error; });
    else write('error', SENTENCES.thrown(), error);
  },

  /** A success without its data; without its errMsg where there are no data. */
  malformed_ok(api, callbacks) {
    const reply = {};
    array.forEach(CATALOG[api].success, (field) => {
      if (field === 'errMsg') return;
      reply.errMsg = openingOf(api) + 'ok';
      reply[field] = null;
    });
    deliver(api, callbacks, reply, 'success');
  },

  never() {},
};

/** How the answer to a call comes to the game: {reply, word}, where the word may name a client fault. */
export function conclude(api, callbacks, { reply, word }) {
  const act = word && has(CLIENT_FAULTS, word) ? CLIENT_FAULTS[word] : deliver;
  act(api, callbacks, reply);
}

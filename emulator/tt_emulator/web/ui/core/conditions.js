/** What makes calls fail, as the server tells it, kept fresh. */

import { unlessTold } from './api.js';
import { throttled } from './throttle.js';

const EVERY_MS = 500;
const LOOK_EVERY_MS = 10_000; // at what no event tells of: files, and whether they can be written

/** Gives a function that reads `conditions` and `health` into the state, and tells; also by itself from time to time. */
export function conditionsReader({ api, state, tell }) {
  async function orNull(question) {
    try {
      return await question;
    } catch (error) {
      unlessTold(error);
      return null; // what was known before may be true no longer
    }
  }
  const read = throttled(EVERY_MS, async () => {
    const [conditions, health] = await Promise.all([orNull(api.get('conditions')), orNull(api.health())]);
    Object.assign(state, { conditions, health });
    tell('conditions');
  });
  setInterval(() => {
    if (state.link === 'live') read();
  }, LOOK_EVERY_MS);
  return read;
}

/** Work that is asked for more often than it is done. */

import { unlessTold } from './api.js';

/** `work` at once, and again at the end of the pause if it was asked for meanwhile. */
export function throttled(ms, work) {
  let resting = false;
  let asked = false;
  return function run() {
    if (resting) {
      asked = true;
      return;
    }
    resting = true;
    work()
      .catch(unlessTold)
      .finally(() =>
        setTimeout(() => {
          resting = false;
          if (asked) {
            asked = false;
            run();
          }
        }, ms),
      );
  };
}

import { array } from './language.js';
import { createWatch } from './watch.js';

/** The state as it changes, by one stream for all in this tt that want to hear of it. */
export function createFollowing(config, log, state) {
  let wishes = [];
  const listeners = [];
  const watch = createWatch(config, log, (told) => {
    const network = state.follow(told);
    array.forEach(listeners, (listener) => listener(network));
  });
  return {
    isCurrent: watch.isCurrent,
    answered: watch.answered,
    /** `listener` is told the network at each change, null if that is as before. */
    hear(listener) { array.push(listeners, listener); },
    want(wish) {
      if (!array.includes(wishes, wish)) array.push(wishes, wish);
      watch.start();
    },
    leave(wish) {
      wishes = array.filter(wishes, (other) => other !== wish);
      if (wishes.length === 0) watch.stop();
    },
  };
}

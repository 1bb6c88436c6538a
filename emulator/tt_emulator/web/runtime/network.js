import { write } from './console.js';
import { raise } from './replies.js';
import { SENTENCES } from './sentences.js';
import { createSignal } from './signals.js';
import { createWatch } from './watch.js';

/** tt.onNetworkStatusChange and its off: listened to only while a listener is there. */
export function networkMembers(config, log, failed, follow) {
  const signal = createSignal((error) => write('error', SENTENCES.listener(), error));
  const watch = createWatch(config, log, (state) => {
    const changed = follow(state);
    if (changed !== null) signal.emit(changed);
  });
  return {
    onNetworkStatusChange(listener) {
      if (typeof listener !== 'function') raise(failed('onNetworkStatusChange', 'bad-parameter'));
      signal.on(listener);
      watch.start();
    },
    offNetworkStatusChange(listener) {
      signal.off(listener);
      if (signal.listeners.length === 0) watch.stop();
    },
  };
}

import { write } from './console.js';
import { raise } from './replies.js';
import { SENTENCES } from './sentences.js';
import { createSignal } from './signals.js';

/** tt.onNetworkStatusChange and its off: listened to only while a listener is there. */
export function networkMembers(following, failed) {
  const signal = createSignal((error) => write('error', SENTENCES.listener(), error));
  following.hear((changed) => { if (changed !== null) signal.emit(changed); });
  return {
    onNetworkStatusChange(listener) {
      if (typeof listener !== 'function') raise(failed('onNetworkStatusChange', 'bad-parameter'));
      signal.on(listener);
      following.want('network');
    },
    offNetworkStatusChange(listener) {
      signal.off(listener);
      if (signal.listeners.length === 0) following.leave('network');
    },
  };
}

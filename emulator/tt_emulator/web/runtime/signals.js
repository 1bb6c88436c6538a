import { array, copyOf } from './language.js';

/** Listeners that hear of something; one that throws takes nothing from the others. */
export function createSignal(report) {
  const listeners = [];
  return {
    listeners,
    on(listener) {
      if (typeof listener === 'function' && !array.includes(listeners, listener)) array.push(listeners, listener);
    },
    /** Takes off `listener`, or all if none is named. */
    off(listener) {
      const left = array.filter(listeners, (other) => listener && other !== listener);
      listeners.length = 0;
      array.forEach(left, (other) => array.push(listeners, other));
    },
    emit(value) {
      array.forEach(copyOf(listeners), (listener) => {
        try {
          listener(value);
        } catch (error) {
          report(error);
        }
      });
    },
  };
}

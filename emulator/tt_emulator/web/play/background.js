// A game that the player has left: it is told so as by a browser, and draws no frame until they are back.
import { array, define, emptied } from '../runtime/language.js';
import { apply, descriptorIn, here, reportError } from '../runtime/natives.js';

const { prototype: ofEvents } = here.EventTarget;

/** setHidden(isHidden) of the page. Before tt.js and the game's names are made, which take what stands here. */
export function createBackground() {
  const { requestAnimationFrame, cancelAnimationFrame, Event } = here;
  const { dispatchEvent } = ofEvents;
  const isReallyHidden = descriptorIn(document, 'hidden').get;
  let isHidden = false;
  const waiting = []; // {id, callback}, until the game is back
  let lastId = -1; // the browser's are positive

  const asks = { get: () => isHidden || apply(isReallyHidden, document, []), configurable: true };
  define(document, 'hidden', asks);
  define(document, 'visibilityState', { get: () => (asks.get() ? 'hidden' : 'visible'), configurable: true });

  function askFrame(callback) {
    if (!isHidden) return apply(requestAnimationFrame, here, [callback]);
    lastId -= 1;
    array.push(waiting, { id: lastId, callback, isForgotten: false });
    return lastId;
  }
  function forgetFrame(id) {
    const one = array.find(waiting, (other) => other.id === id);
    if (one) one.isForgotten = true;
    else apply(cancelAnimationFrame, here, [id]);
  }
  /** Those that waited, each with the same time as the others, as frames have it. */
  function runWaiting(time) {
    if (isHidden) return;
    array.forEach(emptied(waiting), (one) => {
      if (one.isForgotten) return;
      try {
        apply(one.callback, here, [time]);
      } catch (error) {
        reportError(error);
      }
    });
  }
  define(here, 'requestAnimationFrame', { value: askFrame, writable: true, configurable: true, enumerable: true });
  define(here, 'cancelAnimationFrame', { value: forgetFrame, writable: true, configurable: true, enumerable: true });

  return function setHidden(hidden) {
    if (hidden === isHidden) return;
    isHidden = hidden;
    apply(dispatchEvent, document, [new Event('visibilitychange')]);
    if (!hidden) apply(requestAnimationFrame, here, [runWaiting]);
  };
}

import { array } from './language.js';
import { onLeaving } from './leaving.js';
import { clearTimeout, setTimeout } from './natives.js';

// Browsers and Node spread calls over parallel connections, where a later call can overtake an
// earlier one; games rely on the order (three sets in a row, setUserGroup and then set). So a call
// leaves when the one before it is answered, or this long after it left: one that hangs holds up
// the next only so long.
const HEAD_START_MS = 250;

/**
 * Lets each job start after the one before it has ended or had its head start. A job is given what to call at its end: of
 * the promise of another realm `then` would be that which the game there has put in its place.
 */
export function createQueue() {
  const waiting = [];
  let busy = false;
  // A page that goes away sends what is left at once: rather out of order than never.
  const isLeaving = onLeaving(() => next());

  function next() {
    while (isLeaving() && waiting.length > 0) array.shift(waiting)(() => {});
    if (busy || waiting.length === 0) return;
    busy = true;
    let timer = null;
    const release = () => {
      if (timer === null) return;
      clearTimeout(timer);
      timer = null;
      busy = false;
      next();
    };
    timer = setTimeout(release, HEAD_START_MS);
    array.shift(waiting)(release);
  }

  return { add(job) { array.push(waiting, job); next(); } };
}

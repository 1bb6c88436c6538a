import { listen } from './browser.js';
import { inPage } from './natives.js';

/** Runs `act` when the page goes, which it may come back from; → a function that says whether it is going. */
export function onLeaving(act) {
  let leaving = false;
  if (inPage) {
    listen(window, 'pagehide', () => { leaving = true; act(); });
    listen(window, 'pageshow', () => { leaving = false; });
  }
  return () => leaving;
}

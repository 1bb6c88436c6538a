/** Tells of strikes while the page is in the background, where somebody wants it: by the system, and in the title. */

import { titleOf } from '../logic/strikes.js';
import { readPreference, savePreference } from './preferences.js';
import { throttled } from './throttle.js';

const PREFERENCE = 'alerts';
const TAG = 'tt-emulator'; // one with the same takes the other's place
const EVERY_MS = 2000;

/** What the browser says of notifications: `granted`, `denied`, `default` (not asked yet), or `none` without them. */
const permission = () => globalThis.Notification?.permission ?? 'none';

/** `told(exchange)` gives the line about the latest strike. */
export function createAlerts(t, told) {
  let unseen = 0;
  let armed = 0;
  let latest = null;
  let shown = null;

  const mark = () => {
    document.title = titleOf(armed, unseen);
  };
  const isWanted = () => readPreference(PREFERENCE) === 'on';

  const notify = throttled(EVERY_MS, async () => {
    if (!document.hidden || unseen === 0 || permission() !== 'granted') return;
    try {
      shown = new Notification(t('alerts.struck', unseen), { tag: TAG, body: told(latest) });
    } catch {
      return; // a phone's browser has the name, and wants a service worker: the title says it
    }
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
  });

  function seen() {
    unseen = 0;
    shown?.close();
    shown = null;
    mark();
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) seen();
  });

  return {
    isWanted,
    permission,
    /** Asks the browser, which only takes it from a click. */
    async choose(wanted) {
      savePreference(PREFERENCE, wanted ? 'on' : null);
      if (wanted && permission() === 'default') await Notification.requestPermission();
    },
    /** A fault struck that call. */
    struck(exchange) {
      if (!document.hidden || !isWanted()) return;
      unseen += 1;
      latest = exchange;
      mark();
      notify();
    },
    /** How many faults are armed now. */
    showArmed(count) {
      armed = count;
      mark();
    },
  };
}

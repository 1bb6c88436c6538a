import { launchOf } from '#platform/launch.js';
import { isHidden, listen, placed } from './browser.js';
import { getter, method } from './classes.js';
import { string } from './language.js';
import { Object, quietly, reportError, setTimeout, String, URLSearchParams } from './natives.js';
import { createSignal } from './signals.js';

/** How the game was opened, read from the page's address. */
function launchOptions(state) {
  const query = {};
  const own = {};
  method.searchParams.forEach(new URLSearchParams(placed.search()), (value, name) => {
    (string.startsWith(name, 'tt-') ? own : query)[name] = value;
  });
  return launchOf(query, own, state);
}

/** `state` is what the emulator tells, now. */
export function lifeCycleMembers(state) {
  const launched = () => launchOptions(state());
  const signalOf = () => createSignal((error) => reportError(error));
  const shown = signalOf();
  const hidden = signalOf();
  const failing = signalOf();
  let started = false;

  function showAtStart() {
    if (started) return;
    started = true;
    const show = () => setTimeout(() => { if (!isHidden()) shown.emit(launched()); });
    if (getter.document.readyState(document) === 'complete') show();
    else listen(window, 'load', show, { __proto__: null, once: true });
  }
  listen(document, 'visibilitychange', () => {
    if (isHidden()) hidden.emit();
    else shown.emit(launched());
  });
  listen(window, 'error', (event) => {
    const message = getter.failure.message(event);
    failing.emit({ message, stack: quietly(() => String(Object(getter.failure.error(event)).stack || ''), '') });
  });
  return {
    getLaunchOptionsSync: launched,
    onShow(listener) { shown.on(listener); showAtStart(); },
    offShow: shown.off,
    onHide: hidden.on,
    offHide: hidden.off,
    onError: failing.on,
    offError: failing.off,
  };
}

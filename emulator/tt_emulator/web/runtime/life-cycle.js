import { launchOf } from '#platform/launch.js';
import { isHidden, listen, placed } from './browser.js';
import { getter, method } from './classes.js';
import { string } from './language.js';
import { Object, quietly, reportError, setTimeout, String, URLSearchParams } from './natives.js';
import { createSignal } from './signals.js';

/** How the game was opened, read from the page's address. */
function launchOptions() {
  const query = {};
  const own = {};
  method.searchParams.forEach(new URLSearchParams(placed.search()), (value, name) => {
    (string.startsWith(name, 'tt-') ? own : query)[name] = value;
  });
  return launchOf(query, own);
}

export function lifeCycleMembers() {
  const signalOf = () => createSignal((error) => reportError(error));
  const shown = signalOf();
  const hidden = signalOf();
  const failing = signalOf();
  let started = false;

  function showAtStart() {
    if (started) return;
    started = true;
    const show = () => setTimeout(() => { if (!isHidden()) shown.emit(launchOptions()); });
    if (getter.document.readyState(document) === 'complete') show();
    else listen(window, 'load', show, { __proto__: null, once: true });
  }
  listen(document, 'visibilitychange', () => {
    if (isHidden()) hidden.emit();
    else shown.emit(launchOptions());
  });
  listen(window, 'error', (event) => {
    const message = getter.failure.message(event);
    failing.emit({ message, stack: quietly(() => String(Object(getter.failure.error(event)).stack || ''), '') });
  });
  return {
    getLaunchOptionsSync: launchOptions,
    onShow(listener) { shown.on(listener); showAtStart(); },
    offShow: shown.off,
    onHide: hidden.on,
    offHide: hidden.off,
    onError: failing.on,
    offError: failing.off,
  };
}

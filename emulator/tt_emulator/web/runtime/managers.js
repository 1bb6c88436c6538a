// The managers that games ask for at their start, of which there is little to manage.
import { atPerformance, reload } from './browser.js';
import { array } from './language.js';
import { reportError, setTimeout } from './natives.js';
import { createSignal } from './signals.js';

export const silent = (names) => array.reduce(names, (methods, name) => ({ ...methods, [name]() {} }), {});
export const reportingSignal = () => createSignal((error) => reportError(error));

/** A package is always the newest. */
function updateManager() {
  const ready = reportingSignal();
  const failed = reportingSignal();
  return {
    applyUpdate: reload,
    onCheckForUpdate(listener) {
      const checked = reportingSignal();
      checked.on(listener);
      setTimeout(() => checked.emit({ hasUpdate: false }));
    },
    onUpdateReady: ready.on,
    onUpdateFailed: failed.on,
  };
}

export const managerMembers = () => ({
  getUpdateManager: updateManager,
  getPerformance: () => ({ now: () => atPerformance.now() * 1000 }), // in microseconds
  getLogManager: () => silent(['debug', 'info', 'log', 'warn', 'error']),
  getRealtimeLogManager: () => silent(['debug', 'info', 'log', 'warn', 'error', 'setFilterMsg', 'addFilterMsg']),
});

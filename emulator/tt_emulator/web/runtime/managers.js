// The managers that games ask for at their start, of which there is little to manage.
import { atPerformance, reload } from './browser.js';
import { array } from './language.js';
import { localMethod } from './local-methods.js';
import { reportError, setTimeout } from './natives.js';
import { SENTENCES } from './sentences.js';
import { createSignal } from './signals.js';

const silent = (names) => array.reduce(names, (methods, name) => ({ ...methods, [name]() {} }), {});
const reportingSignal = () => createSignal((error) => reportError(error));

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

const RECORDER_EVENTS = ['Start', 'Stop', 'Pause', 'Resume', 'Error', 'InterruptionBegin', 'InterruptionEnd'];

/** Records nothing, and says so to whoever has it record. */
function gameRecorder(log) {
  const signals = array.reduce(RECORDER_EVENTS, (made, name) => ({ ...made, [name]: reportingSignal() }), {});
  const refuse = () => {
    log.say('info', SENTENCES.noRecorder());
    setTimeout(() => signals.Error.emit({ errMsg: 'getGameRecorderManager:fail' }));
  };
  return {
    ...array.reduce(RECORDER_EVENTS, (made, name) => ({ ...made, ['on' + name]: signals[name].on, ['off' + name]: signals[name].off }), {}),
    ...silent(['stop', 'pause', 'resume']),
    start: refuse,
    recordClip: localMethod('recordClip'),
    clipVideo: localMethod('clipVideo'),
  };
}

export function managerMembers(log) {
  let recorder = null;
  return {
    getUpdateManager: updateManager,
    getPerformance: () => ({ now: () => atPerformance.now() * 1000 }), // in microseconds
    getLogManager: () => silent(['debug', 'info', 'log', 'warn', 'error']),
    getRealtimeLogManager: () => silent(['debug', 'info', 'log', 'warn', 'error', 'setFilterMsg', 'addFilterMsg']),
    getGameRecorderManager: () => (recorder = recorder || gameRecorder(log)),
  };
}

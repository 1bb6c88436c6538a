import { array } from '../language.js';
import { reportingSignal, silent } from '../managers.js';
import { setTimeout } from '../natives.js';
import { localMethod } from '../local-methods.js';
import { OWN_SENTENCES } from './sentences.js';

const RECORDER_EVENTS = ['Start', 'Stop', 'Pause', 'Resume', 'Error', 'InterruptionBegin', 'InterruptionEnd'];

/** Records nothing, and says so to whoever has it record. */
function createRecorder(log) {
  const signals = array.reduce(RECORDER_EVENTS, (made, name) => ({ ...made, [name]: reportingSignal() }), {});
  const refuse = () => {
    log.say('info', OWN_SENTENCES.noRecorder());
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

/** getGameRecorderManager: one recorder for all who ask. */
export function recorderGetter(log) {
  let recorder = null;
  return () => (recorder = recorder || createRecorder(log));
}

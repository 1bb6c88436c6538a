import { getter, method } from './classes.js';
import { reasonOf } from './console.js';
import { array, define, each, intrinsic, string } from './language.js';
import { AudioContext, Number, reportError, String } from './natives.js';
import { createPlayback } from './playback.js';
import { raise } from './replies.js';
import { SENTENCES } from './sentences.js';
import { createSignal } from './signals.js';
import { speaker } from './speaker.js';
import { addressOfSound, createTracks, failureOfSound } from './tracks.js';

const EVENTS = ['Canplay', 'Play', 'Pause', 'Stop', 'Ended', 'TimeUpdate', 'Error', 'Waiting', 'Seeking', 'Seeked'];
const SAID_OF_SRC = 200; // letters; a data: address has many more

/** Number of what a game sets; what is none counts for nothing. */
const asNumber = (value, otherwise) => (typeof value === 'number' && value === value ? value : otherwise);

/** onX and offX of each event, and tell(name, value), which calls the listeners later: never before the game's own call is over. */
function createEvents() {
  const members = {};
  const signals = {};
  let isOver = false;
  array.forEach(EVENTS, (name) => {
    const { on, off, emit } = createSignal((error) => reportError(error));
    signals[name] = emit;
    members['on' + name] = on;
    members['off' + name] = off;
  });
  return {
    members,
    async tell(name, value = {}) {
      await null;
      if (!isOver) signals[name](value);
    },
    /** For good. */
    silence() { isOver = true; },
  };
}

/** The sound behind `src`: load(src), again(), free(). `hear(buffer)`, or `fail(error)` if it cannot be had. */
function createLoader(tracks, hear, fail) {
  let held = null;
  function free() {
    if (held !== null) held.release();
    held = null;
  }
  return {
    free,
    isFree: () => held === null,
    async load(src) {
      free();
      const own = tracks.hold(src);
      held = own;
      try {
        const buffer = await intrinsic(own.buffer);
        if (own === held) hear(buffer);
      } catch (error) {
        if (own !== held) return;
        free();
        fail(error);
      }
    },
  };
}

/** The platform's InnerAudioContext; times in seconds. */
export function createInnerAudio(tracks, log) {
  const events = createEvents();
  const playback = createPlayback(speaker, events.tell);
  let src = '';
  let isDestroyed = false;

  function hear(buffer) {
    playback.load(buffer);
    if (audio.autoplay) play();
  }
  function fail(error) {
    const failure = failureOfSound(error);
    log.say('warn', SENTENCES.soundFailed(string.slice(src, 0, SAID_OF_SRC), failure.errCode, reasonOf(error)));
    playback.unload();
    events.tell('Error', failure);
  }
  const loader = createLoader(tracks, hear, fail);

  function play() {
    if (src === '') return;
    if (speaker.isAwaitingTouch()) log.say('info', SENTENCES.soundWaits());
    playback.play(asNumber(audio.startTime, 0));
    if (loader.isFree()) loader.load(src); // it has failed before
  }

  const audio = {
    get src() { return src; },
    set src(value) {
      if (isDestroyed) return;
      src = String(value);
      playback.unload();
      if (src === '') loader.free();
      else loader.load(src);
    },
    startTime: 0,
    autoplay: false,
    obeyMuteSwitch: true,
    get loop() { return playback.loop; },
    set loop(value) { playback.loop = !!value; },
    get volume() { return playback.volume; },
    set volume(value) {
      const wanted = asNumber(value, playback.volume);
      playback.volume = wanted > 1 ? 1 : wanted > 0 ? wanted : 0;
    },
    play,
    pause: playback.pause,
    stop: playback.stop,
    seek(position) {
      const wanted = asNumber(Number(position), -1);
      if (src !== '' && wanted >= 0) playback.seek(wanted);
    },
    destroy() {
      isDestroyed = true;
      src = '';
      events.silence();
      playback.unload();
      loader.free();
    },
    ...events.members,
  };
  const readOnly = {
    duration: playback.duration,
    currentTime: () => Number(method.number.toFixed(playback.position(), 6)),
    paused: playback.isPaused,
    buffered: playback.duration, // all of it is there, or nothing
  };
  const set = () => {}; // no game stops at an assignment that has no effect
  each(readOnly, (name, get) => define(audio, name, { get, set, enumerable: true }));
  return audio;
}

/** tt.createInnerAudioContext and tt.getAudioContext. */
export function soundMembers(log) {
  const tracks = createTracks(addressOfSound);
  let context = null;
  return {
    createInnerAudioContext: () => createInnerAudio(tracks, log),

    /** One for all who ask, until it is closed. */
    getAudioContext() {
      if (!AudioContext) raise({ errMsg: 'getAudioContext:fail' });
      if (context === null || getter.audio.state(context) === 'closed') context = speaker.createContext();
      return context;
    },
  };
}

import { atPerformance } from './browser.js';
import { getter } from './classes.js';
import { clearTimeout, setTimeout } from './natives.js';

const TICK_MS = 250; // between two of TimeUpdate, as browsers have it

/**
 * A sound that plays, pauses and stops, by a clock of its own: what happens is the same whether or not it is heard, and `output`
 * follows. `tell(event)` hears what happens; all places are in seconds.
 */
export function createPlayback(output, tell) {
  const sound = { buffer: null, loop: false, volume: 1, position };
  let state = 'stopped'; // waiting: for the buffer; playing, paused, ended
  let place = null; // where it is, or was when it began to move; null: where it begins
  let since_ms = 0;
  let timer = null;
  let startTime = 0;

  const duration = () => (sound.buffer === null ? 0 : getter.buffer.duration(sound.buffer));
  const within = (wanted) => (sound.buffer !== null && wanted > duration() ? duration() : wanted > 0 ? wanted : 0);

  function position() {
    if (state === 'ended') return duration();
    if (state !== 'playing') return within(place);
    const reached = place + (atPerformance.now() - since_ms) / 1000;
    return sound.loop ? reached % duration() : within(reached);
  }

  function halt(next, at) {
    if (state === 'playing') output.stop(sound);
    clearTimeout(timer);
    place = at;
    state = next;
  }

  /** Counts on from `at`. */
  function move(at) {
    place = at;
    since_ms = atPerformance.now();
    state = 'playing';
    clearTimeout(timer);
    const left_ms = (duration() - at) * 1000;
    timer = setTimeout(tick, sound.loop || left_ms > TICK_MS ? TICK_MS : left_ms);
  }

  function tick() {
    const at = position();
    if (!sound.loop && at >= duration()) {
      halt('ended', null);
      tell('Ended');
    } else {
      tell('TimeUpdate');
      move(at);
    }
  }

  function begin() {
    move(within(place === null ? startTime : place));
    output.start(sound);
    tell('Play');
  }

  return {
    duration,
    position,
    isPaused: () => state !== 'playing' && state !== 'waiting',
    get loop() { return sound.loop; },
    set loop(value) {
      const at = position();
      sound.loop = value;
      if (state === 'playing') move(at);
      output.change(sound);
    },
    get volume() { return sound.volume; },
    set volume(value) {
      sound.volume = value;
      output.change(sound);
    },

    /** From where it was paused, or else from `start`, as soon as the buffer is there. */
    play(start) {
      if (state === 'playing' || state === 'waiting') return;
      startTime = start;
      if (sound.buffer !== null) begin();
      else {
        state = 'waiting';
        tell('Waiting');
      }
    },
    pause() {
      if (state !== 'playing' && state !== 'waiting') return;
      halt('paused', state === 'playing' ? position() : place);
      tell('Pause');
    },
    stop() {
      const isOver = state === 'stopped' || state === 'ended';
      halt('stopped', null);
      if (!isOver) tell('Stop');
    },
    seek(wanted) {
      tell('Seeking');
      const isPlaying = state === 'playing';
      halt(state === 'ended' ? 'stopped' : state, within(wanted));
      if (isPlaying) {
        move(place);
        output.start(sound);
      }
      tell('Seeked');
    },

    /** The buffer is there. */
    load(buffer) {
      sound.buffer = buffer;
      tell('Canplay');
      if (state === 'waiting') begin();
    },
    unload() {
      halt('stopped', null);
      sound.buffer = null;
    },
  };
}

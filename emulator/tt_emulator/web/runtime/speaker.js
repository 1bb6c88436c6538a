// What is heard of a page's sounds.
import { isTouched, listen } from './browser.js';
import { getter, method, setter } from './classes.js';
import { reasonOf, write } from './console.js';
import { array, define, intrinsic } from './language.js';
import { AudioContext, inPage, Map } from './natives.js';
import { SENTENCES } from './sentences.js';

// Browsers let a page be heard from the first of these on that counts for one.
const GESTURES = ['pointerdown', 'pointerup', 'touchend', 'keydown', 'click'];

const isEverTouched = () => isTouched('hasBeenActive', true);

/**
 * Plays sounds, each {buffer, loop, volume, position(), in seconds}, and gives a game audio contexts of its own. Nothing is heard
 * before the page is touched; what plays then goes on from where it is. No context of ours is made before, or the console would warn.
 */
export function createSpeaker() {
  const sounds = new Map(); // those that play, with their {source, gain}; null for what is not heard yet
  let outputs = []; // {context, gain, isRunning} of tt and of games
  let own = null;
  let isMuted = false;
  let isListening = false;
  let isWanted = false; // by a sound of ours: a game's own contexts need none of tt
  let isBroken = false;

  const level = (gain, value) => setter.param.value(getter.gain.gain(gain), value);

  function createOutput() {
    const context = new AudioContext();
    const gain = method.audio.createGain(context);
    method.node.connect(gain, getter.audio.destination(context));
    level(gain, isMuted ? 0 : 1);
    const output = { context, gain, isRunning: false };
    outputs = array.filter(outputs, (other) => getter.audio.state(other.context) !== 'closed');
    array.push(outputs, output);
    return output;
  }

  function sound(one) {
    const source = method.audio.createBufferSource(own.context);
    const gain = method.audio.createGain(own.context);
    setter.source.buffer(source, one.buffer);
    method.node.connect(source, gain);
    method.node.connect(gain, own.gain);
    method.map.set(sounds, one, { source, gain });
    change(one);
    method.source.start(source, 0, one.position());
  }

  function change(one) {
    const nodes = method.map.get(sounds, one);
    if (!nodes) return;
    setter.source.loop(nodes.source, one.loop);
    level(nodes.gain, one.volume);
  }

  async function unlock(output) {
    try {
      await intrinsic(method.audio.resume(output.context));
    } catch (error) {
      return; // a game has closed it
    }
    if (output.isRunning) return;
    output.isRunning = true;
    if (output === own) method.map.forEach(sounds, (nodes, one) => { if (!nodes) sound(one); });
  }

  /** What runs is left alone: a game may have suspended it. Only a telephone call, say, has to be undone. */
  function touched() {
    if (!isEverTouched()) return;
    try {
      if (isWanted && !isBroken) own = own || createOutput();
    } catch (error) {
      isBroken = true;
      write('warn', SENTENCES.noSpeaker(reasonOf(error)));
    }
    array.forEach(outputs, (output) => {
      if (!output.isRunning || getter.audio.state(output.context) === 'interrupted') unlock(output);
    });
  }

  function listenToGestures() {
    if (isListening || !inPage) return;
    isListening = true;
    array.forEach(GESTURES, (type) => listen(window, type, touched, { __proto__: null, capture: true, passive: true }));
  }

  return {
    start(one) {
      method.map.set(sounds, one, null);
      isWanted = true;
      listenToGestures();
      if (own !== null && own.isRunning) sound(one);
      else if (inPage && isEverTouched()) touched();
    },
    stop(one) {
      const nodes = method.map.get(sounds, one);
      method.map.delete(sounds, one);
      if (!nodes) return;
      method.source.stop(nodes.source);
      method.node.disconnect(nodes.source);
      method.node.disconnect(nodes.gain);
    },
    /** `loop` or `volume` is another. */
    change,
    isAwaitingTouch: () => inPage && !isEverTouched(),

    /** A context of the game's own. What it connects to `destination` goes through the switch, too. */
    createContext() {
      const output = createOutput();
      const channels = getter.speakers.maxChannelCount(getter.audio.destination(output.context));
      define(output.gain, 'maxChannelCount', { value: channels });
      define(output.context, 'destination', { value: output.gain });
      listenToGestures();
      if (isEverTouched()) unlock(output);
      return output.context;
    },

    /** The tester's switch: sounds play on, and nothing of any is heard. */
    mute(isSilent) {
      isMuted = isSilent;
      array.forEach(outputs, ({ gain }) => level(gain, isMuted ? 0 : 1));
    },
  };
}

/** The page's one: all its players' sounds come out of it. */
export const speaker = createSpeaker();

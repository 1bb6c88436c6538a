import { PREFIX } from '#platform/names.js';
import { fetch, isHidden, listen } from './browser.js';
import { getter, lenient, method } from './classes.js';
import { reasonOf } from './console.js';
import { array, intrinsic, json, string } from './language.js';
import { AbortController, clearTimeout, Error, inPage, Object, Promise, quietly, setTimeout, TextDecoder } from './natives.js';
import { SENTENCES } from './sentences.js';

// Who follows the state and has lost the stream comes back after so long.
const RETRY_MS = 1000;
// Who follows it in a world of another platform comes back after twice as long each time, at last after so long.
const MOST_MS = 64000;
const longer = (ms) => (ms < MOST_MS ? ms * 2 : MOST_MS);

/** A wait that can be ended: {last(ms) → a promise, end()}. */
function createPause() {
  let end = () => {};
  return {
    last: (ms) => new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      end = () => { clearTimeout(timer); resolve(); };
    }),
    end: () => end(),
  };
}

/** What the emulator says of a request that it refuses. */
async function problemOf(response) {
  const text = await intrinsic(lenient.response.text(response));
  return Object(quietly(() => json.parse(text)));
}

/**
 * Follows GET /<platform>/events: `hear(state)` at the beginning and at each change, until it is stopped; a page
 * in the background hears when it comes back. In Node a process does not end while it listens. To read the state of a
 * world that nobody has used can make it one of this platform: where it is another's, no more is asked than whether it still is.
 */
export function createWatch(config, log, hear) {
  let leaving = null;
  let isLatest = true; // until a stream is lost, what was read at the beginning counts

  let isElsewhere = false; // the world is of another platform, as far as is known
  const pause = createPause();

  async function ask(path, signal) {
    const response = await intrinsic(fetch(config.url + PREFIX + path, { __proto__: null, headers: config.headers, credentials: 'omit', signal }));
    if (lenient.response.ok(response)) return response;
    const { code, detail } = await intrinsic(problemOf(response));
    isElsewhere = code === 'wrong-platform';
    throw new Error(isElsewhere ? detail : 'HTTP ' + lenient.response.status(response));
  }

  /** Hears what is whole of `text`; → the rest. */
  function hearEvents(text) {
    const parts = string.split(text, '\n\n');
    const rest = array.pop(parts);
    array.forEach(parts, (part) => {
      const data = method.regexp.exec(/^data: (.*)$/m, part);
      if (data) hear(json.parse(data[1]));
    });
    return rest;
  }

  async function follow(signal) {
    const reader = lenient.stream.getReader(lenient.response.body(await intrinsic(ask('events', signal))));
    try {
      const response = await intrinsic(ask('state', signal));
      hear(json.parse(await intrinsic(lenient.response.text(response)))); // what changed before the stream began
      isLatest = true;
      const decoder = new TextDecoder();
      let text = '';
      for (;;) {
        const { done, value } = await intrinsic(lenient.reader.read(reader));
        if (done) return;
        text = hearEvents(text + method.decoder.decode(decoder, value, { __proto__: null, stream: true }));
      }
    } finally {
      isLatest = false;
      cancel(reader); // or it would stay open beside the next one
    }
  }

  async function cancel(reader) {
    try {
      await intrinsic(lenient.reader.cancel(reader));
    } catch (error) { /* it is gone already */ }
  }

  async function keepFollowing(signal) {
    const isOver = () => getter.signal.aborted(signal);
    let pauseMs = RETRY_MS;
    while (!isOver()) {
      isElsewhere = false;
      try {
        await intrinsic(follow(signal));
      } catch (error) {
        if (!isOver()) log.say('warn', (isElsewhere ? SENTENCES.otherWorld : SENTENCES.noStream)(config.url, reasonOf(error)));
      }
      if (isOver()) return;
      pauseMs = isElsewhere ? longer(pauseMs) : RETRY_MS;
      await intrinsic(pause.last(pauseMs));
    }
  }

  // A browser has six connections to a host: a tab in the background that held one could, with five
  // others, leave none for the calls of the tab in front.
  let wanted = false;
  function decide() {
    const following = wanted && config.url !== null && !(inPage && isHidden());
    if (following === (leaving !== null)) return;
    if (following) {
      leaving = new AbortController();
      keepFollowing(getter.abort.signal(leaving));
    } else {
      method.abort.abort(leaving);
      leaving = null;
      pause.end();
    }
  }
  if (inPage) listen(document, 'visibilitychange', decide);
  return {
    start() { wanted = true; decide(); },
    stop() { wanted = false; decide(); },
    /** The emulator has answered a call: the world is of this platform. */
    answered() { if (isElsewhere) pause.end(); },
    /** Whether there can hardly be a newer state than was heard. */
    isCurrent: () => isLatest && !(inPage && isHidden()),
  };
}

// The way to the emulator.
import { PREFIX } from '#platform/names.js';
import { atCrypto, fetch } from './browser.js';
import { getter, lenient, method } from './classes.js';
import { array, intrinsic, json, now, random, string } from './language.js';
import { decodeURIComponent, inPage, Object, Promise, quietly, setTimeout, Uint32Array } from './natives.js';
import { parseReply } from './replies.js';
import { SENTENCES } from './sentences.js';
import { bytesIn } from './utf8.js';

// What a browser lets a page have under way in keepalive requests, all its tt together: Chromium
// fails one that makes it more than 64 KiB of bodies, or 256 requests, of which this counts 1 KiB each.
const KEEPALIVE_BYTES = 65536;
const REQUEST_BYTES = 1024;
// Servers that share worlds say so when none of them has this one at the moment; a call counts once under its id.
const MOVING_MS = 1000;
const MOVES = 10;
const aloft = { bytes: 0 };

function uniquePrefix() {
  if (!atCrypto.getRandomValues) return numberText(now()) + string.slice(numberText(random()), 2);
  const numbers = atCrypto.getRandomValues(new Uint32Array(3));
  return numberText(numbers[0]) + numberText(numbers[1]) + numberText(numbers[2]);
}

const taskIn = (header) => (header ? quietly(() => json.parse(decodeURIComponent(header)), null) : null);
const isMoving = (response) => lenient.response.status(response) === 503
  && lenient.headers.get(lenient.response.headers(response), 'X-Emulator-Moving') !== null;
const numberText = (number) => method.number.toString(number, 36);

/**
 * {send(api, body), ask(api, body, signal)}: each a promise of {reply, word, task, alone}, where `word` may name a client fault, `task`
 * is what the task of the call must know, or null, and `alone` says that no emulator answered. They never reject. `send` keeps the
 * order of the calls, by the `queue`; `ask` waits for none, and may be given up.
 * `failed(api, cause)` makes the reply to a call that no reply came to. `asking.before(api, body)`, unless `asking` is null, asks the
 * player before a call of `send`: a promise of the row by which the call fails, null if it shall go on. `answered()` hears of each
 * call that the emulator takes. fetch and not XMLHttpRequest: Node has it too, and a keepalive request of a closing page still arrives.
 */
export function createTransport(config, log, failed, { asking, queue }, answered) {
  const prefix = uniquePrefix();
  let calls = 0;

  async function exchange(api, body, signal) {
    if (config.url === null) return { reply: failed(api, 'network-unavailable'), alone: true };
    const size = bytesIn(body) + REQUEST_BYTES;
    const keepalive = inPage && aloft.bytes + size <= KEEPALIVE_BYTES;
    const bytes = keepalive ? size : 0;
    aloft.bytes += bytes;
    calls += 1;
    const callId = prefix + '-' + calls;
    const post = () => intrinsic(fetch(config.url + PREFIX + api, {
      __proto__: null, // some page gives every object a `signal`
      // No `cache` option: to Chromium no-store means a preflight before every call.
      method: 'POST', body, keepalive, signal, credentials: 'omit',
      headers: { 'Content-Type': 'application/json', 'X-Emulator-Call': callId, ...config.headers },
    }));
    try {
      let response = await post();
      for (let move = 0; move < MOVES && isMoving(response); move += 1) {
        await intrinsic(new Promise((resolve) => { setTimeout(resolve, MOVING_MS); }));
        response = await post();
      }
      return await intrinsic(read(api, response));
    } catch (error) {
      if (!signal || !getter.signal.aborted(signal)) log.silence(api, error);
      return { reply: failed(api, 'network-unavailable'), alone: true };
    } finally {
      aloft.bytes -= bytes;
    }
  }

  async function read(api, response) {
    const headers = lenient.response.headers(response);
    const { fault, word } = log.headers(api, (name) => lenient.headers.get(headers, name));
    if (lenient.response.status(response) !== 200) {
      tellStatus(api, response, fault); // not awaited: a body that never ends must not hold the reply
      return { reply: failed(api, 'http-not-200'), alone: !fault };
    }
    answered();
    const body = await intrinsic(lenient.response.text(response));
    const reply = parseReply(api, body);
    if (reply !== null) return { reply, word, task: taskIn(lenient.headers.get(headers, 'X-Emulator-Task')) };
    if (!fault) log.say('warn', SENTENCES.unreadable(api, config.url, body));
    return { reply: failed(api, 'bad-response'), alone: !fault };
  }

  async function tellStatus(api, response, fault) {
    let body = '';
    try {
      body = await intrinsic(lenient.response.text(response));
    } catch (error) { /* the connection went, and with it the reason */ }
    if (fault) return;
    const { detail, hint } = Object(quietly(() => json.parse(body)));
    const why = array.join(array.filter([detail, hint], (part) => part), ' ');
    log.say('warn', SENTENCES.status(api, config.url, lenient.response.status(response), why));
  }

  return {
    send: (api, body) => new Promise((resolve) => {
      queue.add(async (release) => {
        const refused = asking === null ? null : await intrinsic(asking.before(api, body));
        resolve(refused ? { reply: failed(api, refused) } : await intrinsic(exchange(api, body)));
        release();
      });
    }),
    ask: exchange,
  };
}

// Calls with which the emulator asks somebody else: they take long, may be given up, and many are under way at once.
import { bufferOf } from './bytes.js';
import { createPerformer } from './calls.js';
import { CATALOG } from '#platform/catalog.js';
import { getter, method } from './classes.js';
import { array, intrinsic, json } from './language.js';
import { AbortController, has, inPage, Promise } from './natives.js';
import { readOptions } from './options.js';
import { createExchange } from './transfers.js';

// Of those that are documented to be under way at once a page has fewer: a browser has six connections to a server, all of
// its tabs together, and the game's other calls and its pictures want some, too.
const MOST_OF_PAGE = 3;
const createLine = () => ({ number: 0, waiting: [] });
const lineOfPage = createLine();
const lineByApi = {}; // of each API, elsewhere

function lineOf(api) {
  if (inPage) return lineOfPage;
  if (!has(lineByApi, api)) lineByApi[api] = createLine();
  return lineByApi[api];
}

function startNext(underWay, most) {
  while (underWay.number < most && underWay.waiting.length > 0) {
    underWay.number += 1;
    runJob(array.shift(underWay.waiting), underWay, most);
  }
}

async function runJob(job, underWay, most) {
  await intrinsic(job());
  underWay.number -= 1;
  startNext(underWay, most);
}

/** {send(api, body), abort()} of one call; `ask(api, body, signal)` as the transport has it. */
function createAsking(ask, failed) {
  const controller = new AbortController();
  const signal = getter.abort.signal(controller);
  let giveUp = null;
  return {
    send: (api, body) => new Promise((resolve) => {
      const most = inPage ? MOST_OF_PAGE : CATALOG[api].limits.at_once;
      const underWay = lineOf(api);
      giveUp = () => resolve({ reply: failed(api, 'aborted') });
      array.push(underWay.waiting, async () => {
        if (!getter.signal.aborted(signal)) resolve(await intrinsic(ask(api, body, signal)));
      });
      startNext(underWay, most);
    }),
    abort() {
      if (giveUp !== null) giveUp(); // first: what comes of a request that is given up is told to nobody
      method.abort.abort(controller);
    },
  };
}

/** Of an API that can be answered in bytes the answer with an ArrayBuffer, where the game wants one. */
function finishBytes(api, body) {
  const isWanted = has(CATALOG[api].params, 'responseType') && json.parse(body).responseType === 'arraybuffer';
  return ({ reply, ...rest }) => {
    const isThere = isWanted && reply.errMsg === api + ':ok' && typeof reply.data === 'string';
    return { ...rest, reply: isThere ? { ...reply, data: bufferOf(reply.data) } : reply };
  };
}

/** (api) → its method, which returns the call's task. */
export function createTasks(ask, failed, log) {
  const perform = createPerformer(finishBytes, failed, log);
  return (api) => (passed) => {
    const exchange = createExchange(api, ask, failed);
    const asking = createAsking(exchange.ask, failed);
    perform(api, readOptions(api, passed), asking.send);
    return { abort: () => { asking.abort(); }, ...exchange.members };
  };
}

// What is known without a call.
import { DEFAULT_HOST } from '#platform/host.js';
import { PREFIX } from '#platform/names.js';
import { lenient } from './classes.js';
import { reasonOf } from './console.js';
import { array, each, json } from './language.js';
import { Error, Object, quietly, XMLHttpRequest } from './natives.js';
import { DEFAULT_SYSTEM } from './phone-defaults.js';
import { SENTENCES } from './sentences.js';

/**
 * What GET /<platform>/state says. Read once, and synchronously: it must be there before the next line of the
 * game runs. In Node, which cannot do that, the caller of createTT or its like gives it.
 */
function readState(config, log) {
  if (config.state || !XMLHttpRequest || config.url === null) return config.state || {};
  try {
    const request = new XMLHttpRequest();
    lenient.request.open(request, 'GET', config.url + PREFIX + 'state', false);
    each(config.headers, (name, value) => lenient.request.setRequestHeader(request, name, value));
    lenient.request.send(request);
    const status = lenient.request.status(request);
    if (status === 200) return Object(json.parse(lenient.request.responseText(request)));
    const { detail, hint } = Object(quietly(() => json.parse(lenient.request.responseText(request))));
    if (!detail) throw new Error('HTTP ' + status);
    log.say('error', SENTENCES.stateRefused(config.url, status, array.join([detail, hint], ' ')));
    return {};
  } catch (error) {
    log.say('warn', SENTENCES.noState(config.url, reasonOf(error)));
    return {};
  }
}

/** What the emulator told last, over what is so where it says nothing: `now()`, which is null before `read`. */
export function createState(config, log) {
  let state = null;

  function learn(told) {
    state = { ...told, host: { ...DEFAULT_HOST, ...told.host }, system: { ...DEFAULT_SYSTEM, ...told.system } };
  }
  return {
    now: () => state,
    read() { learn(readState(config, log)); },

    /** Takes in a state that the emulator tells; → the network that it names, if it is another one. */
    follow(told) {
      const before = state.network;
      learn({ ...told, ...config.state, network: told.network });
      const { networkType, isConnected } = told.network;
      const isSame = !before || (before.networkType === networkType && before.isConnected === isConnected);
      return isSame ? null : { networkType, isConnected };
    },
  };
}

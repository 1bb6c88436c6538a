import { intrinsic } from './language.js';
import { Promise, reportError } from './natives.js';
import { SENTENCES } from './sentences.js';
import { createSignal } from './signals.js';

/** An advertisement that never comes: load and show fail, and games have an answer to that. */
export function createAd(api, log) {
  const signalOf = () => createSignal((error) => reportError(error));
  const loaded = signalOf();
  const failing = signalOf();
  const closed = signalOf();
  const resized = signalOf();
  function fail() {
    log.say('info', SENTENCES.noAds(api));
    const reply = { errMsg: api + ':fail' };
    const refused = new Promise((resolve, reject) => { reject(reply); });
    tell(refused, reply);
    return refused;
  }
  async function tell(refused, reply) {
    try {
      await intrinsic(refused); // and so it is no unhandled rejection
    } catch (error) {
      failing.emit(reply);
    }
  }
  return {
    load: fail, show: fail, hide() {}, destroy() {}, style: {},
    onLoad: loaded.on, offLoad: loaded.off, onError: failing.on, offError: failing.off,
    onClose: closed.on, offClose: closed.off, onResize: resized.on, offResize: resized.off,
  };
}

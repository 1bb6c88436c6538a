// What a player is asked before a call, by a window of the page of the main domain.
import { fetch } from '../browser.js';
import { lenient } from '../classes.js';
import { reasonOf } from '../console.js';
import { intrinsic, json } from '../language.js';
import { Error, inPage } from '../natives.js';
import { CATALOG } from './catalog.js';
import { createConsent } from './consent.js';
import { PREFIX } from './names.js';
import { OWN_SENTENCES } from './sentences.js';
import { drawWindow } from './window.js';

const CONFIRMED = 'modifyFriendInteractiveStorage';

/** {state(), tell(answer)} of the emulator; they reject where it gives no answer. */
function emulatorAt({ url, headers }) {
  async function ask(path, options, type) {
    const response = await intrinsic(fetch(url + PREFIX + path, { __proto__: null, credentials: 'omit', headers: { ...type, ...headers }, ...options }));
    if (!lenient.response.ok(response)) throw new Error('HTTP ' + lenient.response.status(response));
    return await intrinsic(lenient.response.text(response)); // a promise that is returned would be asked for its `then`
  }
  return {
    state: async () => json.parse(await intrinsic(ask('state'))),
    tell: (answer) => ask('consent', { method: 'POST', body: json.stringify(answer) }, { 'Content-Type': 'application/json' }),
  };
}

/**
 * What createConsent has, and before(api, body), a promise of the row by which the call fails, or of null. For all domains of a
 * page; elsewhere null: there nobody is asked.
 */
export function createQuestions(config, log) {
  if (!inPage || config.url === null) return null;
  const { state, tell } = emulatorAt(config);
  const consent = createConsent(state, tell, drawWindow);

  /** Of what is written for a friend the player is asked each time, unless the game wants it quiet. */
  const isConfirmed = (api, body) => api !== CONFIRMED || json.parse(body).quiet === true || consent.confirm('interaction', api);

  async function before(api, body) {
    const needs = api === 'authorize' ? [json.parse(body).scope] : CATALOG[api].needs;
    try {
      if (needs) await intrinsic(consent.need(api, needs));
    } catch (error) {
      log.say('warn', OWN_SENTENCES.notAsked(api, reasonOf(error)));
    }
    return (await intrinsic(isConfirmed(api, body))) ? null : 'cancelled';
  }
  return { ...consent, before };
}

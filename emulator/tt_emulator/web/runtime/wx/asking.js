// What a player is asked before a call, by a window of the page of the main domain.
import { fetch } from '../browser.js';
import { lenient } from '../classes.js';
import { reasonOf } from '../console.js';
import { array, intrinsic, json, now } from '../language.js';
import { Error, has, here, inPage } from '../natives.js';
import { CATALOG } from './catalog.js';
import { PREFIX } from './names.js';
import { OWN_SENTENCES } from './sentences.js';
import { drawWindow } from './window.js';

const { parse } = here.Date;
const CONFIRMED = 'modifyFriendInteractiveStorage';

/** {state(), tell(answer)}: what the emulator knows of the player's answers, and how it hears of one. They reject. */
function createConsent(config) {
  async function ask(path, options) {
    const response = await intrinsic(fetch(config.url + PREFIX + path, { __proto__: null, credentials: 'omit', ...options,
      headers: { ...(options ? { 'Content-Type': 'application/json' } : {}), ...config.headers } }));
    if (!lenient.response.ok(response)) throw new Error('HTTP ' + lenient.response.status(response));
    return lenient.response.text(response);
  }
  return {
    state: async () => json.parse(await intrinsic(ask('state'))),
    tell: (answer) => ask('consent', { method: 'POST', body: json.stringify(answer) }),
  };
}

async function settling(promise) {
  try {
    await intrinsic(promise);
  } catch (error) { /* told where it was asked for */ }
}

/** One window after the other; whoever asks what a window asks already gets its answer, too. */
function createWindows() {
  const open = {}; // by what is asked, a promise
  const answered = {}; // by what was asked, {at, answer}
  let last = null; // the window that was asked for last
  let count = 0;

  async function draw(what, kind, text, api, before, tell) {
    await intrinsic(before);
    const answer = await intrinsic(drawWindow(kind, text, api));
    try {
      await intrinsic(tell(answer));
    } finally {
      answered[what] = { at: count, answer };
      delete open[what];
    }
    return answer;
  }
  return {
    /** For `ask`: what is answered from now on is the newest. */
    begin: () => (count += 1),
    ask(begun, what, kind, text, api, tell) {
      if (has(answered, what) && answered[what].at >= begun) return answered[what].answer;
      if (!has(open, what)) {
        open[what] = draw(what, kind, text, api, last, tell);
        last = settling(open[what]);
      }
      return open[what];
    },
  };
}

/** Whether the window of privacy comes: at first, and 10 s after a refusal, in the world's time. */
function asksPrivacy({ privacy, asks_again_at: again, now: told }) {
  const atMs = told ? parse(told) : now();
  return privacy === 'undecided' || (privacy === 'refused' && (!again || parse(again) <= atMs));
}

/**
 * {before(api, body), confirm(text, api), scope(name, api), answers()} for all domains of a page, null elsewhere: what is there nobody is asked.
 * `before` is a promise of the row by which the call fails, or of null.
 */
export function createQuestions(config, log) {
  if (!inPage || config.url === null) return null;
  const consent = createConsent(config);
  const windows = createWindows();

  function askScope(begun, scope, api) {
    const tell = (isGranted) => consent.tell({ scope, answer: isGranted ? 'granted' : 'denied' });
    return windows.ask(begun, scope, 'scope', scope, api, tell);
  }
  function askPrivacy(begun, api) {
    const tell = (isGranted) => consent.tell({ privacy: true, answer: isGranted ? 'granted' : 'denied' });
    return windows.ask(begun, 'privacy', 'privacy', 'agreement', api, tell);
  }

  /** Privacy first, as the emulator looks at it first; what is refused there asks for no more. */
  async function askFor(api, needs) {
    const begun = windows.begin();
    const state = await intrinsic(consent.state());
    if (array.includes(needs, 'privacy') && asksPrivacy(state) && !(await intrinsic(askPrivacy(begun, api)))) return;
    const scope = array.find(needs, (need) => has(state.scopes, need));
    if (scope !== undefined && state.scopes[scope] === 'undetermined') await intrinsic(askScope(begun, scope, api));
  }

  async function scope(name, api) {
    const begun = windows.begin();
    const { scopes } = await intrinsic(consent.state());
    return scopes[name] === 'undetermined' ? askScope(begun, name, api) : scopes[name] === 'granted';
  }

  function confirm(text, api) {
    const begun = windows.begin();
    return windows.ask(begun, 'confirmation ' + begun, 'confirmation', text, api, () => null);
  }
  /** Of what is written for a friend the player is asked each time, unless the game wants it quiet. */
  const isConfirmed = (api, body) => api !== CONFIRMED || json.parse(body).quiet === true || confirm('interaction', api);

  async function before(api, body) {
    const { needs } = CATALOG[api];
    try {
      if (needs) await intrinsic(askFor(api, needs));
    } catch (error) {
      log.say('warn', OWN_SENTENCES.notAsked(api, reasonOf(error)));
    }
    return (await intrinsic(isConfirmed(api, body))) ? null : 'cancelled';
  }
  return { before, confirm, scope, answers: async () => (await intrinsic(consent.state())).scopes };
}

// What a player is asked: each question once at a time, by whatever draws the windows.
import { array, intrinsic, now } from '../language.js';
import { has, here } from '../natives.js';

const { parse } = here.Date;

async function settling(promise) {
  try {
    await intrinsic(promise);
  } catch (error) { /* told where it was asked for */ }
}

/**
 * {begin, ask}: one window after the other, each by draw(kind, text, api) → a promise of a boolean. Whoever asks what a
 * window asks already gets its answer, too, and so does who began before it was given.
 */
function createWindows(draw) {
  const open = {}; // by what is asked, a promise
  const answered = {}; // by what was asked, {at, answer}
  let last = null; // the window that was asked for last
  let count = 0;

  async function show({ what, kind, text, api, tell }, before) {
    await intrinsic(before);
    const answer = await intrinsic(draw(kind, text, api));
    try {
      await intrinsic(tell(answer));
    } finally {
      answered[what] = { at: count, answer };
      delete open[what];
    }
    return answer;
  }
  return {
    begin: () => (count += 1),
    ask(begun, question) {
      const { what } = question;
      if (has(answered, what) && answered[what].at >= begun) return answered[what].answer;
      if (!has(open, what)) {
        open[what] = show(question, last);
        last = settling(open[what]);
      }
      return open[what];
    },
  };
}

/** Whether the window of privacy comes: at first, and some time after a refusal, which the world's clock tells. */
function asksPrivacy({ privacy, asks_again_at: again, now: told }) {
  const atMs = told ? parse(told) : now();
  return privacy === 'undecided' || (privacy === 'refused' && (!again || parse(again) <= atMs));
}

/**
 * {need(api, needs), confirm(text, api), answers(), change(scope, isGranted)}: all promises. `state()` is one of what the emulator knows of the
 * player's answers, by `tell(answer)` it hears of one; what they reject with is the caller's.
 */
export function createConsent(state, tell, draw) {
  const windows = createWindows(draw);
  const worded = (isGranted) => (isGranted ? 'granted' : 'denied');

  const askScope = (begun, scope, api) => windows.ask(begun, {
    what: scope, kind: 'scope', text: scope, api, tell: (isGranted) => tell({ scope, answer: worded(isGranted) }),
  });
  const askPrivacy = (begun, api) => windows.ask(begun, {
    what: 'privacy', kind: 'privacy', text: 'agreement', api, tell: (isGranted) => tell({ privacy: true, answer: worded(isGranted) }),
  });
  return {
    /** Privacy first, as the emulator looks at it first: who refuses there is asked for no more. */
    async need(api, needs) {
      const begun = windows.begin();
      const known = await intrinsic(state());
      if (array.includes(needs, 'privacy') && asksPrivacy(known) && !(await intrinsic(askPrivacy(begun, api)))) return;
      const scope = array.find(needs, (need) => has(known.scopes, need));
      if (scope !== undefined && known.scopes[scope] === 'undetermined') await intrinsic(askScope(begun, scope, api));
    },
    confirm(text, api) {
      const begun = windows.begin();
      return windows.ask(begun, { what: 'confirmation ' + begun, kind: 'confirmation', text, api, tell: () => null });
    },
    answers: async () => (await intrinsic(state())).scopes,
    change: (scope, isGranted) => tell({ scope, answer: worded(isGranted) }),
  };
}

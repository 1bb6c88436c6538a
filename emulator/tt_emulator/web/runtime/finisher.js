import { method } from './classes.js';
import { intrinsic, json } from './language.js';
import { onLeaving } from './leaving.js';
import { has, Set } from './natives.js';
import { isSuccess, openingOf } from './replies.js';
import { refusing } from './storage.js';

/** Of an act that ends later, as a player decides: what it made in the end, or its Refusal. */
async function settled({ made, refusal }, api, log) {
  if (refusal) return { refusal };
  try {
    return { made: await intrinsic(made) };
  } catch (error) {
    return attempt(api, log, () => { throw error; });
  }
}

/** {made} by the act, or its {refusal}. */
function attempt(api, log, act) {
  try {
    return { made: refusing(api, log, act) };
  } catch (refusal) {
    return { refusal };
  }
}

/**
 * finish(api, body, kept) → (answer) → answer: the reply made of what the emulator answered and of what `acts` do in
 * the page once it has said ok. Those that are `local` act without an emulator, too. Each acts once.
 */
export function createFinisher(acts, local_, takeTurn, failed, log) {
  // A page that goes hears no more answers; of tt.onHide it hears after pagehide, and games save then.
  const unfinished = new Set();
  const isLeaving = onLeaving(() => method.set.forEach(unfinished, (act) => act()));

  function once(api, body, kept) {
    const turn = takeTurn();
    let result = null;
    return () => {
      if (result === null) result = attempt(api, log, () => acts[api](json.parse(body), kept, turn));
      return result;
    };
  }

  return function finish(api, body, kept) {
    if (!has(acts, api)) return (answer) => answer;
    const act = once(api, body, kept);
    if (has(local_, api)) {
      method.set.add(unfinished, act);
      if (isLeaving()) act();
    }
    return async (answer) => {
      method.set.delete(unfinished, act);
      const isOk = isSuccess(api, answer.reply);
      if (!isOk && !(answer.alone && has(local_, api))) return answer;
      const { made, refusal } = await intrinsic(settled(act(), api, log));
      if (refusal) return { ...answer, reply: failed(api, refusal.row, refusal.detail) };
      return { ...answer, reply: { ...(isOk ? answer.reply : { errMsg: openingOf(api) + 'ok' }), ...made } };
    };
  };
}

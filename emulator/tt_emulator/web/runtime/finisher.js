import { method } from './classes.js';
import { intrinsic, json } from './language.js';
import { onLeaving } from './leaving.js';
import { has, Set } from './natives.js';
import { openingOf } from './replies.js';
import { refusing } from './storage.js';

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
      if (result === null) {
        try {
          result = { made: refusing(api, log, () => acts[api](json.parse(body), kept, turn)) };
        } catch (refusal) {
          result = { refusal };
        }
      }
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
      const isOk = answer.reply.errMsg === openingOf(api) + 'ok';
      if (!isOk && !(answer.alone && has(local_, api))) return answer;
      const { made, refusal } = act();
      if (refusal) return { ...answer, reply: failed(api, refusal.row, refusal.detail) };
      return { ...answer, reply: { ...(isOk ? answer.reply : { errMsg: openingOf(api) + 'ok' }), ...(await intrinsic(made)) } };
    };
  };
}

/** What testers did in the world since its first call that the page holds, kept fresh. */

import { actsOf, callsOf } from '../logic/story.js';
import { throttled } from './throttle.js';

const EVERY_MS = 2000; // each answer has the whole world in it

/** {acts, read}: `read()` asks for what is new, and `changed()` is told when it is there. */
export function actsReader({ api, state }, changed) {
  let acts = new Map();
  let seen = 0; // the last call that had come when acts were read

  async function bundleSince(id) {
    const bundle = await api.get(`bundle?last=${state.calls.last - id + 1}`);
    const [first] = callsOf(bundle);
    return first && first.id <= id ? bundle : null; // more calls came meanwhile
  }

  const read = throttled(EVERY_MS, async () => {
    const { last, most } = state.calls;
    const more = seen && last >= seen ? await bundleSince(seen) : null;
    if (!more) acts = new Map();
    const told = actsOf(more ?? (await api.get(`bundle?last=${most}`)));
    for (const act of told) if (!acts.has(act.key)) acts.set(act.key, act);
    seen = last;
    changed();
  });

  return {
    read,
    /** By their time; what was before the first call belongs to no story. */
    since: (ms) => [...acts.values()].filter(({ at_ms: at }) => at >= ms),
  };
}

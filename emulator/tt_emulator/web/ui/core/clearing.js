/** Calls that testers clear: hidden at once, and forgotten by the server when it can no longer be taken back. */

const namedBy = ({ api, player }) => Object.entries({ api, player }).filter(([, value]) => value);

const MOST_HELD = 1_000_000;

/** What asks the server for those calls and no later one. */
async function upTo(api, { filter, until }) {
  const named = namedBy(filter);
  const all = new URLSearchParams([...named, ['limit', MOST_HELD]]);
  const { requests } = await api.get(`requests?${all}`);
  return [...named, ['limit', requests.filter(({ id }) => id <= until).length]];
}

/** Gives clear(filter): forget the calls of an API and of a player, if they are named, or all. */
export function clearing({ api, state: { calls }, attempt, notice, tell, t }) {
  const pending = new Map();
  let leaving = false;

  function show(hiding) {
    calls.unhide(hiding);
    tell('calls');
  }

  /** The stream tells of it; until then they stay hidden, and no later call has their ids. */
  async function forget(hiding) {
    pending.delete(hiding);
    const mine = calls.hiddenBy(hiding).length;
    const there = calls.hidings.has(hiding) && mine > 0;
    if (!there) return; // of a world that is gone, or cleared elsewhere
    const done = await attempt(async () => {
      const named = namedBy(hiding.filter);
      let query = named;
      if (calls.last > hiding.until) query = leaving ? [...named, ['limit', mine]] : await upTo(api, hiding);
      await api.remove(`requests?${new URLSearchParams(query)}`);
    });
    if (!done) show(hiding);
  }

  globalThis.addEventListener?.('pagehide', () => {
    leaving = true; // what is asked now is answered to nobody
    for (const end of [...pending.values()]) end();
    leaving = false; // the browser may bring the page back
  });

  return function clear({ api: ofApi, player }) {
    const filter = { api: ofApi, player };
    const hiding = calls.hide(filter);
    const { length } = calls.hiddenBy(hiding);
    if (length === 0) {
      calls.unhide(hiding);
      return attempt(() => api.remove(`requests?${new URLSearchParams(namedBy(filter))}`)); // counts of others, perhaps
    }
    const run = () => {
      pending.delete(hiding);
      show(hiding);
      notice(t('hands.clearUndone'));
    };
    pending.set(
      hiding,
      notice(t('hands.cleared', length), { action: { text: t('undo'), run }, over: () => forget(hiding) }),
    );
    tell('calls');
  };
}

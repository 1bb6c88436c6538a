/** Calls that testers clear: hidden at once, and forgotten by the server when it can no longer be taken back. */

const namedBy = ({ api, player }) => Object.entries({ api, player }).filter(([, value]) => value);

/** Gives clear(filter): forget the calls of an API and of a player, if they are named, or all. */
export function clearing({ api, state: { calls }, attempt, notice, tell, t }) {
  const pending = new Map();

  function show(hiding) {
    calls.unhide(hiding);
    tell('calls');
  }

  /** The stream tells of it; until then they stay hidden, and no later call has their ids. */
  async function forget(hiding) {
    pending.delete(hiding);
    const there = calls.hidings.has(hiding) && calls.hiddenBy(hiding).length > 0;
    if (!there) return; // of a world that is gone, or cleared elsewhere
    const query = new URLSearchParams([...namedBy(hiding.filter), ['until', hiding.until]]);
    const done = await attempt(() => api.remove(`requests?${query}`));
    if (!done) show(hiding);
  }

  globalThis.addEventListener?.('pagehide', () => {
    for (const end of [...pending.values()]) end();
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
      notice(t('hands.cleared', length), { action: { text: t('undo'), run, isUndo: true }, over: () => forget(hiding) }),
    );
    tell('calls');
  };
}

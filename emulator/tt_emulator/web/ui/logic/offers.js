/** What fields for players and keys offer: names that the world has. */

export const MOST_OFFERS = 50; // more are no help to the eye; who types on sees others

/** The keys that a call names in its options. */
export function keysOf({ KVDataList, keyList, key } = {}) {
  const pairs = Array.isArray(KVDataList) ? KVDataList.map((pair) => pair?.key) : [];
  const all = [...pairs, ...(Array.isArray(keyList) ? keyList : []), key];
  return all.filter((name) => typeof name === 'string' && name !== '');
}

/** At most `most` of the names that hold what is typed, those that begin with it first; each once. */
export function offersFor(names, typed, most = MOST_OFFERS) {
  const wanted = typed.trim().toLowerCase();
  const [begin, hold] = [new Set(), new Set()];
  for (const name of names) {
    const at = name.toLowerCase().indexOf(wanted);
    if (at === 0) begin.add(name);
    else if (at > 0 && hold.size < most) hold.add(name);
    if (begin.size === most) break;
  }
  return [...begin, ...hold].slice(0, most);
}

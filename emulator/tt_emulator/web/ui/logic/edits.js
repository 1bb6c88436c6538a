/** Edits of what somebody else may change at the same time. */

/** The value of a key among pairs, `null` if there is none. */
export const valueOf = (pairs, key) => pairs.find((pair) => pair.key === key)?.value ?? null;

/** Whether an edit that began with `loaded` and is to become `mine` would take away what somebody else wrote. */
export const clashes = (stored, { loaded, mine }) => stored !== loaded && stored !== mine;

/** The pairs with that value under the key, in its place; `null` takes the pair away. */
export function withValue(pairs, key, value) {
  if (value === null) return pairs.filter((pair) => pair.key !== key);
  const fresh = { key, value };
  return valueOf(pairs, key) === null
    ? [...pairs, fresh]
    : pairs.map((pair) => (pair.key === key ? fresh : pair));
}

/** The order in which armed faults are tried, as far as it is seen: some that are over stand between the others. */

/** All `ids` with `id` moved to that place (from 0) among those that are `shown`. */
export function placed(ids, shown, id, place) {
  const others = ids.filter((other) => other !== id);
  const rest = shown.filter((other) => other !== id);
  const at = place < rest.length ? others.indexOf(rest[place]) : others.indexOf(rest.at(-1)) + 1;
  return others.toSpliced(at, 0, id);
}

/** At which place among the others something lies that is held at `y`; `middles` are theirs, from above. */
export const placeAt = (middles, y) => middles.filter((middle) => middle < y).length;

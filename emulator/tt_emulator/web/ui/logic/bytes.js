/** Lengths as the platform counts them: UTF-8 bytes. */

const encoder = new TextEncoder();

export const bytesOf = (text) => encoder.encode(text).length;

/**
 * The documented limits of saved data, out of the catalog's list.
 * @returns {{key: number, both: number, pairs: number}} infinite where none is documented
 */
export function saveLimits(limits) {
  const of = (name) =>
    limits.find((limit) => limit.api === 'setUserCloudStorage' && limit.name === name)?.max ?? Infinity;
  return { key: of('key'), both: of('key_and_value'), pairs: of('pairs_per_player') };
}

/** How much of its limits a pair uses: bytes of the key, of both, and whether one is over. */
export function measured({ key, value }, limits) {
  const ofKey = bytesOf(key);
  const both = ofKey + bytesOf(value);
  return { key: ofKey, both, over: ofKey > limits.key || both > limits.both };
}

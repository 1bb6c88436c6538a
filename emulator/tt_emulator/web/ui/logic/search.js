/** Looking for things by what people remember of them. */

import { statesOf } from './causes.js';

const folded = (text) => String(text ?? '').toLowerCase();

/** Whether every word of `wanted` stands in one of the texts. */
export function fits(wanted, texts) {
  const told = texts.map(folded).join('\n');
  return folded(wanted)
    .split(/\s+/)
    .every((word) => told.includes(word));
}

/** The API that people come for. */
export const FIRST_API = 'setUserCloudStorage';

/** The documented rows that somebody looks for: by API, code, name, text, type, meaning in both languages. */
export function findRows(rows, meanings, wanted, type = '') {
  return rows.filter(
    (row) =>
      (!type || row.type === type) &&
      fits(wanted, [
        row.api,
        row.code,
        row.name,
        row.message,
        row.type,
        meanings[row.name]?.en,
        meanings[row.name]?.zh,
      ]),
  );
}

const SLOW = 'slow delay latency lag timeout 慢 延迟 超时 卡'; // what people feel, and no kind is called
const FELT = { delay_ms: SLOW, hang: SLOW, drip: SLOW };

/**
 * The kinds of faults that are armed by a click (those with a name, and a delay alone) and that somebody looks for: by
 * family, name, words in both languages, and by what people feel of them.
 */
export function findKinds(kinds, wanted) {
  return kinds.filter(
    ({ family, name, title, effect }) =>
      (name !== null || family === 'delay_ms') &&
      fits(wanted, [family, name, title.en, title.zh, effect.en, effect.zh, FELT[name ?? family]]),
  );
}

/** The players that somebody looks for, by openid, nickname or a key, and by a state in which they are. */
export function findPlayers(players, wanted, state = '', fields = []) {
  const there = state ? players.filter((player) => statesOf(player, fields).includes(state)) : players;
  if (!wanted.trim()) return there;
  return there.filter(({ openid, nickname, KVDataList }) =>
    fits(wanted, [openid, nickname, ...KVDataList.map(({ key }) => key)]),
  );
}

/** The list with newer views of some of them; one that is not in it comes in if they have something stored. */
export function mergedPlayers(players, fresh) {
  const byId = new Map(fresh.map((player) => [player.openid, player]));
  const known = new Set(players.map(({ openid }) => openid));
  const come = fresh.filter(({ openid, KVDataList }) => !known.has(openid) && KVDataList.length);
  const merged = players.map((player) => byId.get(player.openid) ?? player);
  return come.length ? [...merged, ...come].sort((one, other) => (one.openid < other.openid ? -1 : 1)) : merged;
}

/** [[api, rows], …] in the order of the rows. */
export function byApi(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.api, [...(groups.get(row.api) || []), row]);
  return [...groups];
}

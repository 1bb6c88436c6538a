/**
 * Calls over time: where each lies, which of them a window shows, and which one is under a finger. Moments are
 * milliseconds, places are pixels. A window is {start, end}; an item {key, start, end, lane, value}.
 */

const MOST_LANES = 4; // of calls of one row that overlap
const LEAST_MS = 2; // that a window shows
const ROUNDED_MS = 1; // by so much a call may seem to come before the end of the one before it

/** The row of what testers did: no player and no API is named so. */
export const ACTS = '';

export const AXIS_PX = 22;
export const LABEL_PX = 18;
export const LANE_PX = 22;
const ROW_PAD_PX = 6;
const NEAR_PX = 6; // a finger is no needle

/**
 * The rows in the order in which they begin, each with its items by their beginning: `entries` are {key, start, end,
 * row, value}, of any order; one whose `end` is `null` is under way, until `now` or the end of all. `reach` has for
 * each item the latest end up to it.
 */
export function layOut(entries, now = -Infinity) {
  const sorted = [...entries].sort((one, other) => one.start - other.start);
  let [start, end] = [sorted[0]?.start ?? 0, sorted[0]?.start ?? 0];
  for (const entry of sorted) end = Math.max(end, entry.end ?? Math.max(entry.start, now));
  const rows = new Map();
  const byKey = new Map();
  const begin = (name) => rows.set(name, { name, items: [], reach: [], ends: [] });
  if (sorted.some(({ row }) => row === ACTS)) begin(ACTS); // above all
  for (const entry of sorted) {
    if (!rows.has(entry.row)) begin(entry.row);
    const item = { ...entry, end: entry.end ?? end };
    put(rows.get(entry.row), item);
    byKey.set(item.key, item);
  }
  let top = AXIS_PX;
  for (const row of rows.values()) {
    row.top = top;
    row.height = LABEL_PX + row.ends.length * LANE_PX + ROW_PAD_PX;
    top += row.height;
  }
  return { rows: [...rows.values()], byKey, start, end, height: top };
}

function put(row, item) {
  const free = row.ends.findIndex((end) => end <= item.start + ROUNDED_MS);
  item.lane = free >= 0 ? free : Math.min(row.ends.length, MOST_LANES - 1);
  row.ends[item.lane] = Math.max(row.ends[item.lane] ?? 0, item.end);
  item.place = row.items.length;
  row.items.push(item);
  row.reach.push(Math.max(row.reach.at(-1) ?? -Infinity, item.end));
}

/** Calls and acts as `layOut` takes them; a row has the calls of one player, or of one API. */
export function entriesOf(calls, acts, by) {
  return [...calls.map((call) => callEntry(call, by)), ...acts.map(actEntry)];
}

function callEntry(call, by) {
  const start = call.at_ms ?? Date.parse(call.received_at);
  const end = call.duration_ms === null ? null : start + call.duration_ms;
  return { key: `call ${call.id}`, start, end, row: call[by], value: call };
}

const actEntry = (act) => ({ key: act.key, start: act.at_ms, end: act.at_ms, row: ACTS, value: act });

/** The window that shows all, with a little air. */
export function whole({ start, end }) {
  const air = Math.max((end - start) * 0.02, LEAST_MS / 2);
  return { start: start - air, end: end + air };
}

/** The first of `count` for which `holds`, which then holds for all that follow. */
function first(count, holds) {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The places [from, to) of the items of a row among which are all that the window shows. */
export function within({ items, reach }, { start, end }) {
  const from = first(items.length, (place) => reach[place] >= start);
  return [from, Math.max(from, first(items.length, (place) => items[place].start > end))];
}

/** The items of all rows that the window shows, by their beginning. */
export function shown(layout, window) {
  return layout.rows
    .flatMap((row) => row.items.slice(...within(row, window)).filter(({ end }) => end >= window.start))
    .sort((one, other) => one.start - other.start);
}

/** The window, so many times as long; `at` stays where it is. It shows no more than `bounds`. */
export function zoomed({ start, end }, factor, at, bounds) {
  const length = Math.min(Math.max((end - start) * factor, LEAST_MS), bounds.end - bounds.start);
  const share = (at - start) / (end - start);
  return kept({ start: at - share * length, end: at + (1 - share) * length }, bounds);
}

/** The window, later by so much, and within `bounds`. */
export const moved = ({ start, end }, by, bounds) => kept({ start: start + by, end: end + by }, bounds);

function kept({ start, end }, bounds) {
  const length = Math.min(end - start, bounds.end - bounds.start);
  const from = Math.min(Math.max(start, bounds.start), bounds.end - length);
  return { start: from, end: from + length };
}

/** The window in which the item is seen: moved by as little as can be. */
export function holding(window, { start, end }, bounds) {
  if (end >= window.start && start <= window.end) return window;
  const length = window.end - window.start;
  const by = start < window.start ? start - window.start - length / 4 : start - window.end + length / 4;
  return moved(window, by, bounds);
}

export const pixelOf = (moment, { start, end }, width) => ((moment - start) / (end - start)) * width;
export const momentAt = (x, { start, end }, width) => start + (x / width) * (end - start);

/** The item at a point of the drawing, or next to it; `null` for none. */
export function hit(layout, window, width, { x, y }) {
  const row = layout.rows.find(({ top, height }) => y >= top && y < top + height);
  if (!row) return null;
  const lane = Math.floor((y - row.top - LABEL_PX) / LANE_PX);
  const [earliest, latest] = [x - NEAR_PX, x + NEAR_PX].map((each) => momentAt(each, window, width));
  const [from, to] = within(row, { start: earliest, end: latest });
  let [best, least] = [null, Infinity];
  for (let place = from; place < to; place += 1) {
    const item = row.items[place];
    const [left, right] = [pixelOf(item.start, window, width), pixelOf(item.end, window, width)];
    const away = Math.max(left - x, x - right, 0) + Math.abs(item.lane - lane) * LANE_PX;
    if (away < least && Math.max(left - x, x - right) <= NEAR_PX) [best, least] = [item, away];
  }
  return best;
}

/** Where nothing of the row happens: {left, right, text} in pixels, if a text of `textWidth(text)` has room. */
export function gaps(row, window, width, textWidth) {
  const [from, to] = within(row, window);
  const found = [];
  for (let place = Math.max(from, 1); place < Math.min(to + 1, row.items.length); place += 1) {
    const [ended, begun] = [row.reach[place - 1], row.items[place].start];
    const left = Math.max(pixelOf(ended, window, width), 0);
    const right = Math.min(pixelOf(begun, window, width), width);
    if (right - left < 24) continue; // no text is so short
    const text = spanText(begun - ended);
    if (right - left >= textWidth(text) + 16) found.push({ left, right, text });
  }
  return found;
}

/** 0.25 → "0.25 ms", 340 → "340 ms", 2100 → "2.1 s", 185,000 → "3 min 5 s". */
export function spanText(ms) {
  if (ms < 10) return `${Number(ms.toPrecision(2))} ms`;
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`;
  if (Math.round(ms / 100) < 600) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours} h ${minutes} min` : `${minutes} min ${seconds % 60} s`;
}

const STEPS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 15e3, 3e4, 6e4, 12e4, 3e5, 6e5, 9e5, 18e5];
const HOUR_MS = 36e5;

/** Round moments, and the milliseconds from one to the next, so that each has `leastPx` for its text. */
export function ticks({ start, end }, width, leastPx) {
  const least = ((end - start) / width) * leastPx;
  const hours = 2 ** Math.max(0, Math.ceil(Math.log2(least / HOUR_MS)));
  const step = STEPS_MS.find((each) => each >= least) ?? hours * HOUR_MS;
  const found = [];
  for (let at = Math.ceil(start / step) * step; at <= end; at += step) found.push(at);
  return { step, at: found };
}

/**
 * The item to which an arrow leads: `right` and `left` in its row, `down` and `up` to the one of the next row that
 * is nearest in time. Without one that was chosen, the first that the window shows.
 */
export function stepFrom(layout, chosen, way, window) {
  if (!chosen) return shown(layout, window)[0] ?? layout.rows[0]?.items[0] ?? null;
  const at = layout.rows.findIndex(({ name }) => name === chosen.row);
  if (way === 'right' || way === 'left')
    return layout.rows[at].items[chosen.place + (way === 'right' ? 1 : -1)] ?? chosen;
  const row = layout.rows[at + (way === 'down' ? 1 : -1)];
  if (!row) return chosen;
  const next = first(row.items.length, (place) => row.items[place].start >= chosen.start);
  const near = [row.items[next - 1], row.items[next]].filter(Boolean);
  return near.reduce((one, other) =>
    Math.abs(other.start - chosen.start) < Math.abs(one.start - chosen.start) ? other : one,
  );
}

/** What the game's page tells, taken as what anybody could have sent: so much a second, texts alone, and each cut short. */

export const LEVELS = ['debug', 'log', 'info', 'warn', 'error'];
const MOST_LINES = 100; // of one message
const MOST_LETTERS = 4000;
const MOST_PICTURE_BYTES = 64 * 1024 * 1024;
const MOST_A_SECOND = 40;

const cut = (value, most) => (typeof value === 'string' ? value.slice(0, most) : '');
const count = (value, most) => (Number.isInteger(value) && value > 0 ? Math.min(value, most) : null);

const lineOf = (line) => ({
  level: LEVELS.includes(line?.level) ? line.level : 'log',
  text: cut(line?.text, MOST_LETTERS),
  file: cut(line?.file, 300) || null,
  line: count(line?.line, 1e9),
});

const READERS = {
  __proto__: null,
  ready: () => ({}),
  'first-frame': ({ ms }) => (Number.isFinite(ms) && ms >= 0 ? { ms: Math.min(ms, 3.6e6) } : null),
  lines: ({ lines, dropped }) =>
    Array.isArray(lines) ? { lines: lines.slice(0, MOST_LINES).map(lineOf), dropped: count(dropped, 1e9) ?? 0 } : null,
  picture: ({ id, picture }) => {
    const isPicture = picture instanceof Blob && picture.type === 'image/png' && picture.size <= MOST_PICTURE_BYTES;
    return { id, picture: isPicture ? picture : null };
  },
};

/** The message as {type, …}, or null for what is none of ours. */
export function readMessage(data) {
  const read = typeof data === 'object' && data !== null ? READERS[data.type] : undefined;
  const message = read ? read(data) : null;
  return message && { type: data.type, ...message };
}

/** A function that says whether one more may come, `now` in milliseconds. */
export function createLimit(mostASecond = MOST_A_SECOND) {
  let second = -1;
  let taken = 0;
  return function take(now) {
    const current = Math.floor(now / 1000);
    if (current !== second) [second, taken] = [current, 0];
    taken += 1;
    return taken <= mostASecond;
  };
}

/** The lines of the game's console, the latest `most` of them. */
export class ConsoleLog {
  constructor(most = 500) {
    this.most = most;
    this.nextId = 1;
    this.clear();
  }

  clear() {
    this.lines = [];
    this.dropped = 0;
  }

  add(lines, dropped, atMs) {
    for (const line of lines) {
      this.lines.push({ ...line, id: this.nextId, atMs });
      this.nextId += 1;
    }
    const over = Math.max(0, this.lines.length - this.most);
    this.lines.splice(0, over);
    this.dropped += dropped + over;
  }

  /** Those of at least that level. */
  from(level) {
    const least = LEVELS.indexOf(level);
    return this.lines.filter((line) => LEVELS.indexOf(line.level) >= least);
  }
}

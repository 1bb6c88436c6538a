/** The calls that the page has seen, and questions to them. */

export const MOST_CALLS = 10_000;
export const MOST_LETTERS = 32 * 1024 * 1024; // of all options together: a save can be large, and a day is long

/** What became of an exchange: `pending`, `ok`, `fail`, or `lost` where the game got no reply. */
export function outcomeOf({ answered_at: answered, reply }) {
  if (answered === null) return 'pending';
  if (reply === null) return 'lost';
  return typeof reply.errMsg === 'string' && !reply.errMsg.endsWith(':ok') ? 'fail' : 'ok';
}

/** The code of a failure, or nothing. */
export const codeOf = ({ reply }) => reply?.errorCode ?? reply?.errNo ?? null;

/** A list of exchanges by id, the latest `most` of them, and of those what `mostLetters` of options allow. */
export class CallLog {
  constructor(most = MOST_CALLS, mostLetters = MOST_LETTERS) {
    this.most = most;
    this.mostLetters = mostLetters;
    this.clear();
  }

  clear() {
    this.ids = [];
    this.byId = new Map();
    this.letters = new Map();
    this.allLetters = 0;
  }

  get size() {
    return this.ids.length;
  }

  get last() {
    return this.ids.at(-1) ?? 0;
  }

  get(id) {
    return this.byId.get(id);
  }

  put(exchange) {
    const { id } = exchange;
    const known = this.byId.get(id);
    if (known && known.answered_at !== null && exchange.answered_at === null) return; // an older view of it
    if (!known) this.add(exchange);
    this.byId.set(id, exchange);
    while (this.ids.length > this.most || this.allLetters > this.mostLetters) this.forget(this.ids.shift());
  }

  add({ id, options }) {
    this.ids.splice(this.place(id), 0, id);
    const length = JSON.stringify(options).length;
    this.letters.set(id, length);
    this.allLetters += length;
  }

  forget(id) {
    this.allLetters -= this.letters.get(id);
    this.letters.delete(id);
    this.byId.delete(id);
  }

  place(id) {
    let at = this.ids.length;
    while (at > 0 && this.ids[at - 1] > id) at -= 1;
    return at;
  }

  /** Newest first: the first `limit` that match, and how many match. Those after `until` are left out. */
  find(filter, limit, until = Infinity) {
    const found = [];
    let total = 0;
    for (let at = this.ids.length - 1; at >= 0; at -= 1) {
      const exchange = this.byId.get(this.ids[at]);
      if (exchange.id <= until && matches(exchange, filter)) {
        total += 1;
        if (found.length < limit) found.push(exchange);
      }
    }
    return { found, total };
  }

  /** The values of a field, sorted. */
  values(field) {
    return [...new Set(this.ids.map((id) => this.byId.get(id)[field]))].sort();
  }
}

/** @param {{api?: string, player?: string, outcome?: string, text?: string}} filter empty: anything */
export function matches(exchange, { api, player, outcome, text }) {
  if (api && exchange.api !== api) return false;
  if (player && exchange.player !== player) return false;
  if (outcome === 'fault' ? exchange.fault === null : outcome && outcomeOf(exchange) !== outcome) return false;
  return !text || toldOf(exchange).includes(text.toLowerCase());
}

const told = new WeakMap(); // a search looks at all of them at each letter

function toldOf(exchange) {
  if (!told.has(exchange)) {
    const { api, player, reason, options, reply } = exchange;
    told.set(exchange, `${api} ${player} ${reason} ${JSON.stringify(options)} ${JSON.stringify(reply)}`.toLowerCase());
  }
  return told.get(exchange);
}

/** What to arm so that the same happens to the next such call; `fault` is the one that struck, if known. */
export function again(exchange, fault) {
  const base = { api: exchange.api, player: exchange.player, times: 1 };
  if (fault) {
    const kinds = ['error', 'wire', 'client', 'detail', 'status', 'duration_ms', 'moment'];
    const said = kinds.filter((kind) => fault[kind] !== undefined && fault[kind] !== null);
    if (fault.error ?? fault.wire ?? fault.client)
      return { ...Object.fromEntries(said.map((kind) => [kind, fault[kind]])), ...base };
  }
  const code = codeOf(exchange);
  return outcomeOf(exchange) === 'fail' && code !== null ? { error: code, ...base } : null;
}

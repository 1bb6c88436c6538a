/** The calls that the page has seen, and questions to them. */

export const MOST_CALLS = 10_000;

/** What became of an exchange: `pending`, `ok`, `fail`, or `lost` where the game got no reply. */
export function outcomeOf({ answered_at: answered, reply }) {
  if (answered === null) return 'pending';
  if (reply === null) return 'lost';
  return typeof reply.errMsg === 'string' && !reply.errMsg.endsWith(':ok') ? 'fail' : 'ok';
}

/** The code of a failure, or nothing. */
export const codeOf = ({ reply }) => reply?.errorCode ?? reply?.errNo ?? null;

/** A list of exchanges by id, the latest `most` of them. */
export class CallLog {
  constructor(most = MOST_CALLS) {
    this.most = most;
    this.clear();
  }

  clear() {
    this.ids = [];
    this.byId = new Map();
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
    if (!known) this.ids.splice(this.place(id), 0, id);
    this.byId.set(id, exchange);
    while (this.ids.length > this.most) this.byId.delete(this.ids.shift());
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

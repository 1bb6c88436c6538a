/** The calls that the page has seen, and questions to them. */

export const MOST_CALLS = 10_000;
export const MOST_LETTERS = 32 * 1024 * 1024; // of all options together: a save can be large, and a day is long

/** What became of an exchange: `pending`, `ok`, `fail`, or `lost` where the game got no reply. */
export function outcomeOf({ answered_at: answered, domain, reply }) {
  if (answered === null) return 'pending';
  if (reply === null) return 'lost';
  if (domain === 'server') return ['errcode', 'err_no', 'error'].some((name) => reply[name]) ? 'fail' : 'ok';
  return typeof reply.errMsg === 'string' && !/^[^:]*: ?ok(?!\w)/.test(reply.errMsg) ? 'fail' : 'ok';
}

/** Where platforms have the code of a failure: the first of these that is there, as the server takes it. */
const CODE_FIELDS = ['errorCode', 'errNo', 'errCode', 'err_code', 'errno', 'errcode', 'err_no'];

/** The code of a failure, a number or a text, or nothing. */
export const codeOf = ({ reply }) => CODE_FIELDS.map((name) => reply?.[name]).find((code) => code !== undefined) ?? null;

/** A list of exchanges by id, the latest `most` of them, and of those what `mostLetters` of options allow. */
export class CallLog {
  constructor(most = MOST_CALLS, mostLetters = MOST_LETTERS) {
    this.most = most;
    this.mostLetters = mostLetters;
    this.hidings = new Set();
    this.clear();
  }

  clear() {
    this.ids = [];
    this.byId = new Map();
    this.letters = new Map();
    this.allLetters = 0;
    this.dropped = 0; // by this list
    this.lastDropped = 0;
    this.answered = null;
  }

  /** The server has counted: so many were answered, those included that nobody holds; `null`: not known. */
  counted(answered) {
    this.answered = answered;
  }

  /** How many came, as far as one knows; `null` while nobody has counted. */
  get came() {
    if (this.answered === null) return null;
    const underWay = this.ids.filter((id) => this.byId.get(id).answered_at === null).length;
    return Math.max(this.answered + underWay, this.size + this.dropped);
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
    if (!known && id <= this.lastDropped) return; // it was let go before
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
    this.dropped += 1;
    this.lastDropped = id;
  }

  place(id) {
    let at = this.ids.length;
    while (at > 0 && this.ids[at - 1] > id) at -= 1;
    return at;
  }

  /** Leaves those that match, until `last` now, out of what is found. Gives what `unhide` takes. */
  hide(filter) {
    const hiding = { filter, until: this.last };
    this.hidings.add(hiding);
    return hiding;
  }

  unhide(hiding) {
    this.hidings.delete(hiding);
  }

  isHidden(exchange) {
    for (const { filter, until } of this.hidings)
      if (exchange.id <= until && matches(exchange, filter)) return true;
    return false;
  }

  /** The ids that a hiding is about, the oldest first, whatever else hides them. */
  hiddenBy({ filter, until }) {
    return this.ids.filter((id) => id <= until && matches(this.byId.get(id), filter));
  }

  /** Whether any is hidden. */
  get hides() {
    return this.hidings.size > 0 && this.ids.some((id) => this.isHidden(this.byId.get(id)));
  }

  /** Newest first: the first `limit` that match, and how many match. Those after `until` are left out. */
  find(filter, limit, until = Infinity) {
    const found = [];
    let total = 0;
    for (let at = this.ids.length - 1; at >= 0; at -= 1) {
      const exchange = this.byId.get(this.ids[at]);
      if (exchange.id <= until && !this.isHidden(exchange) && matches(exchange, filter)) {
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

/** What part of all calls the list has: `unknown`, `all`, or the last [so many, of so many], as texts. */
export function partOf({ size, came }) {
  if (came === null) return 'unknown';
  return came <= size ? 'all' : [size, came].map((number) => number.toLocaleString('en-US'));
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

const DETAILED = [108002, 999999]; // whose text is the call's own

/**
 * What to arm so that the same happens to the next such call; `fault` is the one that struck, `name` that of the failure, as far
 * as they are known.
 */
export function again(exchange, fault, name) {
  const base = { api: exchange.api, player: exchange.player, times: 1 };
  if (fault) {
    const kinds = ['error', 'wire', 'client', 'reply', 'detail', 'status', 'duration_ms', 'moment'];
    const said = kinds.filter((kind) => fault[kind] !== undefined && fault[kind] !== null);
    if (fault.error ?? fault.wire ?? fault.client ?? fault.reply)
      return { ...Object.fromEntries(said.map((kind) => [kind, fault[kind]])), ...base };
  }
  const code = codeOf(exchange);
  const error = typeof code === 'number' ? code : (name ?? code); // several failures can share a text
  if (outcomeOf(exchange) !== 'fail' || error === null) return null;
  const detail = DETAILED.includes(code) && exchange.reply.errMsg.slice(`${exchange.api}:fail `.length);
  return { error, ...(detail && { detail }), ...base };
}

/** Armed faults: what they are, how long they stay, and how one is written. */

export const LABELS = { everything: 'page: everything fails', offline: 'page: offline' };

/** Milliseconds until it ends by itself, `null` for never. */
export const leftMs = ({ expires_at: ends }, nowMs) => (ends === null ? null : Math.max(0, Date.parse(ends) - nowMs));

/** Whether it can still strike. */
export const isActive = (fault, nowMs) => !fault.completed && leftMs(fault, nowMs) !== 0;

/** 64000 → "1:04", 3,700,000 → "1:01:40". */
export function clockText(ms) {
  const seconds = Math.ceil(ms / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, '0');
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The kind of a fault and its word: ["error", "network-unavailable"], ["wire", "hang"], ["delay", "300 ms"]. */
export function kindOf(fault) {
  for (const kind of ['error', 'wire', 'client'])
    if (fault[kind] !== undefined && fault[kind] !== null) return [kind, String(fault[kind])];
  if (fault.reply) return ['reply', fault.reply.errMsg ?? JSON.stringify(fault.reply)];
  if (fault.sequence) return ['sequence', fault.sequence.join(' → ') + (fault.loop ? ' ↻' : '')];
  return ['delay', delayText(fault.delay_ms)];
}

/** An armed error by its name, and its code where that is one for all APIs that it can strike. */
export function errorTitle(rows, { error, api }) {
  const wanted = api ? [].concat(api) : null;
  const hit = rows.filter((row) => [row.name, row.code].includes(error) && (!wanted || wanted.includes(row.api)));
  const only = (field) => {
    const values = [...new Set(hit.map((row) => row[field]))];
    return values.length === 1 ? values[0] : null;
  };
  return [only('name') ?? error, only('name') && only('code')].filter(Boolean).join(' ');
}

export function delayText(delay) {
  if (typeof delay === 'number') return `${delay} ms`;
  if (!delay) return '0 ms';
  return delay.min === undefined || delay.min === null
    ? `~${delay.median} ms, ≤ ${delay.max} ms`
    : `${delay.min}–${delay.max} ms`;
}

/** The clauses of a fault, [name, text], for people; the usual ones are left out. */
export function clausesOf(fault) {
  const clauses = [];
  const add = (name, value) => clauses.push([name, String(value)]);
  if (fault.api) add('api', [].concat(fault.api).join(', '));
  for (const name of ['player', 'key', 'min_keys', 'domain']) if (fault[name]) add(name, fault[name]);
  if (fault.skip) add('skip', fault.skip);
  if (fault.every > 1) add('every', fault.every);
  if ((fault.probability ?? 1) < 1) add('probability', `${Math.round(fault.probability * 100)} %`);
  if (fault.delay_ms && kindOf(fault)[0] !== 'delay') add('delay', delayText(fault.delay_ms));
  if (fault.moment === 'after') add('moment', 'after');
  if (fault.detail) add('detail', fault.detail);
  if (fault.status) add('status', fault.status);
  if ((fault.duration_ms ?? null) !== null) add('duration', `${fault.duration_ms} ms`);
  if (fault.label) add('label', fault.label);
  return clauses;
}

/** Of each `n` calls the last one fails. */
export const everyNth = (n, error) => ({ sequence: [...Array(n - 1).fill('ok'), error], loop: true });

/**
 * The reply that a text is, or what is `wrong` with it: `noJson`, `noObject`, `noMessage` (the server's rule). To an
 * API of `backend`, which a game's own server calls, any object is one.
 */
export function replyIn(text, api, backend = []) {
  let reply;
  try {
    reply = JSON.parse(text);
  } catch {
    return { wrong: 'noJson' };
  }
  if (reply === null || typeof reply !== 'object' || Array.isArray(reply)) return { wrong: 'noObject' };
  if (backend.includes(api)) return { reply };
  const begins = new RegExp(`^${api}: ?(fail|ok(?!\\w))`);
  return typeof reply.errMsg === 'string' && begins.test(reply.errMsg) ? { reply } : { wrong: 'noMessage' };
}

/** The options that this kind reads, and not every one. */
const READERS = {
  detail: ({ error }) => ['server-error', 'service-error', 'bad-parameter'].includes(error),
  status: ({ wire }) => wire === 'http_status',
  duration_ms: ({ wire }) => wire === 'hang' || wire === 'drip',
};

/**
 * A fault as the control API takes it, of the kind `what` ({error} | {wire} | {client} | …), with whatever of
 * the options is filled in and is not said by `what` itself. `percent` is 1 to 100, `times` `null` means until it is taken off.
 */
export function specOf(what, times, options, ttlS) {
  const { api, player, key, percent, delayMs, moment, skip, detail, status, durationMs } = options;
  const spec = { ...what, ttl_s: ttlS };
  if (times !== null) spec.times = times;
  for (const [name, value] of Object.entries({ api, player, key })) if (value) spec[name] = value;
  for (const [name, value] of Object.entries({ detail, status, duration_ms: durationMs }))
    if ((value || value === 0) && READERS[name](what)) spec[name] = value;
  if (percent && percent < 100 && !what.sequence) spec.probability = percent / 100;
  if (delayMs && !what.delay_ms) spec.delay_ms = delayMs;
  if (skip) spec.skip = skip;
  if (moment === 'after') spec.moment = moment;
  return spec;
}

/** A scenario's faults, ended by themselves after `ttlS` as well. */
export const limited = (faults, ttlS) =>
  faults.map((fault) => ({ ...fault, ttl_s: Math.min(fault.ttl_s ?? ttlS, ttlS) }));

/** The armed faults that are this documented row, or this kind of fault. */
export function armedAs(faults, { api, name, code, kind = 'error' }) {
  return faults.filter((fault) => {
    if (kind === 'delay_ms') return kindOf(fault)[0] === 'delay';
    if (kind !== 'error') return fault[kind] === name;
    if (fault.error !== name && fault.error !== code) return false;
    return !fault.api || [].concat(fault.api).includes(api);
  });
}

const ACCOUNT = [
  'id',
  'armed_at',
  'expires_at',
  'matched',
  'hits',
  'remaining',
  'completed',
  'near_miss',
  'undocumented',
  'notice',
];

/** What arms the fault once more: as it was written, without its account, so its counts and its time begin anew. */
export function specAgain(fault) {
  const written = Object.entries(fault).filter(([name, value]) => !ACCOUNT.includes(name) && value !== null);
  const { probability, ...spec } = Object.fromEntries(written);
  return probability === undefined || probability === 1 ? spec : { ...spec, probability };
}

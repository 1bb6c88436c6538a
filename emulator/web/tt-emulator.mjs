/*
 * tt-emulator in JavaScript tests: a world of its own for each test, and the verbs to break things in it.
 *
 *   import { createEmulator } from './tt-emulator.mjs';          Node 20+, or a page of the emulator's own
 *   const emu = createEmulator();                               the emulator at TT_EMULATOR_URL, a fresh world
 *   const tt = await emu.createTT({ player: 'alice' });         what the game calls (tt.js beside this file)
 *   await emu.fail('network-unavailable', { times: 2 });
 *   …
 *   await emu.done();                                           drops the world; throws for what went unnoticed
 *
 * The fields of faults, players and settings are those of the control API (docs/control-api.md).
 */

const VERSION = '0.1.0';
const DEFAULT_URL = 'http://127.0.0.1:8717';
const TIMEOUT_MS = 60_000; // of a request: CI machines are slow at times
const WAIT_MS = 10_000;
const TAIL = 20;

export const version = VERSION;

/** The server refused: `status` and `problem` are its answer's. */
export class Refused extends Error {
  name = 'Refused';

  constructor(status, problem) {
    super([problem.detail, problem.hint].filter(Boolean).join(' '));
    Object.assign(this, { status, problem });
  }
}

/** Something that should have happened did not, or what should not have happened did. */
export class Unmet extends Error {
  name = 'Unmet';
}

/** A world of the emulator at `url`; without a `world` a fresh one. See tt-emulator.d.mts. */
export function createEmulator({ url, world, token, allowUnconsumed = false, allowInternalErrors = false } = {}) {
  const { env } = typeof process === 'undefined' ? { env: {} } : process;
  const place = String(url || env.TT_EMULATOR_URL || DEFAULT_URL).replace(/\/+$/, '');
  const name = world || freshName();
  const control = createControl(place, name, token || env.TT_EMULATOR_TOKEN);
  const reading = createReading(control);
  const left = []; // what ended with its block, too early
  let over = false;

  async function fault(fields) {
    const view = await control('POST', '/v1/faults', fields);
    return armed(view, { control, left, isOver: () => over });
  }

  async function verdict(verb, match) {
    const { count, timeout_ms, ...clauses } = clausesOf(match);
    const waited = timeout_ms ?? (verb === 'wait' ? WAIT_MS : 0);
    return control('POST', `/v1/requests/${verb}`, { match: clauses, count, timeout_ms: waited }, waited);
  }

  const emulator = {
    url: place,
    world: name,

    fail: (error, fields = {}) => fault({ error, ...fields }),
    fault,
    faults: async () => (await reading('/v1/faults')).faults,
    disarmAll: () => control('DELETE', '/v1/faults'),

    async player(openid, fields) {
      const path = `/v1/players/${encodeURIComponent(openid)}`;
      return fields ? control('PUT', path, fields) : reading(path);
    },
    settings: (fields) => (fields ? control('PUT', '/v1/settings', fields) : reading('/v1/settings')),

    async requests(match) {
      const query = new URLSearchParams(clausesOf(match)).toString();
      return (await reading(`/v1/requests${query ? `?${query}` : ''}`)).requests;
    },
    waitFor: (match) => verdict('wait', match),
    async assertCalled(match) {
      const found = await verdict('verify', match);
      if (!found.ok) throw new Unmet(found.differences.join('\n'));
      return found;
    },
    clock: (move) => (move ? control('POST', '/v1/clock', move) : reading('/v1/clock')),
    coverage: () => reading('/v1/coverage'),
    errors: async (api) => (await control('GET', `/v1/errors${api ? `?api=${api}` : ''}`)).errors,

    snapshot: async (snapshot = 'snapshot') => (await control('PUT', `/v1/snapshots/${snapshot}`)).name,
    restore: async (snapshot = 'snapshot') => { await control('POST', `/v1/snapshots/${snapshot}/restore`); },
    exportWorld: () => reading(`/v1/worlds/${name}`),
    importWorld: async (document) => { await control('PUT', `/v1/worlds/${name}`, document); },
    reset: (scope) => control('POST', '/v1/reset', scope && { scope }),

    /** `page` with the parameters by which tt.js there plays in this world. */
    page(page, { player } = {}) {
      const address = new URL(page, place);
      address.searchParams.set('tt-world', name);
      if (player) address.searchParams.set('tt-player', player);
      return address.href;
    },
    createTT: async (settings = {}) => (await loadTT()).createTT({ url: place, world: name, ...settings }),

    report: async () => told(await emulator.requests(), await emulator.faults()),
    async done({ passed = true } = {}) {
      if (over) return;
      over = true;
      await settle(control, name, { left, allowUnconsumed: allowUnconsumed || !passed, allowInternalErrors });
    },
  };
  if (Symbol.asyncDispose) emulator[Symbol.asyncDispose] = () => emulator.done();
  return emulator;
}

// ---- the way to the emulator -------------------------------------------------------------------

const freshName = () =>
  `js-${Array.from(crypto.getRandomValues(new Uint32Array(3)), (number) => number.toString(36)).join('')}`;

/** control(method, path, body, moreMs): the JSON answer of a control route, after one look at the version. */
function createControl(url, world, token) {
  const headers = { 'X-Emulator-World': encodeURIComponent(world) };
  if (token) headers.Authorization = `Bearer ${token}`;

  async function send(method, path, body, moreMs = 0) {
    const kind = body && { 'Content-Type': 'application/json' };
    const response = await fetch(`${url}/__emulator${path}`, {
      method, body: JSON.stringify(body, sayable), headers: { ...headers, ...kind }, signal: AbortSignal.timeout(TIMEOUT_MS + moreMs),
    }).catch((error) => { throw notReached(url, error); });
    if (response.status === 204) return undefined;
    const value = await response.json().catch(() => undefined);
    if (response.ok && value !== undefined) return value;
    if (value && value.detail) throw new Refused(response.status, value);
    throw new Error(`${url} answers (HTTP ${response.status}), but not as a tt-emulator does. Is the URL right?`);
  }

  const compared = once(async () => {
    const server = (await send('GET', '/health')).version;
    if (server === VERSION) return;
    throw new Error(`tt-emulator.mjs is version ${VERSION}, the emulator at ${url} is ${server}. `
      + 'Copy the one that fits: tt-emulator js DIR.');
  });

  return async (...request) => {
    await compared();
    return send(...request);
  };
}

/** Each value of a body. JSON has no NaN: null would stand there, and count as not given. */
function sayable(name, value) {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${name} is ${value}, which is no number in JSON.`);
  return value;
}

/** `job`, but what it has done once is not done again. */
function once(job) {
  let doing = null;
  return () => {
    doing ||= job().catch((error) => { doing = null; throw error; });
    return doing;
  };
}

function notReached(url, error) {
  const why = (error.cause && error.cause.code) || error.message;
  return new Error(`No tt-emulator answers at ${url}: ${why}. `
    + 'Is it running? `tt-emulator start`, or `tt-emulator exec -- <the test command>`.', { cause: error });
}

/** Reads from a world that nobody used yet: it is made first, else it would be 404. */
function createReading(control) {
  const made = once(() => control('POST', '/v1/reset', { scope: [] }));
  return async (path) => {
    await made();
    return control('GET', path);
  };
}

const clausesOf = (match) => (typeof match === 'string' ? { api: match } : { ...match });

/** tt.js, which stands beside this file; read as what it is, a classic script, in any kind of package. */
async function loadTT() {
  if (typeof process === 'undefined') throw new Error('In a page, load tt.js by a script tag: window.createTT.');
  const [{ readFile }, { fileURLToPath }, { compileFunction }] = await Promise.all(
    ['node:fs/promises', 'node:url', 'node:vm'].map((name) => import(/* @vite-ignore */ name)),
  );
  const filename = fileURLToPath(new URL('./tt.js', import.meta.url));
  const script = { exports: {} };
  compileFunction(await readFile(filename, 'utf8'), ['module', 'exports'], { filename })(script, script.exports);
  if (script.exports.version === VERSION) return script.exports;
  throw new Error(`tt-emulator.mjs is version ${VERSION}, tt.js beside it ${script.exports.version}. `
    + 'Copy both anew: tt-emulator js DIR.');
}

/** An armed fault: its fields, and the functions that end it, which may be passed on alone. */
function armed(view, { control, left, isOver }) {
  const path = `/v1/faults/${view.id}`;
  const fault = {
    ...view,
    refresh: async () => Object.assign(fault, await control('GET', path)),
    async disarm() {
      if (!isOver()) await control('DELETE', path).catch((error) => { if (error.status !== 404) throw error; });
    },

    /** The end of its block or test: it undoes; to judge is for done(), lest it hide why the block ended. */
    async end() {
      const known = await fault.refresh().catch(() => null);
      if (known && isLeft(known)) left.push(leftOf(known));
      await fault.disarm();
    },
  };
  if (Symbol.asyncDispose) Object.defineProperty(fault, Symbol.asyncDispose, { value: () => fault.end() });
  return fault;
}

/** Drops the world. Throws for a fault with strikes left, and for a failure of the emulator itself. */
async function settle(control, world, { left, allowUnconsumed, allowInternalErrors }) {
  let faults;
  try {
    ({ faults } = await control('GET', '/v1/faults'));
  } catch (error) {
    if (error.status === 404) return; // nobody came to this world
    throw error;
  }
  const problems = allowUnconsumed ? [] : [...left, ...faults.filter(isLeft).map(leftOf)];
  const { count } = await control('POST', '/v1/requests/count', { match: { error: 'emulator-failure' } });
  if (count && !allowInternalErrors) problems.push('the emulator failed to answer: a bug of the emulator, or its disk');
  if (problems.length) problems.push(told((await control('GET', '/v1/requests')).requests, faults));
  await control('DELETE', `/v1/worlds/${world}`);
  if (problems.length) throw new Unmet(problems.join('\n'));
}

const isLeft = (fault) => fault.remaining !== null && fault.remaining > 0;

function leftOf(fault) {
  const soFar = fault.hits ? `struck ${fault.hits}` : `never struck: ${fault.near_miss}`;
  return `fault ${fault.id} was not used up (${fault.remaining} left): ${saidOf(fault)} ${soFar}.`;
}

function saidOf({ error, wire, client, sequence, api, player, key, label }) {
  const clauses = Object.entries({ api, player, key, label }).filter(([, value]) => value).map((clause) => clause.join(' '));
  return [error || wire || client || sequence || 'a delay', ...clauses].join(', ');
}

/** The last calls and the faults, for people. */
function told(requests, faults) {
  const calls = requests.slice(-TAIL).map(({ id, player, api, options, reply, reason }) =>
    `#${id} ${player} ${api} ${JSON.stringify(options)} -> ${reply ? reply.errMsg : 'no reply'} [${reason}]`);
  const doings = faults.map((fault) => `${fault.id} ${saidOf(fault)}: struck ${fault.hits}`);
  return [calls.join('\n') || 'no call came', ...doings].join('\n');
}

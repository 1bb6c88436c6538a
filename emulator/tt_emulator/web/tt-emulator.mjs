/*
 * tt-emulator in JavaScript tests: a world of its own for each test, and the verbs to break things in it.
 *
 *   import { createEmulator } from './tt-emulator.mjs';          Node 20+, or a page of the emulator's own
 *   let emu;
 *   beforeEach(() => { emu = createEmulator(); });              the emulator at TT_EMULATOR_URL, a fresh world
 *   afterEach(() => emu.done());                                drops the world; throws for what went unnoticed
 *   …
 *   const tt = await emu.createTT({ player: 'alice' });         what the game calls (tt.js beside this file; of WeChat createWX,
 *                                                               in createEmulator({ platform: 'wx' }))
 *   await emu.fail('network-unavailable', { times: 2 });
 *
 * The fields of faults, players and settings are those of the control API (docs/control-api.md).
 * Test runners replace what a page has (fetch, URL, timers): in Node this file uses Node's own modules.
 */

const VERSION = '0.1.0';
const DEFAULT_URL = 'http://127.0.0.1:8717';
const TIMEOUT_MS = 60_000; // of a request: CI machines are slow at times
const WAIT_MS = 10_000;
const TAIL = 20;
const PLATFORMS = ['tt', 'wx'];
const MESSAGES = ['errMsg', 'errmsg', 'err_tips', 'err_msg'];
const NUMBERS = ['errcode', 'err_no', 'error'];
const LEFT_S = 86_400;
const GRACE_MS = 300; // so long after a test an error of the game's last deed may be under way
const PAUSE_MS = 20;
const IN_NODE = typeof process === 'object' && Boolean(process.versions && process.versions.node);

export const version = VERSION;

/** The server refused: `status` and `problem` are its answer's. */
export class Refused extends Error {
  name = 'Refused';

  constructor(status, problem) {
    super(escaped([problem.detail, problem.hint].filter(Boolean).join(' ')));
    Object.assign(this, { status, problem });
  }
}

/** Something that should have happened did not, or what should not have happened did. */
export class Unmet extends Error {
  name = 'Unmet';
}

/** A world of the emulator at `url`; without a `world` a fresh one. See tt-emulator.d.mts. */
export function createEmulator({ url, world, platform, token, allowUnconsumed = false, allowInternalErrors = false, allowGameErrors = false } = {}) {
  checkPlatform(platform);
  const env = IN_NODE ? process.env : {};
  const place = String(url || env.TT_EMULATOR_URL || DEFAULT_URL).replace(/\/+$/, '');
  const secret = token || env.TT_EMULATOR_TOKEN;
  const name = world || freshName(secret);
  const send = createSend(place, name, secret);
  const left = []; // what ended with its block, too early
  let over = false;
  let lifetime; // pending, or given

  /** From now on there may be a world. It has a day, for a run that is killed drops nothing. */
  async function entered() {
    if (world || over) return;
    remember(emulator);
    lifetime ??= send('PUT', ofPlatform(`/v1/worlds/${name}/lifetime`, platform), { ttl_s: LEFT_S });
    await lifetime.catch((error) => { lifetime = undefined; throw error; });
  }
  const control = async (method, path, ...rest) => {
    await entered();
    return send(method, method === 'GET' ? path : ofPlatform(path, platform), ...rest);
  };
  const reading = createReading(control);
  const game = createGame(send, name);

  async function fault(fields) {
    const view = await control('POST', '/v1/faults', fields);
    return armed(view, { control, left, isOver: () => over });
  }

  async function verdict(verb, match) {
    const { count, timeout_ms, min_gap_ms, max_gap_ms, check, ...clauses } = clausesOf(match);
    const waited = timeout_ms ?? (verb === 'wait' ? WAIT_MS : 0);
    const question = { match: clauses, count, timeout_ms: waited, min_gap_ms, max_gap_ms };
    return control('POST', `/v1/requests/${verb}`, question, waited);
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
      return (await reading(`/v1/requests${queryOf(clausesOf(match))}`)).requests;
    },
    waitFor: async (match, { check = match?.check ?? true } = {}) => judged(await verdict('wait', match), check),
    assertCalled: async (match) => judged(await verdict('verify', match), true),
    clock: (move) => (move ? control('POST', '/v1/clock', move) : reading('/v1/clock')),
    coverage: (cover) => reading(`/v1/coverage${queryOf(cover ? { cover } : {})}`),
    errors: async (api) => (await send('GET', ofPlatform(`/v1/errors${api ? `?api=${api}` : ''}`, platform))).errors,

    snapshot: async (snapshot = 'snapshot') => (await control('PUT', snapshotPath(snapshot))).name,
    restore: async (snapshot = 'snapshot') => { await control('POST', `${snapshotPath(snapshot)}/restore`); },
    exportWorld: () => reading(`/v1/worlds/${name}`),
    importWorld: async (document) => { await control('PUT', `/v1/worlds/${name}`, document); },
    bundle: (settings) => reading(`/v1/bundle${queryOf({ ...settings })}`),
    replay: (bundle) => send('POST', '/v1/replay', bundle),
    reset: (scope) => control('POST', '/v1/reset', scope && { scope }),

    /** `page` with the parameters by which tt.js there plays in this world of this emulator. */
    page(page = env.TT_EMULATOR_GAME_URL, { player } = {}) {
      if (!page) throw new Error('Whose page? TT_EMULATOR_GAME_URL names no game: tt-emulator exec --play DIR -- COMMAND sets it.');
      entered().catch(() => {}); // whoever opens the page finds out
      const address = new URL(page, place);
      address.searchParams.set('tt-world', name);
      if (player) address.searchParams.set('tt-player', player);
      if (!isOfGame(address, env)) address.searchParams.set('tt-url', place); // the game's origin has its emulator behind it
      return address.href;
    },
    gameErrors: game.errors,
    async waitForGameError(match = '', { timeout_ms = WAIT_MS } = {}) {
      const found = await game.expect(match, timeout_ms);
      if (found) return found;
      const others = (await game.left(0)).map(placed).join(', ') || 'none';
      throw new Unmet(escaped(`no error of the game matched ${match} in ${timeout_ms} ms; it threw: ${others}`));
    },
    async createTT(settings = {}) {
      await entered().catch(() => {}); // a game finds out by its calls
      return (await loadScript('tt')).createTT({ url: place, world: name, token: secret, ...settings });
    },
    async createWX(settings = {}) {
      await entered().catch(() => {}); // a game finds out by its calls
      return (await loadScript('wx')).createWX({ url: place, world: name, token: secret, ...settings });
    },

    report: async () => told(await emulator.requests(), await emulator.faults(), await answered(control)),
    async done({ passed = true, story } = {}) {
      if (over) return;
      over = true;
      forget(emulator);
      await lifetime?.catch(() => {}); // it would make the world again
      const bundle = story && await emulator.bundle().catch((error) => error); // with the world it goes
      const uncaught = allowGameErrors || !passed ? [] : await game.left(GRACE_MS);
      const allowed = { allowUnconsumed: allowUnconsumed || !passed, allowInternalErrors };
      const unnoticed = await settle(send, name, { left, uncaught, ...allowed }).then(() => null, (error) => error);
      if (story && (unnoticed || !passed)) await keep(story, bundle);
      if (unnoticed) throw unnoticed;
    },
  };
  if (Symbol.asyncDispose) emulator[Symbol.asyncDispose] = () => emulator.done();
  return emulator;
}

// ---- the package that is played ------------------------------------------------------------------

const timing = IN_NODE ? builtins(['timers'], ({ setTimeout: wait }) => wait) : Promise.resolve(globalThis.setTimeout);

/** What the pages of the played game in this world did not catch, as they tell the emulator. */
function createGame(send, world) {
  const expected = new Map(); // how often an error like this one was waited for

  async function pages() {
    const view = await send('GET', '/v1/play').catch((error) => {
      if (error.status === 404) return { pages: [] }; // no package is played
      throw error;
    });
    return view.pages.filter((page) => page.world === world);
  }
  const errorsOf = (found) => found.flatMap((page) => page.errors);
  function unexpected(found) {
    const known = new Map(expected);
    return errorsOf(found).filter((error) => {
      const left = known.get(JSON.stringify(error)) || 0;
      known.set(JSON.stringify(error), left - 1);
      return left <= 0;
    });
  }
  /** The first thing that `pick` finds in the pages; if nothing, then in time. */
  async function soon(ms, pick) {
    for (let left_ms = ms; ; left_ms -= PAUSE_MS) {
      const found = pick(await pages());
      if (found !== undefined || left_ms <= 0) return found;
      const wait = await timing;
      await new Promise((next) => { wait(next, PAUSE_MS); });
    }
  }
  return {
    errors: async () => errorsOf(await pages()),
    async expect(match, ms) {
      const matches = (error) => new RegExp(match).test(error.message);
      const found = await soon(ms, (each) => unexpected(each).find(matches));
      if (found) expected.set(JSON.stringify(found), (expected.get(JSON.stringify(found)) || 0) + 1);
      return found;
    },
    async left(ms) {
      const found = await soon(ms, (each) => (!each.length || unexpected(each).length ? unexpected(each) : undefined));
      return found || [];
    },
  };
}

const isOfGame = (address, env) =>
  Boolean(env.TT_EMULATOR_GAME_URL) && address.origin === new URL(env.TT_EMULATOR_GAME_URL).origin;
const placed = ({ message, file, line }) => (file === null ? message : `${file}:${line}: ${message}`);

// ---- worlds that nobody ends ---------------------------------------------------------------------

/*
 * What a test that threw before done() has left is dropped when its process has nothing more to do, and under
 * Vitest and Jest, whose workers are ended by force, when they are about to. A process that is killed or calls
 * process.exit(), as Playwright's workers do, is beyond that: there a hook calls done().
 * Nothing hangs on the emulator's object being collected: a page plays in the world, of which no object knows.
 */
const open = new Set();
let runnerWillTell = false;

function remember(emulator) {
  if (IN_NODE && !open.size) process.on('beforeExit', dropAll);
  if (IN_NODE && !runnerWillTell) {
    runnerWillTell = true;
    atTheRunnersEnd(dropAll);
  }
  open.add(emulator);
}

function forget(emulator) {
  open.delete(emulator);
  if (IN_NODE && !open.size) process.off('beforeExit', dropAll);
}

/*
 * Not the runners' afterAll: it can be refused by then (Jest fails a test that calls it), comes before a user's own
 * in one of them and before fixtures of a file in the other, and would take from those what they judge. These two are
 * no documented interface; where they are not, all is as in any other process.
 */
function atTheRunnersEnd(job) {
  try {
    if (process.env.VITEST) globalThis.__vitest_worker__?.onCleanup?.(job); // since 3.2
    if (process.env.JEST_WORKER_ID) {
      globalThis[Symbol.for('EVENT_HANDLERS')]?.push((event) => (event.name === 'run_finish' ? job() : undefined));
    }
  } catch {} // a runner that has changed is no reason for a test to fail
}

async function dropAll() {
  await new Promise((next) => { process.nextTick(next); }); // fixtures that end now call done() themselves
  for (const emulator of [...open]) {
    console.warn(`tt-emulator: done() was not called for world ${emulator.world}: it is dropped, and nobody has `
      + 'looked whether its faults struck. Call it in a hook, such as afterEach(() => emu.done()).');
    await emulator.done({ passed: false }).catch(() => {}); // there may be no server any more
  }
}

/** A name that nobody else has, and that says whose it is: the team that the token names, the test's file and the process. */
function freshName(token) {
  const numbers = new Uint32Array(2);
  globalThis.crypto?.getRandomValues?.(numbers);
  if (!numbers[0]) numbers.set([Math.random() * 2 ** 32, performance.now() * 1000]);
  const random = Array.from(numbers, (number) => number.toString(36)).join('');
  const [team = ''] = /^[a-z0-9][a-z0-9-]{0,19}\./.exec(token || '') || [];
  const file = callersFile().slice(0, 32 - team.length); // a name has at most 64 characters
  return team + ['js', file, IN_NODE && process.pid, random].filter(Boolean).join('-');
}

/** The name of the file in which createEmulator() was called, as far as a stack tells it. */
function callersFile() {
  const frames = String(new Error().stack).split('\n').filter((line) => !/tt-emulator\.mjs|^Error/.test(line));
  const file = /([^/\\(]+?)\.[cm]?[jt]sx?(?:\?[^:)]*)?(?::\d+)*\)?$/.exec(frames[0] || '');
  return file ? file[1].replace(/(?:%[0-9A-F]{2}|[^\w.-])+/gi, '-').slice(0, 32) : '';
}

// ---- the way to the emulator -------------------------------------------------------------------

/** send(method, path, body, moreMs): the JSON answer of a control route, after one look at the version. */
function createSend(url, world, token) {
  const headers = { 'X-Emulator-World': encodeURIComponent(world) };
  if (token) headers.Authorization = `Bearer ${token}`;

  async function send(method, path, body, moreMs = 0) {
    const text = body && JSON.stringify(body, sayable);
    const all = text ? { ...headers, 'Content-Type': 'application/json' } : headers;
    const request = { method, headers: all, body: text, ms: TIMEOUT_MS + moreMs };
    const { status, content } = await (IN_NODE ? throughNode : throughPage)(url, `/__emulator${path}`, request);
    if (status === 204) return undefined;
    const value = parsed(content);
    if (status >= 200 && status < 300 && value !== undefined) return value;
    if (value && value.detail) throw new Refused(status, value);
    throw new Error(`${url} answers (HTTP ${status}), but not as a tt-emulator does. Is the URL right?`);
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

/** Node's own modules, whatever a bundler or test runner makes of imports; `use` has them at once where it can. */
function builtins(names, use) {
  const get = process.getBuiltinModule; // since Node 20.16
  if (get) return Promise.resolve(use(...names.map((name) => get(`node:${name}`))));
  return Promise.all(names.map((name) => import(/* @vite-ignore */ `node:${name}`))).then((found) => use(...found));
}
const requesting = IN_NODE && builtins(['http', 'https'], (http, https) =>
  ({ http: http.request, https: https.request })); // before a test mocks them

async function throughNode(url, path, { method, headers, body, ms }) {
  const { http, https } = await requesting;
  return new Promise((resolve, reject) => {
    const options = { method, headers: { ...headers, 'Content-Length': Buffer.byteLength(body || '') }, agent: false };
    const request = (url.startsWith('https:') ? https : http)(url + path, options, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk)).on('error', reject)
        .on('end', () => resolve({ status: response.statusCode, content: Buffer.concat(chunks).toString() }));
    });
    request.setTimeout(ms, () => request.destroy(new Error(`nothing came within ${ms / 1000} s`)));
    request.on('error', reject).end(body);
  }).catch((error) => { throw notReached(url, error); });
}

async function throughPage(url, path, { method, headers, body, ms }) {
  if (globalThis.location?.origin !== new URL(url).origin) {
    throw new Error(`A page may not use the control plane of the tt-emulator at ${url}: it is closed to other origins. `
      + "Arm from the test runner's Node side, or in a page of the emulator's own.");
  }
  const signal = AbortSignal.timeout(ms);
  const response = await fetch(url + path, { method, headers, body, signal })
    .catch((error) => { throw notReached(url, error); });
  return { status: response.status, content: await response.text() };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
  const why = error.code || error.message;
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

function judged(verdict, check) {
  if (check && !verdict.ok) throw new Unmet(verdict.differences.map(escaped).join('\n'));
  return verdict;
}

const snapshotPath = (name) => `/v1/snapshots/${encodeURIComponent(name)}`;

function queryOf(fields) {
  const query = new URLSearchParams(fields).toString();
  return query && `?${query}`;
}

const clausesOf = (match) => (typeof match === 'string' ? { api: match } : { ...match });

function checkPlatform(platform) {
  if (platform === undefined || platform === null || PLATFORMS.includes(platform)) return;
  throw new Error(escaped(`platform: ${JSON.stringify(platform)} is not ${PLATFORMS.join(' or ')}.`));
}

/** The path of a request that may make the world, which then is of that platform. */
function ofPlatform(path, platform) {
  if (!platform) return path;
  return `${path}${path.includes('?') ? '&' : '?'}platform=${encodeURIComponent(platform)}`;
}

/** tt.js or wx.js, which stand beside this file; read as what they are, classic scripts, in any kind of package. */
async function loadScript(platform) {
  const file = `${platform}.js`;
  if (!IN_NODE) throw new Error(`In a page, load ${file} by a script tag: window.create${platform.toUpperCase()}.`);
  const script = { exports: {} };
  await builtins(['fs', 'url', 'vm', 'path'], (fs, url, vm, path) => {
    const filename = path.join(path.dirname(url.fileURLToPath(import.meta.url)), file); // bundlers rewrite a new URL()
    const text = fs.readFileSync(filename, 'utf8');
    vm.compileFunction(text, ['module', 'exports'], { filename })(script, script.exports);
  });
  if (script.exports.version === VERSION) return script.exports;
  throw new Error(`tt-emulator.mjs is version ${VERSION}, ${file} beside it ${script.exports.version}. `
    + 'Copy both anew: tt-emulator js DIR.');
}

const OUTCOME = ['matched', 'hits', 'remaining', 'completed', 'near_miss'];

/**
 * An armed fault: its fields, and the functions that end it, which may be passed on alone. Once it is not armed any
 * more, whoever took it off, it shows what became of it; where nobody can know that, its outcome is null.
 */
function armed(view, { control, left, isOver }) {
  const path = `/v1/faults/${view.id}`;
  const fault = {
    ...view,
    async refresh() {
      if (note(await ask('GET'))) return fault;
      throw new Error(`The fault ${view.id} ended with its world; another has its id now.`);
    },
    async disarm() {
      if (isOver() || !await isArmed()) return;
      await unlessGone('DELETE');
      await isArmed(); // no more: how it was then
    },

    /** The end of its block or test: it undoes; to judge is for done(), lest it hide why the block ended. */
    async end() {
      if (isOver()) return;
      await fault.disarm();
      if (isLeft(fault)) left.push(leftOf(fault));
    },
  };

  /** Whether it was this fault: a world that was dropped and made anew gives the same id to another. */
  function note(known) {
    const same = Boolean(known) && known.armed_at === view.armed_at;
    Object.assign(fault, same ? known : Object.fromEntries(OUTCOME.map((name) => [name, null])));
    return same;
  }
  const ask = (method) => control(method, path).catch((error) => {
    if (error.status === 404) note(error.problem.fault);
    throw error;
  });
  /** What the server answers, null if the fault is gone. */
  const unlessGone = (method) => ask(method).catch((error) => {
    if (error.status === 404) return null;
    throw error;
  });
  const isArmed = async () => {
    const known = await unlessGone('GET');
    return known !== null && note(known);
  };
  if (Symbol.asyncDispose) Object.defineProperty(fault, Symbol.asyncDispose, { value: () => fault.end() });
  return fault;
}

/** Drops the world. Throws for a fault with strikes left, for what the game did not catch, and for a failure of the emulator. */
async function settle(control, world, { left, uncaught, allowUnconsumed, allowInternalErrors }) {
  const drop = () => control('DELETE', `/v1/worlds/${world}`);
  const errors = ['the game did not catch:', ...uncaught.map((error) => `  ${escaped(placed(error))}`)].join('\n');
  let faults;
  try {
    ({ faults } = await control('GET', '/v1/faults'));
  } catch (error) {
    if (error.status !== 404) throw error;
    await drop(); // nobody called; its pages may have said something all the same
    if (uncaught.length) throw new Unmet(errors);
    return;
  }
  const problems = allowUnconsumed ? [] : [...left, ...faults.filter(isLeft).map(leftOf)];
  const { count } = await control('POST', '/v1/requests/count', { match: { error: 'emulator-failure' } });
  if (count && !allowInternalErrors) problems.push('the emulator failed to answer: a bug of the emulator, or its disk');
  if (uncaught.length) problems.push(errors);
  if (problems.length) {
    problems.push(told((await control('GET', '/v1/requests')).requests, faults, await answered(control)));
  }
  await drop();
  if (problems.length) throw new Unmet(problems.join('\n'));
}

/** The file is for whoever asks why a test failed: that it cannot be made must not hide that. */
async function keep(file, bundle) {
  try {
    if (bundle instanceof Error) throw bundle;
    await builtins(['fs', 'path'], (fs, path) => {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, JSON.stringify(bundle));
    });
    console.log(escaped(`tt-emulator: the story of the test is in ${file}`));
  } catch (error) {
    console.warn(escaped(`tt-emulator: the story of the test was not kept: ${error.message}`));
  }
}

const isLeft = (fault) => fault.remaining > 0; // null is no end, or not known

function leftOf(fault) {
  return escaped(`fault ${fault.id} was not used up (${fault.remaining} left): ${saidOf(fault)} ${struck(fault)}.`);
}

const struck = ({ hits, near_miss }) => (hits ? `struck ${hits}` : `never struck: ${near_miss}`);

function saidOf({ error, wire, client, sequence, reply, api, player, key, label }) {
  const clauses = Object.entries({ api, player, key, label }).filter(([, value]) => value).map((clause) => clause.join(' '));
  return [error || wire || client || sequence || (reply && 'a reply') || 'a delay', ...clauses].join(', ');
}

/** How many calls were answered in the world, those that its journal has forgotten included. */
const answered = async (control) => (await control('POST', '/v1/requests/count', { match: {} })).count;

/** The last calls and the faults, for people; of all calls `count` were answered. */
function told(requests, faults, count) {
  const came = Math.max(count + requests.filter((each) => each.answered_at === null).length, requests.length);
  const calls = requests.slice(-TAIL).map(({ id, player, api, options, reply, reason }) =>
    `#${id} ${player} ${api} ${JSON.stringify(options)} -> ${reply ? outcomeOf(reply) : 'no reply'} [${reason}]`);
  if (came > calls.length) calls.unshift(`(${came - calls.length} earlier calls)`);
  const doings = faults.map((fault) => `${fault.id} ${saidOf(fault)}: ${struck(fault)}`);
  return [...(calls.length ? calls : ['no call came']), ...doings].map(escaped).join('\n');
}

/** In words, where the reply has some; that of an endpoint of the platform's server may have a number alone. */
function outcomeOf(reply) {
  const words = MESSAGES.map((name) => reply[name]).find(Boolean);
  const number = NUMBERS.map((name) => reply[name]).find(Boolean);
  return words || (number ? `(${number})` : 'ok');
}

/** As one line that steers no terminal. */
const escaped = (text) => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (each) => JSON.stringify(each).length > 3
  ? JSON.stringify(each).slice(1, -1) : `\\u{${each.codePointAt(0).toString(16)}}`);

/** What all views share: the API, the state of the page, and the connection that keeps it fresh. */

import { CallLog } from '../logic/calls.js';
import { USUAL } from '../logic/platform.js';
import { isStrike } from '../logic/strikes.js';
import { Refused, Silent, createApi } from './api.js';
import { clearing } from './clearing.js';
import { conditionsReader } from './conditions.js';
import { connection } from './connection.js';
import { knownNames } from './known.js';
import { throttled } from './throttle.js';

export { throttled };

/** How many calls were answered, those included that nobody holds. */
const answeredOf = ({ calls }) => Object.values(calls).reduce((sum, number) => sum + number, 0);

const resetOf = (platform) => (platform ? `reset?platform=${encodeURIComponent(platform)}` : 'reset');

const FAULTS_EVERY_MS = 150;
const JITTER_MS = 2000;
const COUNT_EVERY_MS = 1000;

/**
 * The state: `platform`, `player_fields`, `unused_settings`, `backend`, `rows`, `meanings`, `limits`, `fault_kinds`,
 * `scenarios` of the catalog, and the `platforms` that the server emulates; `platformOf` each of the `worlds`; `faults`, `seen` (every fault
 * by id, also when it is gone), `calls`, `settings`, `worlds`; `conditions` and `health`, `null` while they are not
 * known; `link` is `connecting`, `live`, `lost`, `gone` (the world was dropped) or `locked` (the server asks for
 * its token). `alerts` hears of strikes.
 */
export function createApp({ world, token, language, notice, t, changed, alerts }) {
  const api = createApi({ world, token, language, prefix: () => state.platform.prefix });
  const state = {
    world,
    platform: USUAL,
    ...{ platforms: [], player_fields: [], unused_settings: [], backend: [] },
    rows: [],
    meanings: {},
    limits: [],
    fault_kinds: [],
    scenarios: [],
    faults: [],
    seen: new Map(),
    calls: new CallLog(),
    settings: null,
    worlds: [],
    platformOf: {},
    conditions: null,
    health: null,
    link: 'connecting',
  };
  let lastEvent = 0;
  let alive = null; // the server's uptime as last told, and when that was
  let begun = false;
  let faultsTold = 0;
  let clears = 0; // of the journal, as told; and after how many of them the calls here were read
  let followed = 0;
  let aheadMs = 0; // the server's clock against this machine's, which may be a phone

  function tell(...what) {
    changed(new Set(what));
  }

  function link(now) {
    if (state.link === now) return;
    state.link = now;
    tell('link');
  }

  function takeFaults(faults) {
    state.faults = faults;
    for (const fault of faults) state.seen.set(fault.id, fault);
    tell('faults');
  }

  const readFaults = throttled(FAULTS_EVERY_MS, async () => {
    const before = faultsTold;
    const { faults } = await api.get('faults');
    if (faultsTold === before) takeFaults(faults);
    else readFaults(); // this answer is older than what the stream has told meanwhile
  });
  const readCalls = throttled(1000, async () => {
    const before = clears;
    const { requests } = await api.get('requests');
    if (clears !== before) return readCalls(); // this answer may hold what was cleared meanwhile
    if (followed !== before) state.calls.clear();
    followed = before;
    for (const exchange of requests) state.calls.put(exchange);
    readCount();
    tell('calls');
  });

  const readCount = throttled(COUNT_EVERY_MS, async () => {
    const before = clears;
    const coverage = await api.get('coverage'); // a question to the journal would make a world that was dropped
    if (clears !== before) return readCount(); // this answer may count what was cleared meanwhile
    state.calls.counted(answeredOf(coverage));
    tell('calls');
  });

  const readConditions = conditionsReader({ api, state, tell });

  async function readCatalog() {
    const [errors, catalog] = await Promise.all(['errors', 'catalog'].map(api.get));
    Object.assign(state, { rows: errors.errors, ...catalog });
    tell('catalog');
  }

  async function readScenarios() {
    ({ scenarios: state.scenarios } = await api.get('scenarios'));
    tell('scenarios');
  }

  async function readWorlds() {
    const { worlds } = await api.get('worlds');
    state.platformOf = Object.fromEntries(worlds.map(({ name, platform }) => [name, platform]));
    state.worlds = [...new Set([...worlds.map(({ name }) => name), world])].sort();
    tell('worlds');
  }

  /** Whether the server is another process than before: one that began since is not older than that. */
  function isNew(health) {
    const nowS = performance.now() / 1000;
    const fresh = alive !== null && health.uptime_s < nowS - alive.atS + alive.uptimeS / 2;
    alive = { uptimeS: health.uptime_s, atS: nowS };
    return fresh;
  }

  const makeWorld = (platform) => api.post(resetOf(platform), { scope: [] });

  function forget() {
    lastEvent = 0;
    state.calls.clear();
    state.calls.hidings.clear(); // its ids begin again
    state.seen.clear();
  }

  /** Everything anew, before each connection. Gives the event to go on from. */
  async function opening() {
    state.health = await api.health();
    if (isNew(state.health)) {
      forget();
      begun = false;
      notice(t('serverRestarted'));
    }
    if (!begun) await makeWorld();
    await readWorlds();
    const known = state.rows.length > 0 && [undefined, state.platform.name].includes(state.platformOf[world]);
    if (!known) await readCatalog(); // as long as nothing was done in a world, it may become one of another platform
    const [faults, requests, settings, conditions, coverage] = await Promise.all(
      ['faults', 'requests', 'settings', 'conditions', 'coverage'].map(api.get),
    );
    begun = true;
    state.conditions = conditions;
    for (const exchange of requests.requests) state.calls.put(exchange);
    state.calls.counted(answeredOf(coverage));
    state.settings = settings;
    takeFaults(faults.faults);
    await readScenarios();
    tell('calls', 'settings', 'players', 'conditions');
    return lastEvent;
  }

  /** A fault that was armed just now tells what the server's clock says. */
  function compareClocks(serverMs) {
    const ahead = serverMs - Date.now();
    if (Math.abs(ahead - aheadMs) > JITTER_MS) aheadMs = ahead;
  }

  function onEvent({ id, kind, data }) {
    if (id <= lastEvent) forget(); // another world has the name now
    if (id <= lastEvent || (lastEvent && id > lastEvent + 1)) readCalls(); // more happened than was told
    lastEvent = id;
    if (kind === 'exchange') {
      if (isStrike(data, state.calls.get(data.id))) alerts.struck(data);
      state.calls.put(data);
      readCount();
      if (state.faults.length) readFaults();
      readConditions(); // a call may have renewed a session
      tell('calls', `player:${data.player}`);
    } else if (kind === 'journal') {
      clears += 1;
      state.calls.counted(null);
      readCount();
      if (data.held) return readCalls(); // not all were cleared
      followed = clears;
      state.calls.clear();
      tell('calls');
    } else if (kind === 'faults') {
      faultsTold += 1;
      const fresh = data.find((fault) => !state.seen.has(fault.id));
      if (fresh) compareClocks(Date.parse(fresh.armed_at));
      takeFaults(data);
    } else if (kind === 'state') {
      state.settings = data.settings;
      readConditions();
      tell('settings', 'players');
    }
  }

  function onLost(error) {
    if (error instanceof Refused && error.status === 403) link('locked');
    else if (error instanceof Refused && error.status === 404) link('gone');
    else if (error instanceof Refused && error.status === 503)
      link('connecting'); // it fills its world still
    else if (error !== null || state.link !== 'live') link('lost');
  }

  const listening = { headers: api.headers, opening, onEvent, onLost, onOpen: () => link('live') };
  const connect = connection(listening, alerts.isWanted);

  /** Runs what a person asked for, and says so if it cannot be. Gives whether it was done. */
  async function attempt(work, done) {
    try {
      await work();
      if (done) notice(done);
      return true;
    } catch (error) {
      if (!(error instanceof Refused || error instanceof Silent)) throw error;
      if (error instanceof Refused && error.status === 403) link('locked');
      notice(error instanceof Silent ? t('noAnswer') : error.message, { bad: true });
      return false;
    }
  }

  return {
    api,
    state,
    attempt,
    notice,
    tell,
    connect,
    readWorlds,
    readScenarios,
    /** Makes a world of that name and platform; nothing happens to one that exists. */
    createWorld: (name, platform) => createApi({ world: name, token, language }).post(resetOf(platform), { scope: [] }),
    /** Makes the world that is gone, and goes on. */
    revive: () =>
      attempt(async () => {
        await makeWorld(state.platform.name);
        forget();
        connect();
      }),
    known: knownNames({ api, state }),
    clearCalls: clearing({ api, state, attempt, notice, tell, t }),
    /** The real time by the server's clock, as far as it is known. */
    now: () => Date.now() + aheadMs,
  };
}

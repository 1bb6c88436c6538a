/*
 * The `tt` of a Douyin mini-game, answered by tt-emulator on this computer.
 *
 *   <script src="http://127.0.0.1:8717/tt.js"></script>          window.tt, the game needs no change
 *   const { createTT } = require('./tt.js')                      Node 18+: createTT({ url, player, world })
 *
 * Attributes of the script tag: data-url (default: where the script came from), data-player, data-world.
 * `?tt-player=` and `?tt-world=` in the page's own URL win over them, so two tabs can be two players.
 *
 * One classic script, ES2018, no build, no dependency.
 */
(function () {
  'use strict';

  const VERSION = '0.1.0';
  const DEFAULT_URL = 'http://127.0.0.1:8717';

  // What the platform's documentation says, one entry an API. Pure data, generated from the catalog.
  /* catalog:begin */
  var CATALOG = {
    "canIUse": {
      "since": "1.35.0", "sync": true, "domains": ["main", "open"], "failure": "none",
      "params": {"schema": "string"},
      "success": [],
      "errors": {}
    },
    "checkSession": {
      "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
      "params": {},
      "success": ["errMsg"],
      "errors": {
        "session-failure": {}
      }
    },
    "getNetworkType": {
      "since": "1.0.0", "sync": false, "domains": ["main", "open"], "failure": "errNo",
      "params": {},
      "success": ["errMsg", "networkType"],
      "errors": {
        "internal-error": {"code": 20000, "message": "internal error"}
      }
    },
    "getSystemInfoSync": {
      "since": "1.0.0", "sync": true, "domains": ["main", "open"], "failure": "none",
      "params": {},
      "success": ["system", "platform", "brand", "model", "version", "appName", "SDKVersion", "screenWidth", "screenHeight", "windowWidth", "windowHeight", "pixelRatio", "safeArea", "deviceScore"],
      "errors": {}
    },
    "getUserCloudStorage": {
      "since": "1.11.0", "sync": false, "domains": ["main", "open"], "failure": "errorCode",
      "params": {"keyList": "array<string>"},
      "success": ["errMsg", "KVDataList", "data"],
      "errors": {
        "session-failure": {"code": 999998, "message": "get session id failed.", "type": "D"},
        "bad-parameter": {"code": 999999, "message": "keyList", "type": "D"},
        "not-supported": {"code": 999987, "message": "feature is not supported in app", "type": "D"},
        "http-not-200": {"code": 999991, "message": "internal error/网络请求非200", "type": "F"},
        "network-unavailable": {"code": 999985, "message": "network unavailable", "type": "U"},
        "internal-error": {"code": 999993, "message": "internal error", "type": "F"}
      }
    },
    "login": {
      "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errorCode",
      "params": {"force": "boolean"},
      "success": ["errMsg", "code", "anonymousCode", "isLogin"],
      "errors": {
        "host-login-failed": {"code": 113001, "message": "host login fail", "type": "U"},
        "app-in-background": {"code": 113094, "message": "app in background", "type": "U"},
        "network-unavailable": {"message": "network unavailable"},
        "not-supported": {"message": "feature is not supported in app"},
        "service-error": {"message": "service error:${errMsg},errCode=${errNo}"}
      }
    },
    "removeUserCloudStorage": {
      "since": "1.11.0", "sync": false, "domains": ["main", "open"], "failure": "errorCode",
      "params": {"keyList": "array<string>"},
      "success": ["errMsg"],
      "errors": {
        "session-failure": {"code": 999998, "message": "get session id failed.", "type": "D"},
        "bad-parameter": {"code": 999999, "message": "keyList", "type": "D"},
        "not-supported": {"code": 999987, "message": "feature is not supported in app", "type": "D"},
        "http-not-200": {"code": 999991, "message": "internal error/网络请求非200", "type": "F"},
        "network-unavailable": {"code": 999985, "message": "network unavailable", "type": "U"},
        "internal-error": {"code": 999993, "message": "internal error", "type": "F"}
      }
    },
    "setUserCloudStorage": {
      "since": "1.11.0", "sync": false, "domains": ["main", "open"], "failure": "errorCode",
      "params": {"KVDataList": "array<KVData>"},
      "success": ["errMsg"],
      "errors": {
        "session-failure": {"code": 999998, "message": "get session id failed.", "type": "D"},
        "bad-parameter": {"code": 999999, "message": "KVDataList", "type": "D"},
        "not-supported": {"code": 999987, "message": "feature is not supported in app", "type": "D"},
        "server-error": {"code": 108002, "message": "*", "type": "F"},
        "bad-response": {"code": 108001, "message": "response json has error", "type": "F"},
        "http-not-200": {"code": 999991, "message": "internal error/网络请求非200", "type": "F"},
        "network-unavailable": {"code": 999985, "message": "network unavailable", "type": "U"},
        "internal-error": {"code": 999993, "message": "internal error", "type": "F"}
      }
    }
  };
  /* catalog:end */

  // The fields of those options and results that are objects themselves, for canIUse's fourth part.
  const PAIR = ['key', 'value'];
  const INNER_FIELDS = {
    KVDataList: PAIR,
    data: PAIR,
    safeArea: ['left', 'right', 'top', 'bottom', 'width', 'height'],
  };

  // Used in Node and whenever GET /tt/state cannot be read. No documentation names current values:
  // the versions and the phone are the emulator's own, only the fields are the platform's.
  const DEFAULT_HOST = { appName: 'Douyin', SDKVersion: '3.50.0', unsupported: [] };
  const DEFAULT_SYSTEM = {
    system: 'Android 14', platform: 'android', brand: 'tt-emulator', model: 'tt-emulator',
    version: '30.0.0', deviceScore: -1, // -1: unknown
  };
  const DEFAULT_WINDOW = { width: 390, height: 844, pixelRatio: 3 };

  const NAMES_OF_OTHERS = {
    getFriendCloudStorage:
      "is not a Douyin API. Use tt.getCloudStorageByRelation({type: 'friend', keyList: […]}).",
  };
  // Read by the language, by consoles and by test libraries, never by a game in search of an API.
  const NOT_AN_API = /^(then|toJSON|inspect|nodeType|tagName|asymmetricMatch|[_$@].*)$/;

  // Browsers and Node spread calls over parallel connections, where a later call can overtake an
  // earlier one; games rely on the order (three sets in a row, setUserGroup and then set). So a call
  // leaves when the one before it is answered, or this long after it left: a call that hangs holds
  // up the next one only so long. (tests/browser/test_transport.py holds this; without it Chromium
  // mixes up the calls of one breath on most pages.)
  const HEAD_START_MS = 50;
  // What a browser lets a page have under way in keepalive requests, all together.
  const KEEPALIVE_BYTES = 65536;

  const has = (object, name) => Object.prototype.hasOwnProperty.call(object, name);
  const inPage = typeof window !== 'undefined' && typeof document !== 'undefined';

  // ---- the replies that tt.js gives by itself ------------------------------------------------

  function failure(api, row, message) {
    const reply = { errMsg: message ? api + ':fail ' + message : api + ':fail' };
    const family = CATALOG[api].failure; // errorCode, errNo, or errMsg: no code at all
    if (family !== 'errMsg' && row.code !== undefined) reply[family] = row.code;
    if (family === 'errorCode' && row.type !== undefined) reply.errorType = row.type;
    return reply;
  }

  /** The API's row for `cause`, else its internal error; an API that documents neither fails bare. */
  function failureOf(api, cause) {
    const rows = CATALOG[api].errors;
    const row = rows[cause] || rows['internal-error'] || {};
    return failure(api, row, row.message);
  }

  function badParameter(api, name) {
    const row = CATALOG[api].errors['bad-parameter'];
    return row ? failure(api, row, name) : failure(api, {});
  }

  /** The reply in a body of status 200, or null if it is none of this API's. */
  function parseReply(api, text) {
    let reply = null;
    try {
      reply = JSON.parse(text);
    } catch (error) {
      return null;
    }
    const errMsg = reply === null ? null : reply.errMsg;
    if (typeof errMsg !== 'string') return null;
    return errMsg === api + ':ok' || errMsg.startsWith(api + ':fail') ? reply : null;
  }

  // ---- what the game passed ------------------------------------------------------------------

  function quietly(read, otherwise) {
    try {
      return read();
    } catch (error) {
      return otherwise;
    }
  }

  /**
   * Everything needed of `options`, read at once: the game may change the object afterwards.
   * An option that is no JSON (a cycle, a BigInt) is named in `unusable` if the API documents it;
   * any other is left out, as the platform ignores options it does not know.
   */
  function readOptions(api, options) {
    const isObject = typeof options === 'object' && options !== null && !Array.isArray(options);
    const callbacks = {};
    for (const name of ['success', 'fail', 'complete']) {
      callbacks[name] = isObject ? quietly(() => options[name]) : undefined;
    }
    const members = [];
    let unusable = null;
    for (const name of isObject ? quietly(() => Object.keys(options), []) : []) {
      if (has(callbacks, name)) continue;
      const json = quietly(() => JSON.stringify(options[name]), null);
      if (json === null && has(CATALOG[api].params, name)) unusable = unusable || name;
      if (json) members.push(JSON.stringify(name) + ':' + json);
    }
    return { callbacks, body: '{' + members.join(',') + '}', unusable };
  }

  /**
   * success or fail, then complete, with the same object. What a callback throws is reported on the
   * console and goes no further: thrown again later, it would end a Node process.
   */
  function deliver(api, callbacks, reply) {
    const report = (name) => (error) =>
      console.error('[tt-emulator] the ' + name + ' callback of tt.' + api + ' threw:', error);
    for (const name of [reply.errMsg === api + ':ok' ? 'success' : 'fail', 'complete']) {
      if (typeof callbacks[name] !== 'function') continue;
      try {
        const returned = callbacks[name].call(undefined, reply);
        if (returned && typeof returned.then === 'function') Promise.resolve(returned).catch(report(name));
      } catch (error) {
        report(name)(error);
      }
    }
  }

  // ---- the way to the emulator ---------------------------------------------------------------

  /** Lets each job start after the one before it has ended or had its head start. */
  function createQueue() {
    const waiting = [];
    let busy = false;
    let leaving = false;

    function next() {
      if (leaving) waiting.splice(0).forEach((job) => job());
      if (busy || waiting.length === 0) return;
      busy = true;
      let timer = null;
      const release = () => {
        if (timer === null) return;
        clearTimeout(timer);
        timer = null;
        busy = false;
        next();
      };
      timer = setTimeout(release, HEAD_START_MS);
      waiting.shift()().then(release);
    }

    if (inPage) {
      // A page that goes away sends what is left at once: rather out of order than never.
      window.addEventListener('pagehide', () => { leaving = true; next(); });
      window.addEventListener('pageshow', () => { leaving = false; });
    }
    return { add(job) { waiting.push(job); next(); } };
  }

  function uniquePrefix() {
    if (typeof crypto === 'undefined') return Date.now().toString(36) + Math.random().toString(36).slice(2);
    return Array.from(crypto.getRandomValues(new Uint32Array(3)), (n) => n.toString(36)).join('');
  }

  /**
   * send(api, body) → a promise of the reply; it never rejects. fetch and not XMLHttpRequest: Node has
   * it too, and a keepalive request of a closing page still arrives.
   */
  function createTransport(config, log) {
    const queue = createQueue();
    const prefix = uniquePrefix();
    let calls = 0;
    let bytesAloft = 0;

    async function exchange(api, body, callId) {
      const bytes = new TextEncoder().encode(body).length;
      const keepalive = inPage && bytesAloft + bytes < KEEPALIVE_BYTES;
      bytesAloft += bytes;
      try {
        const response = await fetch(config.url + '/tt/' + api, {
          method: 'POST', body, keepalive, cache: 'no-store', credentials: 'omit',
          headers: { 'Content-Type': 'application/json', 'X-Emulator-Call': callId, ...config.headers },
        });
        if (response.status !== 200) {
          log.refusal(api, response); // not awaited: a body that never ends must not hold the reply
          return failureOf(api, 'http-not-200');
        }
        const text = await response.text();
        const reply = parseReply(api, text);
        if (reply === null) log.unreadable(api, text);
        else log.headers(api, reply, response.headers);
        return reply || failureOf(api, 'bad-response');
      } catch (error) {
        log.silence(api, error);
        return failureOf(api, 'network-unavailable');
      } finally {
        bytesAloft -= bytes;
      }
    }

    return (api, body) => new Promise((resolve) => {
      const callId = prefix + '-' + (calls += 1);
      queue.add(() => exchange(api, body, callId).then(resolve));
    });
  }

  /** What a developer reads in the console: each sentence once. */
  function createLog(config) {
    const said = new Set();
    function say(level, text) {
      if (said.has(text)) return;
      said.add(text);
      console[level]('[tt-emulator] ' + text);
    }
    const header = (headers, name) => {
      const value = headers.get(name);
      return value === null ? null : quietly(() => decodeURIComponent(value), value);
    };
    return {
      info: (text) => say('info', text),
      warn: (text) => say('warn', text),
      headers(api, reply, headers) {
        const reason = header(headers, 'X-Emulator-Reason');
        if (reason) say('warn', 'tt.' + api + ' was refused with "' + reply.errMsg + '": ' + reason);
        const fault = header(headers, 'X-Emulator-Fault');
        if (fault) {
          say('info', 'tt.' + api + ' met the armed fault ' + fault + '. To disarm: curl -X DELETE '
            + config.url + '/__emulator/v1/faults');
        }
      },
      unreadable(api, text) {
        say('warn', 'tt.' + api + ': the answer of ' + config.url + ' is not the expected JSON: '
          + JSON.stringify(text.slice(0, 80)) + '. Unless a fault did it, data-url names another server.');
      },
      async refusal(api, response) {
        const text = await response.text().catch(() => '');
        const problem = quietly(() => JSON.parse(text), null) || {};
        const why = problem.detail
          ? problem.detail + (problem.hint ? ' ' + problem.hint : '')
          : 'Unless a fault did it, data-url names another server.';
        say('warn', 'tt.' + api + ': ' + config.url + ' answered HTTP ' + response.status + '. ' + why);
      },
      silence(api, error) {
        const why = (error.cause && error.cause.code) || error.message; // Node tells the reason in the cause
        say('warn', 'tt.' + api + ': no answer from ' + config.url + ' (' + why + '). Unless a fault did it:'
          + ' is the emulator running? Start it with: python -m emulator start'
          + (inPage ? ' · Does it let this page in? Allow it with: --allow-origin ' + location.origin : ''));
      },
    };
  }

  // ---- the synchronous APIs ------------------------------------------------------------------

  /** GET /tt/state, which must be there before the next line of the game runs: hence synchronous. */
  function readState(config, log) {
    if (config.state || typeof XMLHttpRequest === 'undefined') return config.state || {};
    try {
      const request = new XMLHttpRequest();
      request.open('GET', config.url + '/tt/state', false);
      for (const name of Object.keys(config.headers)) request.setRequestHeader(name, config.headers[name]);
      request.send();
      if (request.status === 200) return Object(JSON.parse(request.responseText));
      throw new Error('HTTP ' + request.status);
    } catch (error) {
      log.warn('the state of the emulated phone could not be read from ' + config.url + ' (' + error.message
        + '): tt.getSystemInfoSync and tt.canIUse answer with defaults. Is the emulator running?');
      return {};
    }
  }

  function windowInfo() {
    const width = inPage ? window.innerWidth : DEFAULT_WINDOW.width;
    const height = inPage ? window.innerHeight : DEFAULT_WINDOW.height;
    return {
      screenWidth: inPage ? window.screen.width : width,
      screenHeight: inPage ? window.screen.height : height,
      windowWidth: width,
      windowHeight: height,
      pixelRatio: inPage ? window.devicePixelRatio : DEFAULT_WINDOW.pixelRatio,
      safeArea: { left: 0, right: width, top: 0, bottom: height, width, height },
    };
  }

  function isNewer(version, than) {
    const [a, b] = [version, than].map((text) => text.split('.').map(Number));
    const differing = [0, 1, 2].find((part) => a[part] !== b[part]);
    return differing !== undefined && a[differing] > b[differing];
  }

  /** `${API}.${method}.${param}.${option}`, method one of return, success, object, callback. */
  function canIUse(schema, host, domain) {
    const [api, method, param, option, ...rest] = typeof schema === 'string' ? schema.split('.') : [''];
    if (!has(CATALOG, api) || rest.length > 0) return false;
    const entry = CATALOG[api];
    if (!entry.domains.includes(domain) || host.unsupported.includes(api)) return false;
    if (isNewer(entry.since, host.SDKVersion)) return false;
    if (method === undefined) return true;
    const known = entry.sync
      ? { return: entry.success }
      : { success: entry.success, object: Object.keys(entry.params).concat('success') };
    if (!has(known, method)) return false; // no emulated API takes a bare callback
    if (param === undefined) return true;
    if (!known[method].includes(param)) return false;
    return option === undefined || (has(INNER_FIELDS, param) && INNER_FIELDS[param].includes(option));
  }

  // ---- the object ----------------------------------------------------------------------------

  function readConfig(options) {
    const given = options || {};
    const env = typeof process !== 'undefined' && process.env ? process.env : {};
    const domain = given.domain || 'main';
    const encoded = (name, otherwise) => {
      const value = given[name] || otherwise;
      if (typeof value === 'string') return encodeURIComponent(value);
      throw new TypeError('[tt-emulator] createTT: ' + name + ' must be a string, got ' + typeof value);
    };
    return {
      url: String(given.url || env.TT_EMULATOR_URL || DEFAULT_URL).replace(/\/+$/, ''),
      domain,
      state: given.state,
      headers: {
        'X-Emulator-World': encoded('world', 'default'),
        'X-Emulator-Player': encoded('player', 'player-1'),
        'X-Emulator-Domain': encoded('domain', domain),
      },
    };
  }

  /** Names that are not emulated stay undefined, so that `typeof tt.x === 'function'` tells the truth. */
  function withHints(api, log) {
    return new Proxy(api, {
      get(target, name) {
        if (typeof name === 'string' && !(name in target) && !NOT_AN_API.test(name)) {
          log.info('tt.' + name + ' ' + (has(NAMES_OF_OTHERS, name) ? NAMES_OF_OTHERS[name]
            : 'is not emulated and stays undefined. Guard it, or set tt.' + name + ' to a stand-in.'));
        }
        return target[name];
      },
    });
  }

  /**
   * A `tt` of its own player: {url, player, world, domain: 'main' | 'open', state}, all optional.
   * Asynchronous methods return undefined: the platform's promise is optional, games pass callbacks,
   * and a rejected promise that nobody holds would end a Node process.
   */
  function createTT(options) {
    const config = readConfig(options);
    const log = createLog(config);
    const send = createTransport(config, log);
    let known = null;
    const state = () => {
      known = known || readState(config, log);
      return { host: { ...DEFAULT_HOST, ...known.host }, system: { ...DEFAULT_SYSTEM, ...known.system } };
    };
    const synchronous = {
      canIUse: (schema) => canIUse(schema, state().host, config.domain),
      getSystemInfoSync() {
        const { host, system } = state();
        return { ...system, appName: host.appName, SDKVersion: host.SDKVersion, ...windowInfo() };
      },
    };
    const asynchronous = (api) => (passed) => {
      const { callbacks, body, unusable } = readOptions(api, passed);
      if (unusable) log.warn('tt.' + api + ': ' + unusable + ' cannot be written as JSON (a cycle, a BigInt?).');
      const answer = unusable ? Promise.resolve(badParameter(api, unusable)) : send(api, body);
      answer.then((reply) => deliver(api, callbacks, reply));
    };
    const api = {};
    for (const name of Object.keys(CATALOG)) {
      if (!CATALOG[name].domains.includes(config.domain)) continue;
      api[name] = CATALOG[name].sync ? synchronous[name] : asynchronous(name);
    }
    return withHints(api, log);
  }

  // ---- in a page -----------------------------------------------------------------------------

  function install() {
    window.createTT = createTT;
    if (has(window, 'tt') && window.tt) { // own: an element with id="tt" is not the platform
      console.info('[tt-emulator] this page already has a tt: it is kept, the emulator is not used.'
        + ' To emulate, load tt.js first.');
      return;
    }
    const script = document.currentScript || document.querySelector('script[src*="/tt.js"]');
    const data = script ? script.dataset : {};
    const query = new URLSearchParams(location.search);
    const origin = script && script.src ? new URL(script.src).origin : location.origin;
    const url = data.url || (/^http/.test(origin) ? origin : DEFAULT_URL);
    const player = query.get('tt-player') || data.player || 'player-1';
    const world = query.get('tt-world') || data.world || 'default';
    window.tt = createTT({ url, player, world });
    console.info('[tt-emulator] tt is emulated by ' + url + ': player ' + player + ', world ' + world + '.');
  }

  if (typeof module === 'object' && module.exports) module.exports = { createTT, version: VERSION };
  else if (inPage) install();
})();

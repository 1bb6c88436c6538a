/*
 * The `tt` of a Douyin mini-game, answered by tt-emulator on this computer.
 *
 *   <script src="http://127.0.0.1:8717/tt.js"></script>          window.tt, the game needs no change
 *   const { createTT } = require('./tt.js')                      Node 18+: createTT({ url, player, world })
 *
 * Attributes of the script tag: data-url (default: where the script came from), data-player, data-world,
 * data-open-data (the directory of the open data domain; default: openDataContext of the page's game.json),
 * data-compat ("wx": with getFriendCloudStorage, which Douyin does not have).
 * In the page's own URL `?tt-player=` and `?tt-world=` win over them, so two tabs can be two players, and
 * `tt-scene`, `tt-location` and `tt-launch-from` say how the game was opened.
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
    "clearStorage": {
      "since": "0.0.0", "sync": false, "domains": ["main", "open"], "failure": "errNo",
      "params": {},
      "success": ["errMsg"],
      "errors": {
        "internal-error": {"code": 20000, "message": "internal error"}
      }
    },
    "clearStorageSync": {
      "since": "0.0.0", "sync": true, "domains": ["main", "open"], "failure": "none",
      "params": {},
      "success": [],
      "errors": {}
    },
    "getCloudStorageByRelation": {
      "since": "1.11.0", "sync": false, "domains": ["open"], "failure": "errorCode",
      "params": {"type": "string", "keyList": "array<string>", "extra": "object"},
      "success": ["errMsg", "data"],
      "limits": {"rows": 100},
      "errors": {
        "session-failure": {"code": 999998, "message": "get session id failed.", "type": "D"},
        "bad-parameter": {"code": 999999, "message": "type", "type": "D", "detail": "option"},
        "not-supported": {"code": 999987, "message": "feature is not supported in app", "type": "D"},
        "http-not-200": {"code": 999991, "message": "internal error/网络请求非200", "type": "F"},
        "network-unavailable": {"code": 999985, "message": "network unavailable", "type": "U"},
        "internal-error": {"code": 999993, "message": "internal error", "type": "F"}
      }
    },
    "getEnvInfoSync": {
      "since": "2.21.0", "sync": true, "domains": ["main"], "failure": "errorCode",
      "params": {},
      "success": ["microapp", "common"],
      "errors": {
        "internal-error": {"code": 101192, "message": "native exception xxx", "type": "F"}
      }
    },
    "getImRankData": {
      "since": "2.70.0", "sync": false, "domains": ["open"], "failure": "errNo",
      "params": {"relationType": "string", "dataType": "number", "rankType": "string", "pageNum": "number", "pageSize": "number", "zoneId": "string"},
      "success": ["errMsg", "data"],
      "errors": {
        "capability-unsupported": {"code": 20000},
        "bad-parameter": {"code": 20001, "message": "invalid param"},
        "session-failure": {"code": 21101, "message": "user not login"},
        "framework-error": {"code": 21102},
        "internal-error": {"code": 21103, "message": "internal error"},
        "too-many-zones": {"code": 21104, "message": "zone num exceeds limit"},
        "not-supported": {"code": 10301, "message": "feature is not supported in app xxx"},
        "host-logged-out": {"code": 10601, "message": "not login"}
      }
    },
    "getImRankList": {
      "since": "2.70.0", "sync": false, "domains": ["main"], "failure": "errNo",
      "params": {"relationType": "string", "dataType": "number", "rankType": "string", "rankTitle": "string", "suffix": "string", "zoneId": "string"},
      "success": ["errMsg"],
      "errors": {
        "capability-unsupported": {"code": 20000},
        "bad-parameter": {"code": 20001, "message": "invalid param"},
        "session-failure": {"code": 21101, "message": "user not login"},
        "framework-error": {"code": 21102},
        "internal-error": {"code": 21103},
        "too-many-zones": {"code": 21104, "message": "zone num exceeds limit"},
        "not-supported": {"code": 10301, "message": "feature is not supported in app setRankData"},
        "host-logged-out": {"code": 10601, "message": "not login"}
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
    "getStorage": {
      "since": "0.0.0", "sync": false, "domains": ["main", "open"], "failure": "errNo",
      "params": {"key": "string"},
      "success": ["errMsg", "data"],
      "errors": {
        "internal-error": {"code": 20000, "message": "internal error"},
        "bad-parameter": {"code": 20001, "message": "invalid param"}
      }
    },
    "getStorageInfo": {
      "since": "0.0.0", "sync": false, "domains": ["main", "open"], "failure": "errNo",
      "params": {},
      "success": ["errMsg", "keys", "currentSize", "limitSize"],
      "errors": {
        "internal-error": {"code": 20000, "message": "internal error"}
      }
    },
    "getStorageInfoSync": {
      "since": "0.0.0", "sync": true, "domains": ["main", "open"], "failure": "none",
      "params": {},
      "success": ["keys", "currentSize", "limitSize"],
      "errors": {}
    },
    "getStorageSync": {
      "since": "0.0.0", "sync": true, "domains": ["main", "open"], "failure": "none",
      "params": {"key": "string"},
      "success": [],
      "errors": {}
    },
    "getSystemInfo": {
      "since": "1.0.0", "sync": false, "domains": ["main", "open"], "failure": "errMsg",
      "params": {},
      "success": ["errMsg", "system", "platform", "brand", "model", "version", "appName", "SDKVersion", "screenWidth", "screenHeight", "windowWidth", "windowHeight", "pixelRatio", "safeArea", "deviceScore"],
      "errors": {}
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
        "bad-parameter": {"code": 999999, "message": "keyList", "type": "D", "detail": "option"},
        "not-supported": {"code": 999987, "message": "feature is not supported in app", "type": "D"},
        "http-not-200": {"code": 999991, "message": "internal error/网络请求非200", "type": "F"},
        "network-unavailable": {"code": 999985, "message": "network unavailable", "type": "U"},
        "internal-error": {"code": 999993, "message": "internal error", "type": "F"}
      }
    },
    "getUserInfo": {
      "since": "1.0.0", "sync": false, "domains": ["main", "open"], "failure": "errMsg",
      "params": {},
      "success": ["errMsg", "userInfo", "rawData", "data"],
      "errors": {
        "session-failure": {}
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
        "service-error": {"message": "service error:${errMsg},errCode=${errNo}", "detail": "text"}
      }
    },
    "offNetworkStatusChange": {
      "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
      "params": {"callback": "function"},
      "success": [],
      "errors": {}
    },
    "onNetworkStatusChange": {
      "since": "1.0.0", "sync": true, "domains": ["main"], "failure": "errNo",
      "params": {"callback": "function"},
      "success": [],
      "errors": {
        "bad-parameter": {"code": 20001, "message": "invalid param"},
        "internal-error": {"code": 20000, "message": "internal error"}
      }
    },
    "removeStorage": {
      "since": "0.0.0", "sync": false, "domains": ["main", "open"], "failure": "errNo",
      "params": {"key": "string"},
      "success": ["errMsg"],
      "errors": {
        "internal-error": {"code": 20000, "message": "internal error"},
        "bad-parameter": {"code": 20001, "message": "invalid param"}
      }
    },
    "removeStorageSync": {
      "since": "0.0.0", "sync": true, "domains": ["main", "open"], "failure": "none",
      "params": {"key": "string"},
      "success": [],
      "errors": {}
    },
    "removeUserCloudStorage": {
      "since": "1.11.0", "sync": false, "domains": ["main", "open"], "failure": "errorCode",
      "params": {"keyList": "array<string>"},
      "success": ["errMsg"],
      "errors": {
        "session-failure": {"code": 999998, "message": "get session id failed.", "type": "D"},
        "bad-parameter": {"code": 999999, "message": "keyList", "type": "D", "detail": "option"},
        "not-supported": {"code": 999987, "message": "feature is not supported in app", "type": "D"},
        "http-not-200": {"code": 999991, "message": "internal error/网络请求非200", "type": "F"},
        "network-unavailable": {"code": 999985, "message": "network unavailable", "type": "U"},
        "internal-error": {"code": 999993, "message": "internal error", "type": "F"}
      }
    },
    "setImRankData": {
      "since": "2.70.0", "sync": false, "domains": ["main"], "failure": "errNo",
      "params": {"dataType": "number", "value": "string", "priority": "number", "zoneId": "string", "extra": "string"},
      "success": ["errMsg"],
      "limits": {"extra": 128, "zones": 10},
      "errors": {
        "capability-unsupported": {"code": 20000},
        "bad-parameter": {"code": 20001, "message": "invalid param"},
        "session-failure": {"code": 21101, "message": "user not login"},
        "framework-error": {"code": 21102},
        "internal-error": {"code": 21103},
        "too-many-zones": {"code": 21104, "message": "zone num exceeds limit"},
        "not-supported": {"code": 10301, "message": "feature is not supported in app setRankData"},
        "host-logged-out": {"code": 10601, "message": "not login"}
      }
    },
    "setImRankDataInOpenContext": {
      "since": "2.74.0", "sync": false, "domains": ["open"], "failure": "errNo",
      "params": {"dataType": "number", "value": "string", "priority": "number", "zoneId": "string", "extra": "string"},
      "success": ["errMsg"],
      "limits": {"extra": 128, "zones": 10},
      "errors": {
        "capability-unsupported": {"code": 20000},
        "bad-parameter": {"code": 20001, "message": "invalid param"},
        "session-failure": {"code": 21101, "message": "user not login"},
        "framework-error": {"code": 21102},
        "internal-error": {"code": 21103},
        "too-many-zones": {"code": 21104, "message": "zone num exceeds limit"},
        "not-supported": {"code": 10301, "message": "feature is not supported in app setRankData"},
        "host-logged-out": {"code": 10601, "message": "not login"}
      }
    },
    "setStorage": {
      "since": "1.0.0", "sync": false, "domains": ["main", "open"], "failure": "errNo",
      "params": {"key": "string", "data": "any"},
      "success": ["errMsg"],
      "limits": {"item": 1048576, "total": 10485760},
      "errors": {
        "item-too-large": {"code": 21101, "message": "exceed storage item max length"},
        "storage-full": {"code": 21102, "message": "exceed storage max size %sMb", "detail": "text"},
        "internal-error": {"code": 21103, "message": "set storage fail"},
        "bad-parameter": {"code": 20001, "message": "invalid param"}
      }
    },
    "setStorageSync": {
      "since": "0.0.0", "sync": true, "domains": ["main", "open"], "failure": "none",
      "params": {"key": "string", "data": "any"},
      "success": [],
      "errors": {}
    },
    "setUserCloudStorage": {
      "since": "1.11.0", "sync": false, "domains": ["main", "open"], "failure": "errorCode",
      "params": {"KVDataList": "array<KVData>"},
      "success": ["errMsg"],
      "limits": {"key": 128, "key_and_value": 1024, "pairs_per_player": 128},
      "errors": {
        "session-failure": {"code": 999998, "message": "get session id failed.", "type": "D"},
        "bad-parameter": {"code": 999999, "message": "KVDataList", "type": "D", "detail": "option"},
        "not-supported": {"code": 999987, "message": "feature is not supported in app", "type": "D"},
        "server-error": {"code": 108002, "message": "*", "type": "F", "detail": "text"},
        "bad-response": {"code": 108001, "message": "response json has error", "type": "F"},
        "http-not-200": {"code": 999991, "message": "internal error/网络请求非200", "type": "F"},
        "network-unavailable": {"code": 999985, "message": "network unavailable", "type": "U"},
        "internal-error": {"code": 999993, "message": "internal error", "type": "F"}
      }
    },
    "setUserGroup": {
      "since": "0.0.0", "sync": false, "domains": ["main", "open"], "failure": "errorCode",
      "params": {"groupId": "string"},
      "success": ["errMsg"],
      "errors": {
        "session-failure": {"code": 999998, "message": "get session id failed.", "type": "D"},
        "bad-parameter": {"code": 999999, "message": "groupId", "type": "D", "detail": "option"},
        "not-supported": {"code": 999987, "message": "feature is not supported in app", "type": "D"},
        "http-not-200": {"code": 999991, "message": "internal error/网络请求非200", "type": "F"},
        "network-unavailable": {"code": 999985, "message": "network unavailable", "type": "U"},
        "internal-error": {"code": 999993, "message": "internal error", "type": "F"}
      }
    }
  };
  /* catalog:end */

  // The fields of those options and results that are objects themselves, for canIUse's fourth part.
  const PAIR = ['key', 'value'];
  const SIDES = ['left', 'right', 'top', 'bottom', 'width', 'height'];
  const INNER_FIELDS = {
    KVDataList: PAIR, data: PAIR, safeArea: SIDES,
    microapp: ['mpVersion', 'envType', 'appId'], common: ['USER_DATA_PATH'],
  };

  // Used where the state says nothing. No documentation names current values: the versions and the
  // phone are the emulator's own, only the fields are the platform's.
  const DEFAULT_HOST = { appName: 'Douyin', SDKVersion: '3.50.0', unsupported: [] };
  const DEFAULT_SYSTEM = {
    system: 'Android 14', platform: 'android', brand: 'tt-emulator', model: 'tt-emulator',
    version: '30.0.0', deviceScore: -1, // -1: unknown
  };
  const ENV = { USER_DATA_PATH: 'ttfile://user' };
  const MICROAPP = { mpVersion: '0.0.0', envType: 'development', appId: 'tt-emulator' };
  const DEFAULT_SCREEN = { width: 390, height: 844 };
  const DEFAULT_WINDOW = { innerWidth: 390, innerHeight: 844, devicePixelRatio: 3, screen: DEFAULT_SCREEN };

  const NAMES_OF_OTHERS = {
    getFriendCloudStorage:
      "is not a Douyin API. Use tt.getCloudStorageByRelation({type: 'friend', keyList: […]}) in the open data"
      + ' domain, or have it there with data-compat="wx" on the script tag of tt.js.',
  };
  // What pageMembers and open-data.js add to the catalog.
  const NAMES_OF_PAGES = new Set([
    'getOpenDataContext', 'getSharedCanvas', 'postMessage', 'onMessage', 'offMessage', 'createCanvas', 'createImage',
    'requestAnimationFrame', 'cancelAnimationFrame', 'onTouchStart', 'onTouchMove', 'onTouchEnd', 'onTouchCancel',
    'offTouchStart', 'offTouchMove', 'offTouchEnd', 'offTouchCancel', 'getLaunchOptionsSync', 'onShow', 'offShow', 'onHide',
    'offHide', 'onError', 'offError', 'showToast', 'showModal', 'vibrateShort', 'vibrateLong', 'showShareMenu',
    'onShareAppMessage', 'offShareAppMessage', 'shareAppMessage', 'checkScene', 'navigateToScene',
    'createRewardedVideoAd', 'createInterstitialAd', 'createBannerAd',
  ]);
  // Read by the language, by consoles and by test libraries, never by a game in search of an API.
  const NOT_AN_API = /^(then|toJSON|inspect|nodeType|tagName|asymmetricMatch|[_$@].*)$/;

  // Browsers and Node spread calls over parallel connections, where a later call can overtake an
  // earlier one; games rely on the order (three sets in a row, setUserGroup and then set). So a call
  // leaves when the one before it is answered, or this long after it left: one that hangs holds up
  // the next only so long.
  const HEAD_START_MS = 250;
  // What a browser lets a page have under way in keepalive requests, all its tt together: Chromium
  // fails one that makes it more than 64 KiB of bodies, or 256 requests, of which this counts 1 KiB each.
  const KEEPALIVE_BYTES = 65536;
  const REQUEST_BYTES = 1024;
  let bytesAloft = 0;

  // Who follows the state and has lost the stream comes back after so long.
  const RETRY_MS = 1000;

  // What the open data domain has not yet heard of; engines send a message a frame.
  const MESSAGES_KEPT = 1000;

  const has = (object, name) => Object.prototype.hasOwnProperty.call(object, name);
  const inPage = typeof window !== 'undefined' && typeof document !== 'undefined';
  const ownTag = inPage ? document.currentScript || document.querySelector('script[src*="/tt.js"]') : null;

  function quietly(read, otherwise) {
    try {
      return read();
    } catch (error) {
      return otherwise;
    }
  }

  /** Quietly: some test set-ups have a console that throws, and the game shall get its reply. */
  const write = (level, text, ...more) => quietly(() => console[level]('[tt-emulator] ' + text, ...more));

  /** Listeners that hear of something; one that throws takes nothing from the others. */
  function createSignal(report) {
    const listeners = [];
    return {
      listeners,
      on(listener) {
        if (typeof listener === 'function' && !listeners.includes(listener)) listeners.push(listener);
      },
      /** Takes off `listener`, or all if none is named. */
      off(listener) {
        listeners.splice(0, listeners.length, ...listeners.filter((other) => listener && other !== listener));
      },
      emit(value) {
        for (const listener of listeners.slice()) {
          try {
            listener(value);
          } catch (error) {
            report(error);
          }
        }
      },
    };
  }

  // ---- the replies that tt.js gives by itself ------------------------------------------------

  /**
   * The API's row `name`, else its internal error; an API that documents neither fails bare.
   * `text` is the message of a row that allows one in place of its own.
   */
  function failureOf(api, name, text) {
    const { errors, failure: family } = CATALOG[api]; // errorCode, errNo, or errMsg: no code at all
    const row = errors[name] || errors['internal-error'] || {};
    const message = row.detail && text !== undefined ? text : row.message;
    const reply = { errMsg: message ? api + ':fail ' + message : api + ':fail' };
    if (family !== 'errMsg' && row.code !== undefined) reply[family] = row.code;
    if (family === 'errorCode' && row.type !== undefined) reply.errorType = row.type;
    return reply;
  }

  /** Synchronous APIs throw what the others would fail with. */
  function raise(reply) {
    throw Object.assign(new Error(reply.errMsg), reply);
  }

  /** The reply in a body of status 200, or null if it is none of this API's. */
  function parseReply(api, text) {
    const reply = quietly(() => JSON.parse(text));
    const { errMsg } = Object(reply);
    const isOurs = typeof errMsg === 'string' && (errMsg === api + ':ok' || errMsg.startsWith(api + ':fail'));
    return isOurs ? reply : null;
  }

  // ---- what the game passed ------------------------------------------------------------------

  const asObject = (options) =>
    (typeof options === 'object' && options !== null && !Array.isArray(options) ? options : {});

  function readCallbacks(options) {
    const callbacks = {};
    for (const name of ['success', 'fail', 'complete']) callbacks[name] = quietly(() => asObject(options)[name]);
    return callbacks;
  }

  // What never leaves the page: the emulator hears of the call and of the key.
  const KEPT = { setStorage: 'data' };

  /**
   * Everything needed of `options`, read at once: the game may change the object afterwards. What is
   * no JSON (a cycle, a BigInt) is named in `unusable` if the API documents it, else left out, as the
   * platform ignores options it does not know. Documented ones may be inherited from a game's class.
   */
  function readOptions(api, options) {
    const given = asObject(options);
    const callbacks = readCallbacks(options);
    const { params } = CATALOG[api];
    const members = [];
    let unusable = null;
    let kept;
    for (const name of new Set([...Object.keys(params), ...quietly(() => Object.keys(given), [])])) {
      if (has(callbacks, name)) continue;
      const json = quietly(() => JSON.stringify(given[name]), null);
      if (json === null && has(params, name)) unusable = unusable || name;
      if (KEPT[api] === name) kept = json;
      else if (json) members.push(JSON.stringify(name) + ':' + json);
    }
    return { callbacks, body: '{' + members.join(',') + '}', kept, unusable };
  }

  /**
   * success or fail, then complete, with the same object. What a callback throws is reported on the
   * console and goes no further: thrown again later, it would end a Node process.
   */
  function deliver(api, callbacks, reply, outcome = reply.errMsg === api + ':ok' ? 'success' : 'fail') {
    const report = (name) => (error) =>
      write('error', 'the ' + name + ' callback of tt.' + api + ' threw:', error);
    for (const name of [outcome, 'complete']) {
      if (typeof callbacks[name] !== 'function') continue;
      try {
        const returned = callbacks[name].call(undefined, reply);
        if (returned && typeof returned.then === 'function') Promise.resolve(returned).catch(report(name));
      } catch (error) {
        report(name)(error);
      }
    }
  }

  // Misbehaviour of the platform's runtime that real games have met, instead of deliver.
  const CLIENT_FAULTS = {
    twice(api, callbacks, reply) {
      deliver(api, callbacks, reply);
      setTimeout(() => deliver(api, callbacks, reply));
    },

    /**
     * Thrown where the answer arrives, not in the call: the word comes with the answer. A page goes on
     * after it, Node would end, and with it the tests of the game: there the console tells it.
     */
    throw(api) {
      const error = new Error('[tt-emulator] tt.' + api + ' threw, as the armed fault demands.');
      if (inPage) setTimeout(() => { throw error; });
      else write('error', 'in a page this would be uncaught:', error);
    },

    /** A success without its data; without its errMsg where there are no data. */
    malformed_ok(api, callbacks) {
      const reply = {};
      for (const field of CATALOG[api].success.filter((name) => name !== 'errMsg')) {
        reply.errMsg = api + ':ok';
        reply[field] = null;
      }
      deliver(api, callbacks, reply, 'success');
    },

    never() {},
  };

  // ---- the way to the emulator ---------------------------------------------------------------

  /** Runs `act` when the page goes, which it may come back from; → a function that says whether it is going. */
  function onLeaving(act) {
    let leaving = false;
    if (inPage) {
      window.addEventListener('pagehide', () => { leaving = true; act(); });
      window.addEventListener('pageshow', () => { leaving = false; });
    }
    return () => leaving;
  }

  /** Lets each job start after the one before it has ended or had its head start. */
  function createQueue() {
    const waiting = [];
    let busy = false;
    // A page that goes away sends what is left at once: rather out of order than never.
    const isLeaving = onLeaving(() => next());

    function next() {
      if (isLeaving()) waiting.splice(0).forEach((job) => job());
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

    return { add(job) { waiting.push(job); next(); } };
  }

  function uniquePrefix() {
    if (typeof crypto === 'undefined') return Date.now().toString(36) + Math.random().toString(36).slice(2);
    return Array.from(crypto.getRandomValues(new Uint32Array(3)), (n) => n.toString(36)).join('');
  }

  /**
   * send(api, body) → a promise of {reply, word, alone}, where `word` may name a client fault; `alone` says that no
   * emulator answered. It never rejects.
   * `failed(api, cause)` makes the reply to a call that no reply came to. fetch and not XMLHttpRequest:
   * Node has it too, and a keepalive request of a closing page still arrives.
   */
  function createTransport(config, log, failed) {
    const queue = createQueue();
    const prefix = uniquePrefix();
    let calls = 0;

    async function exchange(api, body, callId) {
      const size = quietly(() => new TextEncoder().encode(body).length, KEEPALIVE_BYTES) + REQUEST_BYTES;
      const keepalive = inPage && bytesAloft + size <= KEEPALIVE_BYTES;
      const bytes = keepalive ? size : 0;
      bytesAloft += bytes;
      try {
        return await read(api, await fetch(config.url + '/tt/' + api, {
          // No `cache` option: to Chromium no-store means a preflight before every call.
          method: 'POST', body, keepalive, credentials: 'omit',
          headers: { 'Content-Type': 'application/json', 'X-Emulator-Call': callId, ...config.headers },
        }));
      } catch (error) {
        log.silence(api, error);
        return { reply: failed(api, 'network-unavailable'), alone: true };
      } finally {
        bytesAloft -= bytes;
      }
    }

    async function read(api, response) {
      const { fault, word } = log.headers(api, response.headers);
      if (response.status !== 200) {
        log.refusal(api, response, fault); // not awaited: a body that never ends must not hold the reply
        return { reply: failed(api, 'http-not-200'), alone: !fault };
      }
      const text = await response.text();
      const reply = parseReply(api, text);
      if (reply === null && !fault) log.unreadable(api, text);
      return reply === null ? { reply: failed(api, 'bad-response'), alone: !fault } : { reply, word };
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
      write(level, text);
    }
    return {
      say,
      /** What X-Emulator headers tell: the fault that struck, and the client fault's word. */
      headers(api, headers) {
        const header = (name) => headers.get('X-Emulator-' + name);
        const [fault, word, reason] = ['Fault', 'Client-Fault', 'Reason'].map(header);
        if (reason) say('warn', 'tt.' + api + ' was refused: ' + quietly(() => decodeURIComponent(reason), reason));
        if (fault) {
          const world = config.headers['X-Emulator-World'];
          say('info', 'tt.' + api + ' met the armed fault ' + fault + (word ? ' (' + word + ')' : '')
            + '. To disarm: curl -X DELETE ' + config.url + '/__emulator/v1/faults'
            + (world === 'default' ? '' : ' -H X-Emulator-World:' + world));
        }
        if (word && !has(CLIENT_FAULTS, word)) {
          say('warn', 'this tt.js knows no client fault ' + word + ': the game gets the plain reply.');
        }
        return { fault, word };
      },
      unreadable(api, text) {
        say('warn', 'tt.' + api + ': the answer of ' + config.url + ' is not the expected JSON: '
          + JSON.stringify(text.slice(0, 80)) + '. Does data-url name another server?');
      },
      async refusal(api, response, fault) {
        const text = await response.text().catch(() => '');
        if (fault) return;
        const { detail, hint } = Object(quietly(() => JSON.parse(text)));
        const why = [detail, hint].filter(Boolean).join(' ') || 'Does data-url name another server?';
        say('warn', 'tt.' + api + ': ' + config.url + ' answered HTTP ' + response.status + '. ' + why);
      },
      silence(api, error) {
        const { cause, message } = Object(error); // a stand-in for fetch may throw anything
        const why = (cause && cause.code) || message; // Node tells the reason in the cause
        say('warn', 'tt.' + api + ': no answer from ' + config.url + ' (' + why + '). Unless a fault did it:'
          + ' is the emulator running? Start it with: tt-emulator start'
          + (inPage ? ' · Does it let this page in? Allow it with: --allow-origin ' + window.origin : ''));
      },
    };
  }

  // ---- what is known without a call ----------------------------------------------------------

  /**
   * What GET /tt/state says. Read once, and synchronously: it must be there before the next line of the
   * game runs. In Node, which cannot do that, the caller of createTT gives it.
   */
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
      log.say('warn', 'the state of the emulated phone could not be read from ' + config.url + ' (' + error.message
        + '): until this page is loaded again tt.getSystemInfoSync and tt.canIUse answer with defaults.'
        + ' Is the emulator running?');
      return {};
    }
  }

  /**
   * Follows GET /tt/events: `hear(state)` at the beginning and at each change, until it is stopped; a page
   * in the background hears when it comes back. In Node a process does not end while it listens.
   */
  function createWatch(config, log, hear) {
    let leaving = null;

    const ask = (path, signal) => fetch(config.url + path, { headers: config.headers, credentials: 'omit', signal })
      .then((response) => {
        if (!response.ok) throw new Error('HTTP ' + response.status);
        return response;
      });

    async function follow(signal) {
      const reader = (await ask('/tt/events', signal)).body.getReader();
      try {
        hear(await (await ask('/tt/state', signal)).json()); // what changed before the stream began
        const decoder = new TextDecoder();
        let text = '';
        for (let read = await reader.read(); !read.done; read = await reader.read()) {
          const parts = (text + decoder.decode(read.value, { stream: true })).split('\n\n');
          text = parts.pop();
          for (const part of parts) {
            const data = /^data: (.*)$/m.exec(part);
            if (data) hear(JSON.parse(data[1]));
          }
        }
      } finally {
        reader.cancel().catch(() => {}); // or it would stay open beside the next one
      }
    }

    async function keepFollowing(signal) {
      while (!signal.aborted) {
        try {
          await follow(signal);
        } catch (error) {
          if (!signal.aborted) {
            log.say('warn', 'the changes of the network cannot be heard from ' + config.url + ' (' + error.message
              + '): tried again each second.');
          }
        }
        if (!signal.aborted) await new Promise((resolve) => { setTimeout(resolve, RETRY_MS); });
      }
    }

    // A browser has six connections to a host: a tab in the background that held one could, with five
    // others, leave none for the calls of the tab in front.
    let wanted = false;
    function decide() {
      const following = wanted && !(inPage && document.hidden);
      if (following === (leaving !== null)) return;
      if (following) {
        leaving = new AbortController();
        keepFollowing(leaving.signal);
      } else {
        leaving.abort();
        leaving = null;
      }
    }
    if (inPage) document.addEventListener('visibilitychange', decide);
    return {
      start() { wanted = true; decide(); },
      stop() { wanted = false; decide(); },
    };
  }

  /** tt.onNetworkStatusChange and its off: listened to only while a listener is there. */
  function networkMembers(config, log, failed, follow) {
    const signal = createSignal((error) => write('error', 'a listener of the network threw:', error));
    const watch = createWatch(config, log, (told) => {
      const changed = follow(told);
      if (changed !== null) signal.emit(changed);
    });
    return {
      onNetworkStatusChange(listener) {
        if (typeof listener !== 'function') raise(failed('onNetworkStatusChange', 'bad-parameter'));
        signal.on(listener);
        watch.start();
      },
      offNetworkStatusChange(listener) {
        signal.off(listener);
        if (signal.listeners.length === 0) watch.stop();
      },
    };
  }

  function windowInfo() {
    const { innerWidth: width, innerHeight: height, devicePixelRatio, screen } = inPage ? window : DEFAULT_WINDOW;
    return {
      screenWidth: screen.width, screenHeight: screen.height, windowWidth: width, windowHeight: height,
      pixelRatio: devicePixelRatio, safeArea: { left: 0, right: width, top: 0, bottom: height, width, height },
    };
  }

  function isNewer(version, than) {
    const [a, b] = [version, than].map((text) => text.split('.').map(Number));
    const differing = [0, 1, 2].find((part) => a[part] !== b[part]);
    return differing !== undefined && a[differing] > b[differing];
  }

  /** `${API}.${method}.${param}.${option}`, method one of return, success, object, callback. */
  function canIUse(schema, host, offers, others) {
    const [api, method, param, option, ...rest] = typeof schema === 'string' ? schema.split('.') : [''];
    if (!has(CATALOG, api)) return method === undefined && others.has(api); // of those only the name is known
    if (rest.length > 0 || !offers(api) || host.unsupported.includes(api)) return false;
    const { since, sync, params, success } = CATALOG[api];
    if (isNewer(since, host.SDKVersion)) return false;
    if (method === undefined) return true;
    const known = sync ? { return: success } : { success, object: [...Object.keys(params), 'success'] };
    if (!has(known, method)) return false; // no emulated API takes a bare callback
    if (param === undefined) return true;
    if (!known[method].includes(param)) return false;
    return option === undefined || (has(INNER_FIELDS, param) && INNER_FIELDS[param].includes(option));
  }

  // ---- the device's own storage --------------------------------------------------------------

  /** A rule of the storage that a call broke: the row, and its text where there is one. */
  class Refusal extends Error {
    constructor(row, text) {
      super(row);
      this.row = row;
      this.text = text;
    }
  }

  /** Where there is no localStorage, as in Node. It lasts as long as the process, for all its tt. */
  const memory = new Map();

  /** {read, write, remove, names} on what the browser keeps for the page's origin, else in memory. */
  function createShelf(log) {
    const own = inPage ? quietly(() => window.localStorage, null) : null;
    if (own) {
      return {
        read: (name) => own.getItem(name),
        write: (name, text) => own.setItem(name, text),
        remove: (name) => own.removeItem(name),
        names: () => Object.keys(own),
      };
    }
    if (inPage) log.say('warn', 'this page may not use localStorage: what tt.setStorage keeps is gone when it is left.');
    return {
      read: (name) => (memory.has(name) ? memory.get(name) : null),
      write: (name, text) => { memory.set(name, text); },
      remove: (name) => { memory.delete(name); },
      names: () => [...memory.keys()],
    };
  }

  /** How many bytes the text is in UTF-8. */
  function bytesIn(text) {
    let bytes = text.length;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      if (unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff)) bytes += 2;
      else if (unit > 0x7f) bytes += 1; // half of a pair: two units are four bytes
    }
    return bytes;
  }

  /** What one player has in one world and domain. A value is kept as its type and its text: s + text, j + JSON. */
  function createStorage(config, log) {
    const { limits } = CATALOG.setStorage;
    const names = ['World', 'Player', 'Domain'].map((name) => config.headers['X-Emulator-' + name]);
    const prefix = ['tt-emulator', ...names, ''].join('/');
    let opened = null;
    const shelf = () => (opened = opened || createShelf(log));
    const keys = () => shelf().names().filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
    const sizeOf = (key) => bytesIn(shelf().read(prefix + key)) - 1;
    const sizeWithout = (key) => keys().reduce((sum, other) => sum + (other === key ? 0 : sizeOf(other)), 0);
    const full = () => new Refusal('storage-full', CATALOG.setStorage.errors['storage-full'].message
      .replace('%s', limits.total / 1048576));

    return {
      /** Keeps what the JSON text says, `undefined` for undefined. Throws Refusal. */
      set(key, json) {
        if (typeof key !== 'string' || key === '') throw new Refusal('bad-parameter');
        const value = json === undefined ? undefined : JSON.parse(json);
        const text = typeof value === 'string' ? 's' + value : 'j' + (json || '');
        const size = bytesIn(text) - 1;
        if (size > limits.item) throw new Refusal('item-too-large');
        if (sizeWithout(key) + size > limits.total) throw full();
        try {
          shelf().write(prefix + key, text);
        } catch (error) {
          log.say('warn', 'this browser keeps no more for this origin (' + error.message + '), though the platform would.');
          throw full();
        }
      },
      /** The value, or '' for a key that was never set. */
      get(key) {
        const text = shelf().read(prefix + key);
        if (text === null) return '';
        if (text[0] === 's') return text.slice(1);
        return text === 'j' ? undefined : JSON.parse(text.slice(1));
      },
      remove: (key) => shelf().remove(prefix + key),
      clear: () => keys().forEach((key) => shelf().remove(prefix + key)),
      /** Sizes in KB. */
      info: () => ({
        keys: keys(), currentSize: Math.ceil(sizeWithout(null) / 1024), limitSize: limits.total / 1024,
      }),
    };
  }

  /** The Sync forms of the storage; they throw what the others answer. */
  function storageMembers(storage, failed) {
    const refuse = (name, text) => {
      const reply = failed('setStorage', name, text);
      raise({ ...reply, errMsg: reply.errMsg.replace('setStorage', 'setStorageSync') });
    };
    return {
      setStorageSync(key, data) {
        const json = quietly(() => JSON.stringify(data), null);
        if (json === null) refuse('bad-parameter');
        try {
          storage.set(key, json);
        } catch (error) {
          refuse(error.row, error.text);
        }
      },
      getStorageSync: storage.get,
      removeStorageSync: storage.remove,
      clearStorageSync: storage.clear,
      getStorageInfoSync: storage.info,
    };
  }

  // ---- the open data domain ------------------------------------------------------------------

  /** `message` made of the objects of `realm`. Functions, and what no realm can copy, are left out. */
  function copyInto(realm, message, log) {
    const copies = new Map();
    function leaveOut(value) {
      log.say('warn', 'a ' + typeof value + ' in a message between the domains was left out: messages are copied.');
    }
    function copy(value) {
      if (typeof value === 'function' || typeof value === 'symbol') return leaveOut(value);
      if (typeof value !== 'object' || value === null) return value;
      if (copies.has(value)) return copies.get(value);
      const isList = Array.isArray(value);
      if (!isList && Object.prototype.toString.call(value) !== '[object Object]') {
        return quietly(() => realm.structuredClone(value)) || leaveOut(value);
      }
      const made = isList ? new realm.Array(value.length) : new realm.Object();
      copies.set(value, made);
      for (const name of Object.keys(value)) {
        const part = copy(value[name]);
        if (part !== undefined || value[name] === undefined) made[name] = part;
      }
      return made;
    }
    return copy(message);
  }

  /** A way into `realm`: copies, in order, later, to every listener; kept until there is one. */
  function createChannel(realm, log) {
    const signal = createSignal((error) => realm.reportError(error));
    const kept = [];
    function deliverAll() {
      if (signal.listeners.length > 0) kept.splice(0).forEach(signal.emit);
    }
    return {
      post(message) {
        if (signal.listeners.length === 0 && kept.length >= MESSAGES_KEPT) {
          log.say('warn', 'nobody has listened to ' + MESSAGES_KEPT + ' messages between the domains: later ones are lost.');
          return;
        }
        kept.push(copyInto(realm, message, log));
        setTimeout(deliverAll);
      },
      listen(listener) {
        signal.on(listener);
        setTimeout(deliverAll);
      },
      leave: signal.off,
    };
  }

  /**
   * A realm of the page's own origin, in which the scripts of `tags` run one after the other. It stands
   * beside the screen, as large as the page (not drawn, it would have no animation frames), in a closed
   * shadow tree: so it is not among the page's frames.
   */
  function createRealm(tags, log) {
    const host = document.createElement('div');
    const frame = document.createElement('iframe');
    Object.assign(host.style, { position: 'fixed', left: '-200vw', top: '0', width: '100vw', height: '100vh' });
    Object.assign(frame.style, { width: '100%', height: '100%', border: '0' });
    Object.assign(frame, { tabIndex: -1, ariaHidden: 'true' });
    frame.addEventListener('load', () => { // in Chromium within append; before it, others have another document
      for (const { data, ...members } of tags) {
        const tag = Object.assign(frame.contentDocument.createElement('script'), { async: false }, members);
        Object.assign(tag.dataset, data);
        tag.onerror = () => log.say('error', 'the open data domain does not run: ' + tag.src + ' could not be loaded.');
        frame.contentDocument.head.append(tag);
      }
    }, { once: true });
    host.attachShadow({ mode: 'closed' }).append(frame);
    document.documentElement.append(host);
    return frame.contentWindow;
  }

  /** getOpenDataContext and what goes with it. The realm is made at the first use. */
  function openDataMembers(config, state, touches, log) {
    const outbox = createChannel(window, log);
    let context = null;

    function open() {
      const canvas = document.createElement('canvas');
      const besides = (name) => new URL(name, ownTag && ownTag.src ? ownTag.src : config.url + '/').href;
      const [world, player] = ['World', 'Player'].map((name) => decodeURIComponent(config.headers['X-Emulator-' + name]));
      const nonce = ownTag ? ownTag.nonce : '';
      const compat = config.compat ? { compat: config.compat } : {};
      const handover = {
        canvas, outbox, emulator: config.url, directory: config.openData,
        strict: state.strict_canvas === true, twoWay: state.two_way_messages === true,
      };
      const realm = createRealm([
        { src: besides('tt.js'), nonce, state, data: { url: config.url, world, player, domain: 'open', ...compat } },
        { src: besides('open-data.js'), nonce, handover },
      ], log);
      handover.inbox = createChannel(realm, log);
      handover.touches = touchMembers(touches, realm, log);
      return Object.freeze({ canvas, postMessage: handover.inbox.post });
    }

    const members = {
      getOpenDataContext: () => (context = context || open()),
      postMessage: (message) => members.getOpenDataContext().postMessage(message), // games post on the namespace, too
    };
    if (state.two_way_messages === true) Object.assign(members, { onMessage: outbox.listen, offMessage: outbox.leave });
    return members;
  }

  /** wx.getFriendCloudStorage, for games that took it along. */
  function friendStorage(getCloudStorageByRelation) {
    return (passed) => {
      const callbacks = readCallbacks(passed);
      const renamed = new Map(); // success and complete get the same object
      const rename = (reply) => {
        const errMsg = String(reply.errMsg).replace('getCloudStorageByRelation', 'getFriendCloudStorage');
        if (!renamed.has(reply)) renamed.set(reply, { ...reply, errMsg });
        return renamed.get(reply);
      };
      const heard = {};
      for (const name of Object.keys(callbacks)) {
        if (typeof callbacks[name] === 'function') heard[name] = (reply) => callbacks[name](rename(reply));
      }
      getCloudStorageByRelation({ ...asObject(passed), ...callbacks, ...heard, type: 'friend' });
    };
  }

  // ---- the page as a phone: screen, fingers, coming and going --------------------------------

  // What tt.js draws over the game; fingers there are not the game's.
  const overlays = new WeakSet();

  const TOUCHES = ['Start', 'Move', 'End', 'Cancel'];

  /** Fingers, pens and the mouse's first button on the page, as touches: on(kind, listener). */
  function createTouches() {
    const signals = {};
    for (const kind of TOUCHES) signals[kind] = createSignal((error) => window.reportError(error));
    const down = []; // {pointer, touch} by identifier, with a hole where a finger has left
    let listening = false;

    const touchOf = (identifier, { clientX, clientY }) =>
      ({ identifier, clientX, clientY, pageX: clientX, pageY: clientY });
    function tell(kind, touch, event) {
      const touches = down.filter(Boolean).map((finger) => finger.touch);
      signals[kind].emit({ touches, changedTouches: [touch], timeStamp: event.timeStamp });
    }
    function press(event) {
      if ((event.pointerType === 'mouse' && event.button !== 0) || overlays.has(event.target)) return;
      const hole = down.findIndex((finger) => !finger);
      const identifier = hole === -1 ? down.length : hole;
      down[identifier] = { pointer: event.pointerId, touch: touchOf(identifier, event) };
      tell('Start', down[identifier].touch, event);
    }
    const follow = (kind) => (event) => {
      const identifier = down.findIndex((finger) => finger && finger.pointer === event.pointerId);
      if (identifier === -1) return;
      const touch = touchOf(identifier, event);
      down[identifier] = kind === 'Move' ? { pointer: event.pointerId, touch } : undefined;
      tell(kind, touch, event);
    };

    function listen() {
      if (listening) return;
      listening = true;
      document.documentElement.style.touchAction = 'none'; // else the browser scrolls and the touch is cancelled
      const heard = {
        pointerdown: press, pointermove: follow('Move'), pointerup: follow('End'), pointercancel: follow('Cancel'),
      };
      for (const name of Object.keys(heard)) window.addEventListener(name, heard[name], true);
    }
    return { on(kind, listener) { listen(); signals[kind].on(listener); } };
  }

  /** tt.onTouchStart and its kin in `realm`, which gets copies of its own. */
  function touchMembers(touches, realm, log) {
    const members = {};
    for (const kind of TOUCHES) {
      const signal = createSignal((error) => realm.reportError(error));
      const pass = (event) => signal.emit(copyInto(realm, event, log));
      members['onTouch' + kind] = (listener) => { touches.on(kind, pass); signal.on(listener); };
      members['offTouch' + kind] = signal.off;
    }
    return members;
  }

  /** The first canvas is the screen: the page's own if it has one, else one that fills the window. */
  function createScreen() {
    let screen = null;
    return function createCanvas() {
      if (screen !== null) return document.createElement('canvas');
      screen = document.querySelector('canvas');
      if (screen === null) {
        screen = document.createElement('canvas');
        Object.assign(screen, { width: window.innerWidth, height: window.innerHeight });
        Object.assign(screen.style, { position: 'fixed', left: '0', top: '0', width: '100%', height: '100%' });
        (document.body || document.documentElement).append(screen);
      }
      return screen;
    };
  }

  /** How the game was opened, read from the page's address. */
  function launchOptions() {
    const query = {};
    const own = {};
    new URLSearchParams(location.search).forEach((value, name) => {
      (name.startsWith('tt-') ? own : query)[name] = value;
    });
    const said = (name) => own['tt-' + name] || '';
    return { scene: said('scene'), query, location: said('location'), launch_from: said('launch-from') };
  }

  function lifeCycleMembers() {
    const [shown, hidden, failing] = [0, 1, 2].map(() => createSignal((error) => window.reportError(error)));
    let started = false;

    function showAtStart() {
      if (started) return;
      started = true;
      const show = () => setTimeout(() => { if (!document.hidden) shown.emit(launchOptions()); });
      if (document.readyState === 'complete') show();
      else window.addEventListener('load', show, { once: true });
    }
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) hidden.emit();
      else shown.emit(launchOptions());
    });
    window.addEventListener('error', ({ message, error }) => {
      failing.emit({ message, stack: String(Object(error).stack || '') });
    });
    return {
      getLaunchOptionsSync: launchOptions,
      onShow(listener) { shown.on(listener); showAtStart(); },
      offShow: shown.off,
      onHide: hidden.on,
      offHide: hidden.off,
      onError: failing.on,
      offError: failing.off,
    };
  }

  // ---- what the platform draws over the game -------------------------------------------------

  const OVERLAY_STYLE = `
    :host { position: fixed; inset: 0; z-index: 2147483647; font: 16px/1.5 sans-serif; color: #161823; }
    :host(.passing) { pointer-events: none; }
    * { box-sizing: border-box; margin: 0; }
    .shade { position: absolute; inset: 0; background: rgba(0, 0, 0, .5); }
    .card { position: absolute; left: 50%; top: 50%; transform: translate(-50%, -50%); width: min(92%, 22rem);
      max-height: 86%; display: flex; flex-direction: column; background: #fff; border-radius: 12px; overflow: hidden; }
    .card:focus { outline: none; }
    header, footer, li { display: flex; align-items: center; gap: .6rem; padding: .6rem 1rem; }
    header { border-bottom: 1px solid #eee; }
    footer { border-top: 1px solid #eee; }
    h2 { font-size: 1.1rem; flex: 1; }
    small { color: #71727a; }
    p { padding: 1rem; }
    ol { flex: 1; overflow-y: auto; padding: 0; list-style: none; }
    li span:nth-child(1) { min-width: 1.6rem; }
    li span:nth-last-child(2) { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    img { width: 2rem; height: 2rem; border-radius: 50%; }
    button { font: inherit; color: inherit; flex: 1; padding: .3rem .8rem; border: 0; border-radius: 6px; background: #f1f1f2; cursor: pointer; }
    button[aria-pressed="true"], .main { background: #fe2c55; color: #fff; }
    .close { flex: none; }
    .toast { position: absolute; left: 50%; top: 45%; transform: translate(-50%, -50%); padding: .6rem 1rem;
      border-radius: 8px; background: rgba(0, 0, 0, .75); color: #fff; }`;

  function element(name, members, ...children) {
    const made = Object.assign(document.createElement(name), members);
    made.append(...children);
    return made;
  }

  const button = (text, onclick, members) => element('button', { type: 'button', onclick, ...members }, text);

  /** Shows `parts` over the game, in a closed shadow tree; → a function that takes them away. */
  function overlay(parts, className = '') {
    const host = element('div', { className });
    const root = host.attachShadow({ mode: 'closed' });
    const style = new CSSStyleSheet(); // which a Content-Security-Policy allows
    style.replaceSync(OVERLAY_STYLE);
    root.adoptedStyleSheets = [style];
    root.append(...parts);
    overlays.add(host);
    document.documentElement.append(host);
    const focus = root.querySelector('.main') || root.querySelector('button');
    if (focus) focus.focus();
    return () => host.remove();
  }

  const RELATIONS = { friend: '好友', all: '全部' };
  const PERIODS = { day: '日榜', week: '周榜', month: '月榜', all: '总榜' };

  /** Draws the panel of tt.getImRankList over the game. */
  function drawRanks(boards, { rankTitle, rankType, suffix = '' }) {
    const scoreOf = (item) => item.value + suffix;
    const list = element('ol', {});
    const own = element('footer', {});
    const tabs = boards.map((board) => button(RELATIONS[board.relationType], () => show(board)));

    function show(board) {
      const { rank, item } = board.self_item;
      list.replaceChildren(...board.items.map((each, index) => element('li', {},
        element('span', {}, String(index + 1)), element('img', { src: each.user_img, alt: '' }),
        element('span', {}, each.nick_name), element('span', {}, scoreOf(each)))));
      if (board.items.length === 0) list.append(element('p', {}, '暂无数据'));
      own.replaceChildren(rank > 0 ? '我的排名：第 ' + rank + ' 名 · ' + scoreOf(item) : '我的排名：未上榜');
      tabs.forEach((tab, index) => tab.setAttribute('aria-pressed', String(boards[index] === board)));
    }

    const head = element('header', {}, element('h2', {}, rankTitle || '排行榜'), element('small', {}, PERIODS[rankType]),
      button('×', () => close(), { className: 'close', ariaLabel: '关闭' }));
    const choice = boards.length > 1 ? [element('header', {}, ...tabs)] : [];
    const card = element('section', { className: 'card', role: 'dialog', tabIndex: -1 }, head, ...choice, list, own);
    const shade = element('div', { className: 'shade', onclick: () => close() });
    card.onkeydown = ({ key }) => { if (key === 'Escape') close(); };
    show(boards[0]);
    const close = overlay([shade, card]);
  }

  /** The panel's data are asked for here, and not part of what the game gets. Never rejects. */
  async function showRanks(config, options, log) {
    try {
      const query = new URLSearchParams(options);
      const response = await fetch(config.url + '/tt/getImRankList?' + query, { headers: config.headers, credentials: 'omit' });
      if (!response.ok) throw new Error('HTTP ' + response.status);
      drawRanks((await response.json()).boards, options);
    } catch (error) {
      log.say('warn', 'the panel of tt.getImRankList could not be drawn: ' + error.message + '.');
    }
  }

  function showToast({ title = '', duration = 1500 }) {
    const remove = overlay([element('div', { className: 'toast', role: 'status' }, String(title))], 'passing');
    setTimeout(remove, duration);
  }

  /** → a promise of what the player chose. */
  function showModal({ title = '', content = '', showCancel = true, cancelText = '取消', confirmText = '确定' }) {
    return new Promise((resolve) => {
      const choose = (confirm) => () => { close(); resolve({ confirm, cancel: !confirm }); };
      const buttons = [button(String(confirmText), choose(true), { className: 'main' })];
      if (showCancel) buttons.unshift(button(String(cancelText), choose(false)));
      const close = overlay([element('div', { className: 'shade' }), element('section', { className: 'card', role: 'alertdialog' },
        element('header', {}, element('h2', {}, String(title))), element('p', {}, String(content)),
        element('footer', {}, ...buttons))]);
    });
  }

  // ---- what is there so that games start -----------------------------------------------------

  /**
   * A method with callbacks that the emulator does not hear of: `result(options)` makes the rest of `<api>:ok`.
   * Without it the call fails, bare: which words the platform has for that is not known.
   */
  function localMethod(api, result) {
    return (passed) => {
      const callbacks = readCallbacks(passed);
      Promise.resolve(quietly(() => ({ ...asObject(passed) }), {}))
        .then((options) => (result ? result(options) : Promise.reject()))
        .then((made) => ({ errMsg: api + ':ok', ...made }), () => ({ errMsg: api + ':fail' }))
        .then((reply) => deliver(api, callbacks, reply));
    };
  }

  /** An advertisement that never comes: load and show fail, and games have an answer to that. */
  function createAd(api, log) {
    const [loaded, failing, closed, resized] = [0, 1, 2, 3].map(() => createSignal((error) => window.reportError(error)));
    function fail() {
      log.say('info', 'there are no advertisements: what tt.' + api + ' made fails to load and to show.');
      const reply = { errMsg: api + ':fail' };
      const refused = Promise.reject(reply);
      refused.catch(() => failing.emit(reply)); // and so it is no unhandled rejection
      return refused;
    }
    return {
      load: fail, show: fail, hide() {}, destroy() {}, style: {},
      onLoad: loaded.on, offLoad: loaded.off, onError: failing.on, offError: failing.off,
      onClose: closed.on, offClose: closed.off, onResize: resized.on, offResize: resized.off,
    };
  }

  /** Browsers refuse, and say so in the console, until somebody has touched the page. */
  const vibrate = (duration_ms) => () => {
    if (Object(navigator.userActivation).hasBeenActive) quietly(() => navigator.vibrate(duration_ms));
  };

  /** All that tt has in the main domain of a page beside the catalog. */
  function pageMembers(config, state, log) {
    const touches = createTouches();
    const sharing = createSignal(() => {}); // heard by nobody: there is nowhere to share to
    const members = {
      ...openDataMembers(config, state, touches, log),
      ...touchMembers(touches, window, log),
      ...lifeCycleMembers(),
      createCanvas: createScreen(),
      createImage: () => new Image(),
      requestAnimationFrame: (callback) => requestAnimationFrame(callback),
      cancelAnimationFrame: (id) => cancelAnimationFrame(id),
      onShareAppMessage: sharing.on,
      offShareAppMessage: sharing.off,
    };
    const results = {
      showToast, showModal,
      showShareMenu() {},
      vibrateShort: vibrate(15),
      vibrateLong: vibrate(400),
      checkScene: () => ({ isExist: false }), // there is no sidebar
      navigateToScene: null,
      shareAppMessage: null,
    };
    for (const name of Object.keys(results)) members[name] = localMethod(name, results[name]);
    for (const name of ['createRewardedVideoAd', 'createInterstitialAd', 'createBannerAd']) {
      members[name] = () => createAd(name, log);
    }
    return members;
  }

  // ---- the object ----------------------------------------------------------------------------

  function readConfig(options) {
    const given = options || {};
    const env = typeof process !== 'undefined' && process.env ? process.env : {};
    const headers = {};
    for (const [name, otherwise] of [['World', 'default'], ['Player', 'player-1'], ['Domain', 'main']]) {
      const option = name.toLowerCase();
      const value = given[option] || otherwise;
      if (typeof value !== 'string') {
        throw new TypeError('[tt-emulator] createTT: ' + option + ' must be a string, got ' + typeof value);
      }
      headers['X-Emulator-' + name] = encodeURIComponent(value);
    }
    const url = String(given.url || env.TT_EMULATOR_URL || DEFAULT_URL).replace(/\/+$/, '');
    if (![undefined, 'wx'].includes(given.compat)) {
      throw new TypeError('[tt-emulator] createTT: compat is "wx" or nothing, got ' + JSON.stringify(given.compat));
    }
    const { state, openData, compat } = given;
    return { url, headers, domain: given.domain || 'main', state, openData, compat };
  }

  /**
   * finish(api, body, kept) → (told) → told: the reply made of what the emulator told and of what `acts` do in
   * the page once it has said ok. Those that are `local` act without an emulator, too. Each acts once.
   */
  function createFinisher(acts, local, failed) {
    // A page that goes hears no more answers; of tt.onHide it hears after pagehide, and games save then.
    const unfinished = new Set();
    const isLeaving = onLeaving(() => unfinished.forEach((act) => act()));

    function once(api, body, kept) {
      let result = null;
      return () => {
        if (result === null) {
          try {
            result = { made: acts[api](JSON.parse(body), kept) };
          } catch (error) {
            result = { refusal: error instanceof Refusal ? error : new Refusal('internal-error') };
          }
        }
        return result;
      };
    }

    return function finish(api, body, kept) {
      if (!has(acts, api)) return (told) => told;
      const act = once(api, body, kept);
      if (local.has(api)) {
        unfinished.add(act);
        if (isLeaving()) act();
      }
      return async (told) => {
        unfinished.delete(act);
        const isOk = told.reply.errMsg === api + ':ok';
        if (!isOk && !(told.alone && local.has(api))) return told;
        const { made, refusal } = act();
        if (refusal) return { ...told, reply: failed(api, refusal.row, refusal.text) };
        return { ...told, reply: { ...(isOk ? told.reply : { errMsg: api + ':ok' }), ...(await made) } };
      };
    };
  }

  /** Why tt does not have that name. */
  function absence(name, { domain }) {
    const words = { main: 'the main domain', open: 'the open data domain' };
    const because = (why) => 'is undefined in ' + words[domain] + ': ' + why + '.';
    if (has(NAMES_OF_OTHERS, name)) return NAMES_OF_OTHERS[name];
    if (has(CATALOG, name) && !CATALOG[name].domains.includes(domain)) {
      return because('it belongs to ' + words[CATALOG[name].domains[0]]);
    }
    if (name === 'getUserCloudStorage') return because('the setting own_data_in_main is off');
    if (!inPage && NAMES_OF_PAGES.has(name)) {
      return 'is there only in a page, and undefined in Node. Guard it, or set tt.' + name + ' to a stand-in.';
    }
    return 'is not emulated and stays undefined. Guard it, or set tt.' + name + ' to a stand-in.';
  }

  /**
   * An object that `fill` gives its members at the first touch; an assignment is one, too, so what a
   * game sets stays. Names that are not emulated stay undefined, so that `typeof tt.x === 'function'`
   * tells the truth.
   */
  function filledAtFirstTouch(fill, config, log) {
    const traps = {};
    const touches = ['get', 'has', 'ownKeys', 'getOwnPropertyDescriptor', 'defineProperty', 'deleteProperty', 'preventExtensions'];
    for (const trap of touches) {
      traps[trap] = (target, name, ...rest) => {
        if (fill) fill(target);
        fill = null;
        if (trap === 'get' && typeof name === 'string' && !(name in target) && !NOT_AN_API.test(name)) {
          log.say('info', 'tt.' + name + ' ' + absence(name, config));
        }
        return Reflect[trap](target, name, ...rest);
      };
    }
    return new Proxy({}, traps);
  }

  /**
   * A `tt` of its own player: {url, player, world, domain: 'main' | 'open', state, openData, compat}, all optional.
   * Asynchronous methods return undefined: the platform's promise is optional, games pass callbacks,
   * and a rejected promise that nobody holds would end a Node process.
   *
   * The state is read at the first touch: it says which methods there are, and how a failure looks
   * when nobody answers any more.
   */
  function createTT(options) {
    const config = readConfig(options);
    const log = createLog(config);
    const others = new Set(); // methods that are not of the catalog
    let state = null;

    const offers = (api) => CATALOG[api].domains.includes(config.domain)
      && (api !== 'getUserCloudStorage' || config.domain !== 'main' || state.own_data_in_main !== false);
    const failed = (api, name, text) => {
      const reply = failureOf(api, name, text);
      return state.fail_object === 'errMsg' ? { errMsg: reply.errMsg } : reply;
    };
    const send = createTransport(config, log, failed);
    const storage = createStorage(config, log);

    function learn(told) {
      state = { ...told, host: { ...DEFAULT_HOST, ...told.host }, system: { ...DEFAULT_SYSTEM, ...told.system } };
    }

    /** Takes in a state that the emulator tells; → the network that it names, if it is another one. */
    function follow(told) {
      const before = state.network;
      learn({ ...told, ...config.state, network: told.network });
      const { networkType, isConnected } = told.network;
      const isSame = !before || (before.networkType === networkType && before.isConnected === isConnected);
      return isSame ? null : { networkType, isConnected };
    }

    function systemInfo() {
      const { appName, SDKVersion } = state.host;
      return { ...state.system, appName, SDKVersion, ...windowInfo() };
    }

    const synchronous = {
      canIUse: (schema) => canIUse(schema, state.host, offers, others),
      getSystemInfoSync: systemInfo,
      getEnvInfoSync: () => ({ microapp: { ...MICROAPP }, common: { ...ENV } }),
      ...networkMembers(config, log, failed, follow),
      ...storageMembers(storage, failed),
    };

    // What the page adds once the emulator has said ok: the rest of the reply.
    const acts = {
      setStorage: ({ key }, json) => storage.set(key, json),
      getStorage: ({ key }) => ({ data: storage.get(key) }),
      removeStorage: ({ key }) => storage.remove(key),
      clearStorage: () => storage.clear(),
      getStorageInfo: () => storage.info(),
      getSystemInfo: () => systemInfo(),
    };
    const local = new Set(Object.keys(acts));
    if (inPage && config.domain === 'main') acts.getImRankList = (passed) => showRanks(config, passed, log);
    const finish = createFinisher(acts, local, failed);

    const asynchronous = (api) => (passed) => {
      const { callbacks, body, kept, unusable } = readOptions(api, passed);
      if (unusable) log.say('warn', 'tt.' + api + ': ' + unusable + ' cannot be JSON (a cycle, a BigInt?).');
      const own = unusable && { reply: failed(api, 'bad-parameter', unusable) };
      (own ? Promise.resolve(own) : send(api, body).then(finish(api, body, kept))).then(({ reply, word }) => {
        const act = has(CLIENT_FAULTS, word) ? CLIENT_FAULTS[word] : deliver;
        act(api, callbacks, reply);
      });
    };

    return filledAtFirstTouch((tt) => {
      learn(readState(config, log));
      for (const name of Object.keys(CATALOG)) {
        if (offers(name)) tt[name] = CATALOG[name].sync ? synchronous[name] : asynchronous(name);
      }
      const members = {};
      if (config.compat === 'wx' && config.domain === 'open') {
        members.getFriendCloudStorage = friendStorage(tt.getCloudStorageByRelation);
      }
      if (config.domain === 'main') members.env = { ...ENV };
      if (inPage && config.domain === 'main') Object.assign(members, pageMembers(config, state, log));
      for (const name of Object.keys(members)) {
        tt[name] = members[name];
        if (typeof members[name] === 'function') others.add(name);
      }
    }, config, log);
  }

  // ---- in a page -----------------------------------------------------------------------------

  function install() {
    window.createTT = createTT;
    if (has(window, 'tt') && window.tt) { // own: an element with id="tt" is not the platform
      write('info', 'this page already has a tt: it is kept. To emulate, load tt.js first.');
      return;
    }
    const data = ownTag ? ownTag.dataset : {};
    const query = new URLSearchParams(location.search);
    const origin = ownTag && ownTag.src ? new URL(ownTag.src).origin : location.origin;
    const url = data.url || (/^http/.test(origin) ? origin : DEFAULT_URL);
    const player = query.get('tt-player') || data.player || 'player-1';
    const world = query.get('tt-world') || data.world || 'default';
    const { domain, openData, compat } = data;
    const state = ownTag ? ownTag.state : undefined; // what the page's tt gives to the realm beside it
    window.tt = createTT({ url, player, world, domain, openData, compat, state });
    if (domain === 'open') return;
    window.GameGlobal = window.GameGlobal || window;
    write('info', 'tt is emulated by ' + url + ': player ' + player + ', world ' + world + '.');
  }

  if (typeof module === 'object' && module.exports) module.exports = { createTT, version: VERSION };
  else if (inPage) install();
})();

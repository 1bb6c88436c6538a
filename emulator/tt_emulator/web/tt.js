/*
 * The `tt` of a Douyin mini-game, answered by tt-emulator on this computer.
 *
 *   <script src="http://127.0.0.1:8717/tt.js"></script>          window.tt, the game needs no change
 *   importScripts('http://127.0.0.1:8717/tt.js')                 a worker, which then has createTT({ url, player, world })
 *   const { createTT } = require('./tt.js')                      Node 18+: createTT({ url, player, world })
 *   import { createTT } from './tt.mjs'                          the same as an ES module: Node, Vite and other bundlers
 *
 * Attributes of the script tag: data-url (default: where the script came from), data-player, data-world,
 * data-open-data (the directory of the open data domain; default: openDataContext of the page's game.json),
 * data-compat ("wx": the same object as wx, and in the open data domain with getFriendCloudStorage, which Douyin does not have).
 * In the page's own URL `?tt-player=`, `?tt-world=` and `?tt-url=` win over them, so two tabs can be two players and a
 * test's page plays where the test arms; `tt-scene`, `tt-location` and `tt-launch-from` say how the game was opened.
 * `tt-panel=1` shows a panel for testers over the game, as a tap of three fingers does, where the world's setting game_panel is on.
 *
 * One classic script, ES2018, no build, no dependency.
 */
// Assembled by .ci/generate of the modules in web/runtime and web/play: change those.
(function () {
'use strict';

// tt/names.js
// By which names games, pages and the emulator know the platform.
const GLOBAL = 'tt';
const MAKER = 'createTT';
const SCRIPT = 'tt.js';
const PREFIX = '/tt/';

// natives.js
/*
 * What a game, its adapter, a mock or a tracing library replaces later, by what throws or by what is itself made
 * of tt, changes nothing of what tt does. All that is needed of the language and of the browser is taken while the script
 * loads: here, in classes.js, language.js and browser.js. Otherwise nothing is looked up on a global or on a prototype, and
 * nothing goes through an iterator: no for…of, no spread of a list, no pattern of one; what an await waits for is
 * `intrinsic`. Two things alone are asked late, `console` and `document.hidden`: test runners set them.
 */

const inPage = typeof window !== 'undefined' && typeof document !== 'undefined';
const here = inPage ? window : globalThis;
const isWorker = !inPage && typeof here.importScripts === 'function';

const {
  Object, String, Number, Date, Error, TypeError, ReferenceError, Promise, Proxy, Map, Set, WeakSet, ArrayBuffer, Uint8Array, Uint32Array, URL,
  URLSearchParams, AbortController, AudioContext, OfflineAudioContext, TextDecoder, XMLHttpRequest, Image, CSSStyleSheet, MutationObserver, encodeURIComponent,
  decodeURIComponent, atob, btoa, setTimeout, clearTimeout, requestAnimationFrame, cancelAnimationFrame, reportError, navigator,
  WebSocket,
} = here;
const { apply } = here.Reflect;

function quietly(read, otherwise) {
  try {
    return read();
  } catch (error) {
    return otherwise;
  }
}

/** The functions that `owner` has of its own, which use no `this`. */
function functionsOf(owner) {
  const found = Object.create(null);
  for (const name of Object.getOwnPropertyNames(owner)) {
    if (typeof owner[name] === 'function') found[name] = owner[name];
  }
  return found;
}

const object = functionsOf(Object);
const has = (table, name) => object.getOwnPropertyDescriptor(table, name) !== undefined;

/** Where the property stands: the object itself, one of its prototypes, or null. */
function ownerOf(thing, name) {
  let owner = thing;
  while (owner && !has(owner, name)) owner = object.getPrototypeOf(owner);
  return owner || null;
}

/** The property's descriptor, wherever it stands. */
function descriptorIn(thing, name) {
  const owner = ownerOf(thing, name);
  return owner ? object.getOwnPropertyDescriptor(owner, name) : {};
}

/** What `make` makes of the properties of these names; nothing where there is no such class. */
function keptOf(Class, names, make) {
  const kept = Object.create(null);
  if (Class) for (const name of names.split(' ')) kept[name] = make(descriptorIn(Class.prototype, name), name);
  return kept;
}

/** name(object, ...arguments) */
const methodsOf = (Class, names) => keptOf(Class, names, ({ value }) => (self, ...given) => apply(value, self, given));

/** name(object); one of another make, as a polyfill's, is asked itself. */
const gettersOf = (Class, names) => keptOf(Class, names, ({ get }, name) => (self) => {
  try {
    return apply(get, self, []);
  } catch (error) {
    return self[name];
  }
});

/** name(object, value) */
const settersOf = (Class, names) => keptOf(Class, names, ({ set }) => (self, value) => { apply(set, self, [value]); });

/**
 * Methods and getters of what may be of another make: a polyfill's, a stand-in's, a Proxy's that a library loaded earlier
 * puts in the place of an answer, or of a class that comes later. That is asked itself. `probe` tells whether it is one, by
 * throwing: a Proxy passes for an instance, and a method that returns a promise refuses it too late.
 */
function partsOfAny(Class, methods, getters, probe) {
  const parts = getters ? gettersOf(Class || Object, getters) : {};
  const { prototype } = Object(Class);
  const { get, value: probing } = descriptorIn(prototype, probe);
  const isGenuine = (self) => (probe ? quietly(() => { apply(get || probing, self, ['x']); return true; }, false) : self instanceof Class);
  for (const name of methods ? methods.split(' ') : []) {
    const { value } = descriptorIn(prototype, name);
    parts[name] = (self, ...given) => apply(value && isGenuine(self) ? value : self[name], self, given);
  }
  return parts;
}

/**
 * Reads a property that the object may have from a prototype. What is a plain value, as in jsdom and happy-dom, is read
 * again only while it is one: a getter or an object that came later may be made of tt, and then the last value counts.
 */
function readerOf(thing, name) {
  const { get } = descriptorIn(thing, name);
  if (get) return () => apply(get, thing, []);
  let last = thing[name];
  return function readAgain() {
    const found = object.getOwnPropertyDescriptor(thing, name);
    if (found && has(found, 'value') && Object(found.value) !== found.value) last = found.value;
    return last;
  };
}

/**
 * name(...arguments) of the one object that there is; undefined is what it lacks. Not by its class: in jsdom and happy-dom as
 * Vitest has them the window is Node's own, with what theirs can copied onto it.
 */
function methodsAt(object, names) {
  const kept = {};
  for (const name of object ? names.split(' ') : []) {
    const value = object[name];
    kept[name] = value && ((...given) => apply(value, object, given));
  }
  return kept;
}

// classes.js
// Methods and accessors of classes, as functions of their object.

const method = { // those of pages are empty in Node
  number: methodsOf(Number, 'toFixed toString'),
  regexp: methodsOf(here.RegExp, 'exec'),
  map: methodsOf(Map, 'delete forEach get has set'),
  set: methodsOf(Set, 'add delete forEach has'),
  weakSet: methodsOf(WeakSet, 'add delete has'),
  searchParams: methodsOf(URLSearchParams, 'forEach get'),
  abort: methodsOf(AbortController, 'abort'),
  decoder: methodsOf(TextDecoder, 'decode'),
  date: methodsOf(here.Date, 'getHours getMinutes getSeconds'),
  document: methodsOf(here.Document, 'createElement createElementNS createTextNode querySelector'),
  element: methodsOf(here.HTMLElement, 'addEventListener appendChild attachShadow focus getBoundingClientRect remove removeEventListener replaceChildren'
    + ' setAttribute'),
  svg: methodsOf(here.SVGElement, 'setAttribute'),
  root: methodsOf(here.ShadowRoot, 'querySelector'),
  event: methodsOf(here.Event, 'preventDefault stopImmediatePropagation'),
  style: methodsOf(here.CSSStyleDeclaration, 'setProperty'),
  sheet: methodsOf(CSSStyleSheet, 'replaceSync'),
  observer: methodsOf(MutationObserver, 'observe'),
  audio: methodsOf(AudioContext, 'createBufferSource createGain decodeAudioData resume'),
  node: methodsOf(here.AudioNode, 'connect disconnect'),
  source: methodsOf(here.AudioBufferSourceNode, 'start stop'),
  socket: methodsOf(WebSocket, 'close send'),
};
const getter = {
  url: gettersOf(URL, 'host hostname href origin pathname port protocol search'),
  abort: gettersOf(AbortController, 'signal'),
  signal: gettersOf(here.AbortSignal, 'aborted'),
  document: gettersOf(here.Document, 'adoptedStyleSheets body documentElement head readyState'),
  element: gettersOf(here.HTMLElement, 'baseURI style'),
  root: gettersOf(here.ShadowRoot, 'adoptedStyleSheets'),
  frame: gettersOf(here.HTMLIFrameElement, 'contentDocument contentWindow'),
  image: gettersOf(here.HTMLImageElement, 'complete crossOrigin naturalWidth src'),
  canvas: gettersOf(here.HTMLCanvasElement, 'height width'),
  details: gettersOf(here.HTMLDetailsElement, 'open'),
  event: gettersOf(here.Event, 'target'),
  map: gettersOf(Map, 'size'),
  rect: gettersOf(here.DOMRect, 'left top'),
  pointer: gettersOf(here.PointerEvent, 'button clientX clientY pointerId pointerType target timeStamp'),
  key: gettersOf(here.KeyboardEvent, 'isComposing key'),
  input: gettersOf(here.HTMLInputElement, 'checked value'),
  textarea: gettersOf(here.HTMLTextAreaElement, 'value'),
  failure: gettersOf(here.ErrorEvent, 'error lineno message'),
  rejection: gettersOf(here.PromiseRejectionEvent, 'promise reason'),
  navigator: gettersOf(here.Navigator, 'userActivation'),
  activation: gettersOf(here.UserActivation, 'hasBeenActive isActive'),
  audio: gettersOf(AudioContext, 'destination state'),
  speakers: gettersOf(here.AudioDestinationNode, 'maxChannelCount'),
  gain: gettersOf(here.GainNode, 'gain'),
  buffer: gettersOf(here.AudioBuffer, 'duration'),
  socket: gettersOf(WebSocket, 'readyState'),
  message: gettersOf(here.MessageEvent, 'data'),
  closing: gettersOf(here.CloseEvent || Object, 'code reason'), // Node has had sockets for longer,
};
const setter = {
  canvas: settersOf(here.HTMLCanvasElement, 'height width'),
  image: settersOf(here.HTMLImageElement, 'crossOrigin src'),
  details: settersOf(here.HTMLDetailsElement, 'open'),
  input: settersOf(here.HTMLInputElement, 'checked value'),
  textarea: settersOf(here.HTMLTextAreaElement, 'value'),
  script: settersOf(here.HTMLScriptElement, 'async'),
  source: settersOf(here.AudioBufferSourceNode, 'buffer loop'),
  param: settersOf(here.AudioParam, 'value'),
  socket: settersOf(WebSocket, 'binaryType onclose onerror onmessage onopen'),
};
const lenient = {
  response: partsOfAny(here.Response, 'arrayBuffer text', 'body headers ok status', 'status'),
  headers: partsOfAny(here.Headers, 'get', '', 'has'),
  stream: partsOfAny(here.ReadableStream, 'getReader', '', 'locked'),
  reader: partsOfAny(here.ReadableStreamDefaultReader, 'cancel read'),
  request: partsOfAny(XMLHttpRequest, 'getResponseHeader open send setRequestHeader', 'status responseText', 'status'),
  storage: partsOfAny(here.Storage, 'getItem removeItem setItem', '', 'length'),
  exception: partsOfAny(here.DOMException, '', 'message name'),
};

// language.js
// What lists, objects, texts and JSON are worked with.

const reflect = functionsOf(here.Reflect);
const json = functionsOf(here.JSON);
const { isArray } = here.Array;
const { ceil, random } = here.Math;
const { now } = here.Date;

// What makes a list is written out: the language's own methods ask the list's constructor and its Symbol.species for one.
const array = {
  ...methodsOf(here.Array, 'find findIndex forEach includes join pop push reduce shift unshift'),

  map(list, change) {
    const made = [];
    array.forEach(list, (item, index) => { array.push(made, change(item, index)); });
    return made;
  },
  filter(list, test) {
    const made = [];
    array.forEach(list, (item) => { if (test(item)) array.push(made, item); });
    return made;
  },
  concat: (...lists) => array.flatMap(lists, (list) => list),
  flatMap(list, change) {
    const made = [];
    array.forEach(list, (item) => array.forEach(change(item), (inner) => array.push(made, inner)));
    return made;
  },
};
const copyOf = (list) => array.concat(list);
const emptied = (list) => {
  const made = copyOf(list);
  list.length = 0;
  return made;
};
const string = methodsOf(String, 'charCodeAt endsWith replace slice split startsWith toLowerCase');

/** defineProperty by what stands in the descriptor alone: some game may give every object a `get` or a `value`. */
const define = (target, name, descriptor) => object.defineProperty(target, name, { __proto__: null, ...descriptor });

/** The same promise, ready for an await, which asks each for its `constructor`, and for `then` if that is not the language's. */
const intrinsic = (promise) => (promise instanceof Promise
  ? define(promise, 'constructor', { value: Promise, configurable: true }) : promise);

const { prototype: ofObjects } = Object;
const { prototype: ofLists } = here.Array;

/** JSON of what a game passes. A toJSON that some library gives to all objects or lists is not theirs, and not asked. */
function toJson(value) {
  return json.stringify(has(ofObjects, 'toJSON') || has(ofLists, 'toJSON') ? withoutForeignToJson(value) : value);
}

/** A copy that asks nobody. Throws where there is a cycle, as JSON does. */
function withoutForeignToJson(value) {
  if (typeof value !== 'object' || value === null) return value;
  const owner = ownerOf(value, 'toJSON');
  const isOwn = owner !== null && owner !== ofObjects && owner !== ofLists && typeof value.toJSON === 'function'; // a Date's
  if (isOwn) return withoutForeignToJson(value.toJSON(''));
  if (isArray(value)) return define(array.map(value, withoutForeignToJson), 'toJSON', { value: undefined });
  const made = object.create(null);
  each(value, (name, inner) => { made[name] = withoutForeignToJson(inner); });
  return made;
}

const matches = (pattern, subject) => method.regexp.exec(pattern, subject) !== null;
const each = (table, act) => array.forEach(object.keys(table), (name) => act(name, table[name]));

// browser.js
// What there is one of in a page, and what a realm has beside its classes.

const view = {};
const { location } = inPage ? window : here; // in happy-dom the property can be replaced
const reload = () => location.reload(); // which no page can replace
const placed = {};
if (inPage) {
  for (const name of ['search', 'origin', 'protocol']) placed[name] = readerOf(location, name);
  for (const name of ['innerWidth', 'innerHeight', 'devicePixelRatio']) view[name] = readerOf(window, name);
  for (const name of ['width', 'height']) view[name] = readerOf(window.screen, name);
}

/** Asked for when it is used: to open it takes a browser some milliseconds, and a sandboxed frame may not. */
function storageOfPage() {
  const { get } = descriptorIn(window, 'localStorage');
  if (get && /\[native code\]/.test(get)) return () => apply(get, window, []);
  const found = quietly(() => window.localStorage, null); // no browser's, and may give later what was set meanwhile
  return () => found;
}

const pageStorage = inPage ? storageOfPage() : () => null;
const currentScript = inPage ? document.currentScript : null;

// Where there is none yet, as in jsdom, the one that comes.
const fetch = here.fetch || ((...request) => {
  if (!here.fetch) throw new ReferenceError('fetch is not defined');
  return apply(here.fetch, here, request);
});

// What comes of the shared canvas passes as the open data domain's own, see open-data.js.
const sharedClasses = {};
for (const name of ['EventTarget', 'Node', 'Element', 'HTMLElement', 'HTMLCanvasElement', 'CanvasRenderingContext2D',
  'WebGLRenderingContext', 'WebGL2RenderingContext', 'CanvasGradient', 'CanvasPattern', 'ImageData']) {
  if (here[name]) sharedClasses[name] = here[name];
}

// As createChannel wants a realm.
const ownRealm = { Array: here.Array, Object, structuredClone: here.structuredClone, reportError };

const atWindow = methodsAt(inPage ? window : null, 'addEventListener');
const atCrypto = methodsAt(here.crypto, 'getRandomValues');
const atPerformance = methodsAt(here.performance, 'now');
const atNavigator = methodsAt(inPage ? here.navigator : null, 'vibrate');

/** Whether somebody has touched the page. `how` is hasBeenActive, or isActive: within the last seconds; an old browser does not say. */
function isTouched(how, untold) {
  const activation = getter.navigator.userActivation(navigator);
  return activation ? getter.activation[how](activation) : untold;
}

function listen(target, type, listener, options) {
  if (inPage && target === window) atWindow.addEventListener(type, listener, options);
  else method.element.addEventListener(target, type, listener, options);
}

const isHidden = () => quietly(() => document.hidden === true, false);

const pageOrigin = inPage ? window.origin : '';

// locale.js
const isChinese = (language) => matches(/^zh/i, String(language));

/** Chinese where the page's or the browser's language is; a realm beside a page goes by the page. Node has neither. */
function readLocale() {
  if (currentScript && currentScript.handover) return currentScript.handover.locale;
  if (inPage && isChinese(quietly(() => document.documentElement.lang))) return 'zh';
  return (inPage || isWorker) && isChinese(quietly(() => navigator.language)) ? 'zh' : 'en';
}

const locale = readLocale();

/** Of a table of {en, zh} what is in this page's language. */
function localized(table) {
  const chosen = object.create(null);
  each(table, (name, text) => { chosen[name] = text[locale]; });
  return chosen;
}

// tt/sentences.js
// What a developer reads in the console of what this platform alone has.

const OWN_TEXTS = {
  noCompat: {
    en: (given) => '[tt-emulator] createTT: compat is "wx" or nothing, got ' + json.stringify(given),
    zh: (given) => '[tt-emulator] createTT：compat 只能是 "wx" 或不设置，得到的是 ' + json.stringify(given),
  },
  oneWay: {
    en: () => 'tt.postMessage was called in the open data domain and the message is NOT delivered. On the platform messages go'
      + ' one way, from the main domain to this one. The setting two_way_messages delivers them.',
    zh: () => '在开放数据域中调用了 tt.postMessage，这条消息【不会送达】。在平台上，消息只能单向传递，从主域到开放数据域。'
      + '打开设置 two_way_messages 后可以送达。',
  },
  fixedSize: {
    en: (name) => '[tt-emulator] the shared canvas refuses a ' + name + ' from the open data domain: the setting strict_canvas'
      + ' is on, as in the platform\'s simulator.',
    zh: (name) => '[tt-emulator] sharedCanvas 不允许开放数据域设置 ' + name + '：设置 strict_canvas 已打开，与平台的模拟器一致。',
  },
  panel: {
    en: (why) => 'the panel of tt.getImRankList could not be drawn: ' + why + '.',
    zh: (why) => '无法绘制 tt.getImRankList 的面板：' + why + '。',
  },
  noRecorder: {
    en: () => 'nothing is recorded: start of tt.getGameRecorderManager() ends in onError.',
    zh: () => '这里不录屏：tt.getGameRecorderManager() 的 start 会触发 onError。',
  },
};
const OWN_SENTENCES = localized(OWN_TEXTS);

// tt/config.js
/** What of the options is this platform's own. */
function ownConfig({ compat }) {
  if (compat !== undefined && compat !== 'wx') throw new TypeError(OWN_SENTENCES.noCompat(compat));
  return { compat };
}

/** The attributes by which the open data domain's script learns of it. */
const ownAttributes = ({ compat }) => (compat ? { 'data-compat': compat } : {});

/** The page's globals that are the platform's object. */
const globalsOf = ({ compat }) => (compat === 'wx' ? [GLOBAL, 'wx'] : [GLOBAL]);

// addresses.js
// Where an emulator may be.

const DEFAULT_URL = 'http://127.0.0.1:8717';
const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** The emulator that a page's address may name, without a slash at its end; null for any other. */
function loopbackUrl(text) {
  const url = quietly(() => new URL(text), null);
  const isLoopback = url !== null && matches(/^https?:$/, getter.url.protocol(url)) && matches(LOOPBACK, getter.url.hostname(url));
  return isLoopback ? getter.url.origin(url) + withoutSlash(getter.url.pathname(url)) : null;
}

function withoutSlash(url) {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return string.slice(url, 0, end);
}

const isSameServer = (url, other) => {
  const samePort = getter.url.port(new URL(url)) === getter.url.port(new URL(other));
  return url === other || (samePort && loopbackUrl(url) !== null && loopbackUrl(other) !== null);
};

// domains.js
const DOMAIN_TEXTS = {
  main: { en: 'the main domain', zh: '主域' },
  open: { en: 'the open data domain', zh: '开放数据域' },
};
const DOMAINS = localized(DOMAIN_TEXTS);
const otherThan = (domain) => (domain === 'main' ? 'open' : 'main');

// sentences.js
// What a developer reads in the console.

/** The command that starts an emulator where `url` leads. */
function startCommand(url) {
  const port = quietly(() => getter.url.port(new URL(url)), '');
  return 'tt-emulator start' + (port && port !== '8717' ? ' --port ' + port : '');
}

/** The command that ends all faults of the world. */
const disarmCommand = (url, world) => 'curl -X DELETE ' + url + '/__emulator/v1/faults'
  + (world === 'default' ? '' : ' -H X-Emulator-World:' + world);

const HINT_TEXTS = {
  cors: {
    en: () => ' · If it runs, look for a CORS error in this console: a library that was loaded before ' + SCRIPT + ' and sends cookies'
      + ' (credentials: "include", withCredentials) has the browser refuse the answers. Load ' + SCRIPT + ' before it.',
    zh: () => ' · 如果它在运行，请在控制台中查找 CORS 错误：在 ' + SCRIPT + ' 之前加载、并且会发送 Cookie 的库'
      + '（credentials: "include"、withCredentials）会让浏览器拒绝应答。请先加载 ' + SCRIPT + '。',
  },
  origin: {
    en: (option) => ' · Does it let this page in? Allow it with: ' + option,
    zh: (option) => ' · 它是否允许这个页面访问？允许的选项：' + option,
  },
  sandbox: {
    en: (option) => ' · This frame is sandboxed: its origin is "null", which the emulator does not let in. Give the frame'
      + ' sandbox="allow-scripts allow-same-origin", or start with: ' + option,
    zh: (option) => ' · 这个框架在沙箱中，来源是 "null"，模拟器不允许访问。请给框架加上'
      + ' sandbox="allow-scripts allow-same-origin"，或启动时加上：' + option,
  },
};
const HINTS = localized(HINT_TEXTS);

/** What a page needs beside a running emulator. */
function howToBeLetIn() {
  const option = '--allow-origin ' + pageOrigin;
  if (!inPage) return '';
  if (pageOrigin !== 'null' && loopbackUrl(pageOrigin) !== null) return HINTS.cors(); // always let in
  return pageOrigin !== 'null' || placed.protocol() === 'file:' ? HINTS.origin(option) : HINTS.sandbox(option);
}

const TEXTS = {
  emulated: {
    en: (url, player, world) => GLOBAL + ' is emulated by ' + url + ': player ' + player + ', world ' + world + '.',
    zh: (url, player, world) => GLOBAL + ' 由 ' + url + ' 模拟：玩家 ' + player + '，世界 ' + world + '。',
  },
  kept: {
    en: () => 'this page already has a ' + GLOBAL + ': it is kept. To emulate, load ' + SCRIPT + ' first.',
    zh: () => '页面里已有 ' + GLOBAL + '，保留不变。要使用模拟器，请先加载 ' + SCRIPT + '。',
  },
  otherEmulator: {
    en: (url, tagUrl) => 'tt-url in this page\'s address names ANOTHER server than the script tag: ' + GLOBAL + ' plays at '
      + url + ', and not at ' + tagUrl + '.',
    zh: (url, tagUrl) => '页面地址中的 tt-url 与 script 标签指定的【不是同一个】服务器：' + GLOBAL + ' 使用 ' + url + '，而不是 ' + tagUrl + '。',
  },
  refusedUrl: {
    en: (url) => 'tt-url in this page\'s address is ' + json.stringify(url) + ' and is REFUSED: a link must not make a page'
      + ' play with a stranger, so it may name loopback addresses alone, as http://127.0.0.1:8717. ' + GLOBAL + ' plays nowhere now: each call'
      + ' fails as without a network. Mend the address; for an emulator on another machine set data-url on the script tag.',
    zh: (url) => '页面地址中的 tt-url 是 ' + json.stringify(url) + '，【已拒绝】：链接不得让页面连接陌生的服务器，因此只能是本机'
      + '回环地址，例如 http://127.0.0.1:8717。现在 ' + GLOBAL + ' 不连接任何服务器，每次调用都像没有网络一样失败。请修改地址；模拟器在其他电脑上时，'
      + '请在 script 标签上设置 data-url。',
  },
  noString: {
    en: (option, kind) => '[tt-emulator] ' + MAKER + ': ' + option + ' must be a string, got ' + kind,
    zh: (option, kind) => '[tt-emulator] ' + MAKER + '：' + option + ' 必须是字符串，得到的是 ' + kind,
  },
  noSuchDomain: {
    en: (given) => '[tt-emulator] ' + MAKER + ': domain is "main" or "open", got ' + json.stringify(given),
    zh: (given) => '[tt-emulator] ' + MAKER + '：domain 只能是 "main" 或 "open"，得到的是 ' + json.stringify(given),
  },
  refused: {
    en: (api, reason) => GLOBAL + '.' + api + ' was refused: ' + reason,
    zh: (api, reason) => GLOBAL + '.' + api + ' 被拒绝：' + reason,
  },
  fault: {
    en: (api, fault, word, url, world) => GLOBAL + '.' + api + ' met the armed fault ' + fault + (word ? ' (' + word + ')' : '')
      + '. To disarm: ' + disarmCommand(url, world),
    zh: (api, fault, word, url, world) => GLOBAL + '.' + api + ' 命中了已启用的故障 ' + fault + (word ? '（' + word + '）' : '')
      + '。取消故障：' + disarmCommand(url, world),
  },
  unknownWord: {
    en: (word) => 'this ' + SCRIPT + ' knows no client fault ' + word + ': the game gets the plain reply.',
    zh: (word) => '这个 ' + SCRIPT + ' 不认识运行时故障 ' + word + '：游戏得到普通的应答。',
  },
  unreadable: {
    en: (api, url, body) => GLOBAL + '.' + api + ': the answer of ' + url + ' is not the expected JSON: '
      + json.stringify(string.slice(body, 0, 80)) + '. Does data-url name another server?',
    zh: (api, url, body) => GLOBAL + '.' + api + '：' + url + ' 的应答不是预期的 JSON：'
      + json.stringify(string.slice(body, 0, 80)) + '。data-url 是否指向了别的服务器？',
  },
  status: {
    en: (api, url, status, why) => GLOBAL + '.' + api + ': ' + url + ' answered HTTP ' + status + '. '
      + (why || 'Does data-url name another server?'),
    zh: (api, url, status, why) => GLOBAL + '.' + api + '：' + url + ' 应答了 HTTP ' + status + '。'
      + (why || 'data-url 是否指向了别的服务器？'),
  },
  silence: {
    en: (api, url, why) => GLOBAL + '.' + api + ': no answer from ' + url + ' (' + why + '). Unless a fault did it:'
      + ' is the emulator running? Start it with: ' + startCommand(url) + howToBeLetIn(),
    zh: (api, url, why) => GLOBAL + '.' + api + '：' + url + ' 没有应答（' + why + '）。如果不是故障所致，模拟器是否在运行？启动命令：'
      + startCommand(url) + howToBeLetIn(),
  },
  noState: {
    en: (url, why) => 'the state of the emulated phone could not be read from ' + url + ' (' + why
      + '): until this page is loaded again ' + GLOBAL + '.getSystemInfoSync and ' + GLOBAL + '.canIUse answer with defaults.'
      + ' Is the emulator running? Start it with: ' + startCommand(url) + howToBeLetIn(),
    zh: (url, why) => '无法从 ' + url + ' 读取模拟手机的状态（' + why
      + '）：重新加载页面之前，' + GLOBAL + '.getSystemInfoSync 和 ' + GLOBAL + '.canIUse 按默认值应答。模拟器是否在运行？启动命令：'
      + startCommand(url) + howToBeLetIn(),
  },
  stateRefused: {
    en: (url, status, why) => 'the state of the emulated phone was refused by ' + url + ' (HTTP ' + status + '): ' + why,
    zh: (url, status, why) => '模拟手机的状态被 ' + url + ' 拒绝（HTTP ' + status + '）：' + why,
  },
  noStream: {
    en: (url, why) => 'the changes of the network cannot be heard from ' + url + ' (' + why + '): tried again each second.',
    zh: (url, why) => '无法从 ' + url + ' 获知网络变化（' + why + '）：每秒重试一次。',
  },
  otherWorld: {
    en: (url, why) => 'the changes of the emulated phone are not heard from ' + url + ' until a call of ' + GLOBAL + ' is answered there: ' + why,
    zh: (url, why) => '在 ' + GLOBAL + ' 的一次调用得到应答之前，无法从 ' + url + ' 获知模拟手机的变化：' + why,
  },
  noJson: {
    en: (api, option) => GLOBAL + '.' + api + ': ' + option + ' cannot be JSON (a cycle, a BigInt?).',
    zh: (api, option) => GLOBAL + '.' + api + '：' + option + ' 无法转为 JSON（是否有循环引用或 BigInt？）。',
  },
  callback: {
    en: (name, api) => 'the ' + name + ' callback of ' + GLOBAL + '.' + api + ' threw:',
    zh: (name, api) => GLOBAL + '.' + api + ' 的 ' + name + ' 回调抛出了异常：',
  },
  thrown: {
    en: () => 'in a page this would be uncaught:',
    zh: () => '在页面里，这会是未捕获的异常：',
  },
  demanded: {
    en: (api) => '[tt-emulator] ' + GLOBAL + '.' + api + ' threw, as the armed fault demands.',
    zh: (api) => '[tt-emulator] ' + GLOBAL + '.' + api + ' 按已启用的故障的要求抛出了异常。',
  },
  listener: {
    en: () => 'a listener of the network threw:',
    zh: () => '网络变化的监听函数抛出了异常：',
  },
  memoryOnly: {
    en: () => 'this page may not use localStorage: what ' + GLOBAL + '.setStorage keeps is gone when it is left.',
    zh: () => '页面不能使用 localStorage：离开页面后，' + GLOBAL + '.setStorage 存储的数据就会消失。',
  },
  originFull: {
    en: (why) => 'this browser keeps no more for this origin (' + why + '), though the platform would.',
    zh: (why) => '浏览器不再为这个来源存储数据（' + why + '），而平台上本可以存储。',
  },
  pageFailed: {
    en: (api, why) => GLOBAL + '.' + api + ' failed in the page itself, by no fault and no limit: ' + why,
    zh: (api, why) => GLOBAL + '.' + api + ' 在页面内部失败，与故障和限额无关：' + why,
  },
  leftOut: {
    en: (kind) => 'a ' + kind + ' in a message between the domains was left out: messages are copied.',
    zh: (kind) => '域之间的消息中有 ' + kind + '，已略去：消息是复制后传递的。',
  },
  unheard: {
    en: (count) => 'nobody has listened to ' + count + ' messages between the domains: later ones are lost.',
    zh: (count) => '域之间已有 ' + count + ' 条消息没有监听者：之后的消息会丢失。',
  },
  notLoaded: {
    en: (url) => 'the open data domain does not run: ' + url + ' could not be loaded.',
    zh: (url) => '开放数据域没有运行：无法加载 ' + url + '。',
  },
  failedPicture: {
    en: (what, url) => what + ' of a picture that did not load (' + url + '): nothing is drawn, and the drawing goes on.'
      + ' A browser alone would throw here.',
    zh: (what, url) => what + ' 使用了没有加载成功的图片（' + url + '）：什么也不画，绘制继续。浏览器本身会在这里抛出异常。',
  },
  emptyCanvas: {
    en: (what, width, height) => what + ' of a canvas of ' + width + ' × ' + height + ' pixels: nothing is drawn, and the'
      + ' drawing goes on. A browser alone would throw here.',
    zh: (what, width, height) => what + ' 使用了 ' + width + ' × ' + height + ' 像素的画布：什么也不画，绘制继续。'
      + '浏览器本身会在这里抛出异常。',
  },
  cover: {
    en: () => GLOBAL + '.createCanvas() made a canvas over the whole window, as this page has none. Touches go through it to the page'
      + ' below unless the game listens to them, by ' + GLOBAL + '.onTouchStart or on the canvas; then it takes them all. (A listener that a'
      + ' library registers by what it kept before ' + SCRIPT + ' was loaded is not seen.) A <canvas> in the page would be taken instead.',
    zh: () => '页面里没有画布，' + GLOBAL + '.createCanvas() 创建了一个覆盖整个窗口的画布。除非游戏监听触摸（用 ' + GLOBAL + '.onTouchStart 或在画布上监听），'
      + '触摸会穿过它到达下面的页面；一旦监听，所有触摸都归它。（某个库若用 ' + SCRIPT + ' 加载之前保存的函数注册监听，则无法得知。）页面里如有'
      + ' <canvas>，就会使用那一个。',
  },
  soundWaits: {
    en: () => 'browsers keep a page silent until somebody touches it or presses a key. A sound that plays already is heard from then on,'
      + ' from where it is; its events come meanwhile.',
    zh: () => '在有人触摸页面或按键之前，浏览器不允许页面发声。已在播放的声音从那一刻起、从当前位置开始可以听到；在此之前事件照常触发。',
  },
  soundFailed: {
    en: (src, errCode, reason) => 'the sound ' + src + ' cannot be played (errCode ' + errCode + '): ' + reason,
    zh: (src, errCode, reason) => '声音 ' + src + ' 无法播放（errCode ' + errCode + '）：' + reason,
  },
  soundNotRead: {
    en: (reason) => 'it cannot be read (a sound of another host has to be allowed by that host, by CORS): ' + reason,
    zh: (reason) => '无法读取（其他主机上的声音需要该主机通过 CORS 允许）：' + reason,
  },
  noSoundFile: {
    en: () => 'a page can read what lies beside it, and what http:, https:, data: and blob: addresses lead to.',
    zh: () => '页面只能读取与它放在一起的文件，以及 http:、https:、data: 和 blob: 地址指向的内容。',
  },
  noSoundHere: {
    en: () => 'there is no sound here: only pages of a browser can play any.',
    zh: () => '这里没有声音：只有浏览器的页面才能播放。',
  },
  noSpeaker: {
    en: (reason) => 'this browser plays no sound: ' + reason,
    zh: (reason) => '这个浏览器无法播放声音：' + reason,
  },
  noSockets: {
    en: () => 'there is no WebSocket here (Node has one from version 22 on): a socket of ' + GLOBAL + '.connectSocket breaks before it opens.',
    zh: () => '这里没有 WebSocket（Node 从 22 版起才有）：' + GLOBAL + '.connectSocket 的连接在打开之前就会断开。',
  },
  manySockets: {
    en: (most) => 'more than ' + most + ' sockets of ' + GLOBAL + '.connectSocket are open: on the platform ' + most + ' may be, and what becomes'
      + ' of one more is not documented. Here it is opened.',
    zh: (most) => GLOBAL + '.connectSocket 同时打开的连接超过 ' + most + ' 个：平台上最多 ' + most + ' 个，再多一个会怎样没有文档说明。这里会照常打开。',
  },
  noAds: {
    en: (api) => 'there are no advertisements: what ' + GLOBAL + '.' + api + ' made fails to load and to show.',
    zh: (api) => '这里没有广告：' + GLOBAL + '.' + api + ' 创建的广告无法加载，也无法展示。',
  },
};
const SENTENCES = localized(TEXTS);

// config.js
function readConfig(options) {
  const given = options || {};
  const env = quietly(() => here.process.env.TT_EMULATOR_URL);
  const headers = {};
  each({ World: 'default', Player: 'player-1', Domain: 'main' }, (name, otherwise) => {
    const option = string.toLowerCase(name);
    const value = given[option] || otherwise;
    if (typeof value !== 'string') {
      throw new TypeError(SENTENCES.noString(option, typeof value));
    }
    headers['X-Emulator-' + name] = encodeURIComponent(value);
  });
  const token = given.token || (given.url ? '' : quietly(() => here.process.env.TT_EMULATOR_TOKEN)); // it goes to no other server
  if (token) {
    if (typeof token !== 'string') throw new TypeError(SENTENCES.noString('token', typeof token));
    headers.Authorization = 'Bearer ' + token;
  }
  const own = ownConfig(given);
  const { state, openData, domain = 'main' } = given;
  if (!has(DOMAINS, domain)) {
    throw new TypeError(SENTENCES.noSuchDomain(domain));
  }
  const url = withoutSlash(String(given.url || env || DEFAULT_URL));
  return { url, token, headers, domain, state, openData, ...own };
}

// tag.js
// The script element of this script.

const ownTag = currentScript || (inPage ? document.querySelector('script[src*="/' + SCRIPT + '"]') : null);
const tag = ownTag // an image of it: its properties are the browser's
  ? { src: ownTag.src, nonce: ownTag.nonce, data: { ...ownTag.dataset }, state: ownTag.state, handover: ownTag.handover, realm: ownTag.realm }
  : { src: '', nonce: '', data: {} };

// absences.js
// What is said of names that the platform's global does not have, together where they share the cause.

const listed = (names) => array.join(array.map(names, (name) => GLOBAL + '.' + name), ', ');

const ELSEWHERE_TEXTS = {
  elsewhere: {
    en: (names, isOne, { domain }) => listed(names) + (isOne ? ' is' : ' are') + ' undefined in ' + DOMAINS[domain] + ': '
      + (isOne ? 'it belongs' : 'they belong') + ' to ' + DOMAINS[otherThan(domain)] + '.',
    zh: (names, isOne, { domain }) => listed(names) + ' 在' + DOMAINS[domain] + '中是 undefined：' + (isOne ? '它' : '它们')
      + '属于' + DOMAINS[otherThan(domain)] + '。',
  },
  elsewhereInPages: {
    en: (names, isOne, { domain }) => listed(names) + (isOne ? ' is' : ' are') + ' undefined in ' + DOMAINS[domain] + ': '
      + (isOne ? 'it belongs' : 'they belong') + ' to ' + DOMAINS[otherThan(domain)] + ', and ' + (isOne ? 'is' : 'are')
      + ' there only in a page.',
    zh: (names, isOne, { domain }) => listed(names) + ' 在' + DOMAINS[domain] + '中是 undefined：' + (isOne ? '它' : '它们')
      + '属于' + DOMAINS[otherThan(domain)] + '，而且只有页面里才有。',
  },
};
const NOWHERE_TEXTS = {
  pages: {
    en: (names, isOne) => listed(names) + (isOne ? ' is' : ' are') + ' there only in a page, and undefined in '
      + (isWorker ? 'a worker' : 'Node') + (isOne ? '. Guard it, or set ' + listed(names) + ' to a stand-in.'
      : '. Guard them, or set them to stand-ins.'),
    zh: (names, isOne) => listed(names) + ' 只有页面里才有，在 ' + (isWorker ? 'worker' : 'Node') + ' 中是 undefined。使用前请先判断，或'
      + (isOne ? '把 ' + listed(names) + ' 设为替代实现。' : '分别设为替代实现。'),
  },
  unknown: {
    en: (names, isOne, { url }) => listed(names) + (isOne
      ? ' is not emulated and stays undefined. Guard it, or set ' + listed(names) + ' to a stand-in'
      : ' are not emulated and stay undefined. Guard them, or set them to stand-ins')
      + (inPage && url && !tag.realm ? '; some are ready: ' + url + '/stand-ins.js' : '.'),
    zh: (names, isOne, { url }) => listed(names) + ' 没有模拟，是 undefined。使用前请先判断，或'
      + (isOne ? '把 ' + listed(names) + ' 设为替代实现' : '分别设为替代实现')
      + (inPage && url && !tag.realm ? '；已有一些现成的：' + url + '/stand-ins.js' : '。'),
  },
};

// tt/absences.js
// What is said of names that tt does not have.

const ABSENCE_TEXTS = {
  wechat: {
    en: () => "tt.getFriendCloudStorage is not a Douyin API. Use tt.getCloudStorageByRelation({type: 'friend', keyList: […]}) in"
      + ' the open data domain, or have it there with data-compat="wx" on the script tag of tt.js.',
    zh: () => 'tt.getFriendCloudStorage 不是抖音的接口。请在开放数据域中使用 tt.getCloudStorageByRelation('
      + '{type: \'friend\', keyList: […]})；在 tt.js 的 script 标签上设置 data-compat="wx" 后，开放数据域中也有它。',
  },
  ...ELSEWHERE_TEXTS,
  twoWay: {
    en: (names, isOne) => listed(names) + (isOne ? ' is' : ' are') + ' undefined in ' + DOMAINS.main + ': '
      + (isOne ? 'it belongs' : 'they belong') + ' to ' + DOMAINS.open + '. The setting two_way_messages gives '
      + (isOne ? 'it' : 'them') + ' to the main domain, too.',
    zh: (names, isOne) => listed(names) + ' 在' + DOMAINS.main + '中是 undefined：' + (isOne ? '它' : '它们') + '属于'
      + DOMAINS.open + '。打开设置 two_way_messages 后，主域也有' + (isOne ? '它' : '它们') + '。',
  },
  ownData: {
    en: (names) => listed(names) + ' is undefined in ' + DOMAINS.main + ': the setting own_data_in_main is off.',
    zh: (names) => listed(names) + ' 在' + DOMAINS.main + '中是 undefined：设置 own_data_in_main 已关闭。',
  },
  ...NOWHERE_TEXTS,
};
const ABSENCES = localized(ABSENCE_TEXTS);

// tt/catalog.js
// What the platform's documentation says, one entry an API. Generated from the catalog.
const CATALOG = {
  "access": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"path": "string"},
    "success": ["errMsg"],
    "errors": {
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $filePath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $filePath", "detail": "text"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "accessSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"path": "string"},
    "success": [],
    "errors": {
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $filePath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $filePath", "detail": "text"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "addShortcut": {
    "since": "2.46.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "not-supported": {"code": 10301, "message": "feature is not supported in app"},
      "system-refused": {"code": 21301, "message": "system auth deny"},
      "results-timed-out": {"code": 21302, "message": "get results timed out"},
      "shortcut-failed": {"code": 21303, "message": "add shortcut fail"},
      "update-refused": {"code": 21304, "message": "update deny"},
      "user-cancelled": {"code": 21305, "message": "user cancel"},
      "internal-error": {"code": 20000, "message": "internal error"},
      "gesture-missing": {"code": 21500, "message": "must be invoked by user gesture"}
    }
  },
  "appendFile": {
    "memberOf": "FileSystemManager",
    "since": "3.1.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string", "data": "any", "encoding": "string"},
    "success": ["errMsg"],
    "limits": {"user_folder": 209715200},
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $filePath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $filePath", "detail": "text"},
      "user-folder-full": {"code": 21103, "message": "user dir saved file size limit exceeded"},
      "operation-not-permitted": {"code": 21104, "message": "operation not permitted, appendFile $filePath", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "appendFileSync": {
    "memberOf": "FileSystemManager",
    "since": "3.1.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string", "data": "any", "encoding": "string"},
    "success": [],
    "limits": {"user_folder": 209715200},
    "errors": {
      "parameter-invalid": {"code": 20000, "message": "filePath is invalid"},
      "permission-denied": {"code": 21101, "message": "permission denied, appendFile $filePath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, appendFile $filePath", "detail": "text"},
      "user-folder-full": {"code": 21103, "message": "user dir saved file size limit exceeded"},
      "operation-not-permitted": {"code": 21104, "message": "operation not permitted, appendFile $filePath", "detail": "text"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "authorize": {
    "since": "1.3.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"scope": "string"},
    "success": ["errMsg", "data"],
    "errors": {
      "session-failure": {"message": "invalid session", "prefix": "authroize:"},
      "scope-refused": {},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
    }
  },
  "canIUse": {
    "since": "1.35.0", "sync": true, "domains": ["main", "open"], "failure": "none",
    "params": {"schema": "string"},
    "success": [],
    "errors": {}
  },
  "checkScene": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg", "isExist"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "checkSession": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "session-failure": {}
    }
  },
  "checkShortcut": {
    "since": "2.46.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg", "status"],
    "errors": {
      "not-supported": {"code": 10301, "message": "feature is not supported in app"},
      "shortcut-failed": {"code": 21101, "message": "check shortcut fail"},
      "internal-error": {"code": 20000, "message": "internal error"},
      "environment-error": {"code": 10402, "message": "context environment error"}
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
  "connectSocket": {
    "since": "1.0.0", "sync": false, "leaves": true, "domains": ["main"], "failure": "errNo",
    "params": {"url": "string", "header": "object", "protocols": "array<string>", "timeout": "number"},
    "success": ["errMsg", "socketTaskId"],
    "limits": {"at_once": 5},
    "errors": {
      "invalid-domain": {"message": "url is not valid domain"},
      "network-unavailable": {"message": "network unavailable"},
      "timed-out": {"message": "timeout"},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
    }
  },
  "copyFile": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"srcPath": "string", "destPath": "string"},
    "success": ["errMsg"],
    "limits": {"user_folder": 209715200},
    "errors": {
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $srcPath -> $destPath", "detail": "text"},
      "operation-not-permitted": {"code": 21102, "message": "operation not permitted, $apiName $srcPath", "detail": "text"},
      "no-such-file": {"code": 21103, "message": "no such file or directory, $apiName $srcPath -> $destPath", "detail": "text"},
      "user-folder-full": {"code": 21104, "message": "user dir saved file size limit exceeded"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21105, "message": "operation failed"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "copyFileSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"srcPath": "string", "destPath": "string"},
    "success": [],
    "limits": {"user_folder": 209715200},
    "errors": {
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $srcPath -> $destPath", "detail": "text"},
      "operation-not-permitted": {"code": 21102, "message": "operation not permitted, $apiName $srcPath", "detail": "text"},
      "no-such-file": {"code": 21103, "message": "no such file or directory, $apiName $srcPath -> $destPath", "detail": "text"},
      "user-folder-full": {"code": 21104, "message": "user dir saved file size limit exceeded"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21105, "message": "operation failed"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "createInnerAudioContext": {
    "since": "1.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": [],
    "errors": {}
  },
  "downloadFile": {
    "since": "1.0.0", "sync": false, "leaves": true, "domains": ["main"], "failure": "errNo",
    "params": {"url": "string", "header": "object", "timeout": "number", "enableProfile": "boolean"},
    "success": ["errMsg", "tempFilePath", "statusCode", "profile"],
    "limits": {"at_once": 5, "file": 52428800},
    "errors": {
      "invalid-domain": {"message": "url is not valid domain"},
      "network-unavailable": {"message": "network unavailable"},
      "timed-out": {"message": "timeout"},
      "aborted": {"message": "abort"},
      "file-too-large": {},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
    }
  },
  "getAccountInfoSync": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": ["miniProgram"],
    "errors": {}
  },
  "getAppBaseInfo": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": ["SDKVersion", "version", "language", "enableDebug"],
    "errors": {}
  },
  "getAudioContext": {
    "since": "1.34.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": [],
    "errors": {}
  },
  "getClipboardData": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg", "data"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"}
    }
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
  "getDeviceInfo": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": ["brand", "model", "platform", "system", "benchmarkLevel"],
    "errors": {}
  },
  "getEnvInfoSync": {
    "since": "2.21.0", "sync": true, "domains": ["main"], "failure": "errorCode",
    "params": {},
    "success": ["microapp", "common"],
    "errors": {
      "internal-error": {"code": 101192, "message": "native exception xxx", "type": "F"}
    }
  },
  "getFileInfo": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string"},
    "success": ["errMsg", "size"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $filePath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $filePath", "detail": "text"}
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
      "rank-list-showing": {"code": 21105, "message": "rank list is showing"},
      "not-supported": {"code": 10301, "message": "feature is not supported in app setRankData"},
      "host-logged-out": {"code": 10601, "message": "not login"}
    }
  },
  "getMenuButtonBoundingClientRect": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": ["width", "height", "top", "bottom", "right", "left"],
    "errors": {}
  },
  "getMenuButtonLayout": {
    "since": "1.25.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": ["width", "height", "top", "bottom", "right", "left"],
    "errors": {}
  },
  "getNetworkType": {
    "since": "1.0.0", "sync": false, "domains": ["main", "open"], "failure": "errNo",
    "params": {},
    "success": ["errMsg", "networkType"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "getSavedFileList": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg", "fileList"],
    "errors": {
      "saved-list-failed": {"code": 21101, "message": "get saved file list fail"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "getSetting": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg", "authSetting"],
    "errors": {}
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
    "success": ["errMsg", "system", "platform", "brand", "model", "version", "appName", "SDKVersion", "screenWidth", "screenHeight", "windowWidth", "windowHeight", "pixelRatio", "safeArea", "deviceScore", "language", "statusBarHeight"],
    "errors": {}
  },
  "getSystemInfoSync": {
    "since": "1.0.0", "sync": true, "domains": ["main", "open"], "failure": "none",
    "params": {},
    "success": ["system", "platform", "brand", "model", "version", "appName", "SDKVersion", "screenWidth", "screenHeight", "windowWidth", "windowHeight", "pixelRatio", "safeArea", "deviceScore", "language", "statusBarHeight"],
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
  "getWindowInfo": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": ["pixelRatio", "screenWidth", "screenHeight", "windowWidth", "windowHeight", "statusBarHeight", "safeArea", "screenTop"],
    "errors": {}
  },
  "hideKeyboard": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "hideLoading": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {}
    }
  },
  "hideToast": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {}
    }
  },
  "loadFont": {
    "since": "1.23.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"path": "string"},
    "success": [],
    "errors": {}
  },
  "loadSubpackage": {
    "since": "1.88.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"name": "string"},
    "success": ["errMsg"],
    "prefix": "loadSubpackage: ",
    "errors": {
      "internal-error": {},
      "bad-parameter": {}
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
  "mkdir": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"dirPath": "string", "recursive": "boolean"},
    "success": ["errMsg"],
    "errors": {
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $filePath", "detail": "text"},
      "file-exists": {"code": 21102, "message": "file already exists, $apiName $filePath", "detail": "text"},
      "no-such-file": {"code": 21103, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21104, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "mkdirSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"dirPath": "string", "recursive": "boolean"},
    "success": [],
    "errors": {
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $filePath", "detail": "text"},
      "file-exists": {"code": 21102, "message": "file already exists, $apiName $filePath", "detail": "text"},
      "no-such-file": {"code": 21103, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21104, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "navigateToMiniProgram": {
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errorCode",
    "params": {"appId": "any", "path": "any", "extraData": "any", "envVersion": "any"},
    "success": ["errMsg"],
    "errors": {
      "unsupported-on-game": {"code": 21100, "message": "unSupport on game"},
      "not-in-list": {"code": 21102, "message": "appId %s is not in navigateToMiniProgramAppIdList", "detail": "text"},
      "user-cancelled": {"code": 10502, "message": "cancel"}
    }
  },
  "navigateToScene": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "nowhere-to-go": {},
      "internal-error": {"code": 20000, "message": "internal error"}
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
  "readFile": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string", "encoding": "string"},
    "success": ["errMsg", "data"],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $filePath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "readFileSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string", "encoding": "string"},
    "success": [],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $filePath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "readdir": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"dirPath": "string"},
    "success": ["errMsg", "files"],
    "errors": {
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $filePath", "detail": "text"},
      "operation-not-permitted": {"code": 21102, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "no-such-file": {"code": 21103, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21104, "message": "*", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "readdirSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"dirPath": "string"},
    "success": [],
    "errors": {
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $filePath", "detail": "text"},
      "operation-not-permitted": {"code": 21102, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "no-such-file": {"code": 21103, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21104, "message": "*", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "removeSavedFile": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string"},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $filePath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $filePath", "detail": "text"},
      "operation-not-permitted": {"code": 21103, "message": "operation not permitted, $apiName $filePath", "detail": "text"}
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
  "rename": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"oldPath": "string", "newPath": "string"},
    "success": ["errMsg"],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $oldPath -> $newPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $oldPath -> $newPath", "detail": "text"},
      "operation-not-permitted": {"code": 21103, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "user-folder-full": {"code": 21104, "message": "user dir saved file size limit exceeded"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21105, "message": "operation failed"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "renameSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"oldPath": "string", "newPath": "string"},
    "success": [],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $oldPath -> $newPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $oldPath -> $newPath", "detail": "text"},
      "operation-not-permitted": {"code": 21103, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "user-folder-full": {"code": 21104, "message": "user dir saved file size limit exceeded"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21105, "message": "operation failed"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "reportAnalytics": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"eventName": "string", "data": "object"},
    "success": [],
    "errors": {}
  },
  "reportEvent": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"eventId": "string", "data": "object"},
    "success": [],
    "errors": {}
  },
  "request": {
    "since": "1.0.0", "sync": false, "leaves": true, "domains": ["main"], "failure": "errNo",
    "params": {"url": "string", "header": "object", "method": "string", "data": "any", "dataType": "string", "responseType": "string", "timeout": "number", "redirect": "string", "enableCache": "boolean", "enableProfile": "boolean"},
    "success": ["errMsg", "statusCode", "header", "data", "profile"],
    "limits": {"at_once": 15},
    "errors": {
      "invalid-domain": {"message": "url is not valid domain"},
      "network-unavailable": {"message": "network unavailable"},
      "timed-out": {"message": "timeout"},
      "aborted": {"message": "abort"},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
    }
  },
  "requestSubscribeMessage": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {}
    }
  },
  "rmdir": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"dirPath": "string", "recursive": "boolean"},
    "success": ["errMsg"],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "folder-not-empty": {"code": 21103, "message": "directory not empty"},
      "operation-not-permitted": {"code": 21105, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21104, "message": "remove path"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "rmdirSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"dirPath": "string", "recursive": "boolean"},
    "success": [],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "folder-not-empty": {"code": 21103, "message": "directory not empty"},
      "operation-not-permitted": {"code": 21105, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21104, "message": "remove path"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "saveFile": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"tempFilePath": "string", "filePath": "string"},
    "success": ["errMsg", "savedFilePath"],
    "limits": {"user_folder": 209715200},
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "user-folder-full": {"code": 21103, "message": "user dir saved file size limit exceeded"},
      "operation-not-permitted": {"code": 21105, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21104, "message": "operation failed"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "saveFileSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"tempFilePath": "string", "filePath": "string"},
    "success": [],
    "limits": {"user_folder": 209715200},
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "user-folder-full": {"code": 21103, "message": "user dir saved file size limit exceeded"},
      "operation-not-permitted": {"code": 21105, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "parameter-required": {"code": 20000, "message": "params $paramName is required", "detail": "text"},
      "parameter-type": {"code": 20000, "message": "params $paramName type is not $paramType type", "detail": "text"},
      "parameter-invalid": {"code": 20000, "message": "$paramName is invalid", "detail": "text"},
      "framework-error": {"code": 21104, "message": "operation failed"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "setClipboardData": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"data": "string"},
    "success": ["errMsg"],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "setDeviceOrientation": {
    "since": "3.66.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"value": "string"},
    "success": ["errMsg"],
    "errors": {
      "framework-error": {"code": 10401, "message": "internal error"},
      "orientation-in-live": {"code": 21100, "message": "setDeviceOrientation: can't set device orientation in live"},
      "orientation-in-x-screen": {"code": 21101, "message": "setDeviceOrientation: can't set device orientation in x screen"},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
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
  "setPreferredFramesPerSecond": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {"fps": "number"},
    "success": [],
    "errors": {}
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
  },
  "shareAppMessage": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"channel": "any", "title": "any", "desc": "any", "query": "any", "templateId": "any", "extra": "any"},
    "success": ["errMsg"],
    "errors": {
      "share-info-missing": {"message": "get shareInfo return null"},
      "gesture-missing": {"message": "must be invoked by user gesture"},
      "user-cancelled": {}
    }
  },
  "showActionSheet": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"itemList": "array<string>"},
    "success": ["errMsg", "tapIndex"],
    "errors": {
      "user-cancelled": {"message": "cancel"},
      "bad-parameter": {},
      "internal-error": {}
    }
  },
  "showKeyboard": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"defaultValue": "string", "maxLength": "number", "multiple": "boolean", "confirmHold": "boolean", "confirmType": "string"},
    "success": ["errMsg"],
    "errors": {
      "framework-error": {"code": 10401, "message": "internal error"},
      "internal-error": {"code": 20000, "message": "internal error"},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
    }
  },
  "showLoading": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"title": "string"},
    "success": ["errMsg"],
    "errors": {
      "bad-parameter": {},
      "internal-error": {}
    }
  },
  "showModal": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"title": "any", "content": "any", "showCancel": "any", "cancelText": "any", "confirmText": "any"},
    "success": ["errMsg", "confirm", "cancel"],
    "errors": {
      "internal-error": {}
    }
  },
  "showShareMenu": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "showToast": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"title": "string", "icon": "any", "duration": "any"},
    "success": ["errMsg"],
    "errors": {
      "bad-parameter": {},
      "internal-error": {}
    }
  },
  "startAccelerometer": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "sensor-disabled": {"code": 21100, "message": "sensor disable"},
      "sensor-unsupported": {"code": 21000, "message": "The current device does not support accelerometers"},
      "sensor-running": {"code": 21000, "message": "The accelerometer is running"},
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "startGyroscope": {
    "since": "1.73.0", "sync": false, "domains": ["main"], "failure": "errMsg",
    "params": {"interval": "number"},
    "success": ["errMsg"],
    "errors": {}
  },
  "stat": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"path": "string", "recursive": "boolean"},
    "success": ["errMsg", "stat", "stats"],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "statSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"path": "string", "recursive": "boolean"},
    "success": [],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "stopAccelerometer": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {}
  },
  "stopGyroscope": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {}
  },
  "triggerGC": {
    "since": "0.0.0", "sync": true, "domains": ["main"], "failure": "none",
    "params": {},
    "success": [],
    "errors": {}
  },
  "unlink": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string"},
    "success": ["errMsg"],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "operation-not-permitted": {"code": 21103, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "unlinkSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string"},
    "success": [],
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "operation-not-permitted": {"code": 21103, "message": "operation not permitted, $apiName $filePath", "detail": "text"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "updateKeyboard": {
    "since": "1.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"value": "string"},
    "success": ["errMsg"],
    "errors": {
      "framework-error": {"code": 10401, "message": "internal error"},
      "internal-error": {"code": 20000, "message": "internal error"},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
    }
  },
  "updateShareMenu": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {}
  },
  "uploadFile": {
    "since": "1.0.0", "sync": false, "leaves": true, "domains": ["main"], "failure": "errNo",
    "params": {"url": "string", "filePath": "string", "name": "string", "header": "object", "formData": "object", "timeout": "number", "enableProfile": "boolean"},
    "success": ["errMsg", "statusCode", "data", "profile"],
    "limits": {"at_once": 5, "file": 10485760},
    "errors": {
      "invalid-domain": {"message": "url is not valid domain"},
      "network-unavailable": {"message": "network unavailable"},
      "timed-out": {"message": "timeout"},
      "aborted": {"message": "abort"},
      "file-too-large": {},
      "no-such-file": {"message": "no such file or directory, $filePath", "detail": "text"},
      "bad-parameter": {"code": 20001, "message": "invalid param"}
    }
  },
  "vibrateLong": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "vibrateShort": {
    "since": "0.0.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {},
    "success": ["errMsg"],
    "errors": {
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "writeFile": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": false, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string", "data": "any", "encoding": "string"},
    "success": ["errMsg"],
    "limits": {"user_folder": 209715200},
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "user-folder-full": {"code": 21103, "message": "user dir saved file size limit exceeded"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  },
  "writeFileSync": {
    "memberOf": "FileSystemManager",
    "since": "1.15.0", "sync": true, "domains": ["main"], "failure": "errNo",
    "params": {"filePath": "string", "data": "any", "encoding": "string"},
    "success": [],
    "limits": {"user_folder": 209715200},
    "errors": {
      "bad-parameter": {"code": 20001, "message": "invalid param"},
      "error-stack": {"code": 10401, "message": "error stack"},
      "permission-denied": {"code": 21101, "message": "permission denied, $apiName $dirPath", "detail": "text"},
      "no-such-file": {"code": 21102, "message": "no such file or directory, $apiName $dirPath", "detail": "text"},
      "user-folder-full": {"code": 21103, "message": "user dir saved file size limit exceeded"},
      "internal-error": {"code": 20000, "message": "internal error"}
    }
  }
};

// console.js
const reasonOf = (error) => lenient.exception.message(Object(error)); // or of any other

const ownConsole = functionsOf(here.console);
const writing = { now: false };

/**
 * Quietly: some test set-ups have a console that throws, and the game shall get its reply. What a console that is
 * made of tt makes tt say, and what such a one refuses, goes to the browser's own.
 */
function write(level, sentence, error) {
  const parts = error === undefined ? ['[tt-emulator] ' + sentence] : ['[tt-emulator] ' + sentence, error];
  const isNested = writing.now;
  writing.now = true;
  try {
    apply((isNested ? ownConsole : here.console)[level], here.console, parts);
  } catch (refusal) {
    quietly(() => apply(ownConsole[level], here.console, parts));
  }
  writing.now = isNested;
}

// tt/rows.js
// The catalog's rows of what befalls a call in the page, where the platform has another name for it.
const ROWS = {};
/** Of the device's storage: it is full, one value is too large, and there is none of that key: no failure. */
const STORAGE_ROWS = { full: 'storage-full', tooLarge: 'item-too-large', missing: null };

// replies.js
// The replies that tt.js gives by itself.

/** By which its texts begin: the Sync form of a method speaks as the other does. */
function shortNameOf(api) {
  const { memberOf } = Object(CATALOG[api]);
  return memberOf && string.endsWith(api, 'Sync') ? string.slice(api, 0, -4) : api;
}

/** What its messages begin with, before `ok` and `fail`. */
const openingOf = (api) => Object(CATALOG[api]).prefix || shortNameOf(api) + ':';

/** Whether the call succeeded; a reply that a tester wrote may say more behind its ok. */
function isSuccess(api, { errMsg }) {
  const begins = (ok) => string.startsWith(errMsg, ok) && method.regexp.exec(/^\w/, string.slice(errMsg, ok.length)) === null;
  return begins(openingOf(api) + 'ok') || begins(api + ':ok');
}

// Of a failure without a code.
const BARE = ['errMsg', 'none'];

/**
 * The API's row `name`, else its internal error; an API that documents neither fails bare.
 * `detail` is the message of a row that allows one in place of its own, or what stands in the places of its own: {path, …}.
 */
function failureOf(api, name, detail) {
  const { errors, failure: family } = CATALOG[api];
  const row = errors[name] || errors[ROWS[name]] || errors['internal-error'] || {};
  const field = row.codeField || family;
  const message = row.detail && detail !== undefined ? messageWith(row.message, shortNameOf(api), detail) : row.message;
  const reply = { errMsg: row.literal || (row.prefix || openingOf(api)) + (message ? 'fail ' + message : 'fail') };
  if (!array.includes(BARE, field) && row.code !== undefined) reply[field] = row.code;
  object.assign(reply, row.also);
  if (family === 'errorCode' && row.type !== undefined) reply.errorType = row.type;
  return reply;
}

/** The text, or with what stands in its places, as `$apiName $filePath` are. */
function messageWith(message, apiName, detail) {
  if (typeof detail === 'string') return detail;
  const places = { apiName, ...detail };
  return array.reduce(string.split(message, '$'), (text, part) => {
    const { 0: name } = method.regexp.exec(/^\w+/, part);
    const value = has(places, name) ? places[name] : places.path || '$' + name;
    return text + value + string.slice(part, name.length);
  });
}

/** Synchronous APIs throw what the others would fail with. */
function raise(reply) {
  throw object.assign(new Error(reply.errMsg), reply);
}

/** The reply in a body of status 200, or null if it is none of this API's. */
function parseReply(api, body) {
  const reply = quietly(() => json.parse(body));
  const { errMsg } = Object(reply);
  if (typeof errMsg !== 'string') return null;
  const isFailure = ({ prefix = openingOf(api), literal }) => errMsg === literal || string.startsWith(errMsg, prefix + 'fail');
  const isOurs = isSuccess(api, reply) || isFailure({}) || isFailure({ prefix: api + ':' }) || array.find(object.values(CATALOG[api].errors), isFailure);
  return isOurs ? reply : null;
}

/** A rule of the page's own part that a call broke: the row, and its text where there is one. */
class Refusal extends Error {
  constructor(row, detail) {
    super(row);
    this.row = row;
    this.detail = detail;
  }
}

// callbacks.js
// How a reply comes to the game.

/**
 * success or fail, then complete, with the same object. What a callback throws is reported on the
 * console and goes no further: thrown again later, it would end a Node process.
 */
function deliver(api, callbacks, reply, outcome = isSuccess(api, reply) ? 'success' : 'fail') {
  array.forEach([outcome, 'complete'], async (name) => {
    if (typeof callbacks[name] !== 'function') return;
    try {
      const returned = apply(callbacks[name], undefined, [reply]);
      if (returned && typeof returned.then === 'function') await returned;
    } catch (error) {
      write('error', SENTENCES.callback(name, api), error);
    }
  });
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
    const error = new Error(SENTENCES.demanded(api));
    if (inPage) setTimeout(() => { throw error; });
    else write('error', SENTENCES.thrown(), error);
  },

  /** A success without its data; without its errMsg where there are no data. */
  malformed_ok(api, callbacks) {
    const reply = {};
    array.forEach(CATALOG[api].success, (field) => {
      if (field === 'errMsg') return;
      reply.errMsg = openingOf(api) + 'ok';
      reply[field] = null;
    });
    deliver(api, callbacks, reply, 'success');
  },

  never() {},
};

/** How the answer to a call comes to the game: {reply, word}, where the word may name a client fault. */
function conclude(api, callbacks, { reply, word }) {
  const act = word && has(CLIENT_FAULTS, word) ? CLIENT_FAULTS[word] : deliver;
  act(api, callbacks, reply);
}

// log.js
// An engine asks for some twenty names while it starts: they are told together once no new one has come for so long.
const ABSENCES_MS = 500;

/** A log that says each sentence once. */
function createLog(config) {
  const said = new Set();
  function say(level, sentence) {
    if (method.set.has(said, sentence)) return;
    method.set.add(said, sentence);
    write(level, sentence);
  }

  const absent = new Set();
  let together = {};
  let timer = null;
  function sayAbsences() {
    const causes = array.filter(object.keys(ABSENCES), (cause) => has(together, cause));
    const sentences = array.map(causes, (cause) => ABSENCES[cause](together[cause], together[cause].length === 1, config));
    together = {};
    write('info', array.join(sentences, ' '));
  }

  return {
    say,

    /** That the global does not have the name, once; in a page with all that a start asks for. Node may end before that. */
    absence(name, cause) {
      if (method.set.has(absent, name)) return;
      method.set.add(absent, name);
      together[cause] = together[cause] || [];
      array.push(together[cause], name);
      if (tag.realm) tag.realm.missed(name);
      if (!inPage) {
        sayAbsences();
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(sayAbsences, ABSENCES_MS);
    },

    /** What X-Emulator headers tell: the fault that struck, and the client fault's word. */
    headers(api, header) {
      const fault = header('X-Emulator-Fault');
      const word = header('X-Emulator-Client-Fault');
      const reason = header('X-Emulator-Reason');
      const host = header('X-Emulator-Refused-Host');
      if (host && tag.realm) tag.realm.refused(quietly(() => decodeURIComponent(host), host)); // it says so once, and counts
      else if (reason) say('warn', SENTENCES.refused(api, quietly(() => decodeURIComponent(reason), reason)));
      if (fault) say('info', SENTENCES.fault(api, fault, word, config.url, config.headers['X-Emulator-World']));
      if (word && !has(CLIENT_FAULTS, word)) say('warn', SENTENCES.unknownWord(word));
      return { fault, word };
    },

    silence(api, error) {
      const { cause } = Object(error); // a stand-in for fetch may throw anything
      say('warn', SENTENCES.silence(api, config.url, (cause && cause.code) || reasonOf(error))); // Node tells it in the cause
    },
  };
}

// tt/asking.js
/** Nobody is asked before a call. */
const createQuestions = () => null;

// signals.js
/** Listeners that hear of something; one that throws takes nothing from the others. */
function createSignal(report) {
  const listeners = [];
  return {
    listeners,
    on(listener) {
      if (typeof listener === 'function' && !array.includes(listeners, listener)) array.push(listeners, listener);
    },
    /** Takes off `listener`, or all if none is named. */
    off(listener) {
      const left = array.filter(listeners, (other) => listener && other !== listener);
      listeners.length = 0;
      array.forEach(left, (other) => array.push(listeners, other));
    },
    emit(value) {
      array.forEach(copyOf(listeners), (listener) => {
        try {
          listener(value);
        } catch (error) {
          report(error);
        }
      });
    },
  };
}

// ads.js
/** An advertisement that never comes: load and show fail, and games have an answer to that. */
function createAd(api, log) {
  const signalOf = () => createSignal((error) => reportError(error));
  const loaded = signalOf();
  const failing = signalOf();
  const closed = signalOf();
  const resized = signalOf();
  function fail() {
    log.say('info', SENTENCES.noAds(api));
    const reply = { errMsg: api + ':fail' };
    const refused = new Promise((resolve, reject) => { reject(reply); });
    tell(refused, reply);
    return refused;
  }
  async function tell(refused, reply) {
    try {
      await intrinsic(refused); // and so it is no unhandled rejection
    } catch (error) {
      failing.emit(reply);
    }
  }
  return {
    load: fail, show: fail, hide() {}, destroy() {}, style: {},
    onLoad: loaded.on, offLoad: loaded.off, onError: failing.on, offError: failing.off,
    onClose: closed.on, offClose: closed.off, onResize: resized.on, offResize: resized.off,
  };
}

// phone-events.js
// What befalls a phone and its window.

const NAMES = ['AccelerometerChange', 'AudioInterruptionBegin', 'AudioInterruptionEnd', 'DeviceOrientationChange', 'GyroscopeChange',
  'KeyboardComplete', 'KeyboardConfirm', 'KeyboardInput', 'MemoryWarning', 'UnhandledRejection', 'WindowResize'];

/** The events that tt has as on<name> and off<name>. */
const EVENT_MEMBERS = array.flatMap(NAMES, (name) => ['on' + name, 'off' + name]);

/** Each event's signal by its name: what is emitted there the game hears. */
const createPhoneEvents = () => array.reduce(NAMES, (events, name) => (
  { ...events, [name]: createSignal((error) => reportError(error)) }), {});

/** tt.on<name> and tt.off<name> of each. */
const eventMembers = (events) => array.reduce(NAMES, (members, name) => (
  { ...members, ['on' + name]: events[name].on, ['off' + name]: events[name].off }), {});

/** Has the page's window drive the events that it has as well. */
function hearWindow(events, info) {
  let { windowWidth: width, windowHeight: height } = info();
  listen(window, 'resize', () => {
    const { windowWidth, windowHeight } = info();
    if (windowWidth === width && windowHeight === height) return; // those that the world is set to
    width = windowWidth;
    height = windowHeight;
    events.WindowResize.emit({ size: { windowWidth, windowHeight }, windowWidth, windowHeight });
  });
  listen(window, 'unhandledrejection', (event) => events.UnhandledRejection.emit(
    { reason: getter.rejection.reason(event), promise: getter.rejection.promise(event) }));
}

// pick.js
/** Members by their name, each made from what is in `parts`: {screen, context, life, …}. */
const pick = (part, names) => array.reduce(names, (members, name) => ({ ...members, [name]: (parts) => parts[part][name] }), {});

// elements.js
// What the platform draws over the game is made of.

// What tt.js draws over the game; fingers there are not the game's.
const overlays = new WeakSet();

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
  .keyboard { position: absolute; left: 0; right: 0; bottom: 0; background: #fff; pointer-events: auto; }
  .field { font: inherit; color: inherit; flex: 1; min-width: 0; padding: .3rem .6rem; border: 1px solid #ccc; border-radius: 6px; }
  .toast { position: absolute; left: 50%; top: 45%; transform: translate(-50%, -50%); padding: .6rem 1rem;
    border-radius: 8px; background: rgba(0, 0, 0, .75); color: #fff; text-align: center; }
  .toast b, .toast i { display: block; margin: 0 auto .3rem; font-size: 1.6rem; line-height: 1.2; }
  .spinner { width: 1.6rem; height: 1.6rem; border: 3px solid rgba(255, 255, 255, .35); border-top-color: #fff; border-radius: 50%;
    animation: turn 1s linear infinite; }
  @keyframes turn { 100% { transform: rotate(360deg); } }`;

const create = (name) => method.document.createElement(document, name);
const root = () => getter.document.documentElement(document);

function append(parent, parts) {
  array.forEach(parts, (part) => method.element.appendChild(parent,
    typeof part === 'string' ? method.document.createTextNode(document, part) : part));
}

/** An element with these attributes; a function among them listens to the event of its name. */
function element(name, attributes, parts = []) {
  const made = create(name);
  each(attributes, (attribute, value) => {
    if (typeof value === 'function') listen(made, attribute, value);
    else method.element.setAttribute(made, attribute, value);
  });
  append(made, parts);
  return made;
}

const button = (label, click, attributes) => element('button', { type: 'button', click, ...attributes }, [label]);

/** Property by property, which a Content-Security-Policy allows, and a style attribute it does not. */
function setStyle(made, properties) {
  const style = getter.element.style(made);
  each(properties, (name, value) => method.style.setProperty(style, name, value));
}

/** {host, shadow}: an element for what is drawn over the game, not yet in the page, and its closed shadow tree of that style. */
function shadowOf(style, className = '') {
  const host = element('div', { class: className });
  const shadow = method.element.attachShadow(host, { __proto__: null, mode: 'closed' });
  const sheet = new CSSStyleSheet(); // which a Content-Security-Policy allows
  method.sheet.replaceSync(sheet, style);
  const sheets = getter.root.adoptedStyleSheets(shadow);
  if (sheets) array.push(sheets, sheet); // jsdom has none
  method.weakSet.add(overlays, host);
  return { host, shadow };
}

/** Shows `parts` over the game; → a function that takes them away. */
function overlay(parts, className = '') {
  const { host, shadow } = shadowOf(OVERLAY_STYLE, className);
  append(shadow, parts);
  append(root(), [host]);
  const focus = method.root.querySelector(shadow, '.main') || method.root.querySelector(shadow, 'button');
  if (focus) method.element.focus(focus);
  return () => method.element.remove(host);
}

/** A canvas of that {width, height}; as the browser makes it where there is none. */
function canvasOf(size) {
  const canvas = create('canvas');
  if (size) {
    setter.canvas.width(canvas, size.width);
    setter.canvas.height(canvas, size.height);
  }
  return canvas;
}

// messages.js
// Messages between the domains.

// What the open data domain has not yet heard of; engines send a message a frame.
const MESSAGES_KEPT = 1000;

const { toString } = Object.prototype;

/** copy(message): made of the objects of `realm`. Functions, and what no realm can copy, are left out. */
function copierInto(realm, log) {
  const { Array: List, Object: Plain, structuredClone } = realm; // while its own code has not run yet
  function leaveOut(value) {
    log.say('warn', SENTENCES.leftOut(typeof value));
  }
  return (message) => {
    const copies = new Map();
    function copy(value) {
      if (typeof value === 'function' || typeof value === 'symbol') return leaveOut(value);
      if (typeof value !== 'object' || value === null) return value;
      if (method.map.has(copies, value)) return method.map.get(copies, value);
      const isList = isArray(value);
      if (!isList && apply(toString, value, []) !== '[object Object]') {
        return quietly(() => structuredClone(value)) || leaveOut(value);
      }
      const made = isList ? new List(value.length) : new Plain();
      method.map.set(copies, value, made);
      each(value, (name, inner) => {
        const part = copy(inner);
        if (part !== undefined || inner === undefined) made[name] = part;
      });
      return made;
    }
    return copy(message);
  };
}

/** A way into `realm`: copies, in order, later, to every listener; kept until there is one. */
function createChannel(realm, log) {
  const { reportError: report } = realm;
  const copy = copierInto(realm, log);
  const signal = createSignal((error) => report(error));
  const kept = [];
  function deliverAll() {
    if (signal.listeners.length > 0) array.forEach(emptied(kept), (message) => signal.emit(message));
  }
  return {
    post(message) {
      if (signal.listeners.length === 0 && kept.length >= MESSAGES_KEPT) {
        log.say('warn', SENTENCES.unheard(MESSAGES_KEPT));
        return;
      }
      array.push(kept, copy(message));
      setTimeout(deliverAll);
    },
    listen(listener) {
      signal.on(listener);
      setTimeout(deliverAll);
    },
    leave: signal.off,
  };
}

// touches.js
const TOUCHES = ['Start', 'Move', 'End', 'Cancel'];

/** Fingers, pens and the mouse's first button on the page, as touches: on(kind, listener). `begun` runs at the first listener. */
function createTouches(begun) {
  const signals = {};
  array.forEach(TOUCHES, (kind) => { signals[kind] = createSignal((error) => reportError(error)); });
  const down = []; // {pointer, touch} by identifier, with a hole where a finger has left
  let listening = false;

  function touchOf(identifier, event) {
    const clientX = getter.pointer.clientX(event);
    const clientY = getter.pointer.clientY(event);
    return { identifier, clientX, clientY, pageX: clientX, pageY: clientY };
  }
  function tell(kind, touch, event) {
    const touches = array.map(array.filter(down, (finger) => finger), (finger) => finger.touch);
    signals[kind].emit({ touches, changedTouches: [touch], timeStamp: getter.pointer.timeStamp(event) });
  }
  function press(event) {
    const isOtherButton = getter.pointer.pointerType(event) === 'mouse' && getter.pointer.button(event) !== 0;
    if (isOtherButton || method.weakSet.has(overlays, getter.pointer.target(event))) return;
    const hole = array.findIndex(down, (finger) => !finger);
    const identifier = hole === -1 ? down.length : hole;
    down[identifier] = { pointer: getter.pointer.pointerId(event), touch: touchOf(identifier, event) };
    tell('Start', down[identifier].touch, event);
  }
  const follow = (kind) => (event) => {
    const pointer = getter.pointer.pointerId(event);
    const identifier = array.findIndex(down, (finger) => finger && finger.pointer === pointer);
    if (identifier === -1) return;
    const touch = touchOf(identifier, event);
    down[identifier] = kind === 'Move' ? { pointer, touch } : undefined;
    tell(kind, touch, event);
  };

  function begin() {
    if (listening) return;
    listening = true;
    setStyle(root(), { 'touch-action': 'none' }); // else the browser scrolls and the touch is cancelled
    each({
      pointerdown: press, pointermove: follow('Move'), pointerup: follow('End'), pointercancel: follow('Cancel'),
    }, (type, listener) => listen(window, type, listener, true));
    begun();
  }
  return { on(kind, listener) { begin(); signals[kind].on(listener); } };
}

/** tt.onTouchStart and its kin in `realm`, which gets copies of its own. */
function touchMembers(touches, realm, log) {
  const { reportError: report } = realm;
  const copy = copierInto(realm, log);
  const members = {};
  array.forEach(TOUCHES, (kind) => {
    const signal = createSignal((error) => report(error));
    const pass = (event) => signal.emit(copy(event));
    members['onTouch' + kind] = (listener) => { touches.on(kind, pass); signal.on(listener); };
    members['offTouch' + kind] = signal.off;
  });
  return members;
}

// member-table.js
// What the global of every platform has in a page beside the catalog: each name, and how it is made.

const ads = (names) => array.reduce(names, (members, name) => ({ ...members, [name]: ({ log }) => () => createAd(name, log) }), {});

const COMMON_OF_BOTH = {
  ...pick('touches', array.reduce(TOUCHES, (names, kind) => array.concat(names, ['onTouch' + kind, 'offTouch' + kind]), [])),
  createCanvas: ({ createCanvas }) => createCanvas,
  createImage: () => () => new Image(),
};
const COMMON = {
  main: {
    ...pick('events', EVENT_MEMBERS),
    ...pick('life', ['getLaunchOptionsSync', 'onShow', 'offShow', 'onHide', 'offHide', 'onError', 'offError']),
    ...pick('managers', ['getUpdateManager', 'getPerformance', 'getLogManager', 'getRealtimeLogManager']),
    onShareAppMessage: ({ sharing }) => sharing.on, // heard by nobody: there is nowhere to share to
    offShareAppMessage: ({ sharing }) => sharing.off,
    onShareTimeline: ({ timeline }) => timeline.on,
    offShareTimeline: ({ timeline }) => timeline.off,
    ...pick('buttons', ['createUserInfoButton', 'createOpenSettingButton', 'createGameClubButton', 'createFeedbackButton']),
    ...ads(['createRewardedVideoAd', 'createInterstitialAd', 'createBannerAd']),
  },
  open: {
    getSharedCanvas: ({ shared }) => () => shared,
    onMessage: ({ inbox }) => inbox.listen,
  },
};

// tt/host.js
// Used where the state says nothing: the version is the emulator's own, only the fields are the platform's.
const DEFAULT_HOST = { appName: 'Douyin', SDKVersion: '3.50.0', unsupported: [] };
const OWN_INNER_FIELDS = { data: ['key', 'value'], microapp: ['mpVersion', 'envType', 'appId'], common: ['USER_DATA_PATH'] }; // for canIUse
const ENV = { USER_DATA_PATH: 'ttfile://user' };

// managers.js
// The managers that games ask for at their start, of which there is little to manage.

const silent = (names) => array.reduce(names, (methods, name) => ({ ...methods, [name]() {} }), {});
const reportingSignal = () => createSignal((error) => reportError(error));

/** A package is always the newest. */
function updateManager() {
  const ready = reportingSignal();
  const failed = reportingSignal();
  return {
    applyUpdate: reload,
    onCheckForUpdate(listener) {
      const checked = reportingSignal();
      checked.on(listener);
      setTimeout(() => checked.emit({ hasUpdate: false }));
    },
    onUpdateReady: ready.on,
    onUpdateFailed: failed.on,
  };
}

const managerMembers = () => ({
  getUpdateManager: updateManager,
  getPerformance: () => ({ now: () => atPerformance.now() * 1000 }), // in microseconds
  getLogManager: () => silent(['debug', 'info', 'log', 'warn', 'error']),
  getRealtimeLogManager: () => silent(['debug', 'info', 'log', 'warn', 'error', 'setFilterMsg', 'addFilterMsg']),
});

// passed.js
// The object that a game passes.

const asObject = (options) => (typeof options === 'object' && options !== null && !isArray(options) ? options : {});

function readCallbacks(options) {
  const given = asObject(options);
  return {
    success: quietly(() => given.success), fail: quietly(() => given.fail), complete: quietly(() => given.complete),
  };
}

// local-methods.js
/**
 * A method with callbacks that the emulator does not hear of: `result(options)` makes the rest of `<api>:ok`.
 * Without it the call fails, bare: which words the platform has for that is not known.
 */
function localMethod(api, result) {
  return (passed) => {
    const callbacks = readCallbacks(passed);
    answerLocally(api, callbacks, quietly(() => ({ ...asObject(passed) }), {}), result);
  };
}

async function answerLocally(api, callbacks, options, result) {
  let reply = { errMsg: api + ':fail' };
  try {
    await null; // never before the call has returned
    if (result) reply = { errMsg: api + ':ok', ...(await intrinsic(result(options))) };
  } catch (error) { /* it fails */ }
  deliver(api, callbacks, reply);
}

// tt/recorder.js
const RECORDER_EVENTS = ['Start', 'Stop', 'Pause', 'Resume', 'Error', 'InterruptionBegin', 'InterruptionEnd'];

/** Records nothing, and says so to whoever has it record. */
function createRecorder(log) {
  const signals = array.reduce(RECORDER_EVENTS, (made, name) => ({ ...made, [name]: reportingSignal() }), {});
  const refuse = () => {
    log.say('info', OWN_SENTENCES.noRecorder());
    setTimeout(() => signals.Error.emit({ errMsg: 'getGameRecorderManager:fail' }));
  };
  return {
    ...array.reduce(RECORDER_EVENTS, (made, name) => ({ ...made, ['on' + name]: signals[name].on, ['off' + name]: signals[name].off }), {}),
    ...silent(['stop', 'pause', 'resume']),
    start: refuse,
    recordClip: localMethod('recordClip'),
    clipVideo: localMethod('clipVideo'),
  };
}

/** getGameRecorderManager: one recorder for all who ask. */
function recorderGetter(log) {
  let recorder = null;
  return () => (recorder = recorder || createRecorder(log));
}

// tt/members.js
// What a page's tt has beside the catalog.

// Every name that a domain has only in a page, and how it is made: install, the hints of the console and canIUse go by these.
const MEMBERS_OF_BOTH = {
  ...COMMON_OF_BOTH,
  requestAnimationFrame: () => (callback) => requestAnimationFrame(callback),
  cancelAnimationFrame: () => (id) => cancelAnimationFrame(id),
};
const MEMBERS = {
  main: {
    ...MEMBERS_OF_BOTH,
    getOpenDataContext: ({ context }) => () => context.get(),
    postMessage: ({ context }) => (message) => context.get().postMessage(message), // games post on the namespace, too
    ...COMMON.main,
    getGameRecorderManager: ({ log }) => recorderGetter(log),
  },
  open: {
    ...MEMBERS_OF_BOTH,
    ...COMMON.open,
    offMessage: ({ inbox }) => inbox.leave,
    postMessage: ({ isTwoWay, outbox, log }) => (isTwoWay ? outbox.post : () => log.say('error', OWN_SENTENCES.oneWay())),
  },
};
// Of the open data domain, in the main one by the setting two_way_messages.
const TWO_WAY_MEMBERS = { onMessage: ({ context }) => context.outbox.listen, offMessage: ({ context }) => context.outbox.leave };
/** What the main domain has beside those by a setting. */
const membersBySetting = (state) => (state.two_way_messages === true ? TWO_WAY_MEMBERS : {});
// In Node, too.
const MEMBERS_EVERYWHERE = { main: { env: () => ({ ...ENV }) }, open: {} };

/** Why tt does not have that name, by a rule of this platform's own; else null. */
function ownCauseOf(name, { domain, compat }) {
  if (name === 'getFriendCloudStorage') return compat === 'wx' ? 'elsewhere' : 'wechat'; // by compat the open one has it
  if (inPage && domain === 'main' && has(TWO_WAY_MEMBERS, name)) return 'twoWay';
  return name === 'getUserCloudStorage' ? 'ownData' : null;
}

// tt/friend-storage.js
/** wx.getFriendCloudStorage, for games that took it along. */
function friendStorage(getCloudStorageByRelation) {
  return (passed) => {
    const callbacks = readCallbacks(passed);
    const renamed = new Map(); // success and complete get the same object
    const rename = (reply) => {
      const errMsg = string.replace(String(reply.errMsg), 'getCloudStorageByRelation', 'getFriendCloudStorage');
      if (!method.map.has(renamed, reply)) method.map.set(renamed, reply, { ...reply, errMsg });
      return method.map.get(renamed, reply);
    };
    const heard = {};
    each(callbacks, (name, callback) => {
      if (typeof callback === 'function') heard[name] = (reply) => callback(rename(reply));
    });
    getCloudStorageByRelation({ ...asObject(passed), ...callbacks, ...heard, type: 'friend' });
  };
}

// tt/ranks.js
const RELATIONS = { friend: '好友', all: '全部' };
const PERIODS = { day: '日榜', week: '周榜', month: '月榜', all: '总榜' };

/** Draws the panel of tt.getImRankList over the game, until `closed`. */
function drawRanks(boards, { rankTitle, rankType, suffix = '' }, closed) {
  const scoreOf = (item) => item.value + suffix;
  const list = element('ol', {});
  const own = element('footer', {});
  const tabs = array.map(boards, (board) => button(RELATIONS[board.relationType], () => show(board)));
  const show = (board) => showBoard(list, own, board, scoreOf, tabs, boards);
  const close = () => { remove(); closed(); };

  const head = element('header', {}, [element('h2', {}, [rankTitle || '排行榜']), element('small', {}, [PERIODS[rankType]]),
    button('×', close, { class: 'close', 'aria-label': '关闭' })]);
  const choice = boards.length > 1 ? [element('header', {}, tabs)] : [];
  const keydown = (event) => { if (getter.key.key(event) === 'Escape') close(); };
  const card = element('section', { class: 'card', role: 'dialog', tabindex: '-1', keydown },
    array.concat([head], choice, [list, own]));
  show(boards[0]);
  const remove = overlay([element('div', { class: 'shade', click: close }), card]);
}

function showBoard(list, own, board, scoreOf, tabs, boards) {
  const { rank, item } = board.self_item;
  const rows = array.map(board.items, (entry, index) => element('li', {}, [
    element('span', {}, [String(index + 1)]), element('img', { src: entry.user_img, alt: '' }),
    element('span', {}, [entry.nick_name]), element('span', {}, [scoreOf(entry)])]));
  empty(list);
  append(list, rows.length > 0 ? rows : [element('p', {}, ['暂无数据'])]);
  empty(own);
  append(own, [rank > 0 ? '我的排名：第 ' + rank + ' 名 · ' + scoreOf(item) : '我的排名：未上榜']);
  array.forEach(tabs, (tab, index) => method.element.setAttribute(tab, 'aria-pressed', String(boards[index] === board)));
}

const empty = (parent) => method.element.replaceChildren(parent);

// One screen, one panel: of all tt of the page.
const panel = { isShowing: false };

/** Shows the panel; its data are asked for here, and not part of what the game gets. Throws Refusal while one is there. */
function showRanks(config, options, log) {
  if (panel.isShowing) throw new Refusal('rank-list-showing');
  panel.isShowing = true;
  return askAndDraw(config, options, log);
}

async function askAndDraw(config, options, log) {
  try {
    const query = array.map(object.keys(options), (name) =>
      encodeURIComponent(name) + '=' + encodeURIComponent(options[name]));
    const url = config.url + PREFIX + 'getImRankList?' + array.join(query, '&');
    const response = await intrinsic(fetch(url, { __proto__: null, headers: config.headers, credentials: 'omit' }));
    if (!lenient.response.ok(response)) throw new Error('HTTP ' + lenient.response.status(response));
    const { boards } = json.parse(await intrinsic(lenient.response.text(response)));
    drawRanks(boards, options, () => { panel.isShowing = false; });
  } catch (error) {
    panel.isShowing = false;
    log.say('warn', OWN_SENTENCES.panel(reasonOf(error)));
  }
}

// phone-defaults.js
// Used where the state says nothing. No documentation names current values: the versions and the
// phone are the emulator's own, only the fields are the platform's.
const DEFAULT_SYSTEM = {
  system: 'Android 14', platform: 'android', brand: 'tt-emulator', model: 'tt-emulator',
  version: '30.0.0', deviceScore: -1, // -1: unknown
  language: 'zh_CN', statusBarHeight: 0,
};
const MICROAPP = { mpVersion: '0.0.0', envType: 'development', appId: 'tt-emulator' };
const DEFAULT_WINDOW = { windowWidth: 390, windowHeight: 844, screenWidth: 390, screenHeight: 844, pixelRatio: 3 };
const MENU_BUTTON = { width: 87, height: 32, toRight: 7, toTop: 4 };

// tt/phone.js
// What of the phone is this platform's own.

/** Whether the domain has the API, in a world of that state. */
const hasApi = (api, { domain }, state) => api !== 'getUserCloudStorage' || domain !== 'main' || state.own_data_in_main !== false;

/** Methods that answer at once, by their API. */
const ownSynchronous = () => ({
  getEnvInfoSync: () => ({ microapp: { ...MICROAPP }, common: { ...ENV } }),
});

/** What a page draws on a call, once the emulator has said ok. */
const drawings = (config, phone, log) => (config.domain === 'main' ? { getImRankList: (passed) => showRanks(config, passed, log) } : {});

/** What the main domain of a page hands to the other: nothing. */
const ownHandover = () => ({});

/** Methods beside the catalog, made of those of the catalog. */
const ownMethods = ({ compat, domain }, methods) => (compat === 'wx' && domain === 'open'
  ? { getFriendCloudStorage: friendStorage(methods.getCloudStorageByRelation) } : {});

// bytes.js
// Bytes in JSON, as base64.

const { fromCharCode } = String;
const { isView } = ArrayBuffer;
const { DataView } = here;
const PARTS = 'buffer byteLength byteOffset';
const ofTyped = gettersOf(object.getPrototypeOf(Uint8Array), PARTS);
const ofDataView = gettersOf(DataView, PARTS);
const { get: lengthOf } = descriptorIn(ArrayBuffer.prototype, 'byteLength'); // throws for what is none

/** {bytes, length} of an ArrayBuffer of whatever realm, or of a view of one; null for anything else. */
function bytesOf(value) {
  if (!isView(value)) {
    return quietly(() => {
      const length = apply(lengthOf, value, []);
      return { bytes: new Uint8Array(value, 0, length), length };
    }, null);
  }
  const of = value instanceof DataView ? ofDataView : ofTyped;
  const length = of.byteLength(value);
  return { bytes: new Uint8Array(of.buffer(value), of.byteOffset(value), length), length };
}

const isBytes = (value) => bytesOf(value) !== null;

/** Its base64; null for what is no bytes. */
function base64Of(value) {
  const found = bytesOf(value);
  if (found === null) return null;
  let text = '';
  for (let at = 0; at < found.length; at += 1) text += fromCharCode(found.bytes[at]);
  return btoa(text);
}

/** The ArrayBuffer of a base64. */
function bufferOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = string.charCodeAt(text, at);
  return ofTyped.buffer(bytes);
}

// options.js
// What the game passed.

// What never leaves the page: the emulator hears of the call and of the key.
const KEPT = { setStorage: 'data' };
// What may be bytes: base64 then, and the word BASE64 beside it.
const BYTES = { request: 'data' };
const BASE64 = 'base64';

/**
 * Everything needed of `options`, read at once: the game may change the object afterwards. What is
 * no JSON (a cycle, a BigInt) is named in `unusable` if the API documents it, else left out, as the
 * platform ignores options it does not know. Documented ones may be inherited from a game's class.
 */
function readOptions(api, options) {
  const given = asObject(options);
  const callbacks = readCallbacks(options);
  const { params } = CATALOG[api];
  const others = array.filter(quietly(() => object.keys(given), []), (name) => !has(params, name) && !has(callbacks, name)
    && !(name === BASE64 && has(BYTES, api)));
  const read = { callbacks, unusable: null, kept: undefined };
  const members = [];
  array.forEach(array.concat(object.keys(params), others), (name) => {
    const bytes = BYTES[api] === name ? quietly(() => base64Of(given[name]), null) : null;
    if (bytes !== null) {
      array.push(members, json.stringify(name) + ':"' + bytes + '"', '"' + BASE64 + '":true');
      return;
    }
    const written = quietly(() => toJson(given[name]), null);
    if (written === null && has(params, name)) read.unusable = read.unusable || name;
    if (KEPT[api] === name) read.kept = written;
    else if (written) array.push(members, json.stringify(name) + ':' + written);
  });
  return object.assign(read, { body: '{' + array.join(members, ',') + '}' });
}

// calls.js
/** perform(api, options, send): asks the emulator by `send`, has the page do its part, then tells the game. */
function createPerformer(finish, failed, log) {
  return async function perform(api, { callbacks, body, kept, unusable }, send) {
    let answer = { reply: failed(api, 'bad-parameter', unusable) };
    if (unusable) {
      log.say('warn', SENTENCES.noJson(api, unusable));
      await null; // never before the call has returned
    } else {
      const finished = finish(api, body, kept);
      answer = await intrinsic(finished(await intrinsic(send(api, body))));
    }
    conclude(api, callbacks, answer);
  };
}

/** Whether the call gives a promise: of an API that has one, and if none of the callbacks is given. */
const givesPromise = (api, { success, fail, complete }) => CATALOG[api].promise === 'without-callbacks'
  && !array.find([success, fail, complete], (callback) => typeof callback === 'function');

/** A promise of the success; it is rejected with what `fail` would get. */
function promised(begin) {
  const made = new Promise((resolve, reject) => begin({ success: resolve, fail: reject }));
  if (!inPage) forgive(made);
  return made;
}

/** A rejected promise that nobody holds would end a Node process, and with it the tests of the game. */
async function forgive(promise) {
  try {
    await intrinsic(promise);
  } catch (failure) { /* whoever holds it hears of it */ }
}

/**
 * (api) → its method. Of an API in `tasks` it gives at once what that makes, {task, kept}, and the page's part gets `kept`.
 */
function createCaller(send, finish, tasks, failed, log) {
  const perform = createPerformer(finish, failed, log);
  return (api) => (passed) => {
    const read = readOptions(api, passed);
    if (givesPromise(api, read.callbacks)) return promised((callbacks) => perform(api, { ...read, callbacks }, send));
    if (!has(tasks, api)) {
      perform(api, read, send);
      return undefined;
    }
    const { task, kept } = tasks[api]();
    perform(api, { ...read, kept }, send);
    return task;
  };
}

// can-i-use.js
// The fields of those options and results that are objects themselves, for canIUse's fourth part.
const PAIR = ['key', 'value'];
const SIDES = ['left', 'right', 'top', 'bottom', 'width', 'height'];
const INNER_FIELDS = {
  KVDataList: PAIR, safeArea: SIDES, miniProgram: ['appId', 'envVersion', 'version'], ...OWN_INNER_FIELDS,
};

function isNewer(version, than) {
  const parts = array.map([version, than], (text) => array.map(string.split(text, '.'), Number));
  const differing = array.find([0, 1, 2], (part) => parts[0][part] !== parts[1][part]);
  return differing !== undefined && parts[0][differing] > parts[1][differing];
}

/** `${API}.${method}.${param}.${option}`, method one of return, success, object, callback. */
function canIUse(schema, host, offers, isOther) {
  const parts = typeof schema === 'string' ? string.split(schema, '.') : [''];
  const { 0: api, 1: way, 2: param, 3: option } = parts;
  if (!has(CATALOG, api)) return way === undefined && isOther(api); // of those only the name is known
  if (parts.length > 4 || !offers(api) || array.includes(host.unsupported, api)) return false;
  const { since, sync, params, success } = CATALOG[api];
  if (isNewer(since, host.SDKVersion)) return false;
  if (way === undefined) return true;
  const known = sync ? { return: success } : { success, object: array.concat(object.keys(params), ['success']) };
  if (!has(known, way)) return false; // no emulated API takes a bare callback
  if (param === undefined) return true;
  if (!array.includes(known[way], param)) return false;
  return option === undefined || (has(INNER_FIELDS, param) && array.includes(INNER_FIELDS[param], option));
}

// leaving.js
/** Runs `act` when the page goes, which it may come back from; → a function that says whether it is going. */
function onLeaving(act) {
  let leaving = false;
  if (inPage) {
    listen(window, 'pagehide', () => { leaving = true; act(); });
    listen(window, 'pageshow', () => { leaving = false; });
  }
  return () => leaving;
}

// utf8.js
/** How many bytes the text is in UTF-8. */
function bytesIn(characters) {
  let bytes = characters.length;
  for (let at = 0; at < characters.length; at += 1) {
    const unit = string.charCodeAt(characters, at);
    if (unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff)) bytes += 2;
    else if (unit > 0x7f) bytes += 1; // half of a pair: two units are four bytes
  }
  return bytes;
}

// storage.js
// The device's own storage.

/** Where there is no localStorage, as in Node. It lasts as long as the process, for all its tt. */
const memory = new Map();

/** {read, write, remove, names} on what the browser keeps for the page's origin, else in memory. */
function createShelf(log) {
  const kept = quietly(pageStorage, null);
  if (kept) {
    return {
      read: (name) => lenient.storage.getItem(kept, name),
      write: (name, text) => lenient.storage.setItem(kept, name, text),
      remove: (name) => lenient.storage.removeItem(kept, name),
      names: () => object.keys(kept),
    };
  }
  if (inPage) log.say('warn', SENTENCES.memoryOnly());
  return {
    read: (name) => (method.map.has(memory, name) ? method.map.get(memory, name) : null),
    write: (name, text) => { method.map.set(memory, name, text); },
    remove: (name) => { method.map.delete(memory, name); },
    names() {
      const names = [];
      method.map.forEach(memory, (text, name) => array.push(names, name));
      return names;
    },
  };
}

const isDiskFull = (error) => array.includes(['QuotaExceededError', 'NS_ERROR_DOM_QUOTA_REACHED'],
  quietly(() => lenient.exception.name(error)));

/**
 * What one player has in one world and domain. A value is kept as its type and its text: s + text, j + JSON.
 * A write has its `turn` from the moment when the game asked for it: what a later one left it does not touch.
 */
function createStorage(config, log) {
  const { limits } = CATALOG.setStorage;
  const prefix = array.join(['tt-emulator', config.headers['X-Emulator-World'], config.headers['X-Emulator-Player'],
    config.headers['X-Emulator-Domain'], ''], '/');
  let opened = null;
  const shelf = () => (opened = opened || createShelf(log));
  const keys = () => array.map(array.filter(shelf().names(), (name) => string.startsWith(name, prefix)),
    (name) => string.slice(name, prefix.length));
  const sizeOf = (key) => bytesIn(shelf().read(prefix + key)) - 1;
  const sizeWithout = (key) => array.reduce(keys(), (sum, other) => sum + (other === key ? 0 : sizeOf(other)), 0);
  const full = () => new Refusal(STORAGE_ROWS.full, string.replace(
    CATALOG.setStorage.errors[STORAGE_ROWS.full].message, '%s', limits.total / 1048576));

  const turns = { latest: 0, cleared: 0, ofKey: new Map() };
  const takeTurn = () => (turns.latest += 1);
  const turnOf = (key) => method.map.get(turns.ofKey, key) || 0;
  const isOvertaken = (key, turn) => turn < turns.cleared || turn < turnOf(key);

  return {
    takeTurn,
    /** Keeps what the JSON text says, `undefined` for undefined. Throws Refusal, and what the browser throws. */
    set(key, text, turn = takeTurn()) {
      if (typeof key !== 'string' || key === '') throw new Refusal('bad-parameter');
      const value = text === undefined ? undefined : json.parse(text);
      const kept = typeof value === 'string' ? 's' + value : 'j' + (text || '');
      const size = bytesIn(kept) - 1;
      if (size > limits.item) throw new Refusal(STORAGE_ROWS.tooLarge);
      if (isOvertaken(key, turn)) return;
      if (sizeWithout(key) + size > limits.total) throw full();
      try {
        shelf().write(prefix + key, kept);
      } catch (error) {
        if (!isDiskFull(error)) throw error;
        log.say('warn', SENTENCES.originFull(reasonOf(error)));
        throw full();
      }
      method.map.set(turns.ofKey, key, turn);
    },
    has: (key) => shelf().read(prefix + key) !== null,
    /** The value, or '' for a key that was never set. */
    get(key) {
      const text = shelf().read(prefix + key);
      if (text === null) return '';
      if (text[0] === 's') return string.slice(text, 1);
      return text === 'j' ? undefined : json.parse(string.slice(text, 1));
    },
    remove(key, turn = takeTurn()) {
      if (isOvertaken(key, turn)) return;
      shelf().remove(prefix + key);
      method.map.set(turns.ofKey, key, turn);
    },
    clear(turn = takeTurn()) {
      array.forEach(keys(), (key) => {
        if (turnOf(key) <= turn) shelf().remove(prefix + key);
      });
      if (turn > turns.cleared) turns.cleared = turn;
    },
    /** Sizes in KB. */
    info: () => ({
      keys: keys(), currentSize: ceil(sizeWithout(null) / 1024), limitSize: limits.total / 1024,
    }),
  };
}

/** What `work` does, or a Refusal: whatever is no rule of the storage is told by its own reason. */
function refusing(api, log, work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    log.say('error', SENTENCES.pageFailed(api, reasonOf(error)));
    throw new Refusal('internal-error');
  }
}

/** The Sync forms of the storage; they throw what the others answer. */
function storageMembers(storage, failed, log) {
  const synchronous = (api, work) => (key, data) => {
    try {
      return refusing(api + 'Sync', log, () => work(key, data));
    } catch (refusal) {
      const reply = failed(api, refusal.row, refusal.detail);
      return raise({ ...reply, errMsg: string.replace(reply.errMsg, api, api + 'Sync') });
    }
  };
  return {
    setStorageSync: synchronous('setStorage', (key, data) => {
      const text = quietly(() => toJson(data), null);
      if (text === null) throw new Refusal('bad-parameter');
      storage.set(key, text);
    }),
    getStorageSync: synchronous('getStorage', (key) => storage.get(key)),
    removeStorageSync: synchronous('removeStorage', (key) => storage.remove(key)),
    clearStorageSync: synchronous('clearStorage', () => storage.clear()),
    getStorageInfoSync: synchronous('getStorageInfo', () => storage.info()),
  };
}

/** The others: what the page adds once the emulator has said ok, which is the rest of the reply. */
const storageActs = (storage) => ({
  setStorage: ({ key }, text, turn) => storage.set(key, text, turn),
  getStorage({ key }) {
    if (STORAGE_ROWS.missing !== null && !storage.has(key)) throw new Refusal(STORAGE_ROWS.missing);
    return { data: storage.get(key) };
  },
  removeStorage: ({ key }, text, turn) => storage.remove(key, turn),
  clearStorage: (options, text, turn) => storage.clear(turn),
  getStorageInfo: () => storage.info(),
});

// finisher.js
/** Of an act that ends later, as a player decides: what it made in the end, or its Refusal. */
async function settled({ made, refusal }, api, log) {
  if (refusal) return { refusal };
  try {
    return { made: await intrinsic(made) };
  } catch (error) {
    return attempt(api, log, () => { throw error; });
  }
}

/** {made} by the act, or its {refusal}. */
function attempt(api, log, act) {
  try {
    return { made: refusing(api, log, act) };
  } catch (refusal) {
    return { refusal };
  }
}

/**
 * finish(api, body, kept) → (answer) → answer: the reply made of what the emulator answered and of what `acts` do in
 * the page once it has said ok. Those that are `local` act without an emulator, too. Each acts once.
 */
function createFinisher(acts, local_, takeTurn, failed, log) {
  // A page that goes hears no more answers; of tt.onHide it hears after pagehide, and games save then.
  const unfinished = new Set();
  const isLeaving = onLeaving(() => method.set.forEach(unfinished, (act) => act()));

  function once(api, body, kept) {
    const turn = takeTurn();
    let result = null;
    return () => {
      if (result === null) result = attempt(api, log, () => acts[api](json.parse(body), kept, turn));
      return result;
    };
  }

  return function finish(api, body, kept) {
    if (!has(acts, api)) return (answer) => answer;
    const act = once(api, body, kept);
    if (has(local_, api)) {
      method.set.add(unfinished, act);
      if (isLeaving()) act();
    }
    return async (answer) => {
      method.set.delete(unfinished, act);
      const isOk = isSuccess(api, answer.reply);
      if (!isOk && !(answer.alone && has(local_, api))) return answer;
      const { made, refusal } = await intrinsic(settled(act(), api, log));
      if (refusal) return { ...answer, reply: failed(api, refusal.row, refusal.detail) };
      return { ...answer, reply: { ...(isOk ? answer.reply : { errMsg: openingOf(api) + 'ok' }), ...made } };
    };
  };
}

// watch.js
// Who follows the state and has lost the stream comes back after so long.
const RETRY_MS = 1000;
// Who follows it in a world of another platform comes back after twice as long each time, at last after so long.
const MOST_MS = 64000;
const longer = (ms) => (ms < MOST_MS ? ms * 2 : MOST_MS);

/** A wait that can be ended: {last(ms) → a promise, end()}. */
function createPause() {
  let end = () => {};
  return {
    last: (ms) => new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      end = () => { clearTimeout(timer); resolve(); };
    }),
    end: () => end(),
  };
}

/** What the emulator says of a request that it refuses. */
async function problemOf(response) {
  const text = await intrinsic(lenient.response.text(response));
  return Object(quietly(() => json.parse(text)));
}

/**
 * Follows GET /<platform>/events: `hear(state)` at the beginning and at each change, until it is stopped; a page
 * in the background hears when it comes back. In Node a process does not end while it listens. To read the state of a
 * world that nobody has used can make it one of this platform: where it is another's, no more is asked than whether it still is.
 */
function createWatch(config, log, hear) {
  let leaving = null;
  let isLatest = true; // until a stream is lost, what was read at the beginning counts

  let isElsewhere = false; // the world is of another platform, as far as is known
  const pause = createPause();

  async function ask(path, signal) {
    const response = await intrinsic(fetch(config.url + PREFIX + path, { __proto__: null, headers: config.headers, credentials: 'omit', signal }));
    if (lenient.response.ok(response)) return response;
    const { code, detail } = await intrinsic(problemOf(response));
    isElsewhere = code === 'wrong-platform';
    throw new Error(isElsewhere ? detail : 'HTTP ' + lenient.response.status(response));
  }

  /** Hears what is whole of `text`; → the rest. */
  function hearEvents(text) {
    const parts = string.split(text, '\n\n');
    const rest = array.pop(parts);
    array.forEach(parts, (part) => {
      const data = method.regexp.exec(/^data: (.*)$/m, part);
      if (data) hear(json.parse(data[1]));
    });
    return rest;
  }

  async function follow(signal) {
    const reader = lenient.stream.getReader(lenient.response.body(await intrinsic(ask('events', signal))));
    try {
      const response = await intrinsic(ask('state', signal));
      hear(json.parse(await intrinsic(lenient.response.text(response)))); // what changed before the stream began
      isLatest = true;
      const decoder = new TextDecoder();
      let text = '';
      for (;;) {
        const { done, value } = await intrinsic(lenient.reader.read(reader));
        if (done) return;
        text = hearEvents(text + method.decoder.decode(decoder, value, { __proto__: null, stream: true }));
      }
    } finally {
      isLatest = false;
      cancel(reader); // or it would stay open beside the next one
    }
  }

  async function cancel(reader) {
    try {
      await intrinsic(lenient.reader.cancel(reader));
    } catch (error) { /* it is gone already */ }
  }

  async function keepFollowing(signal) {
    const isOver = () => getter.signal.aborted(signal);
    let pauseMs = RETRY_MS;
    while (!isOver()) {
      isElsewhere = false;
      try {
        await intrinsic(follow(signal));
      } catch (error) {
        if (!isOver()) log.say('warn', (isElsewhere ? SENTENCES.otherWorld : SENTENCES.noStream)(config.url, reasonOf(error)));
      }
      if (isOver()) return;
      pauseMs = isElsewhere ? longer(pauseMs) : RETRY_MS;
      await intrinsic(pause.last(pauseMs));
    }
  }

  // A browser has six connections to a host: a tab in the background that held one could, with five
  // others, leave none for the calls of the tab in front.
  let wanted = false;
  function decide() {
    const following = wanted && config.url !== null && !(inPage && isHidden());
    if (following === (leaving !== null)) return;
    if (following) {
      leaving = new AbortController();
      keepFollowing(getter.abort.signal(leaving));
    } else {
      method.abort.abort(leaving);
      leaving = null;
      pause.end();
    }
  }
  if (inPage) listen(document, 'visibilitychange', decide);
  return {
    start() { wanted = true; decide(); },
    stop() { wanted = false; decide(); },
    /** The emulator has answered a call: the world is of this platform. */
    answered() { if (isElsewhere) pause.end(); },
    /** Whether there can hardly be a newer state than was heard. */
    isCurrent: () => isLatest && !(inPage && isHidden()),
  };
}

// following.js
/** The state as it changes, by one stream for all in this tt that want to hear of it. */
function createFollowing(config, log, state) {
  let wishes = [];
  const listeners = [];
  const watch = createWatch(config, log, (told) => {
    const network = state.follow(told);
    array.forEach(listeners, (listener) => listener(network));
  });
  return {
    isCurrent: watch.isCurrent,
    answered: watch.answered,
    /** `listener` is told the network at each change, null if that is as before. */
    hear(listener) { array.push(listeners, listener); },
    want(wish) {
      if (!array.includes(wishes, wish)) array.push(wishes, wish);
      watch.start();
    },
    leave(wish) {
      wishes = array.filter(wishes, (other) => other !== wish);
      if (wishes.length === 0) watch.stop();
    },
  };
}

// playback.js
const TICK_MS = 250; // between two of TimeUpdate, as browsers have it

/**
 * A sound that plays, pauses and stops, by a clock of its own: what happens is the same whether or not it is heard, and `output`
 * follows. `tell(event)` hears what happens; all places are in seconds.
 */
function createPlayback(output, tell) {
  const sound = { buffer: null, loop: false, volume: 1, position };
  let state = 'stopped'; // waiting: for the buffer; playing, paused, ended
  let place = null; // where it is, or was when it began to move; null: where it begins
  let since_ms = 0;
  let timer = null;
  let startTime = 0;

  const duration = () => (sound.buffer === null ? 0 : getter.buffer.duration(sound.buffer));
  const within = (wanted) => (sound.buffer !== null && wanted > duration() ? duration() : wanted > 0 ? wanted : 0);

  function position() {
    if (state === 'ended') return duration();
    if (state !== 'playing') return within(place);
    const reached = place + (atPerformance.now() - since_ms) / 1000;
    return sound.loop ? reached % duration() : within(reached);
  }

  function halt(next, at) {
    if (state === 'playing') output.stop(sound);
    clearTimeout(timer);
    place = at;
    state = next;
  }

  /** Counts on from `at`. */
  function move(at) {
    place = at;
    since_ms = atPerformance.now();
    state = 'playing';
    clearTimeout(timer);
    const left_ms = (duration() - at) * 1000;
    timer = setTimeout(tick, sound.loop || left_ms > TICK_MS ? TICK_MS : left_ms);
  }

  function tick() {
    const at = position();
    if (!sound.loop && at >= duration()) {
      halt('ended', null);
      tell('Ended');
    } else {
      tell('TimeUpdate');
      move(at);
    }
  }

  function begin() {
    move(within(place === null ? startTime : place));
    output.start(sound);
    tell('Play');
  }

  return {
    duration,
    position,
    isPaused: () => state !== 'playing' && state !== 'waiting',
    get loop() { return sound.loop; },
    set loop(value) {
      const at = position();
      sound.loop = value;
      if (state === 'playing') move(at);
      output.change(sound);
    },
    get volume() { return sound.volume; },
    set volume(value) {
      sound.volume = value;
      output.change(sound);
    },

    /** From where it was paused, or else from `start`, as soon as the buffer is there. */
    play(start) {
      if (state === 'playing' || state === 'waiting') return;
      startTime = start;
      if (sound.buffer !== null) begin();
      else {
        state = 'waiting';
        tell('Waiting');
      }
    },
    pause() {
      if (state !== 'playing' && state !== 'waiting') return;
      halt('paused', state === 'playing' ? position() : place);
      tell('Pause');
    },
    stop() {
      const isOver = state === 'stopped' || state === 'ended';
      halt('stopped', null);
      if (!isOver) tell('Stop');
    },
    seek(wanted) {
      tell('Seeking');
      const isPlaying = state === 'playing';
      halt(state === 'ended' ? 'stopped' : state, within(wanted));
      if (isPlaying) {
        move(place);
        output.start(sound);
      }
      tell('Seeked');
    },

    /** The buffer is there. */
    load(buffer) {
      sound.buffer = buffer;
      tell('Canplay');
      if (state === 'waiting') begin();
    },
    unload() {
      halt('stopped', null);
      sound.buffer = null;
    },
  };
}

// speaker.js
// What is heard of a page's sounds.

// Browsers let a page be heard from the first of these on that counts for one.
const GESTURES = ['pointerdown', 'pointerup', 'touchend', 'keydown', 'click'];

const isEverTouched = () => isTouched('hasBeenActive', true);

/**
 * Plays sounds, each {buffer, loop, volume, position(), in seconds}, and gives a game audio contexts of its own. Nothing is heard
 * before the page is touched; what plays then goes on from where it is. No context of ours is made before, or the console would warn.
 */
function createSpeaker() {
  const sounds = new Map(); // those that play, with their {source, gain}; null for what is not heard yet
  let outputs = []; // {context, gain, isRunning} of tt and of games
  let own = null;
  let isMuted = false;
  let isListening = false;
  let isWanted = false; // by a sound of ours: a game's own contexts need none of tt
  let isBroken = false;

  const level = (gain, value) => setter.param.value(getter.gain.gain(gain), value);

  function createOutput() {
    const context = new AudioContext();
    const gain = method.audio.createGain(context);
    method.node.connect(gain, getter.audio.destination(context));
    level(gain, isMuted ? 0 : 1);
    const output = { context, gain, isRunning: false };
    outputs = array.filter(outputs, (other) => getter.audio.state(other.context) !== 'closed');
    array.push(outputs, output);
    return output;
  }

  function sound(one) {
    const source = method.audio.createBufferSource(own.context);
    const gain = method.audio.createGain(own.context);
    setter.source.buffer(source, one.buffer);
    method.node.connect(source, gain);
    method.node.connect(gain, own.gain);
    method.map.set(sounds, one, { source, gain });
    change(one);
    method.source.start(source, 0, one.position());
  }

  function change(one) {
    const nodes = method.map.get(sounds, one);
    if (!nodes) return;
    setter.source.loop(nodes.source, one.loop);
    level(nodes.gain, one.volume);
  }

  async function unlock(output) {
    try {
      await intrinsic(method.audio.resume(output.context));
    } catch (error) {
      return; // a game has closed it
    }
    if (output.isRunning) return;
    output.isRunning = true;
    if (output === own) method.map.forEach(sounds, (nodes, one) => { if (!nodes) sound(one); });
  }

  /** What runs is left alone: a game may have suspended it. Only a telephone call, say, has to be undone. */
  function touched() {
    if (!isEverTouched()) return;
    try {
      if (isWanted && !isBroken) own = own || createOutput();
    } catch (error) {
      isBroken = true;
      write('warn', SENTENCES.noSpeaker(reasonOf(error)));
    }
    array.forEach(outputs, (output) => {
      if (!output.isRunning || getter.audio.state(output.context) === 'interrupted') unlock(output);
    });
  }

  function listenToGestures() {
    if (isListening || !inPage) return;
    isListening = true;
    array.forEach(GESTURES, (type) => listen(window, type, touched, { __proto__: null, capture: true, passive: true }));
  }

  return {
    start(one) {
      method.map.set(sounds, one, null);
      isWanted = true;
      listenToGestures();
      if (own !== null && own.isRunning) sound(one);
      else if (inPage && isEverTouched()) touched();
    },
    stop(one) {
      const nodes = method.map.get(sounds, one);
      method.map.delete(sounds, one);
      if (!nodes) return;
      method.source.stop(nodes.source);
      method.node.disconnect(nodes.source);
      method.node.disconnect(nodes.gain);
    },
    /** `loop` or `volume` is another. */
    change,
    isAwaitingTouch: () => inPage && !isEverTouched(),

    /** A context of the game's own. What it connects to `destination` goes through the switch, too. */
    createContext() {
      const output = createOutput();
      const channels = getter.speakers.maxChannelCount(getter.audio.destination(output.context));
      define(output.gain, 'maxChannelCount', { value: channels });
      define(output.context, 'destination', { value: output.gain });
      listenToGestures();
      if (isEverTouched()) unlock(output);
      return output.context;
    },

    /** The tester's switch: sounds play on, and nothing of any is heard. */
    mute(isSilent) {
      isMuted = isSilent;
      array.forEach(outputs, ({ gain }) => level(gain, isMuted ? 0 : 1));
    },
  };
}

/** The page's one: all its players' sounds come out of it. */
const speaker = createSpeaker();

// mapped.js
// Hosts for which something of this machine answers: see `tt-emulator play --map`.

/** Below it the game's own origin answers for them: the page of a game asks nobody else. */
const MAPPED = '/__play/mapped/';

function mappedTo(url, base, hosts) {
  const parts = new URL(String(url), base);
  const protocol = getter.url.protocol(parts);
  const host = getter.url.host(parts);
  const isMapped = matches(/^https?:$/, protocol) && (array.includes(hosts, host) || array.includes(hosts, getter.url.hostname(parts)));
  if (!isMapped) return url;
  const scheme = protocol === 'https:' ? 'https/' : 'http/';
  return MAPPED + scheme + host + getter.url.pathname(parts) + getter.url.search(parts);
}

/** The address at which the page gets what is at `url`: of a host that is mapped one of its own origin, else the same. */
function mappedUrl(url, base) {
  const hosts = (tag.realm && tag.realm.mapped) || [];
  return hosts.length === 0 ? url : quietly(() => mappedTo(url, base, hosts), url);
}

// tracks.js
// Sounds, loaded and decoded.

// What onError hears, as the platform's page has it.
const FAILURES = {
  system: { errCode: 10001, errMsg: '系统错误' },
  network: { errCode: 10002, errMsg: '网络错误' },
  file: { errCode: 10003, errMsg: '文件错误' },
  format: { errCode: 10004, errMsg: '格式错误' },
  unknown: { errCode: -1, errMsg: '未知错误' },
};
const DECODING_HZ = 48000;

/** Why a sound cannot be played; its message is for the console. */
class SoundFailure extends Error {
  constructor(kind, reason) {
    super(reason);
    this.kind = kind;
  }
}

/** What onError hears of it. */
const failureOfSound = (error) => ({ ...FAILURES[error instanceof SoundFailure ? error.kind : 'unknown'] });

/** Where the sound that a game names `src` is read from: beside the page, or where its host is answered for. Throws where that is no address. */
function addressOfSound(src) {
  const base = inPage ? getter.element.baseURI(getter.document.documentElement(document)) : undefined;
  return new URL(mappedUrl(src, base), base);
}

async function fetched(address) {
  let response;
  try {
    response = await intrinsic(fetch(address, { __proto__: null }));
    if (lenient.response.ok(response)) return await intrinsic(lenient.response.arrayBuffer(response));
  } catch (error) {
    throw new SoundFailure('network', SENTENCES.soundNotRead(reasonOf(error)));
  }
  throw new SoundFailure('network', 'HTTP ' + lenient.response.status(response));
}

async function decode(bytes) {
  try {
    return await intrinsic(method.audio.decodeAudioData(new OfflineAudioContext(1, 1, DECODING_HZ), bytes));
  } catch (error) {
    const isFormat = quietly(() => lenient.exception.name(Object(error)), '') === 'EncodingError';
    throw new SoundFailure(isFormat ? 'format' : 'unknown', reasonOf(error));
  }
}

async function decodedFrom(url, src) {
  if (!OfflineAudioContext) throw new SoundFailure('system', SENTENCES.noSoundHere());
  const address = (tag.realm && tag.realm.fileAddress && (await intrinsic(tag.realm.fileAddress(src)))) || url;
  if (address === null || !matches(/^(https?|data|blob):/, address)) throw new SoundFailure('file', SENTENCES.noSoundFile());
  return await intrinsic(decode(await intrinsic(fetched(address)))); // a promise that is returned is asked for its `then`
}

/** Sounds by their address, each loaded once for all who hold it, and forgotten when nobody does. */
function createTracks(addressOf) {
  const tracks = new Map();
  return {
    /** → {buffer: a promise of the decoded sound, release()} */
    hold(src) {
      const address = quietly(() => getter.url.href(addressOf(src)), null);
      const track = method.map.get(tracks, address) || { holders: 0, buffer: decodedFrom(address, src) };
      track.holders += 1;
      method.map.set(tracks, address, track);
      let isHeld = true;
      return {
        buffer: track.buffer,
        release() {
          if (!isHeld) return;
          isHeld = false;
          track.holders -= 1;
          if (track.holders === 0) method.map.delete(tracks, address);
        },
      };
    },
  };
}

// inner-audio.js
const EVENTS = ['Canplay', 'Play', 'Pause', 'Stop', 'Ended', 'TimeUpdate', 'Error', 'Waiting', 'Seeking', 'Seeked'];
const SAID_OF_SRC = 200; // letters; a data: address has many more

/** Number of what a game sets; what is none counts for nothing. */
const asNumber = (value, otherwise) => (typeof value === 'number' && value === value ? value : otherwise);

/** onX and offX of each event, and tell(name, value), which calls the listeners later: never before the game's own call is over. */
function createEvents() {
  const members = {};
  const signals = {};
  let isOver = false;
  array.forEach(EVENTS, (name) => {
    const { on, off, emit } = createSignal((error) => reportError(error));
    signals[name] = emit;
    members['on' + name] = on;
    members['off' + name] = off;
  });
  return {
    members,
    async tell(name, value = {}) {
      await null;
      if (!isOver) signals[name](value);
    },
    /** For good. */
    silence() { isOver = true; },
  };
}

/** The sound behind `src`: load(src), again(), free(). `hear(buffer)`, or `fail(error)` if it cannot be had. */
function createLoader(tracks, hear, fail) {
  let held = null;
  function free() {
    if (held !== null) held.release();
    held = null;
  }
  return {
    free,
    isFree: () => held === null,
    async load(src) {
      free();
      const own = tracks.hold(src);
      held = own;
      try {
        const buffer = await intrinsic(own.buffer);
        if (own === held) hear(buffer);
      } catch (error) {
        if (own !== held) return;
        free();
        fail(error);
      }
    },
  };
}

/** The platform's InnerAudioContext; times in seconds. */
function createInnerAudio(tracks, log) {
  const events = createEvents();
  const playback = createPlayback(speaker, events.tell);
  let src = '';
  let isDestroyed = false;

  function hear(buffer) {
    playback.load(buffer);
    if (audio.autoplay) play();
  }
  function fail(error) {
    const failure = failureOfSound(error);
    log.say('warn', SENTENCES.soundFailed(string.slice(src, 0, SAID_OF_SRC), failure.errCode, reasonOf(error)));
    playback.unload();
    events.tell('Error', failure);
  }
  const loader = createLoader(tracks, hear, fail);

  function play() {
    if (src === '') return;
    if (speaker.isAwaitingTouch()) log.say('info', SENTENCES.soundWaits());
    playback.play(asNumber(audio.startTime, 0));
    if (loader.isFree()) loader.load(src); // it has failed before
  }

  const audio = {
    get src() { return src; },
    set src(value) {
      if (isDestroyed) return;
      src = String(value);
      playback.unload();
      if (src === '') loader.free();
      else loader.load(src);
    },
    startTime: 0,
    autoplay: false,
    obeyMuteSwitch: true,
    get loop() { return playback.loop; },
    set loop(value) { playback.loop = !!value; },
    get volume() { return playback.volume; },
    set volume(value) {
      const wanted = asNumber(value, playback.volume);
      playback.volume = wanted > 1 ? 1 : wanted > 0 ? wanted : 0;
    },
    play,
    pause: playback.pause,
    stop: playback.stop,
    seek(position) {
      const wanted = asNumber(Number(position), -1);
      if (src !== '' && wanted >= 0) playback.seek(wanted);
    },
    destroy() {
      isDestroyed = true;
      src = '';
      events.silence();
      playback.unload();
      loader.free();
    },
    ...events.members,
  };
  const readOnly = {
    duration: playback.duration,
    currentTime: () => Number(method.number.toFixed(playback.position(), 6)),
    paused: playback.isPaused,
    buffered: playback.duration, // all of it is there, or nothing
  };
  const set = () => {}; // no game stops at an assignment that has no effect
  each(readOnly, (name, get) => define(audio, name, { get, set, enumerable: true }));
  return audio;
}

/** tt.createInnerAudioContext and tt.getAudioContext. */
function soundMembers(log) {
  const tracks = createTracks(addressOfSound);
  let context = null;
  return {
    createInnerAudioContext: () => createInnerAudio(tracks, log),

    /** One for all who ask, until it is closed. */
    getAudioContext() {
      if (!AudioContext) raise({ errMsg: 'getAudioContext:fail' });
      if (context === null || getter.audio.state(context) === 'closed') context = speaker.createContext();
      return context;
    },
  };
}

// lazy.js
// Read by the language, by consoles and by test libraries, never by a game in search of an API.
const NOT_AN_API = /^(then|toJSON|inspect|nodeType|tagName|asymmetricMatch|[_$@].*)$/;

/**
 * An object that `fill` gives its members at the first touch; an assignment is one, too, so what a
 * game sets stays. Names that are not emulated stay undefined, so that `typeof tt.x === 'function'`
 * tells the truth. `touch` fills it as well.
 */
function filledAtFirstTouch(fill, missed) {
  const members = {};
  const traps = { __proto__: null };
  let isFilled = false;
  function touch() {
    if (isFilled) return;
    isFilled = true; // first: a console that is made of it may ask while it is filled
    fill(members);
  }
  const touches = ['get', 'has', 'ownKeys', 'getOwnPropertyDescriptor', 'defineProperty', 'deleteProperty', 'preventExtensions'];
  array.forEach(touches, (trap) => {
    traps[trap] = (...given) => {
      const { 1: name } = given;
      touch();
      if (trap === 'get' && typeof name === 'string' && !(name in members) && !matches(NOT_AN_API, name)) missed(name);
      return apply(reflect[trap], undefined, given);
    };
  });
  return { platform: new Proxy(members, traps), touch };
}

// tt/shared-canvas.js
// What this platform does with the canvas that both domains share.

/** The context's own side of the canvas, once it is opened with these options: nothing. */
const furnishShared = () => {};

/** What the open data domain may not set: (name) → throws. As in the platform's simulator; null where it may. */
const refusalOfSize = ({ isStrict }) => (isStrict ? (name) => { throw new TypeError(OWN_SENTENCES.fixedSize(name)); } : null);

/** A canvas as the open data domain makes one. */
const openCanvas = (canvas) => canvas;

// tt/launch.js
/** getLaunchOptionsSync's answer, of the query of the page's address and of what in it is the tool's own. */
const launchOf = (query, own) => ({
  scene: own['tt-scene'] || '', query, location: own['tt-location'] || '', launch_from: own['tt-launch-from'] || '',
});

// life-cycle.js
/** How the game was opened, read from the page's address. */
function launchOptions(state) {
  const query = {};
  const own = {};
  method.searchParams.forEach(new URLSearchParams(placed.search()), (value, name) => {
    (string.startsWith(name, 'tt-') ? own : query)[name] = value;
  });
  return launchOf(query, own, state);
}

/** `state` is what the emulator tells, now. */
function lifeCycleMembers(state) {
  const launched = () => launchOptions(state());
  const signalOf = () => createSignal((error) => reportError(error));
  const shown = signalOf();
  const hidden = signalOf();
  const failing = signalOf();
  let started = false;

  function showAtStart() {
    if (started) return;
    started = true;
    const show = () => setTimeout(() => { if (!isHidden()) shown.emit(launched()); });
    if (getter.document.readyState(document) === 'complete') show();
    else listen(window, 'load', show, { __proto__: null, once: true });
  }
  listen(document, 'visibilitychange', () => {
    if (isHidden()) hidden.emit();
    else shown.emit(launched());
  });
  listen(window, 'error', (event) => {
    const message = getter.failure.message(event);
    failing.emit({ message, stack: quietly(() => String(Object(getter.failure.error(event)).stack || ''), '') });
  });
  return {
    getLaunchOptionsSync: launched,
    onShow(listener) { shown.on(listener); showAtStart(); },
    offShow: shown.off,
    onHide: hidden.on,
    offHide: hidden.off,
    onError: failing.on,
    offError: failing.off,
  };
}

// native-buttons.js
// Buttons that games have the platform lay over their canvas.

const IN_PIXELS = { left: 'left', top: 'top', width: 'width', height: 'height', lineHeight: 'line-height', fontSize: 'font-size',
  borderRadius: 'border-radius', borderWidth: 'border-width' };
const AS_TEXT = { backgroundColor: 'background-color', borderColor: 'border-color', color: 'color', textAlign: 'text-align' };

/** A style as games give it, as CSS. */
function cssOf(style) {
  const css = { position: 'absolute', padding: '0', 'pointer-events': 'auto' };
  each(IN_PIXELS, (name, property) => { if (typeof style[name] === 'number') css[property] = style[name] + 'px'; });
  each(AS_TEXT, (name, property) => { if (typeof style[name] === 'string') css[property] = style[name]; });
  return css;
}

/** {type, text, image, style, show, hide, destroy, onTap, offTap}; `answer(options, heard)` says what a tap is told. */
function createNativeButton(passed, answer) {
  const options = asObject(passed);
  const { type = 'text', text = '', image = '' } = options;
  const style = object.assign({}, asObject(options.style));
  const taps = createSignal((error) => reportError(error));
  const drawn = button(type === 'text' ? String(text) : '', () => answer(options, taps.emit), { 'aria-label': String(text || '按钮') });
  setStyle(drawn, cssOf(style));
  if (type === 'image') setStyle(drawn, { background: 'center / 100% 100% no-repeat url("' + String(image) + '")' });
  let remove = null;
  const hide = () => { if (remove !== null) remove(); remove = null; };
  const show = () => {
    hide();
    setStyle(drawn, cssOf(style)); // a game may have changed it
    remove = overlay([drawn], 'passing');
  };
  show();
  return { type, text, image, style, show, hide, destroy: hide, onTap: taps.on, offTap: taps.off };
}

const LIKE = ['createOpenSettingButton', 'createGameClubButton', 'createFeedbackButton'];

/** `call(api, options)` calls the platform. */
const buttonMembers = (call) => ({
  ...array.reduce(LIKE, (members, name) => (
    { ...members, [name]: (passed) => createNativeButton(passed, (options, heard) => heard({ errMsg: name + ':ok' })) }), {}),
  createUserInfoButton: (passed) => createNativeButton(passed, ({ withCredentials }, complete) => call('getUserInfo', { withCredentials, complete })),
});

// open-data-context.js
/**
 * A realm of the page's own origin, in which the scripts of `tags` run one after the other. It stands
 * beside the screen, as large as the page (not drawn, it would have no animation frames), in a closed
 * shadow tree: so it is not among the page's frames.
 */
function createRealm(tags, log) {
  const host = create('div');
  const frame = element('iframe', { tabindex: '-1', 'aria-hidden': 'true' });
  setStyle(host, { position: 'fixed', left: '-200vw', top: '0', width: '100vw', height: '100vh' });
  setStyle(frame, { width: '100%', height: '100%', border: '0' });
  listen(frame, 'load', () => { // in Chromium within append; before it, others have another document
    const inner = getter.frame.contentDocument(frame);
    array.forEach(tags, ({ attributes, members }) => {
      const script = object.assign(method.document.createElement(inner, 'script'), members);
      setter.script.async(script, false);
      each(attributes, (name, value) => method.element.setAttribute(script, name, value));
      listen(script, 'error', () => log.say('error', SENTENCES.notLoaded(attributes.src)));
      append(getter.document.head(inner), [script]);
    });
  }, { __proto__: null, once: true });
  append(method.element.attachShadow(host, { __proto__: null, mode: 'closed' }), [frame]);
  append(root(), [host]);
  return getter.frame.contentWindow(frame);
}

/**
 * The main domain's side: the shared canvas, and `get`, which is getOpenDataContext. The realm is made at the first
 * use. `outbox` is the way back out of it.
 */
function createContext(config, state, phone, touches, log) {
  const outbox = createChannel(ownRealm, log);
  let context = null;

  function open(options) {
    const canvas = canvasOf(phone.canvasSize());
    const besides = (name) => getter.url.href(new URL(name, tag.src || config.url + '/'));
    const nonce = tag.nonce ? { nonce: tag.nonce } : {};
    const of = (name) => decodeURIComponent(config.headers['X-Emulator-' + name]);
    const { script = 'open-data.js', members } = Object(tag.realm);
    const token = config.token ? { 'data-token': config.token } : {};
    const data = { ...token, 'data-url': config.url, 'data-world': of('World'), 'data-player': of('Player'), 'data-domain': 'open', ...ownAttributes(config) };
    const handover = {
      canvas, outbox, classes: sharedClasses, directory: config.openData, locale, isRefused: config.url === null,
      isStrict: state.strict_canvas === true, isTwoWay: state.two_way_messages === true, ...phone.handedOver,
    };
    furnishShared(canvas, asObject(options), state, phone, log);
    const made = createRealm([
      { attributes: { src: besides(SCRIPT), ...nonce, ...data }, members: { state, handover } },
      { attributes: { src: besides(script), ...nonce }, members: { handover, ...members } },
    ], log) || ownRealm; // jsdom runs no frames
    handover.inbox = createChannel(made, log);
    handover.touches = touchMembers(touches, made, log);
    return object.freeze({ canvas, postMessage: handover.inbox.post });
  }

  const get = (options) => (context = context || open(options));
  return { get, outbox };
}

/** The canvas, to which the open data domain may not give a size: `refuse(name)` instead. */
function withFixedSize(canvas, refuse) {
  return new Proxy(canvas, {
    __proto__: null,
    get(target, name) {
      const value = target[name];
      return typeof value === 'function' ? (...given) => apply(value, target, given) : value;
    },
    set(target, name, value) {
      if (name === 'width' || name === 'height') refuse(name);
      else target[name] = value;
      return true;
    },
  });
}

// dialogs.js
const ICONS = { success: '✓', fail: '✕' };

/** Toast and loading: one at a time, and the later one takes the place of the other at once. */
function briefs() {
  let shown = { kind: null, remove() {}, timer: 0 };
  let latest = 0;
  function clear() {
    clearTimeout(shown.timer);
    shown.remove();
    shown = { kind: null, remove() {}, timer: 0 };
  }
  /** What the game asked for earlier than the latest is overtaken, whichever is answered first. */
  const inTurn = (act) => (options, kept, turn) => {
    if (turn < latest) return;
    latest = turn;
    act(options);
  };
  function show(kind, title, icon) {
    clear();
    const sign = icon === 'loading' ? [element('i', { class: 'spinner' })] : has(ICONS, icon) ? [element('b', {}, [ICONS[icon]])] : [];
    const parts = array.concat(sign, [element('span', {}, [String(title)])]);
    shown = { kind, remove: overlay([element('div', { class: 'toast', role: 'status' }, parts)], 'passing'), timer: 0 };
  }
  const hide = (kind) => inTurn(() => { if (shown.kind === kind) clear(); });
  return {
    showToast: inTurn(({ title = '', icon = 'success', duration = 1500 }) => {
      show('toast', title, icon);
      shown.timer = setTimeout(clear, duration);
    }),
    hideToast: hide('toast'),
    showLoading: inTurn(({ title = '' }) => show('loading', title, 'loading')),
    hideLoading: hide('loading'),
  };
}

/** Draws a dialog over the game; → a promise of what its `parts(choose)` has the player choose. */
const askPlayer = (attributes, parts) => new Promise((resolve) => {
  const choose = (value) => () => { close(); resolve(value); };
  const close = overlay([element('div', { class: 'shade' }), element('section', { class: 'card', ...attributes }, parts(choose))]);
});

function showModal({ title = '', content = '', showCancel = true, cancelText, confirmText }) {
  if (title === '' && content === '') throw new Refusal('internal-error');
  return askPlayer({ role: 'alertdialog' }, (choose) => {
    const confirm = button(String(confirmText || '确定'), choose({ confirm: true, cancel: false }), { class: 'main' });
    const cancel = button(String(cancelText || '取消'), choose({ confirm: false, cancel: true }));
    return [element('header', {}, [element('h2', {}, [String(title)])]), element('p', {}, [String(content)]),
      element('footer', {}, showCancel ? [cancel, confirm] : [confirm])];
  });
}

async function showActionSheet({ itemList }) {
  const chosen = await intrinsic(askPlayer({ role: 'dialog' }, (choose) => [
    element('ol', {}, array.map(itemList, (item, index) => element('li', {}, [button(item, choose({ tapIndex: index }))]))),
    element('footer', {}, [button('取消', choose(null))])]));
  if (chosen === null) throw new Refusal('user-cancelled');
  return chosen;
}

const dialogActs = () => ({ ...briefs(), showModal, showActionSheet });

// permissions.js
// What a player is asked for, and what a game may do once they have agreed.

const SCOPES = {
  'scope.userInfo': '用户信息', 'scope.userLocation': '位置信息', 'scope.record': '录音', 'scope.album': '相册', 'scope.camera': '摄像头',
  'scope.calendar': '日历', 'scope.gameClub': '游戏圈', 'scope.groupTag': '群标签',
};

const askConsent = (text) => askPlayer({ role: 'alertdialog' }, (choose) => [element('p', {}, [text]),
  element('footer', {}, [button('拒绝', choose(false)), button('允许', choose(true), { class: 'main' })])]);

/** Each scope that is not `granted` from the first is asked for once; the page remembers until it is left. */
function permissionActs(grantedAtFirst) {
  const granted = { ...grantedAtFirst };
  return {
    async authorize({ scope }) {
      if (!has(granted, scope)) granted[scope] = await intrinsic(askConsent('允许获取' + (SCOPES[scope] || scope) + '？'));
      if (!granted[scope]) throw new Refusal('scope-refused');
      return { data: { [scope]: 'ok' } };
    },
    getSetting: () => ({ authSetting: { ...granted } }),
  };
}

/** Of the page alone: a browser asks its user before it hands out the computer's. */
function clipboardActs() {
  let kept = '';
  return {
    setClipboardData({ data }) { kept = data; },
    getClipboardData: () => ({ data: kept }),
  };
}

/** Nothing is sent: the player says how it ends. */
const sharingActs = () => ({
  showShareMenu() {},
  async shareAppMessage() {
    if (!isTouched('isActive', true)) throw new Refusal('gesture-missing');
    if (!await intrinsic(askConsent('分享给好友？'))) throw new Refusal('user-cancelled');
    return {};
  },
});

/** Browsers refuse, and say so in the console, until somebody has touched the page. */
const vibrate = (duration_ms) => () => {
  if (isTouched('hasBeenActive', false)) quietly(() => atNavigator.vibrate(duration_ms));
};
const vibrationActs = () => ({ vibrateShort: vibrate(15), vibrateLong: vibrate(400) });

/** What has nobody to go to. */
const nowhereActs = () => ({
  requestSubscribeMessage() { throw new Refusal('internal-error'); },
  navigateToMiniProgram() { throw new Refusal('unsupported-on-game'); },
});

// tt/page-acts.js
// What a page does on calls of this platform's own.

// There is no sidebar.
const SIDEBAR = {
  checkScene: () => ({ isExist: false }),
  navigateToScene() { throw new Refusal('nowhere-to-go'); },
};

const GRANTED_AT_FIRST = { 'scope.screenRecord': true };

const OWN_ACTS = {
  ...pick('permissions', ['authorize', 'getSetting']),
  ...pick('shortcut', ['addShortcut', 'checkShortcut']),
  ...pick('sidebar', ['checkScene', 'navigateToScene']),
};

function shortcutActs() {
  let exist = false;
  return {
    async addShortcut() {
      if (!isTouched('isActive', true)) throw new Refusal('gesture-missing');
      if (!await intrinsic(askConsent('添加到桌面？'))) throw new Refusal('user-cancelled');
      exist = true;
      return {};
    },
    checkShortcut: () => ({ status: { exist, needUpdate: false } }),
  };
}

/** What those are made of. */
const ownActParts = () => ({ permissions: permissionActs(GRANTED_AT_FIRST), shortcut: shortcutActs(), sidebar: SIDEBAR });

// keyboard.js
// The keyboard of the phone: a field over the page, at its lower edge.

const CONFIRM = { done: '完成', next: '下一项', search: '搜索', go: '前往', send: '发送' };

/** What a player sees of the keyboard: {value, replace, close}. */
function drawKeyboard({ defaultValue = '', maxLength, multiple, confirmType }, { input, confirm, leave }) {
  const kind = multiple ? 'textarea' : 'input';
  const value = () => getter[kind].value(field);
  const replace = (text) => setter[kind].value(field, text);
  const keydown = (event) => {
    const key = getter.key.key(event);
    if (key === 'Enter' && !multiple && !getter.key.isComposing(event)) confirm();
    if (key === 'Escape') leave();
  };
  const word = has(CONFIRM, confirmType) ? confirmType : 'done';
  const length = maxLength > 0 ? { maxlength: String(maxLength) } : {};
  const field = element(kind, { class: 'field', enterkeyhint: word, 'aria-label': '输入', input, keydown, ...length });
  replace(maxLength > 0 ? string.slice(String(defaultValue), 0, maxLength) : String(defaultValue));
  const keepFocus = (event) => method.event.preventDefault(event);
  const close = overlay([element('footer', { class: 'keyboard' }, [field,
    button(CONFIRM[word], confirm, { class: 'main close', mousedown: keepFocus })])], 'passing');
  method.element.focus(field);
  return { value, replace, close };
}

function keyboardActs(events) {
  let shown = null;
  let latest = 0;
  let isListening = false;

  /** Of two calls the one that the game made later counts, whichever is answered first. */
  const inTurn = (act) => (options, kept, turn) => {
    if (turn < latest) return;
    latest = turn;
    act(options);
  };
  const tell = (name) => events['Keyboard' + name].emit({ value: shown.value() });
  function leave() {
    if (shown === null) return;
    const { value, close } = shown;
    shown = null;
    close();
    events.KeyboardComplete.emit({ value: value() });
  }
  function leaveOnOtherTouch() {
    if (isListening) return;
    isListening = true;
    listen(window, 'pointerdown', (event) => {
      if (!method.weakSet.has(overlays, getter.pointer.target(event))) leave();
    }, true);
  }
  return {
    showKeyboard: inTurn((options) => {
      if (shown !== null) shown.close();
      const confirm = () => {
        tell('Confirm');
        if (!options.confirmHold) leave();
      };
      shown = drawKeyboard(options, { input: () => tell('Input'), confirm, leave });
      leaveOnOtherTouch();
    }),
    updateKeyboard: inTurn(({ value }) => { if (shown !== null) shown.replace(String(value)); }),
    hideKeyboard: inTurn(leave),
  };
}

// sensors.js
/** The accelerometer knows whether it runs; nothing moves the phone. */
function sensorActs() {
  let isRunning = false;
  return {
    startAccelerometer() {
      if (isRunning) throw new Refusal('sensor-running');
      isRunning = true;
    },
    stopAccelerometer() { isRunning = false; },
    startGyroscope() {},
    stopGyroscope() {},
  };
}

/** The page stays as it is: whoever listens hears of another orientation than the one before. */
function orientationActs(events, info) {
  let current = null;
  return {
    setDeviceOrientation({ value }) {
      const { windowWidth, windowHeight } = info();
      const before = current || (windowWidth > windowHeight ? 'landscape' : 'portrait');
      if ((value !== 'landscape' && value !== 'portrait') || value === before) return;
      current = value;
      setTimeout(() => events.DeviceOrientationChange.emit({ value }));
    },
  };
}

// subpackages.js
// tt.loadSubpackage: where a package is played, its page has the code already, and runs it.

/** {task, kept}: what the game gets at once, and what its act then gets. */
function subpackageTask() {
  const progress = createSignal(() => {});
  return { task: { onProgressUpdate: progress.on }, kept: progress.emit };
}

function loadSubpackage({ name }, tellProgress) {
  if (!tag.realm) throw new Refusal('internal-error');
  return tag.realm.loadSubpackage(name, tellProgress);
}

// page-acts.js
// What a page does of a call of the catalog once the emulator has said ok.

const SENSORS = ['startAccelerometer', 'stopAccelerometer', 'startGyroscope', 'stopGyroscope'];

/** By the names of the APIs that are there only in a page: how the act is made. */
const PAGE_ACTS = {
  ...pick('sensors', SENSORS),
  ...pick('orientation', ['setDeviceOrientation']),
  ...pick('dialogs', ['showToast', 'hideToast', 'showLoading', 'hideLoading', 'showModal', 'showActionSheet']),
  ...pick('clipboard', ['setClipboardData', 'getClipboardData']),
  ...pick('nowhere', ['requestSubscribeMessage', 'navigateToMiniProgram']),
  ...pick('sharing', ['showShareMenu', 'shareAppMessage']),
  ...pick('vibration', ['vibrateShort', 'vibrateLong']),
  ...pick('subpackages', ['loadSubpackage']),
  ...pick('keyboard', ['showKeyboard', 'updateKeyboard', 'hideKeyboard']),
  ...OWN_ACTS,
};

/** The acts by their API: (options, kept, turn) → what they add to the reply, or a promise of it. They throw Refusal. */
function pageActs(phone) {
  const parts = {
    sensors: sensorActs(),
    orientation: orientationActs(phone.events, phone.info),
    dialogs: dialogActs(),
    clipboard: clipboardActs(),
    nowhere: nowhereActs(),
    sharing: sharingActs(),
    vibration: vibrationActs(),
    subpackages: { loadSubpackage },
    keyboard: keyboardActs(phone.events),
    ...ownActParts(phone),
  };
  return array.reduce(object.keys(PAGE_ACTS), (acts, name) => ({ ...acts, [name]: PAGE_ACTS[name](parts) }), {});
}

// screen.js
const TOUCHING = /^(pointer|touch|mouse|click|dblclick|contextmenu|wheel)/;
const HANDLERS = here.HTMLElement // onclick and its like, each with its {get, set}
  ? Object.entries(Object.getOwnPropertyDescriptors(here.HTMLElement.prototype)).filter(([name]) => TOUCHING.test(name.slice(2))) : [];

// The canvas over a page that has none. All tt of the page share it.
const cover = { canvas: NaN, listeners: [], isAsked: false, isNoted: false, style: null }; // which is equal to no `this`

/** The cover takes touches while somebody listens to them: by tt.onTouchStart, or on itself. */
function updateCover() {
  if (cover.style === null) return;
  const isHandled = array.findIndex(HANDLERS, ({ 1: { get } }) => typeof apply(get, cover.canvas, []) === 'function') !== -1;
  cover.style(cover.isAsked || isHandled || cover.listeners.length > 0 ? 'auto' : 'none');
}

/** Notes what addEventListener, or removeEventListener, was called with on the cover. */
function noteListener(isAdded, given) {
  const { 0: type, 1: listener, 2: options } = given;
  if (!matches(TOUCHING, String(type)) || listener === null || listener === undefined) return;
  const { once, signal, capture } = asObject(options);
  const isCapturing = !!capture || options === true;
  const isSame = (other) => other.type === type && other.listener === listener && other.isCapturing === isCapturing;
  const others = array.filter(cover.listeners, (other) => !isSame(other));
  const isGone = !isAdded || (signal && getter.signal.aborted(signal));
  cover.listeners = isGone ? others : array.concat(others, [{ type, listener, isCapturing }]);
  updateCover();
  if (isGone) return;
  const leave = () => noteListener(false, given);
  if (once) listen(cover.canvas, type, leave, { __proto__: null, once: true, capture: isCapturing });
  if (signal) listen(signal, 'abort', leave);
}

/** Has noteListener hear also of those who call the method of the prototype, or have kept it since this script was loaded. */
function noteListeners() {
  if (cover.isNoted) return;
  cover.isNoted = true;
  array.forEach(['addEventListener', 'removeEventListener'], (name) => {
    const owner = ownerOf(here.HTMLElement.prototype, name);
    if (owner === null) return; // a stand-in for a page
    const { value, ...rest } = object.getOwnPropertyDescriptor(owner, name);
    const noting = { [name](...passed) {
      const returned = apply(value, this, passed);
      if (this === cover.canvas) quietly(() => noteListener(name === 'addEventListener', passed));
      return returned;
    } };
    define(owner, name, { ...rest, value: noting[name] });
  });
}

/** The same for handlers such as onclick, be they set as properties or as attributes. */
function noteHandlers(canvas) {
  array.forEach(HANDLERS, ({ 0: name, 1: { get, set } }) => define(canvas, name, {
    configurable: true,
    get: () => apply(get, canvas, []),
    set(handler) { apply(set, canvas, [handler]); updateCover(); },
  }));
  const attributeFilter = array.map(HANDLERS, ({ 0: name }) => name);
  if (MutationObserver) method.observer.observe(new MutationObserver(updateCover), canvas, { __proto__: null, attributes: true, attributeFilter });
}

/** style(pointerEvents), by a rule where a browser can: what a game sets on the canvas itself leaves the rest as it is. */
function coverStyle(canvas, width, height) {
  const properties = { position: 'fixed', left: '0', top: '0', width, height };
  const sheets = getter.document.adoptedStyleSheets(document);
  if (!sheets) return (pointerEvents) => setStyle(canvas, { ...properties, 'pointer-events': pointerEvents }); // jsdom
  const sheet = new CSSStyleSheet();
  array.push(sheets, sheet);
  const lines = array.map(object.keys(properties), (name) => name + ': ' + properties[name] + ';');
  return (pointerEvents) => method.sheet.replaceSync(sheet,
    '[data-tt-emulator="cover"] { ' + array.join(lines, ' ') + ' pointer-events: ' + pointerEvents + '; }');
}

/** The screen of a page that has no canvas. Touches go through it as long as nobody listens to them. */
function coverWindow({ windowWidth, windowHeight }, log) {
  const canvas = canvasOf({ width: windowWidth, height: windowHeight });
  const isAsWide = windowWidth === view.innerWidth() && windowHeight === view.innerHeight();
  method.element.setAttribute(canvas, 'data-tt-emulator', 'cover');
  object.assign(cover, { canvas, listeners: [], style: coverStyle(
    canvas, isAsWide ? '100%' : windowWidth + 'px', isAsWide ? '100%' : windowHeight + 'px') });
  updateCover();
  noteListeners(); // the ES module has done so for no page yet
  noteHandlers(canvas);
  append(getter.document.body(document) || root(), [canvas]);
  log.say('info', SENTENCES.cover());
  return canvas;
}

/** Called when the game begins to listen to touches. */
function catchTouches() {
  cover.isAsked = true;
  updateCover();
}

/** createCanvas. The first canvas is the screen: the page's own if it has one, else one that fills the window. */
function canvasMaker(phone, log) {
  let screen = null;
  return () => {
    if (screen !== null) return canvasOf(phone.canvasSize());
    screen = method.document.querySelector(document, 'canvas') || coverWindow(phone.info(), log);
    phone.screen = screen;
    if (tag.realm) tag.realm.screen(screen);
    return screen;
  };
}

// members.js
// What a page's global has beside the catalog.

/** Whether the page's global of that domain has, in some world, the name. */
const isMember = (name, domain) => has(MEMBERS[domain], name) || has(MEMBERS_EVERYWHERE[domain], name)
  || (has(CATALOG, name) && !CATALOG[name].memberOf && array.includes(CATALOG[name].domains, domain));

const isOfPages = (name) => has(MEMBERS.main, name) || has(MEMBERS.open, name) || has(PAGE_ACTS, name);

/** Why the global does not have that name in a world of that state, as ABSENCES has it. */
function causeOfAbsence(name, config, state) {
  const { domain } = config;
  const own = ownCauseOf(name, config, state);
  if (own !== null) return own;
  if (!inPage && (!has(CATALOG, name) || isOfPages(name))) return causeOutsidePages(name, domain);
  return isMember(name, otherThan(domain)) && !isMember(name, domain) ? 'elsewhere' : 'unknown';
}

/** Where there is one domain alone, the main one, unless its maker wants the other. */
function causeOutsidePages(name, domain) {
  if (domain === 'open' && isMember(name, 'main') && !isMember(name, 'open')) {
    return has(MEMBERS_EVERYWHERE.main, name) ? 'elsewhere' : 'elsewhereInPages';
  }
  return isOfPages(name) ? 'pages' : 'unknown';
}

/** The members of `table`, made. */
function madeOf(table, parts) {
  const members = {};
  each(table, (name, make) => { members[name] = make(parts); });
  return members;
}

/** All that the global has in the main domain of a page beside the catalog; `told` tells the state. */
function mainMembers(config, told, phone, log) {
  const state = told();
  const touches = createTouches(catchTouches);
  const parts = {
    log,
    createCanvas: canvasMaker(phone, log),
    phone,
    touches: touchMembers(touches, ownRealm, log),
    context: createContext(config, state, phone, touches, log),
    events: eventMembers(phone.events),
    life: lifeCycleMembers(told),
    managers: managerMembers(),
    buttons: buttonMembers(phone.call),
    sharing: createSignal(() => {}),
    timeline: createSignal(() => {}),
  };
  hearWindow(phone.events, phone.info);
  phone.openContext = parts.context.get;
  return madeOf({ ...MEMBERS.main, ...membersBySetting(state) }, parts);
}

/** The same in the open data domain, of what the main one has handed over. */
function openMembers(handover, phone, log) {
  const refuseSize = refusalOfSize(handover, log);
  const canvas = openCanvas(handover.canvas, log);
  const shared = refuseSize === null ? canvas : withFixedSize(canvas, refuseSize);
  return madeOf(MEMBERS.open, { ...handover, shared, log, createCanvas: () => openCanvas(canvasOf(phone.canvasSize()), log) });
}

// network.js
/** tt.onNetworkStatusChange and its off: listened to only while a listener is there. */
function networkMembers(following, failed) {
  const signal = createSignal((error) => write('error', SENTENCES.listener(), error));
  following.hear((changed) => { if (changed !== null) signal.emit(changed); });
  return {
    onNetworkStatusChange(listener) {
      if (typeof listener !== 'function') raise(failed('onNetworkStatusChange', 'bad-parameter'));
      signal.on(listener);
      following.want('network');
    },
    offNetworkStatusChange(listener) {
      signal.off(listener);
      if (signal.listeners.length === 0) following.leave('network');
    },
  };
}

// phone-info.js
/** The phone as getSystemInfo tells of it: the page's own sizes, and over them what the world is set to. */
function phoneInfo({ appName, SDKVersion }, system) {
  const measured = inPage ? {
    windowWidth: view.innerWidth(), windowHeight: view.innerHeight(), pixelRatio: view.devicePixelRatio(),
    screenWidth: view.width(), screenHeight: view.height(),
  } : DEFAULT_WINDOW;
  const info = { ...measured, ...system, appName, SDKVersion };
  const sides = { left: 0, right: info.windowWidth, top: 0, bottom: info.windowHeight, ...system.safeArea };
  return { ...info, safeArea: { width: sides.right - sides.left, height: sides.bottom - sides.top, ...sides } };
}

function menuButton({ windowWidth, statusBarHeight }) {
  const { width, height, toRight, toTop } = MENU_BUTTON;
  const right = windowWidth - toRight;
  const top = statusBarHeight + toTop;
  return { width, height, top, bottom: top + height, right, left: right - width };
}

/** What of that the narrower APIs give, and what else is asked of the phone and answered at once. */
function phoneMembers(info) {
  const menu = () => menuButton(info());
  return {
    getWindowInfo() {
      const { pixelRatio, screenWidth, screenHeight, windowWidth, windowHeight, statusBarHeight, safeArea } = info();
      return { pixelRatio, screenWidth, screenHeight, windowWidth, windowHeight, statusBarHeight, safeArea, screenTop: 0 };
    },
    getDeviceInfo() {
      const { brand, model, platform, system, deviceScore } = info();
      return { brand, model, platform, system, benchmarkLevel: deviceScore };
    },
    getAppBaseInfo() {
      const { SDKVersion, version, language } = info();
      return { SDKVersion, version, language, enableDebug: false };
    },
    getMenuButtonLayout: menu,
    getMenuButtonBoundingClientRect: menu,
    getAccountInfoSync: () => ({ miniProgram: { appId: MICROAPP.appId, envVersion: 'develop', version: '' } }),
    setPreferredFramesPerSecond() {},
    triggerGC() {},
    reportAnalytics() {},
    reportEvent() {},
    loadFont: () => null,
  };
}

// queue.js
// Browsers and Node spread calls over parallel connections, where a later call can overtake an
// earlier one; games rely on the order (three sets in a row, setUserGroup and then set). So a call
// leaves when the one before it is answered, or this long after it left: one that hangs holds up
// the next only so long.
const HEAD_START_MS = 250;

/**
 * Lets each job start after the one before it has ended or had its head start. A job is given what to call at its end: of
 * the promise of another realm `then` would be that which the game there has put in its place.
 */
function createQueue() {
  const waiting = [];
  let busy = false;
  // A page that goes away sends what is left at once: rather out of order than never.
  const isLeaving = onLeaving(() => next());

  function next() {
    while (isLeaving() && waiting.length > 0) array.shift(waiting)(() => {});
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
    array.shift(waiting)(release);
  }

  return { add(job) { array.push(waiting, job); next(); } };
}

// socket-task.js
// The platform's SocketTask, by a WebSocket of the browser.

const STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };
const BROKEN = 1006; // what a browser calls an end without a closing handshake
const NORMAL = 1000;

/** What becomes of a method's callbacks; never before the call has returned. */
async function tellOutcome(name, callbacks, isDone) {
  await null;
  deliver(name, callbacks, { errMsg: name + (isDone ? ':ok' : ':fail') });
}

/** A WebSocket there, whose events `heard` has; null where none can be made. */
function openNative(address, protocols, heard) {
  return quietly(() => {
    // a list is read by an iterator, which the game may have replaced
    const made = protocols.length > 1 ? new WebSocket(address, protocols)
      : protocols.length === 1 ? new WebSocket(address, protocols[0]) : new WebSocket(address);
    setter.socket.binaryType(made, 'arraybuffer');
    each(heard, (name, listener) => setter.socket[name](made, listener));
    return made;
  }, null);
}

/**
 * {task, open({address, timeout_ms, protocols}), drop(errMsg)}: the task is the game's, which is not open yet. `over` is
 * called once it is closed; `messages` are {broken, late}, what onError hears of a connection that breaks or takes too long.
 */
function createSocketTask(id, messages, over) {
  const signals = {};
  array.forEach(['Open', 'Close', 'Message', 'Error'], (name) => { signals[name] = createSignal((error) => reportError(error)); });
  let native = null;
  let timer = null;
  let isLeft = false; // by the game
  let isOver = false;

  function end(closing, errMsg) {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    if (errMsg !== undefined && !isLeft) signals.Error.emit({ errMsg });
    signals.Close.emit(closing);
    over();
  }

  function drop(errMsg) {
    const held = native;
    end({ code: BROKEN, reason: '' }, errMsg);
    if (held !== null) quietly(() => method.socket.close(held));
  }

  function readyState() {
    if (isOver) return STATES.CLOSED;
    if (native !== null) return getter.socket.readyState(native);
    return isLeft ? STATES.CLOSING : STATES.CONNECTING;
  }

  const unlessOver = (act) => (event) => { if (!isOver) act(event); };
  const heard = {
    onopen: unlessOver(() => {
      clearTimeout(timer);
      signals.Open.emit({});
    }),
    onmessage: unlessOver((event) => signals.Message.emit({ data: getter.message.data(event) })),
    onerror: unlessOver(() => drop(messages.broken)), // a close follows, but where the page's own policy forbids it
    onclose: unlessOver((event) => end({ code: getter.closing.code(event), reason: getter.closing.reason(event) })),
  };

  function open({ address, timeout_ms, protocols }) {
    if (isLeft || isOver) return;
    native = openNative(address, protocols, heard);
    if (native === null) drop(messages.broken);
    else timer = setTimeout(() => drop(messages.late), timeout_ms);
  }

  async function leaveUnopened() {
    await null;
    drop();
  }

  function close(given) {
    if (readyState() > STATES.OPEN) return false;
    const code = given.code === undefined ? NORMAL : Number(given.code);
    const isClosing = native === null || quietly(() => {
      if (given.reason === undefined) method.socket.close(native, code);
      else method.socket.close(native, code, String(given.reason));
      return true;
    }, false); // a code or a reason that no frame can have
    if (!isClosing) return false;
    isLeft = true;
    if (native === null) leaveUnopened();
    return true;
  }

  function send({ data }) {
    if (readyState() !== STATES.OPEN || !(typeof data === 'string' || isBytes(data))) return false;
    method.socket.send(native, data);
    return true;
  }

  const task = { socketTaskId: id, ...STATES };
  each(signals, (name, { on }) => { task['on' + name] = on; });
  each({ send, close }, (name, act) => {
    task[name] = (passed) => { tellOutcome(name, readCallbacks(passed), quietly(() => act(asObject(passed)), false)); };
  });
  define(task, 'readyState', { get: readyState, set() {}, enumerable: true }); // no game stops at an assignment
  return { task, open, drop };
}

// sockets.js
// tt.connectSocket: the emulator says where a socket may be opened, and the page opens it.

const API = 'connectSocket';
const FOLLOWED = 'sockets';

/** tt.connectSocket of one tt: it gives the task at once, as also of a call that fails. */
function createConnectSocket(ask, failed, following, log) {
  const messageOf = (row) => failed(API, row).errMsg;
  const isOk = (reply) => isSuccess(API, reply);
  let sockets = []; // those that are not closed
  let made = 0;

  following.hear((network) => {
    if (network === null || network.isConnected) return;
    array.forEach(copyOf(sockets), (socket) => socket.drop(messageOf('network-unavailable')));
  });

  function finish(api, body, socket) {
    return (answer) => {
      socket.answer = answer;
      return isOk(answer.reply) ? { ...answer, reply: { ...answer.reply, socketTaskId: socket.task.socketTaskId } } : answer;
    };
  }
  const perform = createPerformer(finish, failed, log);

  /** Opens the socket where the emulator says; one that no longer is there it says of nothing. */
  function open(socket, protocols) {
    const { reply, task: place } = socket.answer;
    if (!isOk(reply)) socket.drop(reply.errMsg);
    else if (place && array.includes(sockets, socket)) {
      if (!WebSocket) log.say('warn', SENTENCES.noSockets());
      following.want(FOLLOWED);
      socket.open({ address: place.address, timeout_ms: place.timeout_ms, protocols });
    }
  }

  async function connect(read, socket) {
    await intrinsic(perform(API, { ...read, kept: socket }, ask));
    open(socket, json.parse(read.body).protocols || []);
  }

  return (passed) => {
    made += 1;
    const messages = { broken: messageOf('network-unavailable'), late: messageOf('timed-out') };
    const socket = createSocketTask(made, messages, () => {
      sockets = array.filter(sockets, (other) => other !== socket);
      if (sockets.length === 0) following.leave(FOLLOWED);
    });
    socket.answer = { reply: failed(API, 'bad-parameter') }; // of options that are never sent
    array.push(sockets, socket);
    const { at_once: most } = CATALOG[API].limits;
    if (sockets.length > most) log.say('warn', SENTENCES.manySockets(most));
    connect(readOptions(API, passed), socket);
    return socket.task;
  };
}

// state.js
// What is known without a call.

/**
 * What GET /<platform>/state says. Read once, and synchronously: it must be there before the next line of the
 * game runs. In Node, which cannot do that, the caller of createTT or its like gives it.
 */
function readState(config, log) {
  if (config.state || !XMLHttpRequest || config.url === null) return config.state || {};
  try {
    const request = new XMLHttpRequest();
    lenient.request.open(request, 'GET', config.url + PREFIX + 'state', false);
    each(config.headers, (name, value) => lenient.request.setRequestHeader(request, name, value));
    lenient.request.send(request);
    const status = lenient.request.status(request);
    if (status === 200) return Object(json.parse(lenient.request.responseText(request)));
    const { detail, hint } = Object(quietly(() => json.parse(lenient.request.responseText(request))));
    if (!detail) throw new Error('HTTP ' + status);
    log.say('error', SENTENCES.stateRefused(config.url, status, array.join([detail, hint], ' ')));
    return {};
  } catch (error) {
    log.say('warn', SENTENCES.noState(config.url, reasonOf(error)));
    return {};
  }
}

/** What the emulator told last, over what is so where it says nothing: `now()`, which is null before `read`. */
function createState(config, log) {
  let state = null;

  function learn(told) {
    state = { ...told, host: { ...DEFAULT_HOST, ...told.host }, system: { ...DEFAULT_SYSTEM, ...told.system } };
  }
  return {
    now: () => state,
    read() { learn(readState(config, log)); },

    /** Takes in a state that the emulator tells; → the network that it names, if it is another one. */
    follow(told) {
      const before = state.network;
      learn({ ...told, ...config.state, network: told.network });
      const { networkType, isConnected } = told.network;
      const isSame = !before || (before.networkType === networkType && before.isConnected === isConnected);
      return isSame ? null : { networkType, isConnected };
    },
  };
}

// transfers.js
// tt.downloadFile and tt.uploadFile: calls with a file, which the page that plays a package has.

const STEPS = 4; // in which a file goes, as a part of the package comes
const later = () => new Promise((resolve) => { setTimeout(resolve); });
const withOption = (body, name, value) => json.stringify({ ...json.parse(body), [name]: value });

/**
 * Of each the part of the page, whose files are `files`: `before` gives what is then told to the emulator, `after` whether the
 * game can have what came. And what its task hears, in that order, by `tell` of {headers, progress(words)}.
 */
const TRANSFERS = {
  downloadFile: {
    before: (files, body) => withOption(body, 'transfer', files.newName()),
    after: ({ receive }, body, { tempFilePath }) => typeof tempFilePath !== 'string' || receive(json.parse(body).transfer, tempFilePath),
    async tell({ headers, progress }) {
      headers();
      await intrinsic(progress('totalBytesWritten', 'totalBytesExpectedToWrite'));
    },
  },
  uploadFile: {
    async before({ send }, body) {
      const name = await intrinsic(send(json.parse(body).filePath));
      return name === null ? body : withOption(body, 'upload', name);
    },
    after: () => true,
    async tell({ headers, progress }) {
      await intrinsic(progress('totalBytesSent', 'totalBytesExpectedToSend'));
      headers();
    },
  },
};

/** {members, ask} of one call: what its task has beside `abort`, and how the emulator is asked, by `ask` in the end. */
function createTransfer(api, { before, after, tell }, ask, failed) {
  const heard = (name) => createSignal((error) => write('error', SENTENCES.callback(name, api), error));
  const received = heard('onHeadersReceived');
  const moved = heard('onProgressUpdate');

  /** What a task hears comes before the callbacks, and not once it is given up. */
  const hearing = ({ header, bytes }, isGivenUp) => ({
    headers() { if (!isGivenUp()) received.emit({ header }); },
    async progress(done, all) {
      for (let step = 1; step <= STEPS && !isGivenUp(); step += 1) {
        const part = (bytes * step) / STEPS;
        moved.emit({ progress: (100 * step) / STEPS, [done]: part - (part % 1), [all]: bytes });
        await intrinsic(later());
      }
    },
  });

  return {
    members: { onProgressUpdate: moved.on, onHeadersReceived: received.on, offHeadersReceived: received.off },
    async ask(_, body, signal) {
      const isGivenUp = () => getter.signal.aborted(signal);
      const files = tag.realm && tag.realm.transfers;
      const sent = files ? await intrinsic(before(files, body)) : body;
      if (isGivenUp()) return { reply: failed(api, 'aborted') };
      const answer = await intrinsic(ask(api, sent, signal));
      if (files && !(await intrinsic(after(files, sent, answer.reply)))) return { ...answer, reply: failed(api, 'network-unavailable') };
      if (answer.task) await intrinsic(tell(hearing(answer.task, isGivenUp)));
      return answer;
    },
  };
}

/** As createTransfer, of any API whose calls go out. */
function createExchange(api, ask, failed) {
  return has(TRANSFERS, api) ? createTransfer(api, TRANSFERS[api], ask, failed) : { members: {}, ask };
}

// tasks.js
// Calls with which the emulator asks somebody else: they take long, may be given up, and many are under way at once.

// Of those that are documented to be under way at once a page has fewer: a browser has six connections to a server, all of
// its tabs together, and the game's other calls and its pictures want some, too.
const MOST_OF_PAGE = 3;
const createLine = () => ({ number: 0, waiting: [] });
const lineOfPage = createLine();
const lineByApi = {}; // of each API, elsewhere

function lineOf(api) {
  if (inPage) return lineOfPage;
  if (!has(lineByApi, api)) lineByApi[api] = createLine();
  return lineByApi[api];
}

function startNext(underWay, most) {
  while (underWay.number < most && underWay.waiting.length > 0) {
    underWay.number += 1;
    runJob(array.shift(underWay.waiting), underWay, most);
  }
}

async function runJob(job, underWay, most) {
  await intrinsic(job());
  underWay.number -= 1;
  startNext(underWay, most);
}

/** {send(api, body), abort()} of one call; `ask(api, body, signal)` as the transport has it. */
function createAsking(ask, failed) {
  const controller = new AbortController();
  const signal = getter.abort.signal(controller);
  let giveUp = null;
  return {
    send: (api, body) => new Promise((resolve) => {
      const most = inPage ? MOST_OF_PAGE : CATALOG[api].limits.at_once;
      const underWay = lineOf(api);
      giveUp = () => resolve({ reply: failed(api, 'aborted') });
      array.push(underWay.waiting, async () => {
        if (!getter.signal.aborted(signal)) resolve(await intrinsic(ask(api, body, signal)));
      });
      startNext(underWay, most);
    }),
    abort() {
      if (giveUp !== null) giveUp(); // first: what comes of a request that is given up is told to nobody
      method.abort.abort(controller);
    },
  };
}

/** Of an API that can be answered in bytes the answer with an ArrayBuffer, where the game wants one. */
function finishBytes(api, body) {
  const isWanted = has(CATALOG[api].params, 'responseType') && json.parse(body).responseType === 'arraybuffer';
  return ({ reply, ...rest }) => {
    const isThere = isWanted && reply.errMsg === api + ':ok' && typeof reply.data === 'string';
    return { ...rest, reply: isThere ? { ...reply, data: bufferOf(reply.data) } : reply };
  };
}

/** (api) → its method, which returns the call's task. */
function createTasks(ask, failed, log) {
  const perform = createPerformer(finishBytes, failed, log);
  return (api) => (passed) => {
    const exchange = createExchange(api, ask, failed);
    const asking = createAsking(exchange.ask, failed);
    perform(api, readOptions(api, passed), asking.send);
    return { abort: () => { asking.abort(); }, ...exchange.members };
  };
}

// transport.js
// The way to the emulator.

// What a browser lets a page have under way in keepalive requests, all its tt together: Chromium
// fails one that makes it more than 64 KiB of bodies, or 256 requests, of which this counts 1 KiB each.
const KEEPALIVE_BYTES = 65536;
const REQUEST_BYTES = 1024;
// Servers that share worlds say so when none of them has this one at the moment; a call counts once under its id.
const MOVING_MS = 1000;
const MOVES = 10;
const aloft = { bytes: 0 };

function uniquePrefix() {
  if (!atCrypto.getRandomValues) return numberText(now()) + string.slice(numberText(random()), 2);
  const numbers = atCrypto.getRandomValues(new Uint32Array(3));
  return numberText(numbers[0]) + numberText(numbers[1]) + numberText(numbers[2]);
}

const taskIn = (header) => (header ? quietly(() => json.parse(decodeURIComponent(header)), null) : null);
const isMoving = (response) => lenient.response.status(response) === 503
  && lenient.headers.get(lenient.response.headers(response), 'X-Emulator-Moving') !== null;
const numberText = (number) => method.number.toString(number, 36);

/**
 * {send(api, body), ask(api, body, signal)}: each a promise of {reply, word, task, alone}, where `word` may name a client fault, `task`
 * is what the task of the call must know, or null, and `alone` says that no emulator answered. They never reject. `send` keeps the
 * order of the calls, by the `queue`; `ask` waits for none, and may be given up.
 * `failed(api, cause)` makes the reply to a call that no reply came to. `asking.before(api, body)`, unless `asking` is null, asks the
 * player before a call of `send`: a promise of the row by which the call fails, null if it shall go on. `answered()` hears of each
 * call that the emulator takes. fetch and not XMLHttpRequest: Node has it too, and a keepalive request of a closing page still arrives.
 */
function createTransport(config, log, failed, { asking, queue }, answered) {
  const prefix = uniquePrefix();
  let calls = 0;

  async function exchange(api, body, signal) {
    if (config.url === null) return { reply: failed(api, 'network-unavailable'), alone: true };
    const size = bytesIn(body) + REQUEST_BYTES;
    const keepalive = inPage && aloft.bytes + size <= KEEPALIVE_BYTES;
    const bytes = keepalive ? size : 0;
    aloft.bytes += bytes;
    calls += 1;
    const callId = prefix + '-' + calls;
    const post = () => intrinsic(fetch(config.url + PREFIX + api, {
      __proto__: null, // some page gives every object a `signal`
      // No `cache` option: to Chromium no-store means a preflight before every call.
      method: 'POST', body, keepalive, signal, credentials: 'omit',
      headers: { 'Content-Type': 'application/json', 'X-Emulator-Call': callId, ...config.headers },
    }));
    try {
      let response = await post();
      for (let move = 0; move < MOVES && isMoving(response); move += 1) {
        await intrinsic(new Promise((resolve) => { setTimeout(resolve, MOVING_MS); }));
        response = await post();
      }
      return await intrinsic(read(api, response));
    } catch (error) {
      if (!signal || !getter.signal.aborted(signal)) log.silence(api, error);
      return { reply: failed(api, 'network-unavailable'), alone: true };
    } finally {
      aloft.bytes -= bytes;
    }
  }

  async function read(api, response) {
    const headers = lenient.response.headers(response);
    const { fault, word } = log.headers(api, (name) => lenient.headers.get(headers, name));
    if (lenient.response.status(response) !== 200) {
      tellStatus(api, response, fault); // not awaited: a body that never ends must not hold the reply
      return { reply: failed(api, 'http-not-200'), alone: !fault };
    }
    answered();
    const body = await intrinsic(lenient.response.text(response));
    const reply = parseReply(api, body);
    if (reply !== null) return { reply, word, task: taskIn(lenient.headers.get(headers, 'X-Emulator-Task')) };
    if (!fault) log.say('warn', SENTENCES.unreadable(api, config.url, body));
    return { reply: failed(api, 'bad-response'), alone: !fault };
  }

  async function tellStatus(api, response, fault) {
    let body = '';
    try {
      body = await intrinsic(lenient.response.text(response));
    } catch (error) { /* the connection went, and with it the reason */ }
    if (fault) return;
    const { detail, hint } = Object(quietly(() => json.parse(body)));
    const why = array.join(array.filter([detail, hint], (part) => part), ' ');
    log.say('warn', SENTENCES.status(api, config.url, lenient.response.status(response), why));
  }

  return {
    send: (api, body) => new Promise((resolve) => {
      queue.add(async (release) => {
        const refused = asking === null ? null : await intrinsic(asking.before(api, body));
        resolve(refused ? { reply: failed(api, refused) } : await intrinsic(exchange(api, body)));
        release();
      });
    }),
    ask: exchange,
  };
}

// phone.js
/**
 * {platform, sharedCanvas} of a player: the platform's global, and what the main domain of a page has beside it.
 *
 * The state is read at the first touch: it says which methods there are, and how a failure looks
 * when nobody answers any more.
 */
function createPhone(config, log, handover) {
  const others = new Set(); // methods that are not of the catalog
  const state = createState(config, log);
  const phone = deviceOf(state);
  phone.handover = handover;
  phone.asking = handover ? handover.asking : createQuestions(config, log);
  phone.queue = handover ? handover.queue : createQueue(); // of both domains: a message may come before what it tells of
  phone.handedOver = { asking: phone.asking, queue: phone.queue, ...ownHandover() };
  const catalog = catalogMethods(config, state, phone, (name) => method.set.has(others, name), log);

  phone.call = (api, options) => catalog.methodOf(api)(options);

  function fill(platform) {
    state.read();
    each(CATALOG, (name) => {
      if (catalog.offers(name)) platform[name] = catalog.methodOf(name);
    });
    const members = { ...madeOf(MEMBERS_EVERYWHERE[config.domain], {}), ...ownMethods(config, platform) };
    if (inPage && config.domain === 'main') object.assign(members, mainMembers(config, state.now, phone, log));
    if (tag.realm && config.domain === 'main') object.assign(members, tag.realm.platform(catalog.lent));
    if (handover) object.assign(members, openMembers(handover, phone, log));
    each(members, (name, member) => {
      if (!hasApi(name, config, state.now())) return;
      platform[name] = member;
      if (typeof member === 'function') method.set.add(others, name);
    });
  }

  if (tag.realm && config.domain === 'main') {
    tag.realm.connect({ mute: speaker.mute, emit: (name, value) => phone.events[name].emit(value) });
  }
  const { platform, touch } = filledAtFirstTouch(fill, (name) => log.absence(name, causeOfAbsence(name, config, state.now())));

  /** The global of the main domain: games and engines read it there, too. The domain behind it starts with it. */
  function sharedCanvas() {
    touch();
    return state.now().shared_canvas_in_main === false ? undefined : phone.openContext().canvas;
  }
  return { platform, sharedCanvas };
}

/** What the state says of the device, and the events that befall it; the main domain of a page adds `openContext`. */
function deviceOf(state) {
  const info = () => phoneInfo(state.now().host, state.now().system);
  return {
    info,
    events: createPhoneEvents(),
    canvasSize() {
      if (state.now().screen_sized_canvas === false) return null;
      const { windowWidth: width, windowHeight: height } = info();
      return { width, height };
    },
  };
}

/** The catalog's methods of a player: offers(name), and methodOf(name), which makes it. */
function catalogMethods(config, state, phone, isOther, log) {
  const acts = pageActs(phone);
  const offers = (api) => !CATALOG[api].memberOf && array.includes(CATALOG[api].domains, config.domain)
    && (CATALOG[api].sync ? has(synchronous, api) : inPage || !has(acts, api))
    && hasApi(api, config, state.now());
  const failed = (api, name, detail) => {
    const reply = failureOf(api, name, detail);
    return state.now().fail_object === 'errMsg' ? { errMsg: reply.errMsg } : reply;
  };
  const following = createFollowing(config, log, state);
  const { send, ask } = createTransport(config, log, failed, phone, following.answered);
  const storage = createStorage(config, log);

  const synchronous = {
    canIUse: (schema) => canIUse(schema, state.now().host, (api) => offers(api) || isOther(api), isOther),
    getSystemInfoSync: phone.info,
    ...ownSynchronous(failed),
    ...soundMembers(log),
    ...phoneMembers(phone.info),
    ...networkMembers(following, failed),
    ...storageMembers(storage, failed, log),
  };
  const localActs = { ...storageActs(storage), ...acts, getSystemInfo: () => phone.info() };
  const drawing = inPage ? drawings(config, phone, log) : {};
  const finish = createFinisher({ ...localActs, ...drawing }, localActs, storage.takeTurn, failed, log);
  const asynchronous = createCaller(send, finish, { loadSubpackage: subpackageTask }, failed, log);
  const tasks = createTasks(ask, failed, log);
  const connectSocket = createConnectSocket(ask, failed, following, log);
  function methodOf(api) {
    if (api === 'connectSocket') return connectSocket;
    const { sync, leaves } = CATALOG[api];
    return sync ? synchronous[api] : (leaves ? tasks : asynchronous)(api);
  }

  /** What the page that plays a package makes members of. */
  const lent = {
    headers: config.headers,
    call: send,
    conclude,
    failed,
    raise,
    hasRow: (api, row) => has(CATALOG[api].errors, row),
    begin(hear) {
      following.hear(hear);
      following.want('faults');
    },
    isStruck: (api) => !following.isCurrent() || array.includes(state.now().armed || [], api),
  };
  return { offers, lent, methodOf };
}

// tt/create-tt.js
/**
 * A `tt` of its own player: {url, player, world, domain: 'main' | 'open', state, openData, compat}, all optional.
 * Asynchronous methods return undefined: the platform's promise is optional, games pass callbacks,
 * and a rejected promise that nobody holds would end a Node process.
 */
function createTT(options) {
  const config = readConfig(options);
  return createPhone(config, createLog(config)).platform;
}

// directory-sentences.js
// What open-data.js says of the directory of the open data domain.
const DIRECTORY_TEXTS = {
  noDirectory: {
    en: () => 'nothing names its directory: set openDataContext in game.json beside the page, or data-open-data on the script'
      + ' tag of ' + SCRIPT + '.',
    zh: () => '没有指定它的目录：请在页面旁边的 game.json 中设置 openDataContext，或在 ' + SCRIPT + ' 的 script 标签上设置 data-open-data。',
  },
  noGameJson: {
    en: () => 'game.json is not JSON.',
    zh: () => 'game.json 不是 JSON。',
  },
  noDomain: {
    en: () => 'the game has none: openDataContext in game.json, or data-open-data, is empty.',
    zh: () => '游戏没有开放数据域：game.json 中的 openDataContext 或 data-open-data 为空。',
  },
  noEntry: {
    en: (entry) => entry + ' cannot be read.',
    zh: (entry) => entry + ' 无法读取。',
  },
  goesNowhere: {
    en: (sentence) => 'open data domain: ' + sentence + ' Messages to it go nowhere.',
    zh: (sentence) => '开放数据域：' + sentence + '发给它的消息无法送达。',
  },
  broken: {
    en: (why) => 'open data domain: ' + why,
    zh: (why) => '开放数据域：' + why,
  },
  noPlugin: {
    en: (name) => '[tt-emulator] requirePlugin(' + json.stringify(name) + '): there are no plugins here. Put its files into the'
      + ' directory and require them.',
    zh: (name) => '[tt-emulator] requirePlugin(' + json.stringify(name) + ')：这里没有插件。请把它的文件放进目录，再用 require 引入。',
  },
  noFile: {
    en: (file, name, home, isInside) => '[tt-emulator] ' + file + ': ' + json.stringify(name) + ' is no file of the open data'
      + ' domain\'s directory ' + home + (isInside ? '.' : '. Neither domain can load the files of the other.'),
    zh: (file, name, home, isInside) => '[tt-emulator] ' + file + '：' + json.stringify(name) + ' 不是开放数据域目录 '
      + home + ' 中的文件。' + (isInside ? '' : '两个域都不能加载对方的文件。'),
  },
  notRun: {
    en: (file, why) => '[tt-emulator] ' + file + ' did not run: ' + why,
    zh: (file, why) => '[tt-emulator] ' + file + ' 没有运行：' + why,
  },
  policy: {
    en: () => 'the page\'s Content-Security-Policy forbids inline scripts, without which there is no require here: bundle the'
      + ' directory into one plain script, or use ES modules with relative paths.',
    zh: () => '页面的 Content-Security-Policy 禁止内联脚本，因此这里没有 require：请把目录打包成一个普通脚本，或使用相对路径的 ES 模块。',
  },
};
const DIRECTORY_SENTENCES = localized(DIRECTORY_TEXTS);

// tt/switch-sentences.js
// What the panel over the game calls the platform's switches.
const SWITCH_TEXTS = {
  'save-network-unavailable': { en: () => 'The next save fails: no network', zh: () => '下一次保存失败：没有网络' },
  'save-session-failure': { en: () => 'The next save fails: session', zh: () => '下一次保存失败：登录态失效' },
  'save-internal-error': { en: () => 'The next save fails: internal error', zh: () => '下一次保存失败：内部错误' },
  'save-server-error': { en: () => 'The next save fails: server error', zh: () => '下一次保存失败：服务器错误' },
  delay: { en: () => 'Each call takes 2 s longer', zh: () => '每次调用延迟 2 秒' },
};

// panel-sentences.js
// What testers read in the panel over the game.

const PANEL_TEXTS = {
  title: { en: () => 'Test panel', zh: () => '测试面板' },
  hint: {
    en: () => 'For this player alone. Move the button by dragging or by the arrow keys; Escape closes the panel.',
    zh: () => '只对当前玩家生效。拖动按钮或用方向键可移动它；按 Esc 关闭面板。',
  },
  switches: { en: () => 'Switches', zh: () => '开关' },
  calls: { en: () => 'Last calls', zh: () => '最近的调用' },
  noCalls: { en: () => 'No call yet.', zh: () => '还没有调用。' },
  underWay: { en: () => 'under way', zh: () => '进行中' },
  ...SWITCH_TEXTS,
  unreachable: {
    en: (url, why) => 'No answer from ' + url + ' (' + why + '). Is the emulator running?',
    zh: (url, why) => url + ' 没有应答（' + why + '）。模拟器是否在运行？',
  },
  refused: {
    en: (why) => 'The test panel was refused: ' + why + ' Then load this page again.',
    zh: (why) => '测试面板被拒绝：' + why + '之后请重新加载页面。',
  },
};
const PANEL_SENTENCES = localized(PANEL_TEXTS);

// game-panel-view.js
// What testers see over the game: a round button, which opens switches and last calls.

const KNOB_PX = 48;
const EDGE_PX = 8;
const STYLE = `
  :host { position: fixed; inset: 0; z-index: 2147483647; pointer-events: none; font: 15px/1.4 sans-serif; color: #161823; color-scheme: light;
    --ground: #fff; --soft: #5c5e66; --line: #e3e3e6; --on: #c81e43; --good: #0a6b3d; }
  * { box-sizing: border-box; margin: 0; }
  summary { position: fixed; right: ${EDGE_PX}px; top: 40%; width: ${KNOB_PX}px; height: ${KNOB_PX}px; display: grid; place-items: center;
    list-style: none; border: 2px solid #fff; border-radius: 50%; background: rgba(22, 24, 35, .75); pointer-events: auto; cursor: pointer;
    touch-action: none; user-select: none; -webkit-user-select: none; -webkit-tap-highlight-color: transparent; }
  summary::-webkit-details-marker { display: none; }
  svg { width: 24px; height: 24px; fill: none; stroke: #fff; stroke-width: 2; stroke-linecap: round; }
  .close, [open] .open { display: none; }
  [open] .close { display: block; }
  [open] summary { right: calc(${EDGE_PX}px + env(safe-area-inset-right)); top: auto !important; left: auto !important;
    bottom: calc(min(72%, 34rem) - ${KNOB_PX + EDGE_PX}px); z-index: 1; }
  section { position: fixed; left: 0; right: 0; bottom: 0; height: min(72%, 34rem); max-width: 34rem; margin: 0 auto; overflow-y: auto;
    overscroll-behavior: contain; touch-action: pan-y; pointer-events: auto; background: var(--ground); border-radius: 14px 14px 0 0;
    box-shadow: 0 -2px 16px rgba(0, 0, 0, .35); scroll-padding-top: 60px; padding: 0 16px calc(16px + env(safe-area-inset-bottom)); }
  @media (min-width: 34rem) { [open] summary { right: calc(50% - 17rem + ${EDGE_PX}px); } }
  h2 { position: sticky; top: 0; z-index: 1; margin: 0 -16px; padding: 18px ${KNOB_PX + 2 * EDGE_PX}px 14px 16px; font-size: 18px;
    background: var(--ground); }
  h3 { font-size: 15px; margin: 16px 0 4px; }
  p { color: var(--soft); font-size: 13px; }
  p.status { color: var(--on); margin: 8px 0 0; }
  p.status:empty { display: none; }
  label { display: flex; align-items: center; gap: 12px; min-height: 44px; border-bottom: 1px solid var(--line); cursor: pointer; }
  label span { flex: 1; }
  input { appearance: none; -webkit-appearance: none; position: relative; flex: none; width: 44px; height: 26px; border-radius: 13px;
    border: 1px solid var(--soft); background: transparent; cursor: inherit; }
  input::before { content: ''; position: absolute; left: 3px; top: 3px; width: 18px; height: 18px; border-radius: 50%; background: var(--soft); }
  input:checked { background: var(--on); border-color: var(--on); }
  input:checked::before { left: 21px; background: #fff; }
  section:focus { outline: none; }
  summary:focus-visible, input:focus-visible { outline: 3px solid #2f7df6; outline-offset: 2px; }
  ol { list-style: none; padding: 0; }
  li { display: grid; grid-template-columns: 1fr auto; gap: 0 12px; padding: 6px 0; border-bottom: 1px solid var(--line); font-size: 13px; }
  li > * { overflow-wrap: anywhere; }
  b { font-weight: 600; }
  small { font-size: 13px; color: var(--soft); text-align: right; font-variant-numeric: tabular-nums; }
  .bad { color: var(--on); }
  .good { color: var(--good); }
  @media (prefers-color-scheme: dark) {
    :host { color: #f2f2f4; color-scheme: dark; --ground: #1d1f27; --soft: #b3b5bd; --line: #363842; --on: #ff6b88; --good: #4fd08f; }
  }
  @media (forced-colors: active) { input, summary, section { border: 2px solid; } input:checked::before { background: Highlight; } }`;

const SVG = 'http://www.w3.org/2000/svg';
const SLIDERS = 'M4 7h9m4 0h3M4 17h3m4 0h9M15 4.5v5M9 14.5v5';
const CROSS = 'M6 6l12 12M18 6L6 18';

function iconOf(path, name) {
  const made = method.document.createElementNS(document, SVG, 'svg');
  const line = method.document.createElementNS(document, SVG, 'path');
  each({ viewBox: '0 0 24 24', 'aria-hidden': 'true', class: name }, (attribute, value) => method.svg.setAttribute(made, attribute, value));
  method.svg.setAttribute(line, 'd', path);
  append(made, [line]);
  return made;
}

const twoDigits = (number) => string.slice('0' + String(number), -2);

/** The time of day at the tester's, of an ISO date. */
function timeOfDay(iso) {
  const at = new Date(iso);
  return array.join(array.map([method.date.getHours(at), method.date.getMinutes(at), method.date.getSeconds(at)], twoDigits), ':');
}

/** {api, outcome, isBad, took, time}: the words of a call that the emulator tells of. */
function wordsOf({ api, outcome, code, duration_ms: ms, received_at: received }) {
  const isOver = outcome !== null;
  return {
    api, time: timeOfDay(received), isBad: isOver && outcome !== 'ok',
    outcome: (isOver ? outcome : PANEL_SENTENCES.underWay()) + (code === null ? '' : ' ' + String(code)),
    took: ms === null ? '' : method.number.toFixed(ms, ms < 10 ? 1 : 0) + ' ms',
  };
}

function rowOf(call) {
  const { api, outcome, isBad, took, time } = wordsOf(call);
  return element('li', {}, [element('b', {}, [api]), element('small', {}, [time]),
    element('span', { class: isBad ? 'bad' : 'good' }, [outcome]), element('small', {}, [took])]);
}

/** Where the button is to stand, wholly within a window of that size. */
const atEdge = (at, size) => {
  const most = size - KNOB_PX - EDGE_PX;
  const least = at > EDGE_PX ? at : EDGE_PX;
  return least < most ? least : most;
};

/** {host, update, tell, open, close, isOpen, place, moveTo}: the panel, drawn; `turned(name, on)` and `toggled()` tell what testers did. */
function drawPanel({ turned, toggled }) {
  const boxes = object.create(null);
  const switches = element('div', { role: 'group', 'aria-label': PANEL_SENTENCES.switches() });
  const calls = element('div', {});
  const status = element('p', { class: 'status', role: 'status' });
  const knob = element('summary', { 'aria-label': PANEL_SENTENCES.title() }, [iconOf(SLIDERS, 'open'), iconOf(CROSS, 'close')]);
  const details = element('details', { toggle: toggled }, [knob,
    element('section', { tabindex: '-1', 'aria-label': PANEL_SENTENCES.title() }, [
      element('h2', {}, [PANEL_SENTENCES.title()]), element('p', {}, [PANEL_SENTENCES.hint()]), status,
      element('h3', {}, [PANEL_SENTENCES.switches()]), switches,
      element('h3', {}, [PANEL_SENTENCES.calls()]), calls])]);
  const { host, shadow } = shadowOf(STYLE);
  append(shadow, [details]);
  append(root(), [host]);
  let drawn = '';

  function boxOf(name) {
    const title = has(PANEL_SENTENCES, name) ? PANEL_SENTENCES[name]() : name;
    const box = element('input', { type: 'checkbox', role: 'switch', change: () => turned(name, getter.input.checked(box)) });
    append(switches, [element('label', {}, [element('span', {}, [title]), box])]);
    return box;
  }
  function drawCalls(told) {
    const text = json.stringify(told);
    if (text === drawn) return; // what a screen reader reads stays in place
    drawn = text;
    const latestFirst = array.reduce(told, (rows, call) => array.concat([rowOf(call)], rows), []);
    method.element.replaceChildren(calls);
    append(calls, [told.length > 0 ? element('ol', {}, latestFirst) : element('p', {}, [PANEL_SENTENCES.noCalls()])]);
  }
  return {
    host,
    isOpen: () => getter.details.open(details),
    open: () => setter.details.open(details, true),
    close() {
      setter.details.open(details, false);
      method.element.focus(knob);
    },
    /** What the emulator told. */
    update(told) {
      array.forEach(told.switches, ({ switch: name, on }) => {
        boxes[name] = boxes[name] || boxOf(name);
        setter.input.checked(boxes[name], on);
      });
      drawCalls(told.calls);
    },
    tell(words) { method.element.replaceChildren(status, words); },
    place() {
      const rect = method.element.getBoundingClientRect(knob);
      return { left: getter.rect.left(rect), top: getter.rect.top(rect) };
    },
    moveTo({ left, top }) {
      setStyle(knob, {
        left: String(atEdge(left, view.innerWidth())) + 'px', top: String(atEdge(top, view.innerHeight())) + 'px', right: 'auto',
      });
    },
  };
}

// own-events.js
// All that fingers, mouse, keys and the focus make go through shadow trees to the page.
const HEARD = 'pointerdown pointermove pointerup pointercancel pointerover pointerout pointerenter pointerleave pointerrawupdate'
  + ' gotpointercapture lostpointercapture mousedown mousemove mouseup mouseover mouseout mouseenter mouseleave click dblclick auxclick'
  + ' contextmenu touchstart touchmove touchend touchcancel wheel keydown keypress keyup beforeinput input focus blur focusin focusout'
  + ' dragstart selectstart';
const PASSIVE = /^(touch|wheel)/; // else the browser waits for us before it scrolls
const DOWN = /down$/;
const UP = /^(pointerup|pointercancel|mouseup)$/;

const pointerOf = (type, event) => {
  if (matches(/^pointer(down|move|up|cancel)$/, type)) return getter.pointer.pointerId(event);
  return matches(/^mouse(down|move|up)$/, type) ? 'mouse' : null;
};

/**
 * Hears the page's events before the game does: `passed(type, event)` what is the game's, and `own(type, event)` what befalls
 * `host()`, an element of ours; of that the game hears nothing. A press belongs until its end to where it began. What a browser
 * does by itself on an event, as a click on a checkbox, it does nevertheless: `change` and `toggle` stay in a shadow tree.
 * That the selection changed is the document's own event, and tells nobody where: it stays the game's.
 */
function hearFirst(host, own, passed) {
  const pressed = new Map(); // by pointer, whether it is ours

  function isOwn(type, event) {
    const isThere = getter.event.target(event) === host();
    const pointer = pointerOf(type, event);
    if (pointer === null) return isThere;
    if (matches(DOWN, type)) method.map.set(pressed, pointer, isThere);
    const isOurs = method.map.has(pressed, pointer) ? method.map.get(pressed, pointer) : isThere;
    if (matches(UP, type)) method.map.delete(pressed, pointer);
    return isOurs;
  }
  const hear = (type) => (event) => {
    if (host() === null || !isOwn(type, event)) {
      passed(type, event);
      return;
    }
    method.event.stopImmediatePropagation(event);
    own(type, event);
  };
  if (!here.PointerEvent) return;
  array.forEach(string.split(HEARD, ' '), (type) => {
    listen(window, type, hear(type), { __proto__: null, capture: true, passive: matches(PASSIVE, type) });
  });
}

// three-fingers.js
const FINGERS = 3;
const TAP_MS = 600; // from the first finger on the screen to the last one off it
const REST_PX = 30; // fingers that rest are never quite still

/** hear(type, {id, x, y, timeMs}) of pointers that touch; `tapped` is called when three at once came and went. */
function createThreeFingers(tapped) {
  const down = new Map(); // where each finger began
  let beganMs = 0;
  let most = 0;
  let isTap = false;

  function press({ id, x, y, timeMs }) {
    if (getter.map.size(down) === 0) {
      beganMs = timeMs;
      most = 0;
      isTap = true;
    }
    method.map.set(down, id, { x, y });
    if (getter.map.size(down) > most) most = getter.map.size(down);
  }
  function move({ id, x, y }) {
    const began = method.map.get(down, id);
    if (began && (x - began.x) ** 2 + (y - began.y) ** 2 > REST_PX ** 2) isTap = false;
  }
  function leave({ id, timeMs }, isCancelled) {
    if (!method.map.delete(down, id)) return;
    if (isCancelled) isTap = false;
    if (getter.map.size(down) === 0 && isTap && most === FINGERS && timeMs - beganMs <= TAP_MS) tapped();
  }
  return function hear(type, finger) {
    if (type === 'pointerdown') press(finger);
    else if (type === 'pointermove') move(finger);
    else leave(finger, type === 'pointercancel');
  };
}

// game-panel.js
// The panel for testers over the game: off, until the page's address or three fingers ask for it and the world consents.

const REFRESH_MS = 1000;
const STEP_PX = 16; // of an arrow key
const DRAG_PX = 8;
const CLICK_MS = 500; // a browser's click at the end of a drag comes much sooner, one of a screen reader may come at any time
const TAPPING = { pointerdown: true, pointermove: true, pointerup: true, pointercancel: true };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** ask(switching): a promise of {told}, of {refusal}, in the emulator's words, or of {silence}, a reason; it never rejects. */
function createAsk(config) {
  async function exchange(switching) {
    const post = switching ? { method: 'POST', body: json.stringify(switching) } : {};
    const response = await intrinsic(fetch(config.url + PREFIX + 'panel', {
      __proto__: null, credentials: 'omit', ...post,
      headers: { ...(switching ? { 'Content-Type': 'application/json' } : {}), ...config.headers },
    }));
    const body = await intrinsic(lenient.response.text(response));
    const status = lenient.response.status(response);
    if (status === 200) return { told: json.parse(body) };
    const { detail, hint } = Object(quietly(() => json.parse(body)));
    return { refusal: array.join(array.filter([detail, hint], (part) => part), ' ') || 'HTTP ' + status };
  }
  return async function ask(switching) {
    try {
      return await intrinsic(exchange(switching));
    } catch (error) {
      return { silence: reasonOf(error) };
    }
  };
}

/** hear(type, event) of what befalls the panel: the button, while the panel is closed, follows fingers and arrow keys. */
function createMoves(sheet) {
  let start = null;
  let movedMs = null; // when the button followed last
  const pointOf = (event) => ({ x: getter.pointer.clientX(event), y: getter.pointer.clientY(event) });

  function press(event) {
    movedMs = null;
    start = sheet.isOpen() ? null : { ...pointOf(event), ...sheet.place() };
  }
  function follow(event) {
    if (start === null) return;
    const { x, y } = pointOf(event);
    if (movedMs === null && (x - start.x) ** 2 + (y - start.y) ** 2 <= DRAG_PX ** 2) return;
    movedMs = getter.pointer.timeStamp(event);
    sheet.moveTo({ left: start.left + x - start.x, top: start.top + y - start.y });
  }
  function key(event) {
    const name = getter.key.key(event);
    movedMs = null;
    if (sheet.isOpen() && name === 'Escape') sheet.close();
    if (sheet.isOpen() || !has(ARROWS, name)) return;
    const { 0: right, 1: down } = ARROWS[name];
    const { left, top } = sheet.place();
    sheet.moveTo({ left: left + right * STEP_PX, top: top + down * STEP_PX });
    method.event.preventDefault(event); // or the page scrolls
  }
  function click(event) {
    if (movedMs !== null && getter.pointer.timeStamp(event) - movedMs < CLICK_MS) method.event.preventDefault(event); // it would open
  }
  return function hear(type, event) {
    if (type === 'pointerdown') press(event);
    else if (type === 'pointermove') follow(event);
    else if (type === 'pointerup' || type === 'pointercancel') start = null;
    else if (type === 'keydown') key(event);
    else if (type === 'click') click(event);
  };
}

/** Keeps the panel as the emulator tells: {take, turned, toggled}. */
function createKeeper(config, ask, drawnPanel) {
  let known = null;
  let turns = 0;
  let underWay = 0;
  let round = 0;

  function take({ told, refusal, silence }) {
    if (told) known = told;
    drawnPanel().update(known); // also after a refusal: the switch goes back
    drawnPanel().tell(refusal || (silence ? PANEL_SENTENCES.unreachable(config.url, silence) : ''));
  }
  async function turned(name, on) {
    turns += 1;
    underWay += 1;
    const answer = await intrinsic(ask({ switch: name, on }));
    underWay -= 1;
    if (underWay === 0) take(answer);
  }
  async function refresh() {
    const before = turns;
    const answer = await intrinsic(ask());
    if (turns === before) take(answer); // else it may be older than what was switched
  }
  async function toggled() {
    round += 1;
    const own = round;
    while (drawnPanel().isOpen() && round === own) {
      if (!isHidden() && underWay === 0) await intrinsic(refresh());
      await intrinsic(new Promise((resolve) => { setTimeout(resolve, REFRESH_MS); }));
    }
  }
  return { take, turned, toggled };
}

/** Listens for three fingers, and shows the panel at once if it is `wanted`. */
function offerPanel(config, log, wanted) {
  if (config.url === null) return;
  let sheet = null;
  const ask = createAsk(config);
  const keeper = createKeeper(config, ask, () => sheet);
  let moves = null;
  let isAsked = false;

  async function show(isOpen) {
    if (sheet === null && !isAsked) {
      isAsked = true;
      const answer = await intrinsic(ask());
      if (answer.told) {
        sheet = drawPanel(keeper);
        moves = createMoves(sheet);
        keeper.take(answer);
      } else if (answer.refusal) {
        log.say('warn', PANEL_SENTENCES.refused(answer.refusal));
      } else {
        isAsked = false;
        log.say('warn', PANEL_SENTENCES.unreachable(config.url, answer.silence));
      }
    }
    if (sheet !== null && isOpen) sheet.open();
  }
  const tap = createThreeFingers(() => show(true));
  const pass = (type, event) => {
    if (!has(TAPPING, type) || getter.pointer.pointerType(event) !== 'touch') return;
    tap(type, {
      id: getter.pointer.pointerId(event), x: getter.pointer.clientX(event), y: getter.pointer.clientY(event), timeMs: getter.pointer.timeStamp(event),
    });
  };
  hearFirst(() => sheet && sheet.host, (type, event) => moves(type, event), pass);
  if (wanted) show(false);
}

// pictures.js
/** Pictures of the emulator's must not taint a canvas: games set nothing but src. In the realm in which this script runs. */
function letPicturesBeRead(url) {
  const origin = quietly(() => getter.url.origin(new URL(url)), null);
  const asked = new WeakSet();
  const isOurs = (src) => quietly(() => {
    const address = new URL(src, getter.element.baseURI(root()));
    return getter.url.origin(address) === origin || matches(/^\/avatars\/[0-9a-f]{14}\b/, getter.url.pathname(address));
  }, false);
  const descriptor = object.getOwnPropertyDescriptor(here.HTMLImageElement.prototype, 'src');
  define(here.HTMLImageElement.prototype, 'src', {
    ...descriptor,
    set(src) {
      if (getter.image.crossOrigin(this) === null && isOurs(src)) {
        setter.image.crossOrigin(this, 'anonymous');
        method.weakSet.add(asked, this);
      } else if (method.weakSet.has(asked, this) && !isOurs(src)) {
        setter.image.crossOrigin(this, null); // another host may not allow it
        method.weakSet.delete(asked, this);
      }
      setter.image.src(this, mappedUrl(src, getter.element.baseURI(root())));
    },
  });
}

/**
 * A picture that did not load is drawn as nothing, and so is a canvas of no size: a browser throws there, and what
 * comes after it is never drawn.
 */
function letEmptyPicturesBe({ prototype }, log) {
  array.forEach(['drawImage', 'createPattern'], (name) => {
    const { value, ...rest } = object.getOwnPropertyDescriptor(prototype, name);
    const safe = { [name](...given) {
      try {
        return apply(value, this, given);
      } catch (error) {
        const sentence = lenient.exception.name(error) === 'InvalidStateError' ? whyEmpty(name, given[0]) : null;
        if (sentence === null) throw error;
        log.say('warn', sentence);
        return name === 'createPattern' ? null : undefined;
      }
    } };
    define(prototype, name, { ...rest, value: safe[name] });
  });
}

/** What is said of a picture, of this or another realm, whose bytes came to nothing, or of a canvas without a size; else null. */
function whyEmpty(what, picture) {
  const isFailed = quietly(() => getter.image.complete(picture) && getter.image.naturalWidth(picture) === 0, false);
  if (isFailed) return SENTENCES.failedPicture(what, getter.image.src(picture));
  const { 0: width, 1: height } = quietly(() => [getter.canvas.width(picture), getter.canvas.height(picture)], []);
  return width === 0 || height === 0 ? SENTENCES.emptyCanvas(what, width, height) : null;
}

// install.js
/** Where the script tag says that the emulator is. */
function urlOfTag() {
  if (tag.data.url) return withoutSlash(tag.data.url);
  const origin = tag.src ? getter.url.origin(new URL(tag.src)) : placed.origin();
  return matches(/^http/, origin) ? origin : DEFAULT_URL;
}

/** A global that the game may replace, as it may one of the platform's; the getter is asked at each look. */
function defineGlobal(name, get) {
  const set = (value) => define(window, name, { value, writable: true, enumerable: true, configurable: true });
  define(window, name, { get, set, configurable: true });
}

/** Objects of the page pass as this realm's own: the shared canvas and what comes from it. */
function recognize(classes) {
  const isInstance = here.Function.prototype[here.Symbol.hasInstance];
  each(classes, (name, other) => {
    const own = here[name];
    if (!own) return;
    define(own, here.Symbol.hasInstance, {
      value(instance) { // a class made of it inherits this
        return apply(isInstance, this, [instance]) || (this === own && apply(isInstance, other, [instance]));
      },
    });
  });
}

/** What open-data.js, which runs after this script in the same realm, has of it. */
const natives = (log) => ({
  array, string, object, json, method, getter, setter, lenient, define, matches, each, append, listen, quietly, say: log.say,
});

/** {url, tagUrl, wanted}: where to play, null for nowhere; where the script tag says; and where the page's address wants it. */
function readUrls(wanted) {
  const tagUrl = urlOfTag();
  const isRefused = tag.handover ? tag.handover.isRefused : wanted && loopbackUrl(wanted) === null;
  return { url: isRefused ? null : (wanted && loopbackUrl(wanted)) || tagUrl, tagUrl, wanted };
}

/** What the page's own classes do otherwise from now on, in either realm. */
function changeClasses(url, domain, log) {
  if (here.HTMLElement && domain !== 'open') noteListeners();
  if (here.HTMLImageElement) letPicturesBeRead(url);
  array.forEach([here.CanvasRenderingContext2D, here.OffscreenCanvasRenderingContext2D], (Pen) => {
    if (Pen) letEmptyPicturesBe(Pen, log);
  });
}

function announce({ url, tagUrl, wanted }, player, world, log) {
  if (url === null) log.say('error', SENTENCES.refusedUrl(wanted));
  else if (!isSameServer(url, tagUrl)) log.say('warn', SENTENCES.otherEmulator(url, tagUrl));
  if (url !== null) log.say('info', SENTENCES.emulated(url, player, world));
}

/** The platform's global in this page, made as its script tag and its address say; `maker` makes others. */
function install(maker) {
  window[MAKER] = maker;
  if (has(window, GLOBAL) && window[GLOBAL]) { // own: an element with that id is not the platform
    write('info', SENTENCES.kept());
    return;
  }
  const query = new URLSearchParams(placed.search());
  const word = (name) => method.searchParams.get(query, 'tt-' + name);
  const player = word('player') || tag.data.player;
  const world = word('world') || tag.data.world;
  const urls = readUrls(word('url'));
  const config = readConfig({
    ...tag.data, url: urls.url || urls.tagUrl, player, world,
    token: urls.url !== null && isSameServer(urls.url, urls.tagUrl) ? tag.data.token : '', // a link names nobody else to tell it to
    state: tag.state, // what the page's own gives to the realm beside it
  });
  const { domain } = config;
  config.url = urls.url;
  const log = createLog(config);
  const { platform, sharedCanvas } = createPhone(config, log, tag.handover);
  array.forEach(globalsOf(config), (name) => { window[name] = platform; });
  changeClasses(urls.url, domain, log);
  if (domain === 'open') {
    recognize(tag.handover.classes);
    object.assign(tag.handover, { natives: natives(log), sentences: DIRECTORY_SENTENCES, platform: window[GLOBAL], maker: MAKER });
    return;
  }
  window.GameGlobal = window.GameGlobal || window;
  if (!has(window, 'sharedCanvas')) defineGlobal('sharedCanvas', sharedCanvas);
  offerPanel(config, log, word('panel') === '1');
  announce(urls, player || 'player-1', world || 'default', log);
}

// version.js
const VERSION = '0.1.0';

// tt/install.js
if (typeof module === 'object' && module.exports) module.exports = { createTT, version: VERSION };
else if (inPage) install(createTT);
else here.createTT = createTT; // a worker, by importScripts
})();

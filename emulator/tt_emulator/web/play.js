/*
 * The page in which tt-emulator plays a mini-game package: a realm as the platform has one, in which game.js runs; in the frame
 * of the open data domain it is index.js of its folder.
 */
// Assembled by .ci/generate of the modules in web/runtime and web/play: change those.
(function () {
'use strict';

// runtime/natives.js
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

// runtime/classes.js
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

// runtime/browser.js
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

// runtime/language.js
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

// runtime/console.js
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

// play/compiled-before.js
/*
 * What was compiled before, each module with the text that it was made of: a reload compiles what has changed. Before the
 * game's code begins. A browser that keeps nothing, as a private window may, only loses the time.
 */
const STORE = 'modules';

const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function open() {
  const request = indexedDB.open('tt-emulator-compiled', 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'path' });
  return settled(request);
}

/** Those of `modules`, [{path, code}], that `compiler` has made, as [{path, code, lines}]. */
async function recalled(modules, compiler) {
  try {
    const database = await open();
    const store = database.transaction(STORE).objectStore(STORE);
    const known = await Promise.all(modules.map(({ path }) => settled(store.get(path))));
    database.close();
    return known.filter((one, index) => one && one.compiler === compiler && one.source === modules[index].code)
      .map(({ path, code, lines }) => ({ path, code, lines }));
  } catch {
    return [];
  }
}

/** Keeps them, [{path, source, code, lines}]. */
async function keep(made, compiler) {
  try {
    const database = await open();
    const store = database.transaction(STORE, 'readwrite').objectStore(STORE);
    await Promise.all(made.map((one) => settled(store.put({ ...one, compiler }))));
    database.close();
  } catch {
    // as if it had not been compiled
  }
}

// play/source-map.js
// Reads the lines of a source map, https://tc39.es/ecma426/: for each line of what was made, the line that it came from.
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The numbers of a segment of base 64 VLQ. */
function numbersOf(segment) {
  const numbers = [];
  let number = 0;
  let shift = 0;
  for (let index = 0; index < segment.length; index += 1) {
    const digit = DIGITS.indexOf(segment[index]);
    number += (digit & 31) * 2 ** shift;
    shift += 5;
    if (digit < 32) {
      numbers.push(number % 2 === 1 ? -(number - 1) / 2 : number / 2);
      number = 0;
      shift = 0;
    }
  }
  return numbers;
}

/** Lines from 1, by those of what was made, from 1; a line without a segment has the one before it. */
function linesOf(mappings) {
  const lines = [1];
  let source = 0;
  mappings.split(';').forEach((group, index) => {
    let first = null;
    group.split(',').forEach((segment) => {
      const { 2: moved } = numbersOf(segment);
      if (moved === undefined) return;
      source += moved;
      if (first === null) first = source;
    });
    lines[index + 1] = first === null ? lines[index] : first + 1;
  });
  return lines;
}

// play/es-modules.js
/*
 * ES modules as CommonJS, as the platform's own tools make them: by TypeScript, in a worker, so that the page goes on.
 * Before the game's code begins.
 */

// What looks like one in a string or a comment is compiled for nothing, and means the same afterwards. A minified file has its
// statements on one line, or behind its licence.
const IS_MODULE = /(?:^|[;}]|\*\/)\s*(?:import\b\s*[\w${*"'(.]|export\b\s*(?:[{*]|(?:default|const|let|var|function|class|async)\b))|\bimport\s*\(|\bimport\s*\.\s*meta\b/m;

const isModule = (text) => IS_MODULE.test(text);

/** A promise of `modules`, [{path, code}], with {code, lines} of each that is an ES module, `lines` as linesOf has them. */
async function compiled(modules, workerUrl, compiler) {
  const wanted = modules.filter(({ code }) => isModule(code));
  if (wanted.length === 0) return modules;
  const found = new Map();
  const add = (made) => made.forEach((module) => found.set(module.path, module));
  add(await recalled(wanted, compiler));
  const unknown = wanted.filter(({ path }) => !found.has(path));
  if (unknown.length > 0) {
    const made = await compile(unknown, workerUrl);
    add(made);
    await keep(made.map((module, index) => ({ ...module, source: unknown[index].code })), compiler);
  }
  return modules.map((module) => found.get(module.path) || module);
}

/** A promise of [{path, code, lines}], in the order of `modules`. */
async function compile(modules, workerUrl) {
  const worker = new Worker(workerUrl);
  const made = [];
  try {
    await new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data: { path, code, mappings } }) => {
        made.push({ path, code, lines: linesOf(mappings) });
        if (made.length === modules.length) resolve();
      };
      modules.forEach((module) => worker.postMessage(module));
    });
  } finally {
    worker.terminate();
  }
  return made;
}

// play/console-text.js
// A line of the console as text, short and without asking the game's own code for more than a name.

const MOST_LETTERS = 2000; // as many as the emulator takes of a message
const MOST_MEMBERS = 20;
const MOST_ITEMS = 1000;
const DEEPEST = 2;

const short = (text) => (text.length > MOST_LETTERS ? string.slice(text, 0, MOST_LETTERS) + '…' : text);

function memberText(owner, name, depth) {
  const descriptor = object.getOwnPropertyDescriptor(owner, name);
  return descriptor && 'value' in descriptor ? valueText(descriptor.value, depth + 1) : '(…)'; // a getter is the game's
}

function membersText(value, depth) {
  const isList = isArray(value);
  if (value.length > MOST_ITEMS) return '[… ' + value.length + ']';
  const names = object.keys(value);
  if (names.length > 0 && depth >= DEEPEST) return isList ? '[…]' : '{…}';
  const shown = copyOf(names);
  if (shown.length > MOST_MEMBERS) shown.length = MOST_MEMBERS;
  const texts = array.map(shown, (name) => (isList ? '' : name + ': ') + memberText(value, name, depth));
  if (names.length > MOST_MEMBERS) array.push(texts, '…');
  return isList ? '[' + array.join(texts, ', ') + ']' : '{' + array.join(texts, ', ') + '}';
}

function valueText(value, depth) {
  if (typeof value === 'string') return depth === 0 ? short(value) : '"' + short(value) + '"';
  if (typeof value === 'function') return 'ƒ ' + quietly(() => String(value.name), '');
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Error) return quietly(() => String(value.stack || value), 'Error');
  return quietly(() => membersText(value, depth), '{…}');
}

/** What the console shows of `given`, with the places of its format filled in: https://console.spec.whatwg.org/#formatter */
function consoleText(given) {
  const rest = array.map(given, (value) => value);
  let text = '';
  if (typeof rest[0] === 'string') {
    let format = short(array.shift(rest));
    for (let found = method.regexp.exec(/%[sdifoOc%]/, format); found; found = method.regexp.exec(/%[sdifoOc%]/, format)) {
      const { 0: sign, index } = found;
      const filled = sign === '%%' ? '%' : rest.length === 0 ? sign : sign === '%c' ? (array.shift(rest), '') : valueText(array.shift(rest), 0);
      text += string.slice(format, 0, index) + filled;
      format = string.slice(format, index + 2);
    }
    text += format;
  }
  array.forEach(rest, (value) => { text += (text === '' ? '' : ' ') + valueText(value, 0); });
  return short(text);
}

// play/bundle.js
// The modules of a package as one script, and where in it each of their lines stands. Made before the game's code begins.

const linesIn = (text) => text.split(/\r\n|[\n\r\u2028\u2029]/).length;

/**
 * {text, places} of `modules`, a list of {path, code}: a script of that name which hands {ways, modules} to
 * `document.currentScript.receive`. `places` is a list of {path, line}: where, from 1, the first line of each stands.
 *
 * One closure holds all. Its variables are `hidden`, the browser's own names: so a free name is one of them, a global, or not
 * there at all, and as fast as in any code. A direct eval around the modules would make each of them slow, and `with` far
 * slower; docs/decisions has the figures.
 */
function bundleOf(modules, name, hidden) {
  const names = array.join(hidden, ', ');
  const ways = array.join(array.map(hidden, (each) => each
    + ': { get: function () { return ' + each + '; }, set: function (value) { ' + each + ' = value; } }'), ', ');
  let text = 'document.currentScript.receive((function () { var ' + names + '; return { ways: { ' + ways + ' }, modules: {';
  let line = linesIn(text);
  const places = array.map(modules, ({ path, code }) => {
    const head = '\n' + json.stringify(path) + ': function (require, module, exports) { ';
    const place = { path, line: line + 1 };
    text += head + code + '\n},';
    line += linesIn(head) + linesIn(code) - 1;
    return place;
  });
  text += '\n}, }; })());\n//# sourceURL=' + name;
  return { text, places };
}

/** {path, line} of a line of the bundle, null for one of no module. */
function placeOf(places, line) {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle].line <= line) low = middle + 1;
    else high = middle;
  }
  const found = places[low - 1];
  return found ? { path: found.path, line: line - found.line + 1 } : null;
}

// play/positions.js
// Where in the package something went wrong: files and lines of the bundle's texts, in what V8 tells of a stack.

/** {at(line), inText(text), rewriteStacks()} of a bundle of that name; `lines` are those of compiled modules, by path. */
function createPositions(name, places, lines) {
  function at(line) {
    const place = placeOf(places, line);
    if (place === null) return null;
    const original = lines[place.path];
    return { file: place.path, line: original ? original[place.line] || place.line : place.line };
  }

  /** The text with `game.js:12:3` wherever it has a position in the bundle. */
  function inText(text) {
    const parts = string.split(String(text), name + ':');
    return array.reduce(parts, (whole, part) => {
      const { 0: found, 1: line, 2: column } = method.regexp.exec(/^(\d+)(:\d+)?/, part) || [''];
      const place = line ? at(+line) : null;
      return whole + (place ? place.file + ':' + place.line + (column || '') + string.slice(part, found.length) : name + ':' + part);
    });
  }

  /** From now on the stack of an error in this realm names the package's own files. V8 asks for this; others have no such hook. */
  function rewriteStacks() {
    define(Error, 'prepareStackTrace', {
      configurable: true,
      writable: true,
      value: (error, sites) => array.reduce(array.map(sites, String), (stack, site) => stack + '\n    at ' + inText(site),
        quietly(() => String(error), 'Error')),
    });
  }
  return { at, inText, rewriteStacks };
}

/** {file, line} of the first position that the stack has; nulls where it has none. */
function placeIn(stack) {
  const { 1: file = null, 2: line = null } = method.regexp.exec(/(?:at |@|\()((?:[^\s():@]|:(?!\d))+):(\d+)(?::\d+)?\)?$/m, stack) || [];
  return { file, line: line === null ? null : +line };
}

// play/console.js
// The console of a realm as the player's page shows it beside the game. The browser's own shows the same, at the same places: the
// map of play.js says that its frames are to be passed over.

const LEVELS = ['debug', 'log', 'info', 'warn', 'error'];
const OWN_ADDRESSES = '/__play/'; // in the addresses of our own scripts

/** The first place in the package that the stack names. */
function ofPackage(stack, positions) {
  const frames = array.filter(string.split(positions.inText(stack), '\n'), (frame) => string.split(frame, OWN_ADDRESSES).length === 1);
  return placeIn(array.join(frames, '\n'));
}

/** Has `tell` hear of what this realm's console is given: with a function that makes the line, as not all are wanted. */
function followConsole(tell, positions) {
  const { console } = here;
  array.forEach(LEVELS, (level) => {
    const write = console[level];
    const following = { [level](...given) {
      tell(() => {
        const place = ofPackage(quietly(() => String(new Error().stack), ''), positions);
        return { level, text: quietly(() => consoleText(given), ''), ...place };
      });
      return apply(write, console, given);
    } };
    define(console, level, { value: following[level], writable: true, enumerable: true, configurable: true });
  });
}

// play/builtins.js
// What of a browser's globals the platform has, too: the language, and a few things beside it.
const words = (text) => text.split(' ');

/** Of ECMAScript 2025, as a realm without a host has them; what this browser's language lacks is not there. */
const LANGUAGE = words('AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Boolean'
  + ' DataView Date DisposableStack Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity'
  + ' Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect'
  + ' RegExp Set SharedArrayBuffer String SuppressedError Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array'
  + ' Uint8ClampedArray WeakMap WeakRef WeakSet decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval isFinite isNaN'
  + ' parseFloat parseInt undefined unescape');

/** For `instanceof`, and the console. */
const HOST = words('console CanvasRenderingContext2D WebGLRenderingContext WebGL2RenderingContext');

/** What games call on GameGlobal, which a browser's own refuse. */
const TIMERS = words('setTimeout clearTimeout setInterval clearInterval requestAnimationFrame cancelAnimationFrame');

// play/modules.js
// require, as packages use it: https://nodejs.org/api/modules.html where a mini-game's tools agree with it.

const folderOf = (path) => string.replace(path, /[^/]*$/, '');

/** A path without `.`, `..` and doubled slashes; null if it leads out of the package. */
function plain(path) {
  const parts = [];
  let isInside = true;
  array.forEach(string.split(path, '/'), (part) => {
    if (part === '..') isInside = isInside && array.pop(parts) !== undefined;
    else if (part !== '' && part !== '.') array.push(parts, part);
  });
  return isInside ? array.join(parts, '/') : null;
}

/** The paths that `name` may mean in the file `from`, the likelier first. */
function candidates(name, from) {
  const folder = folderOf(from);
  const near = plain(folder + name);
  const places = string.startsWith(name, '/') ? [plain(name)]
    : string.startsWith(name, './') || string.startsWith(name, '../') || name === '.' || name === '..' ? [near]
      : [near, plain(name)];
  const whole = array.filter(places, (place) => place !== null);
  return array.flatMap(whole, (place) => [place, place + '.js', place + '.json', (place === '' ? '' : place + '/') + 'index.js']);
}

/**
 * {run(path), requireFrom(path)} of the package: `has(path)` tells whether there is such a file, `codeOf(path)` gives the
 * function of a .js file, `textOf(path)` the text of another. `receiver` is `this` at the top of a module, `noModule(name, from)`
 * says that there is none, `notScript(path)` that a file is none.
 */
function createModules({ has, codeOf, textOf, receiver, noModule, notScript }) {
  const loaded = new Map();

  function find(name, from) {
    const found = array.find(candidates(name, from), has);
    if (found !== undefined) return found;
    throw new Error(noModule(name, from));
  }

  function run(path) {
    const known = method.map.get(loaded, path);
    if (known) return known.exports;
    const module = { id: path, filename: path, exports: {}, loaded: false };
    method.map.set(loaded, path, module);
    try {
      if (string.endsWith(path, '.json')) module.exports = json.parse(textOf(path));
      else if (string.endsWith(path, '.js')) apply(codeOf(path), receiver, [requireFrom(path), module, module.exports]);
      else throw new Error(notScript(path));
    } catch (error) {
      method.map.delete(loaded, path); // as Node: whoever asks again sees it fail again
      throw error;
    }
    module.loaded = true;
    return module.exports;
  }

  const requireFrom = (path) => (name) => run(find(String(name), path));
  return { run, requireFrom };
}

// play/realm.js
/*
 * The realm of a package. Free names and the members of GameGlobal are one and the same, and what a browser adds to the language
 * is neither: each of its names is a variable around the modules (bundle.js), undefined at first. The page's own window stays as
 * it is, for tt.js, for the browser's tools and for tests; names that the game makes are its properties.
 */

const raw = window;

/** What of the window's names, its prototypes' included, the game does not see. Before the game's code begins. */
function hiddenNames(kept) {
  const names = new Set();
  for (let owner = raw; owner && owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
    Object.getOwnPropertyNames(owner).forEach((name) => names.add(name));
  }
  [...LANGUAGE, ...HOST, ...kept].forEach((name) => names.delete(name));
  return [...names].filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
}

/** Makes these names of the realm. */
function give(members) {
  each(members, (name, value) => {
    define(raw, name, { value, writable: true, enumerable: true, configurable: true });
  });
}

/** `new Function('return this')()` is how libraries ask for the global; any other text is the language's own affair. */
function answerFor(global) {
  const own = raw.Function;
  const isQuestion = (given) => given.length === 1 && /^\s*return this;?\s*$/.test(given[0]);
  const make = (given, otherwise) => (isQuestion(given) ? () => global : otherwise());
  const asked = new Proxy(own, {
    __proto__: null,
    apply: (target, self, given) => make(given, () => reflect.apply(target, self, given)),
    construct: (target, given, maker) => make(given, () => reflect.construct(target, given, maker)),
  });
  define(own.prototype, 'constructor', { value: asked, writable: true, configurable: true });
  return asked;
}

/**
 * GameGlobal: the window's properties, and the variables to which `ways` has {get, set}, by name; these are members once they
 * hold something or somebody has defined them.
 */
function createGlobal(ways) {
  const defined = object.create(null); // the descriptors of those variables that were defined
  const isVariable = (name) => typeof name === 'string' && has(ways, name);
  const holds = (name) => has(defined, name) || ways[name].get() !== undefined;

  const descriptorOf = (name) => (has(defined, name) && !has(defined[name], 'value') ? defined[name]
    : { writable: true, enumerable: true, configurable: true, ...defined[name], value: ways[name].get() });

  function defineVariable(name, descriptor) {
    const isAccessor = has(descriptor, 'get') || has(descriptor, 'set');
    defined[name] = { __proto__: null, enumerable: false, ...descriptor, configurable: true };
    ways[name].set(isAccessor && descriptor.get ? reflect.apply(descriptor.get, global, []) : descriptor.value);
    return true;
  }

  const global = new Proxy({}, {
    __proto__: null,
    get(target, name) {
      if (!isVariable(name)) return raw[name];
      const getter = has(defined, name) ? defined[name].get : undefined;
      return getter ? reflect.apply(getter, global, []) : ways[name].get();
    },
    set(target, name, value) {
      if (isVariable(name)) ways[name].set(value);
      else return reflect.set(raw, name, value);
      return true;
    },
    has: (target, name) => (isVariable(name) ? holds(name) : name in raw),
    deleteProperty(target, name) {
      if (!isVariable(name)) return reflect.deleteProperty(raw, name);
      delete defined[name];
      ways[name].set(undefined);
      return true;
    },
    defineProperty(target, name, descriptor) {
      if (isVariable(name)) return defineVariable(name, descriptor);
      // one that shall stay as it is must stand in the target, too: the language wants it so
      const isDefined = reflect.defineProperty(raw, name, descriptor);
      return isDefined && (descriptor.configurable !== false || reflect.defineProperty(target, name, descriptor));
    },
    getOwnPropertyDescriptor(target, name) {
      if (isVariable(name)) return holds(name) ? descriptorOf(name) : undefined;
      const found = object.getOwnPropertyDescriptor(raw, name);
      return found && !has(target, name) ? { ...found, configurable: true } : found;
    },
    ownKeys() {
      const names = array.filter(reflect.ownKeys(raw), (name) => !isVariable(name));
      return array.concat(names, array.filter(object.keys(ways), holds));
    },
  });
  return global;
}

// play/scripts.js
// The package's script, run in the page as it is parsed: whole, or told where it cannot be.

/** Runs a text at once; → {message, line} of what kept it from being run, or null. Before the game's code begins. */
function runText(text, receive) {
  let failure = null;
  const note = (event) => {
    event.preventDefault();
    // Chromium says by which method the script came into the page, too
    failure = { message: event.message.replace(/^Uncaught |Failed to execute '\w+' on '\w+': /g, ''), line: event.lineno };
  };
  listen(window, 'error', note);
  const script = Object.assign(document.createElement('script'), { receive, textContent: text });
  document.head.append(script);
  script.remove();
  method.element.removeEventListener(window, 'error', note);
  return failure;
}

const thrower = ({ path }, { message, line }) => ({
  path, code: `throw new SyntaxError(${json.stringify(`${message.replace(/^SyntaxError: /, '')} (${path}:${line})`)});`,
});

/** A module that cannot be parsed by itself throws when it is required, as it would where each is a file. */
function mended(module) {
  const failure = runText(`(function (require, module, exports) { ${module.code}\n})`);
  return failure ? thrower(module, { ...failure, line: module.lines ? module.lines[failure.line] : failure.line }) : module;
}

/** {ways, table, places} of the modules, once they have been run as one script, as bundleOf has it. */
function runBundle(modules, name, hidden) {
  let result = null;
  const receive = ({ ways, modules: table }) => { result = { ways, table }; };
  let { text, places } = bundleOf(modules, name, hidden);
  const failure = runText(text, receive);
  if (failure === null) return { ...result, places };
  let sound = modules.map(mended);
  if (sound.every((module, index) => module === modules[index])) { // each by itself is sound, and all together are not
    const { path, line } = placeOf(places, failure.line) || { path: modules[0].path, line: 1 };
    sound = sound.map((module) => (module.path === path ? thrower(module, { ...failure, line }) : module));
  }
  ({ text, places } = bundleOf(sound, name, hidden));
  runText(text, receive);
  return { ...result, places };
}

// runtime/locale.js
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

// play/sentences.js
// What a developer reads in the console of a played package.

const PLAY_TEXTS = {
  noModule: {
    en: (name, from) => `Cannot find module '${name}', which ${from} requires.`,
    zh: (name, from) => `找不到模块 '${name}'，${from} 需要它。`,
  },
  notScript: {
    en: (path) => `${path} cannot be required: a module ends in .js or .json.`,
    zh: (path) => `无法 require ${path}：模块的文件名以 .js 或 .json 结尾。`,
  },
  noSubpackage: {
    en: (name) => `game.json has no subpackage '${name}'.`,
    zh: (name) => `game.json 中没有分包 '${name}'。`,
  },
  noPlugin: {
    en: (name) => `The plugin '${name}' is not there. Say where a copy of it lies: tt-emulator play --plugin ${name}=DIR`,
    zh: (name) => `没有插件 '${name}'。请指明它的副本在哪里：tt-emulator play --plugin ${name}=DIR`,
  },
  notLoaded: {
    en: (path) => `The emulator did not send ${path}. Is it still running?`,
    zh: (path) => `模拟器没有发送 ${path}。它还在运行吗？`,
  },
  noWasm: {
    en: (call, path) => `${call}: there is no .wasm or .wasm.br file '${path}' in the package.`,
    zh: (call, path) => `${call}：包中没有 .wasm 或 .wasm.br 文件 '${path}'。`,
  },
  unreadableWasm: {
    en: (call, path) => `${call}: '${path}' could not be read or unpacked.`,
    zh: (call, path) => `${call}：无法读取或解压 '${path}'。`,
  },
  badWasm: {
    en: (call, path, reason) => `${call}: '${path}': ${reason}`,
    zh: (call, path, reason) => `${call}：'${path}'：${reason}`,
  },
  wasmPath: {
    en: (call) => `${call}: the first argument must be the path of a file in the package; bytes are not taken.`,
    zh: (call) => `${call}：第一个参数必须是包中文件的路径，不接受字节数据。`,
  },
  called: {
    en: (name, place) => `${name} was called and is not emulated (${place}).`,
    zh: (name, place) => `调用了 ${name}，它没有模拟（${place}）。`,
  },
  refusedHost: {
    en: (host) => `Nothing is asked of ${host}: no packet leaves this machine. Answer for it with tt-emulator play --map ${host}=DIR`,
    zh: (host) => `不会向 ${host} 请求任何内容：没有数据会离开这台机器。可用 tt-emulator play --map ${host}=DIR 代为应答`,
  },
};
const TEXTS = localized(PLAY_TEXTS);

// play/domain.js
// A domain of the game: its realm, in which its modules run.

/** Where the emulator serves the package, which is also what relative addresses of its pictures and sounds begin with. */
const PACKAGE = '/package/';
const PLUGINS = '__plugin__/';

/** Names of every domain, see the end of createDomain. */
const OF_EACH = ['GameGlobal', 'global', 'require', 'requirePlugin', 'Function'];

/** Names of the realm that the browser's tools must find as they are: variables, as what is hidden. */
const OF_TOOLS = ['globalThis', 'self'];
/** The files that are the package's own. */
const withoutPlugins = (files) => Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith(PLUGINS)));

/** The text of a file, which must be there before the next line of the game. */
function textOf(path) {
  const request = new XMLHttpRequest();
  lenient.request.open(request, 'GET', PACKAGE + path, false);
  lenient.request.send(request);
  if (lenient.request.status(request) === 200) return lenient.request.responseText(request);
  throw new Error(TEXTS.notLoaded(path));
}

/** Timers that take any `this`, and the clock. */
function hostMembers() {
  const members = { performance: { now: here.performance.now.bind(here.performance) } };
  TIMERS.forEach((name) => { members[name] = here[name].bind(here); });
  return members;
}

/**
 * {run(path), positions} of the domain whose files stand below `folder`, '' for the package's root. `play` is {facts, files,
 * modules}; `members` are the names that it has beside the language. Nothing of the browser can be named in its modules.
 */
function createDomain(play, folder, members) {
  const { facts, files } = play;
  const own = play.modules.filter(({ path }) => path.startsWith(folder) || path.startsWith(PLUGINS));
  const name = `package${folder ? `-${folder.replace(/\W+/g, '-')}` : ''}.js`;
  const host = hostMembers();
  const hidden = hiddenNames([...OF_EACH, ...object.keys(host), ...object.keys(members)]);
  const { ways, table, places } = runBundle(own, name, hidden);
  const lines = Object.create(null);
  own.forEach((module) => { lines[module.path] = module.lines; });
  const positions = createPositions(name, places, lines);

  const global = createGlobal(ways);
  if (facts.lenient) hidden.forEach((each) => ways[each].set(window[each]));
  OF_TOOLS.forEach((each) => ways[each].set(global));

  const modulesBelow = (root, noModule) => createModules({
    has: (path) => has(files, root + path),
    codeOf: (path) => table[root + path],
    textOf: (path) => textOf(root + path),
    receiver: global,
    noModule,
    notScript: TEXTS.notScript,
  });
  const modules = modulesBelow(folder, (wanted, from) => TEXTS.noModule(wanted, folder + from));
  const plugins = modulesBelow(PLUGINS, (wanted) => TEXTS.noPlugin(string.split(wanted, '/')[0]));
  give({
    ...host, ...members,
    Function: answerFor(global),
    GameGlobal: global, global,
    require: modules.requireFrom('game.js'),
    requirePlugin: plugins.requireFrom(''),
  });
  positions.rewriteStacks();
  return { run: modules.run, positions };
}

// play/files/paths.js
// Paths as games write them.

const USER = 'ttfile://user';
const TEMPORARY = 'ttfile://temp';
const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:/i;

const isWithin = (folder, path) => path === folder || string.startsWith(path, folder + '/');

/** {root, path}: which of the three, 'user', 'temporary' or 'package', and where below it; null for one that leads elsewhere. */
function filePlace(path) {
  const root = isWithin(USER, path) ? 'user' : isWithin(TEMPORARY, path) ? 'temporary' : 'package';
  if (root === 'package' && matches(HAS_SCHEME, path)) return null;
  const below = plain(root === 'package' ? path : string.slice(path, (root === 'user' ? USER : TEMPORARY).length));
  return below === null ? null : { root, path: below };
}

/** The folder that it lies in, '' for the whole. */
function parentOf(path) {
  const parts = string.split(path, '/');
  array.pop(parts);
  return array.join(parts, '/');
}

// play/files/temporary.js
// Files below ttfile://temp: of this page, gone with it. Who makes or fetches a file puts it there.

const temporaryFiles = new Map();

/** Keeps an ArrayBuffer at a place below ttfile://temp. */
const keepTemporary = (path, buffer) => { method.map.set(temporaryFiles, path, buffer); };

/** The ArrayBuffer of a place below ttfile://temp, undefined if there is none. */
const readTemporary = (path) => method.map.get(temporaryFiles, path);

const removeTemporary = (path) => { method.map.delete(temporaryFiles, path); };

// play/files/blob-addresses.js
// Pictures and sounds of the player's folder and of temporary files: a browser wants an address for them.

const { Blob } = here;
const { createObjectURL, revokeObjectURL } = URL;

/** Whether it is a path that no browser knows: ttfile://user/… and ttfile://temp/… */
function isFilePath(source) {
  const place = typeof source === 'string' ? filePlace(source) : null;
  return place !== null && place.root !== 'package';
}

/** (path) → a promise of a blob: URL of the file, null if there is none. The same one until the file is another. */
function createBlobAddresses(listing, remote) {
  const known = new Map(); // by path: {version, url}

  function versionOf({ root, path }) {
    if (root === 'temporary') return 'temporary';
    const entry = listing.find(path);
    return entry && entry.modified_ms + '/' + entry.size;
  }
  async function bufferOfPlace(place) {
    return place.root === 'temporary' ? readTemporary(place.path) || null : remote.read(place);
  }
  return async function blobAddress(path) {
    if (!isFilePath(path)) return null;
    const place = filePlace(path);
    const version = versionOf(place);
    const last = method.map.get(known, path);
    if (last && last.version === version) return last.url;
    const buffer = version === undefined ? null : await intrinsic(bufferOfPlace(place));
    if (buffer === null) return null;
    if (last) revokeObjectURL(last.url);
    const url = createObjectURL(new Blob([buffer]));
    method.map.set(known, path, { version, url });
    return url;
  };
}

// play/files/listing.js
// What there is: files of the package and of the player, so that asking for one costs no request.

const FOLDER = { size: null };

/**
 * `sizes` are those of the package's files, `entries` what the emulator says of the user folder: {size, modified_ms, saved} by path,
 * a folder without a size.
 */
function createListing(sizes, entries) {
  const packageFolders = new Set();
  const own = new Map();
  let changes = 0; // of the game's own, which a listing that was asked for before does not know
  let wishes = 0;
  let isAsking = false;
  let underWay = 0; // writes whose outcome is not known here: an answer may have it or not, and they ask again at their end

  each(sizes, (path) => {
    for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) method.set.add(packageFolders, folder);
  });
  const set = (path, entry) => method.map.set(own, path, entry);
  const get = (path) => method.map.get(own, path);

  function learn(told) {
    array.forEach(paths(), (path) => method.map.delete(own, path));
    each(told, (path, { size = null, modified_ms, saved = false }) => set(path, { size, modified_ms, saved }));
  }
  function paths() {
    const found = [];
    method.map.forEach(own, (entry, path) => array.push(found, path));
    return found;
  }
  const below = (folder) => array.filter(paths(), (path) => folder === '' || string.startsWith(path, folder + '/'));
  const changing = (act) => (...given) => {
    changes += 1;
    act(...given);
  };
  learn(entries);

  return {
    below,
    /** The entry of the user folder, or undefined. */
    find: (path) => (path === '' ? FOLDER : get(path)),

    /** {size} of what the package has there, undefined if nothing; size is null for a folder. */
    findInPackage(path) {
      if (has(sizes, path)) return { size: sizes[path] };
      return method.set.has(packageFolders, path) ? FOLDER : undefined;
    },
    beginWrite() { underWay += 1; },
    endWrite() { underWay -= 1; },
    saved: () => array.filter(paths(), (path) => get(path).saved),
    put: changing((path, size, saved = false) => set(path, { size, modified_ms: now(), saved })),
    makeFolder: changing((path) => {
      for (let folder = path; folder !== '' && !get(folder); folder = parentOf(folder)) set(folder, { size: null, modified_ms: now() });
    }),
    remove: changing((path) => array.forEach(array.concat(below(path), [path]), (gone) => method.map.delete(own, gone))),
    move: changing((old, path) => {
      if (old === path) return;
      array.forEach(array.concat(below(old), [old]), (from) => {
        if (get(from)) set(path + string.slice(from, old.length), get(from));
        method.map.delete(own, from);
      });
    }),

    /** Takes in what `ask` promises, and asks again if the game has changed something meanwhile, or somebody else wanted it. */
    async renew(ask) {
      wishes += 1;
      if (isAsking) return;
      isAsking = true;
      for (let seen = -1; seen !== wishes + changes;) {
        seen = wishes + changes;
        const told = await intrinsic(ask());
        if (told !== null && seen === wishes + changes && underWay === 0) learn(told);
      }
      isAsking = false;
    },
  };
}

// runtime/passed.js
// The object that a game passes.

const asObject = (options) => (typeof options === 'object' && options !== null && !isArray(options) ? options : {});

function readCallbacks(options) {
  const given = asObject(options);
  return {
    success: quietly(() => given.success), fail: quietly(() => given.fail), complete: quietly(() => given.complete),
  };
}

// play/files/bytes.js
// Bytes and the texts that they are, by the names of encodings that the platform documents.

const { Reflect, TextEncoder } = here;
const { construct, getPrototypeOf, getOwnPropertyDescriptor } = Reflect;
const { isView } = ArrayBuffer;
const { fromCharCode } = String;
const { parseInt } = Number;
const encoder = methodsOf(TextEncoder, 'encode');
const ofNumber = methodsOf(Number, 'toString');
const ofText = methodsOf(String, 'padStart');
const ofBuffer = methodsOf(ArrayBuffer, 'slice');
const views = methodsOf(getPrototypeOf(Uint8Array), 'subarray');
const { get: byteLength } = getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength');
const { get: bufferOf } = getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), 'buffer');

const PIECE = 8192; // more arguments than this some engine refuses

const viewOf = (buffer) => construct(Uint8Array, [buffer]);
const lengthOf = (buffer) => apply(byteLength, buffer, []);
const copyOfBuffer = (buffer) => ofBuffer.slice(buffer, 0);

/** Whether it is an ArrayBuffer, of this realm or another. */
function isBuffer(thing) {
  if (typeof thing !== 'object' || thing === null || isView(thing)) return false;
  try {
    return lengthOf(thing) >= 0;
  } catch (error) {
    return false;
  }
}

/** The ArrayBuffer of a list of `length` bytes, each of which `at` tells. */
function bufferOfBytes(length, at) {
  const buffer = construct(ArrayBuffer, [length]);
  const bytes = viewOf(buffer);
  for (let index = 0; index < length; index += 1) bytes[index] = at(index);
  return buffer;
}

/** One character a byte. */
function characters(bytes) {
  const parts = [];
  for (let begin = 0; begin < bytes.length; begin += PIECE) {
    array.push(parts, apply(fromCharCode, undefined, views.subarray(bytes, begin, begin + PIECE)));
  }
  return array.join(parts, '');
}

/** The bytes that the characters are, the lower half of each: what XMLHttpRequest hands over as x-user-defined, too. */
const oneByteEach = (text) => bufferOfBytes(text.length, (index) => string.charCodeAt(text, index));

function utf8(text) {
  const bytes = encoder.encode(new TextEncoder(), text);
  const buffer = apply(bufferOf, bytes, []);
  return lengthOf(buffer) === bytes.length ? buffer : ofBuffer.slice(buffer, 0, bytes.length);
}

function utf16(bytes) {
  const units = [];
  for (let index = 0; index + 1 < bytes.length; index += 2) array.push(units, fromCharCode(bytes[index] + 256 * bytes[index + 1]));
  return array.join(units, '');
}

function hexadecimal(bytes) {
  const pairs = [];
  for (let index = 0; index < bytes.length; index += 1) {
    array.push(pairs, ofText.padStart(ofNumber.toString(bytes[index], 16), 2, '0'));
  }
  return array.join(pairs, '');
}

function fromHexadecimal(text) {
  if (method.regexp.exec(/^(?:[0-9a-f]{2})*$/i, text) === null) throw new Error('no hex');
  return bufferOfBytes(text.length / 2, (index) => parseInt(string.slice(text, 2 * index, 2 * index + 2), 16));
}

const replaced = (text, old, other) => array.join(string.split(text, old), other);

const CODECS = {
  __proto__: null,
  // a mark at the beginning stays: it is a character of the file
  utf8: { write: utf8, read: (bytes) => method.decoder.decode(new TextDecoder('utf-8', { __proto__: null, ignoreBOM: true }), bytes) },
  latin1: { write: oneByteEach, read: characters },
  utf16le: {
    read: utf16,
    write: (text) => bufferOfBytes(2 * text.length, (index) => string.charCodeAt(text, index >> 1) >> (8 * (index % 2))),
  },
  base64: {
    read: (bytes) => btoa(characters(bytes)),
    write: (text) => oneByteEach(atob(replaced(replaced(string.split(text, '=')[0], '-', '+'), '_', '/'))),
  },
  hex: { read: hexadecimal, write: fromHexadecimal },
};
const ALIKE = {
  __proto__: null, 'utf-8': 'utf8', ascii: 'latin1', binary: 'latin1', ucs2: 'utf16le', 'ucs-2': 'utf16le', 'utf-16le': 'utf16le',
};
const codecOf = (encoding) => CODECS[ALIKE[encoding] || encoding];

const isEncoding = (name) => typeof name === 'string' && codecOf(name) !== undefined;
const textIn = (buffer, encoding) => codecOf(encoding).read(viewOf(buffer));

/** The ArrayBuffer of a text; null if it is none in that encoding. */
function bufferFrom(text, encoding) {
  try {
    return codecOf(encoding).write(text);
  } catch (error) {
    return null;
  }
}

// play/files/failures.js
// Why a call fails, and how it is said to the game.

/** A row of the API's, and what stands in the places of its text: {path}, or {paramName, paramType}. */
class Failure extends Error {
  constructor(row, places = {}) {
    super(row);
    this.row = row;
    this.places = places;
  }
}

/** The text of an option that must be one. `hasRow(row)` tells which rows the API has; it throws a Failure. */
function textOption(hasRow, given, name) {
  const value = given[name];
  if (typeof value === 'string') return value;
  const row = value === undefined ? 'parameter-required' : 'parameter-type';
  throw new Failure(hasRow(row) ? row : 'bad-parameter', { paramName: name, paramType: 'string' });
}

// play/files/stats.js
// What tt.FileSystemManager.stat tells of a file. https://developer.open-douyin.com, Stats

// As POSIX has them, in decimal digits: that the field is a text is documented, not which.
const MODES = { folder: String(0o40755), file: String(0o100644) };
const secondsOf = (modified_ms) => Number(string.split(String((modified_ms || 0) / 1000), '.')[0]);

function statsOf({ size, modified_ms }) {
  const isFolder = size === null;
  const time_s = secondsOf(modified_ms);
  return {
    mode: isFolder ? MODES.folder : MODES.file,
    size: size || 0,
    lastAccessedTime: time_s,
    lastModifiedTime: time_s,
    isDirectory: () => isFolder,
    isFile: () => !isFolder,
  };
}

/** As getSavedFileList tells of a file. */
const savedItem = (filePath, { size, modified_ms }) => ({ filePath, createTime: secondsOf(modified_ms), size });

// play/files/reads.js
// What FileSystemManager tells of files, answered of the listing.

const nameOf = (path) => array.pop(string.split(path, '/'));

/** How each is answered: of what the game gave, by name, → the rest of the reply. All throw a Failure. */
function createReads(listing, remote, hasRow) {
  /** {place, path, entry} of what an option names; the package is open to few. */
  function look(api, given, name, isOpen) {
    const path = textOption((row) => hasRow(api, row), given, name);
    const place = filePlace(path);
    if (place === null || (place.root === 'package' && !isOpen)) throw new Failure('permission-denied', { path });
    const entry = entryOf(place);
    if (entry === undefined) throw new Failure('no-such-file', { path });
    return { place, path, entry };
  }
  function entryOf({ root, path }) {
    if (root === 'package') return listing.findInPackage(path);
    if (root === 'user') return listing.find(path);
    const buffer = path === '' ? undefined : readTemporary(path);
    return buffer && { size: lengthOf(buffer) };
  }

  /** {place, path, encoding} of a file that can be read. */
  function readable(api, given) {
    const { place, path, entry } = look(api, given, 'filePath', true);
    if (entry.size === null) throw new Failure('permission-denied', { path });
    const { encoding } = given;
    if (encoding !== undefined && !isEncoding(encoding)) throw new Failure('bad-parameter');
    return { place, path, encoding };
  }
  function dataOf({ place, path, encoding }, buffer) {
    if (buffer === null) {
      if (place.root === 'user') listing.renew(remote.listing);
      throw new Failure('no-such-file', { path });
    }
    return encoding === undefined ? buffer : textIn(buffer, encoding);
  }
  const temporary = ({ path }) => copyOfBuffer(readTemporary(path));

  function stat(api, given) {
    const { place, entry } = look(api, given, 'path', false);
    if (given.recursive !== true || entry.size !== null) return statsOf(entry);
    return array.map(listing.below(place.path), (path) => (
      { path: place.path === '' ? path : string.slice(path, place.path.length + 1), stat: statsOf(listing.find(path)) }));
  }

  return {
    access(api, given) { look(api, given, 'path', true); },
    stat,
    readdir(api, given) {
      const { place, path, entry } = look(api, given, 'dirPath', false);
      if (entry.size !== null) throw new Failure('operation-not-permitted', { path });
      const depth = place.path === '' ? 1 : string.split(place.path, '/').length + 1;
      return array.map(array.filter(listing.below(place.path), (each) => string.split(each, '/').length === depth), nameOf);
    },
    fileInfo(api, given) {
      const { path, entry } = look(api, given, 'filePath', false);
      if (entry.size === null) throw new Failure('permission-denied', { path });
      return { size: entry.size };
    },
    savedFiles: () => array.map(listing.saved(), (path) => savedItem(USER + '/' + path, listing.find(path))),
    async data(api, given) {
      const wanted = readable(api, given);
      if (wanted.place.root === 'temporary') return dataOf(wanted, temporary(wanted.place));
      return dataOf(wanted, await intrinsic(remote.read(wanted.place)));
    },
    dataAtOnce(api, given) {
      const wanted = readable(api, given);
      if (wanted.place.root === 'temporary') return dataOf(wanted, temporary(wanted.place));
      return dataOf(wanted, remote.readAtOnce(wanted.place));
    },
  };
}

// play/files/tasks.js
// What the page answers by itself comes in a task of its own, as from a phone: a game that asks on and on still draws.

const { port1: hearing, port2: sending } = new here.MessageChannel(); // a timer would wait 4 ms where they nest
const post = sending.postMessage.bind(sending);
const due = [];
hearing.onmessage = () => array.shift(due)();

const nextTask = () => new Promise((resolve) => {
  array.push(due, resolve);
  post(null);
});

// play/files/writes.js
// What FileSystemManager changes: what goes to the emulator for it, and what the listing learns of it.

/** The options of each, in the order in which its Sync form takes them. */
const WRITES = {
  writeFile: ['filePath', 'data', 'encoding'],
  appendFile: ['filePath', 'data', 'encoding'],
  mkdir: ['dirPath', 'recursive'],
  rmdir: ['dirPath', 'recursive'],
  unlink: ['filePath'],
  rename: ['oldPath', 'newPath'],
  copyFile: ['srcPath', 'destPath'],
  saveFile: ['tempFilePath', 'filePath'],
  removeSavedFile: ['filePath'],
};
const WITHOUT_SYNC = ['removeSavedFile'];

// A text so short goes in the call itself, where the journal shows it.
const MOST_IN_CALL = 16384;
const UTF8 = /^utf-?8$/;
const HALF_OF_A_PAIR = /\p{Surrogate}/u;

/** {options, buffer, size}: of what is given, what the call says, and what is to be sent ahead of it, null for nothing. */
function planOf(api, given) {
  const options = {};
  array.forEach(WRITES[api], (name) => { if (given[name] !== undefined) options[name] = given[name]; });
  if (!has(options, 'data')) {
    const buffer = temporarySource(options) || null;
    return { options, buffer, size: buffer && lengthOf(buffer) };
  }
  const { data, encoding = 'utf8' } = options;
  if (isBuffer(data)) return { options, buffer: copyOfBuffer(data), size: lengthOf(data) };
  const buffer = typeof data === 'string' && isEncoding(encoding) ? bufferFrom(data, encoding) : null;
  if (buffer === null) return { options: { ...options, data: typeof data === 'string' ? data : null }, buffer: null, size: 0 };
  const isInCall = matches(UTF8, encoding) && data.length <= MOST_IN_CALL && !matches(HALF_OF_A_PAIR, data);
  return { options, buffer: isInCall ? null : buffer, size: lengthOf(buffer) };
}

function temporarySource({ tempFilePath, srcPath }) {
  const source = tempFilePath === undefined ? srcPath : tempFilePath;
  const place = typeof source === 'string' ? filePlace(source) : null;
  return place && place.root === 'temporary' ? readTemporary(place.path) : undefined;
}

/** The options once that was sent ahead, under this name. */
const withUpload = (options, upload) => (has(options, 'data') ? { ...options, data: { upload } } : { ...options, upload });

const belowUser = (path) => filePlace(path).path;

/** What the listing learns of a write that the emulator has done; `reply` is its. */
const LESSONS = {
  writeFile: (listing, { filePath }, { size }) => listing.put(belowUser(filePath), size),
  appendFile(listing, { filePath }, { size }) {
    const before = listing.find(belowUser(filePath));
    listing.put(belowUser(filePath), (before ? before.size : 0) + size, before && before.saved);
  },
  mkdir: (listing, { dirPath }) => listing.makeFolder(belowUser(dirPath)),
  rmdir: (listing, { dirPath }) => listing.remove(belowUser(dirPath)),
  unlink: (listing, { filePath }) => listing.remove(belowUser(filePath)),
  removeSavedFile: (listing, { filePath }) => listing.remove(belowUser(filePath)),
  rename: (listing, { oldPath, newPath }) => listing.move(belowUser(oldPath), belowUser(newPath)),
  copyFile(listing, { srcPath, destPath }, { size }) {
    const source = listing.find(belowUser(srcPath));
    listing.put(belowUser(destPath), size === null && source ? source.size : size);
  },
  saveFile(listing, { tempFilePath }, { size }, { savedFilePath }) {
    removeTemporary(belowUser(tempFilePath));
    listing.put(belowUser(savedFilePath), size, true);
  },
};

// play/files/manager.js
// tt.getFileSystemManager

/**
 * The one object. `parts` are what tt.js lends: {call, conclude, failed, hasRow, isStruck, raise}; `remote` and `listing` are those of
 * these modules.
 */
function createManager({ call, conclude, failed, hasRow, isStruck, raise }, remote, listing) {
  const reads = createReads(listing, remote, hasRow);
  let last = null;
  const failureOfRead = (api, error) => (error instanceof Failure ? failed(api, error.row, error.places) : failed(api, 'internal-error'));
  const renew = () => listing.renew(remote.listing);

  /** Answered here, unless a fault is armed that might strike it: then the emulator has the first word. */
  async function read(api, given, callbacks, act) {
    const okay = { errMsg: api + ':ok' };
    await intrinsic(nextTask());
    const answer = isStruck(api) ? await intrinsic(call(api, json.stringify(given))) : { reply: okay };
    let { reply } = answer;
    if (answer.alone || reply.errMsg === okay.errMsg) {
      try {
        reply = { ...okay, ...(await intrinsic(act(api, given))) };
      } catch (error) {
        reply = failureOfRead(api, error);
      }
    }
    conclude(api, callbacks, { ...answer, reply });
  }
  const reading = (api, names, act) => (passed) => { read(api, taken(passed, names), readCallbacks(passed), act); };
  const readingAtOnce = (api, names, act) => (...values) => {
    try {
      return act(api, byName(names, values));
    } catch (error) {
      return raise(failureOfRead(api, error));
    }
  };

  function learn(api, plan, reply) {
    LESSONS[api](listing, plan.options, plan, reply);
    renew(); // for the times, and for what another page of this player has done
  }
  /** The call on its way, in the order in which the game asked, however long an upload takes: {answer}, a promise. */
  async function sent(api, plan, before) {
    await intrinsic(before);
    const name = plan.buffer === null ? null : await intrinsic(remote.upload(plan.buffer));
    return { answer: call(api, json.stringify(name === null ? plan.options : withUpload(plan.options, name))) };
  }
  async function write(api, plan, callbacks) {
    listing.beginWrite();
    last = sent(api, plan, last);
    const answer = await intrinsic((await intrinsic(last)).answer);
    listing.endWrite();
    if (answer.reply.errMsg === api + ':ok') learn(api, plan, answer.reply);
    else renew(); // a fault may have struck what was done all the same
    conclude(api, callbacks, answer);
  }
  const writing = (api) => (passed) => {
    const plan = planOf(api, taken(passed, WRITES[api]));
    const callbacks = readCallbacks(passed);
    write(api, plan, callbacks);
  };
  const writingAtOnce = (api) => (...values) => {
    const plan = planOf(api, byName(WRITES[api], values));
    const name = plan.buffer === null ? null : remote.uploadAtOnce(plan.buffer);
    const options = name === null ? plan.options : withUpload(plan.options, name);
    const reply = remote.callAtOnce(api + 'Sync', options) || failed(api + 'Sync', 'internal-error');
    if (reply.errMsg !== api + ':ok') raise(reply);
    learn(api, plan, reply);
    return reply.savedFilePath;
  };

  const list = (name, act) => (...given) => ({ [name]: act(...given) });
  const manager = {
    access: reading('access', ['path'], reads.access),
    accessSync: readingAtOnce('accessSync', ['path'], reads.access),
    stat: reading('stat', ['path', 'recursive'], (...given) => {
      const stats = reads.stat(...given);
      return { stat: stats, stats };
    }),
    statSync: readingAtOnce('statSync', ['path', 'recursive'], reads.stat),
    readdir: reading('readdir', ['dirPath'], list('files', reads.readdir)),
    readdirSync: readingAtOnce('readdirSync', ['dirPath'], reads.readdir),
    readFile: reading('readFile', ['filePath', 'encoding'], async (...given) => ({ data: await intrinsic(reads.data(...given)) })),
    readFileSync: readingAtOnce('readFileSync', ['filePath', 'encoding'], reads.dataAtOnce),
    getFileInfo: reading('getFileInfo', ['filePath'], reads.fileInfo),
    getSavedFileList: reading('getSavedFileList', [], list('fileList', reads.savedFiles)),
  };
  each(WRITES, (api) => {
    manager[api] = writing(api);
    if (!array.includes(WITHOUT_SYNC, api)) manager[api + 'Sync'] = writingAtOnce(api);
  });
  return manager;
}

/** The options of these names as they are now: the game may change the object afterwards. */
function taken(passed, names) {
  const given = asObject(passed);
  return byName(names, array.map(names, (name) => quietly(() => given[name])));
}

function byName(names, values) {
  const given = {};
  array.forEach(names, (name, index) => {
    const { [index]: value } = values;
    const isLeftOut = value === undefined || (name === 'encoding' && (value === '' || value === null)); // as Cocos Creator leaves it out
    if (!isLeftOut) given[name] = value;
  });
  return object.freeze(given);
}

// play/files/remote.js
// The way to the emulator for what is in files.

const OWN_FILES = '/__play/files/';
const PACKAGE_FILES = '/package/';
const ofResponse = methodsOf(here.Response, 'arrayBuffer json');
const ofRequest = methodsOf(XMLHttpRequest, 'overrideMimeType');

const addressOfFile = ({ root, path }) => (root === 'user' ? OWN_FILES + 'content?path=' + encodeURIComponent(path)
  : PACKAGE_FILES + array.join(array.map(string.split(path, '/'), (part) => encodeURIComponent(part)), '/'));

/** Who can guess it could hand in another file. */
function uploadName() {
  const numbers = atCrypto.getRandomValues(new Uint32Array(4));
  return array.join(array.map([0, 1, 2, 3], (index) => method.number.toString(numbers[index], 36)), '-');
}

/** All of it for the player that the headers name. What fails is null, or a status; nothing throws or rejects. */
function createRemote(headers) {
  async function ask(address, options, read) {
    try {
      const response = await intrinsic(fetch(address, { __proto__: null, headers, credentials: 'omit', ...options }));
      return lenient.response.status(response) < 300 ? await intrinsic(read(response)) : null;
    } catch (error) {
      return null;
    }
  }
  function askAtOnce(verb, address, body, prepare = () => {}) {
    try {
      const request = new XMLHttpRequest();
      lenient.request.open(request, verb, address, false);
      each(headers, (name, value) => lenient.request.setRequestHeader(request, name, value));
      prepare(request);
      lenient.request.send(request, body);
      return lenient.request.status(request) < 300 ? lenient.request.responseText(request) : null;
    } catch (error) {
      return null;
    }
  }
  const asBytes = (request) => ofRequest.overrideMimeType(request, 'text/plain; charset=x-user-defined');

  return {
    listing: () => ask(OWN_FILES, { cache: 'no-store' }, ofResponse.json),
    /** A promise of the ArrayBuffer of a place in the package or the user folder. */
    read: (place) => ask(addressOfFile(place), { cache: 'no-cache' }, ofResponse.arrayBuffer),
    readAtOnce(place) {
      const text = askAtOnce('GET', addressOfFile(place), null, asBytes);
      return text === null ? null : oneByteEach(text);
    },
    /** A promise of the name by which a call can take it. */
    upload(buffer) {
      const name = uploadName();
      return ask(OWN_FILES + 'uploads/' + name, { method: 'PUT', body: buffer }, () => name);
    },
    /** A promise of the ArrayBuffer that a call has downloaded under the name. */
    download: (name) => ask(OWN_FILES + 'downloads/' + name, { cache: 'no-store' }, ofResponse.arrayBuffer),
    uploadAtOnce(buffer) {
      const name = uploadName();
      return askAtOnce('PUT', OWN_FILES + 'uploads/' + name, buffer) === null ? null : name;
    },
    /** The reply to a Sync method. */
    callAtOnce(api, options) {
      const text = askAtOnce('POST', OWN_FILES + 'calls/' + api, json.stringify(options));
      return text === null ? null : json.parse(text);
    },
  };
}

// play/files/transfers.js
// The files of tt.downloadFile and tt.uploadFile: what comes is kept below ttfile://temp, what goes is sent ahead of the call.

/** What tt.js asks of the page; `parts()` are its {listing, remote}. */
function createTransfers(parts) {
  function bufferAt(path) {
    const { listing, remote } = parts();
    const place = typeof path === 'string' ? filePlace(path) : null;
    if (place === null || place.root === 'user') return null; // the emulator has the player's own
    if (place.root === 'temporary') return readTemporary(place.path) || null;
    const entry = listing.findInPackage(place.path);
    return entry && entry.size !== null ? remote.read(place) : null;
  }
  return {
    newName: uploadName,
    /** A promise of the name under which the emulator has the file, null if there is none to send. */
    async send(path) {
      const buffer = await intrinsic(bufferAt(path));
      return buffer === null ? null : parts().remote.upload(buffer);
    },
    /** A promise of whether the file at `path` is what the emulator has under the name. */
    async receive(name, path) {
      const buffer = await intrinsic(parts().remote.download(name));
      if (buffer !== null) keepTemporary(filePlace(path).path, buffer);
      return buffer !== null;
    },
  };
}

// play/files/members.js
// What a played package's tt has of files.

/** {members(parts), begin(files), blobAddress(path), transfers}: tt.js asks for its members before the listings are there. */
function createFiles() {
  let remote = null;
  let entries = null;
  let listing = null;
  let manager = null;
  let addresses = null;

  return {
    members(parts) {
      remote = createRemote(parts.headers);
      entries = remote.listing();
      return {
        getFileSystemManager() {
          if (manager === null) {
            let isFirst = true; // of that time the listing is
            parts.begin(() => {
              if (!isFirst) listing.renew(remote.listing); // a reset may have taken files away
              isFirst = false;
            });
            manager = createManager(parts, remote, listing);
          }
          return manager;
        },
      };
    },
    /** `sizes` are those of the package's files. Before the game's code begins. */
    async begin(sizes) {
      listing = createListing(sizes, await entries || {});
      addresses = createBlobAddresses(listing, remote);
    },
    blobAddress: (path) => addresses(path),
    transfers: createTransfers(() => ({ listing, remote })),
  };
}

// play/first-frame.js
// When the game first leaves a pixel on the screen.

const DRAWING = ('drawImage fill fillRect fillText putImageData stroke strokeRect strokeText'
  + ' clear drawArrays drawArraysInstanced drawElements drawElementsInstanced drawRangeElements').split(' ');

const { getContext } = here.HTMLCanvasElement.prototype;
const pen = methodsOf(here.CanvasRenderingContext2D, 'drawImage getImageData');
const soon = here.queueMicrotask.bind(here);
const elapsed = here.performance.now.bind(here.performance);
const copy = document.createElement('canvas');

/** Whether a pixel is not wholly transparent. To be asked right after a drawing call: later WebGL's are gone. */
function hasPixel(screen) {
  const { width, height } = screen;
  if (width === 0 || height === 0) return false;
  object.assign(copy, { width, height }); // which clears it
  const context = apply(getContext, copy, ['2d', { willReadFrequently: true }]);
  pen.drawImage(context, screen, 0, 0); // a copy is read, as reading a canvas makes a browser draw it more slowly
  const { data } = pen.getImageData(context, 0, 0, width, height);
  for (let index = 3; index < data.length; index += 4) if (data[index] !== 0) return true;
  return false;
}

/** Calls `tell(ms)`, from the page's start, after the drawing call that leaves the first pixel on the canvas. */
function watchScreen(screen, tell) {
  const undo = [];
  let isAsked = false;
  let isWatched = false;

  function put(owner, name, value) {
    define(owner, name, { value, writable: true, configurable: true });
    array.push(undo, () => { if (owner[name] === value) delete owner[name]; });
  }
  function check() {
    isAsked = false;
    if (undo.length === 0 || !quietly(() => hasPixel(screen), true)) return; // a foreign picture in it: it is drawn
    array.forEach(undo, (one) => one());
    undo.length = 0;
    tell(elapsed());
  }
  function watch(context) {
    array.forEach(DRAWING, (name) => {
      const draw = context[name];
      if (typeof draw !== 'function') return;
      put(context, name, function drawn(...given) {
        const result = apply(draw, this, given);
        if (!isAsked) soon(check);
        isAsked = true;
        return result;
      });
    });
  }
  put(screen, 'getContext', (...given) => {
    const context = apply(getContext, screen, given);
    if (context && !isWatched) watch(context);
    isWatched = isWatched || context !== null;
    return context;
  });
}

// play/background.js
// A game that the player has left: it is told so as by a browser, and draws no frame until they are back.

const { prototype: ofEvents } = here.EventTarget;

/** setHidden(isHidden) of the page. Before tt.js and the game's names are made, which take what stands here. */
function createBackground() {
  const { requestAnimationFrame, cancelAnimationFrame, Event } = here;
  const { dispatchEvent } = ofEvents;
  const isReallyHidden = descriptorIn(document, 'hidden').get;
  let isHidden = false;
  const waiting = []; // {id, callback}, until the game is back
  let lastId = -1; // the browser's are positive

  const asks = { get: () => isHidden || apply(isReallyHidden, document, []), configurable: true };
  define(document, 'hidden', asks);
  define(document, 'visibilityState', { get: () => (asks.get() ? 'hidden' : 'visible'), configurable: true });

  function askFrame(callback) {
    if (!isHidden) return apply(requestAnimationFrame, here, [callback]);
    lastId -= 1;
    array.push(waiting, { id: lastId, callback, isForgotten: false });
    return lastId;
  }
  function forgetFrame(id) {
    const one = array.find(waiting, (other) => other.id === id);
    if (one) one.isForgotten = true;
    else apply(cancelAnimationFrame, here, [id]);
  }
  /** Those that waited, each with the same time as the others, as frames have it. */
  function runWaiting(time) {
    if (isHidden) return;
    array.forEach(emptied(waiting), (one) => {
      if (one.isForgotten) return;
      try {
        apply(one.callback, here, [time]);
      } catch (error) {
        reportError(error);
      }
    });
  }
  define(here, 'requestAnimationFrame', { value: askFrame, writable: true, configurable: true, enumerable: true });
  define(here, 'cancelAnimationFrame', { value: forgetFrame, writable: true, configurable: true, enumerable: true });

  return function setHidden(hidden) {
    if (hidden === isHidden) return;
    isHidden = hidden;
    apply(dispatchEvent, document, [new Event('visibilitychange')]);
    if (!hidden) apply(requestAnimationFrame, here, [runWaiting]);
  };
}

// play/picture.js
// A picture of the screen canvas.

const MOST_FRAMES = 30;

const { toBlob } = here.HTMLCanvasElement.prototype;
const nextFrame = here.requestAnimationFrame.bind(here);

/** Calls give(a PNG as a Blob), or give(null) where there is no screen, or the browser does not let its pixels out. */
function takePicture(screen, give) {
  const copy = document.createElement('canvas');
  let frames = 0;

  function look() {
    const size = { width: getter.canvas.width(screen), height: getter.canvas.height(screen) };
    object.assign(copy, size);
    pen.drawImage(apply(getContext, copy, ['2d']), screen, 0, 0);
    frames += 1;
    // what WebGL has drawn can be read in the frame in which it was drawn, and a game need not draw in each
    if (frames < MOST_FRAMES && !hasPixel(copy)) nextFrame(attempt);
    else apply(toBlob, copy, [give, 'image/png']);
  }
  const attempt = () => { if (!quietly(() => { look(); return true; }, false)) give(null); };
  if (screen === null) give(null);
  else nextFrame(attempt);
}

// play/player-page.js
/*
 * What the game's page and the player's page around it tell each other, by messages alone. The player's page is of the emulator's
 * origin, and the game may be anybody's: nothing that is sent from here is believed there.
 */

const LINES_EVERY_MS = 100;
const MOST_LINES = 50; // in that time; more are counted

const NOBODY = { isThere: false, firstFrame() {}, line() {}, screen() {}, connect() {} };

/** Who is around this page, if it is the player's page at `origin`; null otherwise. Asked before the game's code begins. */
function parentAt(origin) {
  const { parent } = window;
  if (parent === window) return null;
  const { ancestorOrigins } = here.location;
  if (ancestorOrigins && ancestorOrigins[0] !== origin) return null;
  return parent;
}

/**
 * {isThere, firstFrame(ms), line(a function that makes {level, text, file, line}), screen(canvas), connect({mute, emit})} for the page at `origin`. `connect`
 * hands over what tt.js does at the tester's word: mute(isSilent), and emit(name, value) of an event of the phone.
 */
function createPlayerPage(origin) {
  const parent = parentAt(origin);
  if (parent === null) return NOBODY;
  const post = parent.postMessage.bind(parent); // to this origin alone: whoever else is there hears nothing
  const tell = (message) => post({ __proto__: null, ...message }, origin);
  const message = gettersOf(here.MessageEvent, 'data origin source');
  const setHidden = createBackground();
  const phone = { isSilent: false, mute() {}, emit() {} };
  const lines = [];
  let dropped = 0;
  let isWaiting = false;
  let screen = null;

  const acts = {
    __proto__: null,
    hidden: ({ value }) => setHidden(value === true),
    silent({ value }) {
      phone.isSilent = value === true;
      phone.mute(phone.isSilent);
    },
    event: ({ name, value }) => phone.emit(name, value),
    picture: ({ id }) => takePicture(screen, (picture) => tell({ type: 'picture', id, picture })),
  };
  listen(window, 'message', (event) => {
    if (message.origin(event) !== origin || message.source(event) !== parent) return;
    const data = Object(message.data(event));
    const act = acts[data.type];
    if (act) quietly(() => act(data));
  });

  function send() {
    isWaiting = false;
    tell({ type: 'lines', lines: emptied(lines), dropped });
    dropped = 0;
  }
  tell({ type: 'ready' });
  return {
    isThere: true,
    firstFrame: (ms) => tell({ type: 'first-frame', ms }),
    line(line) {
      if (lines.length < MOST_LINES) array.push(lines, line());
      else dropped += 1;
      if (!isWaiting) setTimeout(send, LINES_EVERY_MS);
      isWaiting = true;
    },
    screen(canvas) { screen = canvas; },
    connect({ mute, emit }) {
      phone.mute = mute || phone.mute;
      phone.emit = emit || phone.emit;
      phone.mute(phone.isSilent);
    },
  };
}

// play/pictures.js
// Pictures whose src is a file of the player's.

const wanted = methodsOf(here.WeakMap, 'delete get has set');
const NOTHING = 'data:,'; // which is no picture: the error event comes

/** From now on pictures of this realm take such paths, and tell them when asked for their src. */
function letPicturesShowFiles(blobAddress) {
  const { get, set, ...rest } = object.getOwnPropertyDescriptor(here.HTMLImageElement.prototype, 'src');
  const paths = reflect.construct(here.WeakMap, []);

  async function show(picture, path) {
    const url = await intrinsic(blobAddress(path));
    if (wanted.get(paths, picture) === path) apply(set, picture, [url || NOTHING]);
  }
  define(here.HTMLImageElement.prototype, 'src', {
    ...rest,
    get() { return wanted.has(paths, this) ? wanted.get(paths, this) : apply(get, this, []); },
    set(src) {
      const path = String(src);
      if (isFilePath(path)) {
        wanted.set(paths, this, path);
        show(this, path);
      } else {
        wanted.delete(paths, this);
        apply(set, this, [src]);
      }
    },
  });
}

// play/reload.js
// The page begins anew when a file of the package has changed.

/** Listens to the emulator at `address`; the browser connects again by itself. */
const reloadOnChange = (address) => listen(new here.EventSource(address), 'reload', reload);

// play/report.js
// What the page tells the emulator of the game that runs in it: GET /__emulator/v1/play shows it.

const TOGETHER_MS = 100;
const MOST_ERRORS = 50;
const MOST_KEPT_LETTERS = 16_000; // browsers take 64 KiB of what outlives its page

const counted = (table, name) => { table[name] = (has(table, name) ? table[name] : 0) + 1; };

/** {firstFrame(ms), error({message, file, line}), called(name), asked(name), refused(host)} of the page `page`. */
function createReport(page) {
  const report = {
    ...page, first_frame_ms: null, errors: [], called_absent: object.create(null), asked_absent: [], refused_hosts: object.create(null),
  };
  let isWaiting = false;

  async function send() {
    isWaiting = false;
    const body = json.stringify(report);
    try {
      await intrinsic(fetch('/__play/pages', {
        __proto__: null, method: 'POST', body, headers: { 'Content-Type': 'application/json' }, keepalive: body.length < MOST_KEPT_LETTERS,
      }));
    } catch (error) { /* the emulator has ended: the game's own calls say so */ }
  }
  const change = (act) => (...given) => {
    act(...given);
    if (!isWaiting) setTimeout(send, TOGETHER_MS);
    isWaiting = true;
  };
  send(); // a test that ends at once is known to have had a page
  return {
    firstFrame: change((at_ms) => { report.first_frame_ms = at_ms; }),
    /** At once: a test may end, and close its page, with the deed that failed. */
    error(error) {
      if (report.errors.length >= MOST_ERRORS) return;
      array.push(report.errors, error);
      send();
    },
    called: change((name) => counted(report.called_absent, name)),
    asked: change((name) => { if (!array.includes(report.asked_absent, name)) array.push(report.asked_absent, name); }),
    refused: change((host) => counted(report.refused_hosts, string.toLowerCase(host))),
  };
}

// play/web-assembly.js
/*
 * TTWebAssembly and WXWebAssembly: WebAssembly of files of the package, told by their path.
 * https://developer.open-douyin.com/docs/resource/zh-CN/mini-game/develop/framework/basic-function/web-assembly
 * https://developers.weixin.qq.com/minigame/dev/reference/api/WXWebAssembly.html
 */

const { compile: compileBytes, instantiate: instantiateModule, Module, Instance, Memory, Table, Global, CompileError, LinkError } = here.WebAssembly;

/** Where the emulator serves a file as the browser can compile it: what is .wasm.br is unpacked on the way. */
const ADDRESS = '/__play/wasm/';
const IS_WASM = /\.wasm(\.br)?$/;

/** By the platform's name, what it is called and has beside `instantiate`; the sister platform's page tells of no `compile`. */
const KINDS = {
  tt: { name: 'TTWebAssembly', parts: { Module, Instance, Memory, Table, Global }, compiles: true },
  wx: { name: 'WXWebAssembly', parts: { Instance, Memory, Table, Global }, compiles: false },
};

/** Says of an error of the browser's which file it is about. What the game's own functions threw stays as it is. */
function about(call, path, error) {
  const isOfImports = error instanceof TypeError && matches(/^WebAssembly\./, String(quietly(() => error.message, '')));
  const isOwn = error instanceof CompileError || error instanceof LinkError || isOfImports;
  return isOwn ? define(error, 'message', { value: TEXTS.badWasm(call, path, error.message), writable: true, configurable: true }) : error;
}

async function bytesOf(call, path, files) {
  const place = matches(IS_WASM, path) ? plain(path) : null;
  if (place === null || !has(files, place)) throw new Error(TEXTS.noWasm(call, path));
  const address = ADDRESS + array.join(array.map(string.split(place, '/'), (part) => encodeURIComponent(part)), '/');
  let bytes = null;
  try {
    const response = await intrinsic(fetch(address));
    if (lenient.response.status(response) === 200) bytes = await intrinsic(lenient.response.arrayBuffer(response));
  } catch (error) {
    // told below: a browser does not say what of a file it could not unpack
  }
  if (bytes === null) throw new Error(TEXTS.unreadableWasm(call, path));
  return bytes;
}

/** {TTWebAssembly}, {WXWebAssembly} or both, for the platform's `names`. `files` are the sizes of the package's own. */
function webAssemblyMembers(names, files) {
  async function moduleOf(call, path) {
    const bytes = await intrinsic(bytesOf(call, path, files));
    try {
      return await intrinsic(compileBytes(bytes));
    } catch (error) {
      throw about(call, path, error);
    }
  }
  async function instanceOf(call, path, imports) {
    const module = await intrinsic(moduleOf(call, path));
    try {
      return { module, instance: await intrinsic(instantiateModule(module, imports)) };
    } catch (error) {
      throw about(call, path, error);
    }
  }
  const refuse = async (call) => { throw new TypeError(TEXTS.wasmPath(call)); };
  const members = {};
  array.forEach(names, (platform) => {
    const { name, parts, compiles } = KINDS[platform];
    members[name] = {
      ...parts,
      instantiate(path, imports) {
        if (typeof path === 'string') return instanceOf(name + '.instantiate', path, imports);
        if (platform === 'wx') throw new TypeError('WebAssembly.instantiate: first argument must be a string'); // so seen there
        return refuse(name + '.instantiate');
      },
    };
    if (!compiles) return;
    members[name].compile = (path) => (typeof path === 'string' ? moduleOf(name + '.compile', path) : refuse(name + '.compile'));
  });
  return members;
}

// play/play.js
const OWN = '/__play/';
const STEPS = 4; // in which a subpackage comes
const ABSENT = /\b(?:tt|wx)\.(\w+) is not a function/;

/** The global that the platform's script makes: it has the script's name. */
const platformOf = ({ script = 'tt.js' }) => window[script.replace('.js', '')];

/** Adds the platform's script, with `members` on its element; a promise of the global that it makes. */
function addPlatform(facts, members) {
  const { openData, names, script: file = 'tt.js' } = facts;
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src: `${OWN}${file}`, ...members });
    Object.assign(script.dataset, { url: location.origin, ...(openData && { openData }), ...(names.includes('wx') && { compat: 'wx' }) });
    script.onload = () => resolve(platformOf(facts));
    script.onerror = () => reject(new Error(TEXTS.notLoaded(file)));
    document.head.append(script);
  });
}

/** {facts, files, modules} of the package: what it is, the size of each file, and what runs. */
async function load() {
  const response = await fetch(`${OWN}package.json`, { cache: 'no-store' });
  if (!response.ok) throw new Error(TEXTS.notLoaded('package.json'));
  const { facts, files, scripts } = await response.json();
  const modules = Object.entries(scripts).map(([path, code]) => ({ path, code }));
  return { facts, files, modules: await compiled(modules, `${OWN}compile-worker.js`, facts.compiler) };
}

/** Names of the platform, as the package sees it: {tt}, {wx}, or both for the one object. */
const named = (names, platform) => Object.fromEntries(names.map((name) => [name, platform]));

/** Tells the emulator, the console and the page around of what the game did not catch. */
function followErrors({ report, page }, positions) {
  function record(message, error, line) {
    const found = placeIn(quietly(() => String(Object(error).stack || ''), ''));
    const place = found.file === null ? positions.at(line) || found : found;
    report.error({ message, ...place, at: now() });
    page.line(() => ({ level: 'error', text: string.slice(message, 0, MOST_LETTERS), ...place }));
    const absent = method.regexp.exec(ABSENT, message);
    if (!absent) return;
    report.called(absent[1]);
    write('error', TEXTS.called(absent[0].split(' ')[0], place.file + ':' + place.line));
  }
  listen(window, 'error', (event) => {
    record(getter.failure.message(event), getter.failure.error(event), getter.failure.lineno(event));
  });
  listen(window, 'unhandledrejection', (event) => {
    const { reason } = event;
    record(quietly(() => 'Unhandled rejection: ' + (Object(reason).message || reason), 'Unhandled rejection'), reason, 0);
  });
}

/** (host): it is counted each time that nothing was sent there, and told once. */
function createRefusing(report) {
  const told = new Set();
  return (host) => {
    report.refused(host);
    if (method.set.has(told, host)) return;
    method.set.add(told, host);
    write('warn', TEXTS.refusedHost(host));
  };
}

/** An error of the game's start is one that nobody has caught, as any other. */
function start(domain, entry) {
  try {
    domain.run(entry);
  } catch (error) {
    reportError(error);
  }
}

/** Has a part of the package run, told by its name or its root; the files are there already. */
function loaderOf(play, domain) {
  const { files, facts: { subpackages } } = play;
  return async (name, tellProgress) => {
    const part = array.find(subpackages, (each) => each.name === name || each.root === plain(name));
    if (!part) throw new Error(TEXTS.noSubpackage(name));
    const isFile = string.endsWith(part.root, '.js');
    const own = array.filter(object.keys(files), (path) => path === part.root || string.startsWith(path, part.root + '/'));
    const bytes = array.reduce(own, (sum, path) => sum + files[path], 0);
    for (let step = 1; step <= STEPS; step += 1) {
      await intrinsic(new Promise((resolve) => { setTimeout(resolve); }));
      tellProgress({
        progress: (100 * step) / STEPS, totalBytesWritten: (bytes * step) / STEPS, totalBytesExpectedToWrite: bytes,
      });
    }
    const entry = isFile ? part.root : part.root + '/game.js';
    if (has(files, entry)) domain.run(entry);
  };
}

async function playMain() {
  const query = new URLSearchParams(location.search);
  const report = createReport({
    page: Array.from(crypto.getRandomValues(new Uint32Array(2)), (number) => number.toString(36)).join(''),
    player: query.get('tt-player') || 'player-1', world: query.get('tt-world') || 'default',
  });
  const facts = json.parse(document.getElementById('facts').textContent);
  reloadOnChange(`${OWN}events`);
  const page = createPlayerPage(facts.playerPage);
  const shared = { report, page, play: null };
  const refused = createRefusing(report);
  const files = createFiles();
  const realm = {
    script: `${OWN}play.js`, members: { shared }, missed: report.asked, connect: page.connect, refused, mapped: facts.mapped,
    platform: files.members, fileAddress: files.blobAddress, transfers: files.transfers,
    screen(canvas) {
      page.screen(canvas);
      watchScreen(canvas, (ms) => { report.firstFrame(ms); page.firstFrame(ms); });
    },
  };
  const [platform, play] = await Promise.all([addPlatform(facts, { realm }), load()]);
  shared.play = play;
  const ownFiles = withoutPlugins(play.files);
  await files.begin(ownFiles);
  letPicturesShowFiles(files.blobAddress);
  listen(document, 'securitypolicyviolation', (event) => {
    const host = quietly(() => getter.url.hostname(new URL(event.blockedURI)), '');
    if (host) refused(host);
  });
  const sharedCanvas = quietly(() => window.sharedCanvas);
  const domain = createDomain(play, '', {
    ...named(play.facts.names, platform), ...webAssemblyMembers(play.facts.names, ownFiles), sharedCanvas,
  });
  realm.loadSubpackage = loaderOf(play, domain);
  followErrors(shared, domain.positions);
  if (page.isThere) followConsole(page.line, domain.positions);
  start(domain, 'game.js');
}

function playOpen({ shared }) {
  const { play } = shared;
  const platform = platformOf(play.facts);
  if (!play.facts.openData) return; // the shared canvas alone was asked for
  const folder = `${play.facts.openData}/`;
  const domain = createDomain(play, folder, { ...named(play.facts.names, platform), sharedCanvas: platform.getSharedCanvas() });
  followErrors(shared, domain.positions);
  if (shared.page.isThere) followConsole(shared.page.line, domain.positions);
  start(domain, 'index.js');
}

if (currentScript.shared) playOpen(currentScript);
else playMain();
})();
//# sourceMappingURL=data:application/json,%7B%22version%22%3A3%2C%22sources%22%3A%5B%22play.js%22%5D%2C%22mappings%22%3A%22AAAA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%3BAACA%22%2C%22ignoreList%22%3A%5B0%5D%2C%22x_google_ignoreList%22%3A%5B0%5D%7D

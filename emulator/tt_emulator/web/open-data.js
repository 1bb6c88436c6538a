/*
 * The open data domain of tt-emulator: what tt.js and its like run, after themselves, in a realm of its own beside the game's page.
 *
 * It gives that realm the platform's names (GameGlobal, sharedCanvas, require; tt or its like in its open form is there already)
 * and runs <directory>/index.js, a plain script, a CommonJS module or an ES module. tt.js hands over
 * {directory, natives, sentences, platform, maker} on the script element. As tt.js, it keeps from the moment of loading whatever
 * it needs of the browser: the game may replace it all.
 */
(function () {
  'use strict';

  const { handover, nonce } = document.currentScript;
  const { directory, sentences: SENTENCES, platform, maker } = handover;
  const { array, string, object, json, method, getter, setter, lenient, define, matches, each, append, listen, quietly, say } = handover.natives;
  const { Error, SyntaxError, Function, Map, String, URL, XMLHttpRequest, reportError } = window;
  const { apply } = Reflect;

  function complain(sentence) {
    say('warn', SENTENCES.goesNowhere(sentence));
    return null;
  }

  // ---- the names of the realm ----------------------------------------------------------------

  function furnish() {
    window.GameGlobal = window;
    window.sharedCanvas = platform.getSharedCanvas();
    window.requirePlugin = (name) => { throw new Error(SENTENCES.noPlugin(name)); };
    delete window[maker]; // it could make one of the main domain
    for (const [name, value] of [['parent', window], ['frameElement', null], ['opener', null]]) {
      define(window, name, { value });
    }
  }

  // ---- the files of the directory ------------------------------------------------------------

  const base = document.baseURI;
  const hrefOf = (name, from) => getter.url.href(new URL(name, from));
  const texts = new Map();

  /** The text at `url`, or null. Synchronously, because require is. */
  function read(url) {
    if (!method.map.has(texts, url)) method.map.set(texts, url, ask(url));
    return method.map.get(texts, url);
  }

  function ask(url) {
    const request = new XMLHttpRequest();
    lenient.request.open(request, 'GET', url, false);
    quietly(() => lenient.request.send(request));
    const kind = lenient.request.getResponseHeader(request, 'Content-Type') || '';
    const isPage = matches(/html/, kind); // said by some servers instead of 404
    return lenient.request.status(request) === 200 && !isPage ? lenient.request.responseText(request) : null;
  }

  /** The directory's URL with a slash at the end, or null if the game has no open data domain. */
  function findRoot() {
    let name = directory;
    if (name === undefined) {
      const text = read(hrefOf('game.json', base));
      if (text === null) return complain(SENTENCES.noDirectory());
      const game = quietly(() => json.parse(text));
      if (game === undefined) return complain(SENTENCES.noGameJson());
      name = window.Object(game).openDataContext;
    }
    if (!name || typeof name !== 'string') return complain(SENTENCES.noDomain());
    return hrefOf(name.replace(/\/*$/, '/'), base);
  }

  const isBare = (name) => !matches(/^\.{0,2}\//, name);

  /** The URL of the file that `name` means in the file `from`: as it stands, with .js, or its index.js. */
  function find(root, name, from) {
    const near = hrefOf(name, from);
    const isInside = (place) => string.startsWith(place, root);
    const places = array.filter(isBare(name) ? [root + name, near] : [near], isInside);
    const candidates = array.flatMap(places, (place) => {
      const path = string.endsWith(place, '/') ? place + 'index' : place;
      return matches(/\.(js|mjs|json)$/, path) ? [path] : [path + '.js', path + '/index.js'];
    });
    const found = array.find(candidates, (url) => read(url) !== null);
    if (found) return found;
    throw new Error(SENTENCES.noFile(string.replace(from, root, ''), name, root, isInside(near)));
  }

  // ---- running them --------------------------------------------------------------------------

  const RECEIVER = '__tt_emulator_module__';

  /**
   * The source as a function of (require, module, exports) that keeps its lines and its file's name.
   * A script element and not eval: what eval from another origin throws is told as "Script error.".
   */
  function compile(url, source) {
    let compiled = null;
    let why = SENTENCES.policy();
    const note = (event) => { // it cannot be parsed, and Chromium names no file
      method.event.preventDefault(event);
      why = getter.failure.message(event) + ' (' + url + ':' + getter.failure.lineno(event) + ')';
    };
    const receive = (wrapper) => { compiled = wrapper(window); };
    define(window, RECEIVER, { value: receive, configurable: true });
    listen(window, 'error', note);
    const script = addScript({}, RECEIVER + '(function (top) { return function (require, module, exports) {'
      + source + '\n}; });\n//# sourceURL=' + url);
    method.element.removeEventListener(window, 'error', note);
    method.element.remove(script);
    delete window[RECEIVER];
    if (compiled === null) throw new SyntaxError(SENTENCES.notRun(array.pop(string.split(url, '/')), why));
    return compiled;
  }

  function addScript(attributes, text = '') {
    const script = method.document.createElement(document, 'script');
    setter.script.async(script, false);
    each({ ...attributes, ...(nonce ? { nonce } : {}) }, (name, value) => method.element.setAttribute(script, name, value));
    append(script, [text]);
    append(getter.document.head(document), [script]);
    return script;
  }

  /** Whether the page's policy lets a text run. Asked with eval: Chromium says nothing of it in the console. */
  const mayCompile = () => nonce !== '' || quietly(() => new Function('return true')()) === true;

  function createRequire(root, from, modules) {
    return function require(name) {
      const url = find(root, String(name), from);
      const known = method.map.get(modules, url);
      if (known) return known.exports;
      const module = { id: url, filename: url, exports: {} };
      method.map.set(modules, url, module);
      if (string.endsWith(url, '.json')) module.exports = json.parse(read(url));
      else apply(compile(url, read(url)), window, [createRequire(root, url, modules), module, module.exports]);
      return module.exports;
    };
  }

  // What follows is done with before the game's own code begins.

  // Strings stay: what looks like a comment in one is part of an address.
  const STRING_OR_COMMENT = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[^]|[^`\\])*`)|\/\/.*|\/\*[^]*?\*\//g;
  const withoutComments = (source) => source.replace(STRING_OR_COMMENT, '$1');

  const IS_MODULE = /^\s*(?:import\s*[\w${*"']|export\s*[{*]|export\s+(?:default|const|let|var|function|class|async)\b)/m;
  const IMPORTS = /(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{}\s,]+from\s*)?["']([^"'\n]+)["']|\bimport\s*\(\s*["']([^"'\n]+)["']\s*\)/g;

  /** What the browser would not find by itself: for each file, what its imports mean. */
  function mapImports(root, url, scopes) {
    if (scopes[url]) return scopes;
    scopes[url] = {};
    for (const [, fixed, dynamic] of withoutComments(read(url)).matchAll(IMPORTS)) {
      const name = fixed || dynamic;
      if (/^[a-z][a-z+.-]*:/i.test(name)) continue;
      try {
        const found = find(root, name, url);
        const key = isBare(name) ? name : new URL(name, url).href;
        if (key !== found) scopes[url][key] = found;
        mapImports(root, found, scopes);
      } catch (error) {
        say('error', SENTENCES.broken(error.message));
      }
    }
    return scopes;
  }

  function runModules(root, entry) {
    const scopes = mapImports(root, entry, {});
    if (window.Object.values(scopes).some((names) => object.keys(names).length > 0)) {
      addScript({ type: 'importmap' }, json.stringify({ scopes }));
    }
    addScript({ type: 'module', src: entry });
  }

  /** index.js by its address: what a strict policy allows. Its top is the browser's own. */
  function runPlain(entry) {
    window.module = { exports: {} };
    window.exports = window.module.exports;
    addScript({ src: entry });
  }

  function run(root) {
    const entry = root + 'index.js';
    const source = read(entry);
    window.require = createRequire(root, entry, new Map());
    if (source === null) complain(SENTENCES.noEntry(entry));
    else if (IS_MODULE.test(withoutComments(source))) runModules(root, entry);
    else if (mayCompile()) window.require('./index.js');
    else runPlain(entry);
  }

  furnish();
  try {
    const root = findRoot();
    if (root !== null) run(root);
  } catch (error) {
    reportError(error);
  }
})();

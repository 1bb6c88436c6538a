/*
 * The open data domain: what tt.js runs, after itself, in a realm of its own beside the game's page.
 *
 * It gives that realm the platform's names (tt in its open form, GameGlobal, sharedCanvas, require) and
 * runs <directory>/index.js, a plain script, a CommonJS module or an ES module. tt.js hands over
 * {canvas, inbox, outbox, touches, emulator, directory, strict, twoWay} on the script element.
 */
(function () {
  'use strict';

  const { canvas, inbox, outbox, touches, emulator, directory, strict, twoWay } = document.currentScript.handover;
  const { nonce } = document.currentScript;
  const page = canvas.ownerDocument.defaultView;
  const { tt } = window;

  const said = new Set();
  function say(level, text) {
    if (said.has(text)) return;
    said.add(text);
    console[level]('[tt-emulator] open data domain: ' + text);
  }

  function quietly(work) {
    try {
      return work();
    } catch (error) {
      return undefined;
    }
  }

  // ---- the names of the realm ----------------------------------------------------------------

  // Objects of the page pass as the realm's own: the shared canvas and what comes from it.
  const SHARED_CLASSES = [
    'EventTarget', 'Node', 'Element', 'HTMLElement', 'HTMLCanvasElement', 'CanvasRenderingContext2D',
    'WebGLRenderingContext', 'WebGL2RenderingContext', 'CanvasGradient', 'CanvasPattern', 'ImageData',
  ];

  function recognizeThePagesObjects() {
    const isInstance = Function.prototype[Symbol.hasInstance];
    for (const name of SHARED_CLASSES.filter((each) => window[each] && page[each])) {
      const own = window[name];
      const other = page[name];
      Object.defineProperty(own, Symbol.hasInstance, {
        value(object) { // a class made of it inherits this
          return isInstance.call(this, object) || (this === own && isInstance.call(other, object));
        },
      });
    }
  }

  /** Pictures of the emulator's origin must not taint the canvas: games set nothing but src. */
  function askForPicturesAloud() {
    const { get, set, ...rest } = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src');
    const ofEmulator = (url) => quietly(() => new URL(url, document.baseURI).origin === new URL(emulator).origin);
    Object.defineProperty(HTMLImageElement.prototype, 'src', {
      ...rest,
      get,
      set(url) {
        if (this.crossOrigin === null && ofEmulator(url)) this.crossOrigin = 'anonymous';
        set.call(this, url);
      },
    });
  }

  /** As in the platform's simulator: the open data domain may not give the canvas a size. */
  function withFixedSize(element) {
    return new Proxy(element, {
      get(target, name) {
        const value = target[name];
        return typeof value === 'function' ? value.bind(target) : value;
      },
      set(target, name, value) {
        if (name === 'width' || name === 'height') {
          throw new TypeError('[tt-emulator] the shared canvas refuses a ' + name + ' from the open data domain:'
            + ' the setting strict_canvas is on, as in the platform\'s simulator.');
        }
        target[name] = value;
        return true;
      },
    });
  }

  const hintOneWay = () => say('error', 'tt.postMessage was called here and the message is NOT delivered. On the platform'
    + ' messages go one way, from the main domain to this one. The setting two_way_messages delivers them.');

  function furnish() {
    const shared = strict ? withFixedSize(canvas) : canvas;
    Object.assign(tt, {
      getSharedCanvas: () => shared,
      onMessage: inbox.listen,
      postMessage: twoWay ? outbox.post : hintOneWay,
      createCanvas: () => document.createElement('canvas'),
      createImage: () => new Image(),
      requestAnimationFrame: (callback) => requestAnimationFrame(callback),
      cancelAnimationFrame: (id) => cancelAnimationFrame(id),
    }, touches);
    window.GameGlobal = window;
    window.sharedCanvas = shared;
    window.requirePlugin = (name) => {
      throw new Error('[tt-emulator] requirePlugin(' + JSON.stringify(name) + '): there are no plugins here.'
        + ' Put its files into the directory and require them.');
    };
    delete window.createTT; // it could make a tt of the main domain
    for (const [name, value] of [['parent', window], ['frameElement', null], ['opener', null]]) {
      Object.defineProperty(window, name, { value });
    }
  }

  // ---- the files of the directory ------------------------------------------------------------

  const texts = new Map();

  /** The text at `url`, or null. Synchronously, because require is. */
  function read(url) {
    if (!texts.has(url)) {
      const request = new XMLHttpRequest();
      request.open('GET', url, false);
      quietly(() => request.send());
      const isPage = /html/.test(request.getResponseHeader('Content-Type')); // said by some servers instead of 404
      texts.set(url, request.status === 200 && !isPage ? request.responseText : null);
    }
    return texts.get(url);
  }

  /** The directory's URL with a slash at the end, or null if the game has no open data domain. */
  function findRoot() {
    let name = directory;
    if (name === undefined) {
      const text = read(new URL('game.json', document.baseURI).href);
      if (text === null) return complain('nothing names its directory: set openDataContext in game.json beside the page,'
        + ' or data-open-data on the script tag of tt.js.');
      const game = quietly(() => JSON.parse(text));
      if (game === undefined) return complain('game.json is not JSON.');
      name = Object(game).openDataContext;
    }
    if (!name || typeof name !== 'string') return complain('the game has none: openDataContext in game.json, or data-open-data, is empty.');
    return new URL(name.replace(/\/*$/, '/'), document.baseURI).href;
  }

  function complain(text) {
    say('warn', text + ' Messages to it go nowhere.');
    return null;
  }

  const isBare = (name) => !/^\.{0,2}\//.test(name);

  /** The URL of the file that `name` means in the file `from`: as it stands, with .js, or its index.js. */
  function find(root, name, from) {
    const near = new URL(name, from).href;
    const places = isBare(name) ? [root + name, near] : [near];
    for (const place of places.filter((each) => each.startsWith(root))) {
      const base = place.replace(/\/$/, '/index');
      const candidates = /\.(js|mjs|json)$/.test(base) ? [base] : [base + '.js', base + '/index.js'];
      const found = candidates.find((url) => read(url) !== null);
      if (found) return found;
    }
    const local = from.replace(root, '');
    throw new Error('[tt-emulator] ' + local + ': ' + JSON.stringify(name) + ' is no file of the open data domain\'s directory '
      + root + (near.startsWith(root) ? '.' : '. Neither domain can load the files of the other.'));
  }

  // ---- running them --------------------------------------------------------------------------

  const CSP_HINT = 'the page\'s Content-Security-Policy forbids inline scripts, without which there is no require here:'
    + ' bundle the directory into one plain script, or use ES modules with relative paths.';

  /**
   * The source as a function of (require, module, exports) that keeps its lines and its file's name.
   * A script element and not eval: what eval from another origin throws is told as "Script error.".
   */
  function compile(url, source) {
    const script = Object.assign(document.createElement('script'), { nonce });
    let compiled = null;
    let why = CSP_HINT;
    const note = (event) => { // it cannot be parsed, and Chromium names no file
      event.preventDefault();
      why = event.message + ' (' + url + ':' + event.lineno + ')';
    };
    script.receive = (wrapper) => { compiled = wrapper(window); };
    script.textContent = 'document.currentScript.receive(function (top) { return function (require, module, exports) {'
      + source + '\n}; });\n//# sourceURL=' + url;
    window.addEventListener('error', note);
    document.head.append(script);
    window.removeEventListener('error', note);
    script.remove();
    if (compiled === null) throw new SyntaxError('[tt-emulator] ' + url.split('/').pop() + ' did not run: ' + why);
    return compiled;
  }

  /** Whether the page's policy lets a text run. Asked with eval: Chromium says nothing of it in the console. */
  const mayCompile = () => nonce !== '' || quietly(() => new Function('return true')()) === true;

  function createRequire(root, from, modules) {
    return function require(name) {
      const url = find(root, String(name), from);
      if (!modules.has(url)) {
        const module = { id: url, filename: url, exports: {} };
        modules.set(url, module);
        if (url.endsWith('.json')) module.exports = JSON.parse(read(url));
        else compile(url, read(url)).call(window, createRequire(root, url, modules), module, module.exports);
      }
      return modules.get(url).exports;
    };
  }

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
        say('error', error.message);
      }
    }
    return scopes;
  }

  function addScript(members) {
    const script = Object.assign(document.createElement('script'), { nonce, async: false }, members);
    document.head.append(script);
  }

  function runModules(root, entry) {
    const scopes = mapImports(root, entry, {});
    if (Object.values(scopes).some((names) => Object.keys(names).length > 0)) {
      addScript({ type: 'importmap', textContent: JSON.stringify({ scopes }) });
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
    const modules = new Map();
    window.require = createRequire(root, entry, modules);
    if (source === null) complain(entry + ' cannot be read.');
    else if (IS_MODULE.test(withoutComments(source))) runModules(root, entry);
    else if (mayCompile()) window.require('./index.js');
    else runPlain(entry);
  }

  recognizeThePagesObjects();
  askForPicturesAloud();
  furnish();
  try {
    const root = findRoot();
    if (root !== null) run(root);
  } catch (error) {
    reportError(error);
  }
})();

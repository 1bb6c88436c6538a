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
import { DEFAULT_URL, isSameServer, loopbackUrl, withoutSlash } from './addresses.js';
import { listen, placed, tag } from './browser.js';
import { getter, lenient, method, setter } from './classes.js';
import { readConfig } from './config.js';
import { write } from './console.js';
import { createTT, VERSION } from './create-tt.js';
import { DIRECTORY_SENTENCES } from './directory-sentences.js';
import { append } from './elements.js';
import { array, define, each, json, matches, string } from './language.js';
import { offerPanel } from './game-panel.js';
import { createLog } from './log.js';
import { apply, has, here, inPage, object, quietly, URL, URLSearchParams } from './natives.js';
import { createPhone } from './phone.js';
import { letEmptyPicturesBe, letPicturesBeRead } from './pictures.js';
import { noteListeners } from './screen.js';
import { SENTENCES } from './sentences.js';

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

function install() {
  window.createTT = createTT;
  if (has(window, 'tt') && window.tt) { // own: an element with id="tt" is not the platform
    write('info', SENTENCES.keptTT());
    return;
  }
  const query = new URLSearchParams(placed.search());
  const word = (name) => method.searchParams.get(query, 'tt-' + name);
  const { domain, openData, compat } = tag.data;
  const player = word('player') || tag.data.player;
  const world = word('world') || tag.data.world;
  const urls = readUrls(word('url'));
  const config = readConfig({
    url: urls.url || urls.tagUrl, player, world, domain, openData, compat,
    state: tag.state, // what the page's tt gives to the realm beside it
  });
  config.url = urls.url;
  const log = createLog(config);
  const { tt, sharedCanvas } = createPhone(config, log, tag.handover);
  window.tt = tt;
  changeClasses(urls.url, domain, log);
  if (compat === 'wx') window.wx = tt;
  if (domain === 'open') {
    recognize(tag.handover.classes);
    object.assign(tag.handover, { natives: natives(log), sentences: DIRECTORY_SENTENCES });
    return;
  }
  window.GameGlobal = window.GameGlobal || window;
  if (!has(window, 'sharedCanvas')) defineGlobal('sharedCanvas', sharedCanvas);
  offerPanel(config, log, word('panel') === '1');
  announce(urls, player || 'player-1', world || 'default', log);
}

if (typeof module === 'object' && module.exports) module.exports = { createTT, version: VERSION };
else if (inPage) install();
else here.createTT = createTT; // a worker, by importScripts

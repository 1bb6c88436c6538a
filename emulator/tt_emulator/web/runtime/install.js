import { globalsOf } from '#platform/config.js';
import { GLOBAL, MAKER } from '#platform/names.js';
import { DEFAULT_URL, isSameServer, loopbackUrl, withoutSlash } from './addresses.js';
import { listen, placed } from './browser.js';
import { getter, lenient, method, setter } from './classes.js';
import { readConfig } from './config.js';
import { write } from './console.js';
import { DIRECTORY_SENTENCES } from './directory-sentences.js';
import { append } from './elements.js';
import { array, define, each, json, matches, string } from './language.js';
import { offerPanel } from './game-panel.js';
import { createLog } from './log.js';
import { apply, has, here, object, quietly, URL, URLSearchParams } from './natives.js';
import { createPhone } from './phone.js';
import { letEmptyPicturesBe, letPicturesBeRead } from './pictures.js';
import { noteListeners } from './screen.js';
import { SENTENCES } from './sentences.js';
import { tag } from './tag.js';

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
export function install(maker) {
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

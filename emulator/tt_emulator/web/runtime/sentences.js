// What a developer reads in the console.
import { loopbackUrl } from './addresses.js';
import { pageOrigin, placed } from './browser.js';
import { getter } from './classes.js';
import { json, string } from './language.js';
import { inPage, quietly, URL } from './natives.js';

/** The command that starts an emulator where `url` leads. */
function startCommand(url) {
  const port = quietly(() => getter.url.port(new URL(url)), '');
  return 'tt-emulator start' + (port && port !== '8717' ? ' --port ' + port : '');
}

/** What a page needs beside a running emulator. */
function howToBeLetIn() {
  const allow = '--allow-origin ' + pageOrigin;
  if (!inPage) return '';
  if (pageOrigin !== 'null' && loopbackUrl(pageOrigin) !== null) { // always let in
    return ' · If it runs, look for a CORS error in this console: a library that was loaded before tt.js and sends cookies'
      + ' (credentials: "include", withCredentials) has the browser refuse the answers. Load tt.js before it.';
  }
  if (pageOrigin !== 'null' || placed.protocol() === 'file:') return ' · Does it let this page in? Allow it with: ' + allow;
  return ' · This frame is sandboxed: its origin is "null", which the emulator does not let in. Give the frame'
    + ' sandbox="allow-scripts allow-same-origin", or start with: ' + allow;
}

export const SENTENCES = {
  emulated: (url, player, world) => 'tt is emulated by ' + url + ': player ' + player + ', world ' + world + '.',
  keptTT: () => 'this page already has a tt: it is kept. To emulate, load tt.js first.',
  otherEmulator: (url, tagUrl) => 'tt-url in this page\'s address names ANOTHER server than the script tag: tt plays at '
    + url + ', and not at ' + tagUrl + '.',
  refusedUrl: (url) => 'tt-url in this page\'s address is ' + json.stringify(url) + ' and is REFUSED: a link must not make a page'
    + ' play with a stranger, so it may name loopback addresses alone, as http://127.0.0.1:8717. tt plays nowhere now: each call'
    + ' fails as without a network. Mend the address; for an emulator on another machine set data-url on the script tag.',
  refused: (api, reason) => 'tt.' + api + ' was refused: ' + reason,
  fault: (api, fault, word, url, world) => 'tt.' + api + ' met the armed fault ' + fault + (word ? ' (' + word + ')' : '')
    + '. To disarm: curl -X DELETE ' + url + '/__emulator/v1/faults' + (world === 'default' ? '' : ' -H X-Emulator-World:' + world),
  unknownWord: (word) => 'this tt.js knows no client fault ' + word + ': the game gets the plain reply.',
  unreadable: (api, url, body) => 'tt.' + api + ': the answer of ' + url + ' is not the expected JSON: '
    + json.stringify(string.slice(body, 0, 80)) + '. Does data-url name another server?',
  status: (api, url, status, why) => 'tt.' + api + ': ' + url + ' answered HTTP ' + status + '. '
    + (why || 'Does data-url name another server?'),
  silence: (api, url, why) => 'tt.' + api + ': no answer from ' + url + ' (' + why + '). Unless a fault did it:'
    + ' is the emulator running? Start it with: ' + startCommand(url) + howToBeLetIn(),
  noState: (url, why) => 'the state of the emulated phone could not be read from ' + url + ' (' + why
    + '): until this page is loaded again tt.getSystemInfoSync and tt.canIUse answer with defaults.'
    + ' Is the emulator running? Start it with: ' + startCommand(url) + howToBeLetIn(),
  noStream: (url, why) => 'the changes of the network cannot be heard from ' + url + ' (' + why + '): tried again each second.',
  noJson: (api, option) => 'tt.' + api + ': ' + option + ' cannot be JSON (a cycle, a BigInt?).',
  callback: (name, api) => 'the ' + name + ' callback of tt.' + api + ' threw:',
  thrown: () => 'in a page this would be uncaught:',
  listener: () => 'a listener of the network threw:',
  memoryOnly: () => 'this page may not use localStorage: what tt.setStorage keeps is gone when it is left.',
  originFull: (why) => 'this browser keeps no more for this origin (' + why + '), though the platform would.',
  pageFailed: (api, why) => 'tt.' + api + ' failed in the page itself, by no fault and no limit: ' + why,
  leftOut: (kind) => 'a ' + kind + ' in a message between the domains was left out: messages are copied.',
  unheard: (count) => 'nobody has listened to ' + count + ' messages between the domains: later ones are lost.',
  notLoaded: (url) => 'the open data domain does not run: ' + url + ' could not be loaded.',
  oneWay: () => 'tt.postMessage was called in the open data domain and the message is NOT delivered. On the platform messages go'
    + ' one way, from the main domain to this one. The setting two_way_messages delivers them.',
  fixedSize: (name) => '[tt-emulator] the shared canvas refuses a ' + name + ' from the open data domain: the setting strict_canvas'
    + ' is on, as in the platform\'s simulator.',
  failedPicture: (what, url) => what + ' of a picture that did not load (' + url + '): nothing is drawn, and the drawing goes on.'
    + ' A browser alone would throw here.',
  emptyCanvas: (what, width, height) => what + ' of a canvas of ' + width + ' × ' + height + ' pixels: nothing is drawn, and the'
    + ' drawing goes on. A browser alone would throw here.',
  cover: () => 'tt.createCanvas() made a canvas over the whole window, as this page has none. Touches go through it to the page'
    + ' below unless the game listens to them, by tt.onTouchStart or on the canvas; then it takes them all. (A listener that a'
    + ' library registers by what it kept before tt.js was loaded is not seen.) A <canvas> in the page would be taken instead.',
  panel: (why) => 'the panel of tt.getImRankList could not be drawn: ' + why + '.',
  noAds: (api) => 'there are no advertisements: what tt.' + api + ' made fails to load and to show.',
};

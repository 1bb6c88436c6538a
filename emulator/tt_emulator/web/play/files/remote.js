// The way to the emulator for what is in files.
import { atCrypto, fetch } from '../../runtime/browser.js';
import { lenient, method } from '../../runtime/classes.js';
import { array, each, intrinsic, json, string } from '../../runtime/language.js';
import { encodeURIComponent, here, methodsOf, Uint32Array, XMLHttpRequest } from '../../runtime/natives.js';
import { oneByteEach } from './bytes.js';

const OWN_FILES = '/__play/files/';
const PACKAGE_FILES = '/package/';
const ofResponse = methodsOf(here.Response, 'arrayBuffer json');
const ofRequest = methodsOf(XMLHttpRequest, 'overrideMimeType');

const addressOfFile = ({ root, path }) => (root === 'user' ? OWN_FILES + 'content?path=' + encodeURIComponent(path)
  : PACKAGE_FILES + array.join(array.map(string.split(path, '/'), (part) => encodeURIComponent(part)), '/'));

/** Who can guess it could hand in another file. */
export function uploadName() {
  const numbers = atCrypto.getRandomValues(new Uint32Array(4));
  return array.join(array.map([0, 1, 2, 3], (index) => method.number.toString(numbers[index], 36)), '-');
}

/** All of it for the player that the headers name. What fails is null, or a status; nothing throws or rejects. */
export function createRemote(headers) {
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

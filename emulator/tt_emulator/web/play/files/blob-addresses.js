// Pictures and sounds of the player's folder and of temporary files: a browser wants an address for them.
import { method } from '../../runtime/classes.js';
import { intrinsic } from '../../runtime/language.js';
import { here, Map, URL } from '../../runtime/natives.js';
import { filePlace } from './paths.js';
import { readTemporary } from './temporary.js';

const { Blob } = here;
const { createObjectURL, revokeObjectURL } = URL;

/** Whether it is a path that no browser knows: ttfile://user/… and ttfile://temp/… */
export function isFilePath(source) {
  const place = typeof source === 'string' ? filePlace(source) : null;
  return place !== null && place.root !== 'package';
}

/** (path) → a promise of a blob: URL of the file, null if there is none. The same one until the file is another. */
export function createBlobAddresses(listing, remote) {
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

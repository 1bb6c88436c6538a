// The files of tt.downloadFile and tt.uploadFile: what comes is kept below ttfile://temp, what goes is sent ahead of the call.
import { intrinsic } from '../../runtime/language.js';
import { uploadName } from './remote.js';
import { filePlace } from './paths.js';
import { keepTemporary, readTemporary } from './temporary.js';

/** What tt.js asks of the page; `parts()` are its {listing, remote}. */
export function createTransfers(parts) {
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

// What FileSystemManager tells of files, answered of the listing.
import { array, intrinsic, string } from '../../runtime/language.js';
import { copyOfBuffer, isEncoding, lengthOf, textIn } from './bytes.js';
import { Failure, textOption } from './failures.js';
import { filePlace, USER } from './paths.js';
import { savedItem, statsOf } from './stats.js';
import { readTemporary } from './temporary.js';

const nameOf = (path) => array.pop(string.split(path, '/'));

/** How each is answered: of what the game gave, by name, → the rest of the reply. All throw a Failure. */
export function createReads(listing, remote, hasRow) {
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

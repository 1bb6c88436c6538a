// Pictures whose src is a file of the player's.
import { define, intrinsic, reflect } from '../runtime/language.js';
import { apply, here, methodsOf, object, String } from '../runtime/natives.js';
import { isFilePath } from './files/blob-addresses.js';

const wanted = methodsOf(here.WeakMap, 'delete get has set');
const NOTHING = 'data:,'; // which is no picture: the error event comes

/** From now on pictures of this realm take such paths, and tell them when asked for their src. */
export function letPicturesShowFiles(blobAddress) {
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

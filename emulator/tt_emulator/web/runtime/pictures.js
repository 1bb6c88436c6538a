import { getter, lenient, method, setter } from './classes.js';
import { root } from './elements.js';
import { array, define, matches } from './language.js';
import { mappedUrl } from './mapped.js';
import { apply, here, object, quietly, URL, WeakSet } from './natives.js';
import { SENTENCES } from './sentences.js';

/** Pictures of the emulator's must not taint a canvas: games set nothing but src. In the realm in which this script runs. */
export function letPicturesBeRead(url) {
  const origin = quietly(() => getter.url.origin(new URL(url)), null);
  const asked = new WeakSet();
  const isOurs = (src) => quietly(() => {
    const address = new URL(src, getter.element.baseURI(root()));
    return getter.url.origin(address) === origin || matches(/^\/avatars\/[0-9a-f]{14}\b/, getter.url.pathname(address));
  }, false);
  const descriptor = object.getOwnPropertyDescriptor(here.HTMLImageElement.prototype, 'src');
  define(here.HTMLImageElement.prototype, 'src', {
    ...descriptor,
    set(src) {
      if (getter.image.crossOrigin(this) === null && isOurs(src)) {
        setter.image.crossOrigin(this, 'anonymous');
        method.weakSet.add(asked, this);
      } else if (method.weakSet.has(asked, this) && !isOurs(src)) {
        setter.image.crossOrigin(this, null); // another host may not allow it
        method.weakSet.delete(asked, this);
      }
      setter.image.src(this, mappedUrl(src, getter.element.baseURI(root())));
    },
  });
}

/**
 * A picture that did not load is drawn as nothing, and so is a canvas of no size: a browser throws there, and what
 * comes after it is never drawn.
 */
export function letEmptyPicturesBe({ prototype }, log) {
  array.forEach(['drawImage', 'createPattern'], (name) => {
    const { value, ...rest } = object.getOwnPropertyDescriptor(prototype, name);
    const safe = { [name](...given) {
      try {
        return apply(value, this, given);
      } catch (error) {
        const sentence = lenient.exception.name(error) === 'InvalidStateError' ? whyEmpty(name, given[0]) : null;
        if (sentence === null) throw error;
        log.say('warn', sentence);
        return name === 'createPattern' ? null : undefined;
      }
    } };
    define(prototype, name, { ...rest, value: safe[name] });
  });
}

/** What is said of a picture, of this or another realm, whose bytes came to nothing, or of a canvas without a size; else null. */
function whyEmpty(what, picture) {
  const isFailed = quietly(() => getter.image.complete(picture) && getter.image.naturalWidth(picture) === 0, false);
  if (isFailed) return SENTENCES.failedPicture(what, getter.image.src(picture));
  const { 0: width, 1: height } = quietly(() => [getter.canvas.width(picture), getter.canvas.height(picture)], []);
  return width === 0 || height === 0 ? SENTENCES.emptyCanvas(what, width, height) : null;
}

// Where an emulator may be.
import { getter } from './classes.js';
import { matches, string } from './language.js';
import { quietly, URL } from './natives.js';

export const DEFAULT_URL = 'http://127.0.0.1:8717';
const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** The emulator that a page's address may name, without a slash at its end; null for any other. */
export function loopbackUrl(text) {
  const url = quietly(() => new URL(text), null);
  const isLoopback = url !== null && matches(/^https?:$/, getter.url.protocol(url)) && matches(LOOPBACK, getter.url.hostname(url));
  return isLoopback ? getter.url.origin(url) + withoutSlash(getter.url.pathname(url)) : null;
}

export function withoutSlash(url) {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return string.slice(url, 0, end);
}

export const isSameServer = (url, other) => {
  const samePort = getter.url.port(new URL(url)) === getter.url.port(new URL(other));
  return url === other || (samePort && loopbackUrl(url) !== null && loopbackUrl(other) !== null);
};

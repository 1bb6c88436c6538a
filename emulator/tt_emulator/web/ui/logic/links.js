/** Addresses for somebody else: of the game, and of this page. */

/**
 * A game's page that is played by `player` in `world`. `page` is empty for what `origin` shows itself, a path on the
 * emulator, or a whole address. Throws a TypeError for what is no address.
 */
export function gameLink(origin, { page, player, world }) {
  const address = new URL(page.trim() || '/', origin);
  if (!/^https?:$/.test(address.protocol)) throw new TypeError('neither http nor https');
  if (player) address.searchParams.set('tt-player', player);
  if (world !== 'default') address.searchParams.set('tt-world', world);
  return address.href;
}

/** This page, for a colleague; with the token it opens without asking. */
export function pageLink(origin, { world, token }) {
  const query = world === 'default' ? '' : `?world=${encodeURIComponent(world)}`;
  return `${origin}/__emulator/ui/${query}${token ? `#token=${encodeURIComponent(token)}` : ''}`;
}

/** Whether other machines can use an address of that host. */
export const isLoopback = (hostname) => /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

/** Whether an address can name that player: a browser takes these two for steps in the path, also percent-encoded. */
export const fitsPath = (openid) => openid !== '.' && openid !== '..';

/** Whether an address can name that snapshot: a slash divides a path, also percent-encoded. */
export const fitsSegment = (name) => fitsPath(name) && !name.includes('/');

/** A part of an address as text, as it stands if somebody has typed it wrongly. */
export function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

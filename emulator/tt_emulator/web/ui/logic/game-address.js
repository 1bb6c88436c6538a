/** Where the game is, for whoever sees this page: another port of the same host, which may be a name or an address. */

/** The origin of the game that the server knows at `gameUrl`, for a page at `hostname`. */
export function gameOrigin(gameUrl, hostname) {
  const url = new URL(gameUrl);
  url.hostname = hostname;
  return url.origin;
}

/** The query of a page with these of its words changed; null takes one away. */
export function withQuery(search, changes) {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return String(query) ? `?${query}` : '';
}

// Hosts for which something of this machine answers: see `tt-emulator play --map`.
import { getter } from './classes.js';
import { array, matches } from './language.js';
import { quietly, String, URL } from './natives.js';
import { tag } from './tag.js';

/** Below it the game's own origin answers for them: the page of a game asks nobody else. */
const MAPPED = '/__play/mapped/';

function mappedTo(url, base, hosts) {
  const parts = new URL(String(url), base);
  const protocol = getter.url.protocol(parts);
  const host = getter.url.host(parts);
  const isMapped = matches(/^https?:$/, protocol) && (array.includes(hosts, host) || array.includes(hosts, getter.url.hostname(parts)));
  if (!isMapped) return url;
  const scheme = protocol === 'https:' ? 'https/' : 'http/';
  return MAPPED + scheme + host + getter.url.pathname(parts) + getter.url.search(parts);
}

/** The address at which the page gets what is at `url`: of a host that is mapped one of its own origin, else the same. */
export function mappedUrl(url, base) {
  const hosts = (tag.realm && tag.realm.mapped) || [];
  return hosts.length === 0 ? url : quietly(() => mappedTo(url, base, hosts), url);
}

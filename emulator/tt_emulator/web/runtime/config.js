import { ownConfig } from '#platform/config.js';
import { DEFAULT_URL, withoutSlash } from './addresses.js';
import { DOMAINS } from './domains.js';
import { each, string } from './language.js';
import { encodeURIComponent, has, here, quietly, String, TypeError } from './natives.js';
import { SENTENCES } from './sentences.js';

export function readConfig(options) {
  const given = options || {};
  const env = quietly(() => here.process.env.TT_EMULATOR_URL);
  const headers = {};
  each({ World: 'default', Player: 'player-1', Domain: 'main' }, (name, otherwise) => {
    const option = string.toLowerCase(name);
    const value = given[option] || otherwise;
    if (typeof value !== 'string') {
      throw new TypeError(SENTENCES.noString(option, typeof value));
    }
    headers['X-Emulator-' + name] = encodeURIComponent(value);
  });
  const token = given.token || (given.url ? '' : quietly(() => here.process.env.TT_EMULATOR_TOKEN)); // it goes to no other server
  if (token) {
    if (typeof token !== 'string') throw new TypeError(SENTENCES.noString('token', typeof token));
    headers.Authorization = 'Bearer ' + token;
  }
  const own = ownConfig(given);
  const { state, openData, domain = 'main' } = given;
  if (!has(DOMAINS, domain)) {
    throw new TypeError(SENTENCES.noSuchDomain(domain));
  }
  const url = withoutSlash(String(given.url || env || DEFAULT_URL));
  return { url, token, headers, domain, state, openData, ...own };
}

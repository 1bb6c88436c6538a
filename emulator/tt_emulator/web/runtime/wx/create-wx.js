import { readConfig } from '../config.js';
import { createLog } from '../log.js';
import { createPhone } from '../phone.js';

/**
 * A `wx` of its own player: {url, player, world, domain: 'main' | 'open', state, openData}, all optional.
 * Some asynchronous methods return a promise if they get none of the callbacks, the others undefined.
 */
export function createWX(options) {
  const config = readConfig(options);
  return createPhone(config, createLog(config)).platform;
}

import { readConfig } from '../config.js';
import { createLog } from '../log.js';
import { createPhone } from '../phone.js';

/**
 * A `tt` of its own player: {url, player, world, domain: 'main' | 'open', state, openData, compat}, all optional.
 * Asynchronous methods return undefined: the platform's promise is optional, games pass callbacks,
 * and a rejected promise that nobody holds would end a Node process.
 */
export function createTT(options) {
  const config = readConfig(options);
  return createPhone(config, createLog(config)).platform;
}

// What is known without a call.
import { lenient } from './classes.js';
import { reasonOf } from './console.js';
import { each, json } from './language.js';
import { Error, Object, XMLHttpRequest } from './natives.js';
import { SENTENCES } from './sentences.js';

/**
 * What GET /tt/state says. Read once, and synchronously: it must be there before the next line of the
 * game runs. In Node, which cannot do that, the caller of createTT gives it.
 */
export function readState(config, log) {
  if (config.state || !XMLHttpRequest || config.url === null) return config.state || {};
  try {
    const request = new XMLHttpRequest();
    lenient.request.open(request, 'GET', config.url + '/tt/state', false);
    each(config.headers, (name, value) => lenient.request.setRequestHeader(request, name, value));
    lenient.request.send(request);
    const status = lenient.request.status(request);
    if (status === 200) return Object(json.parse(lenient.request.responseText(request)));
    throw new Error('HTTP ' + status);
  } catch (error) {
    log.say('warn', SENTENCES.noState(config.url, reasonOf(error)));
    return {};
  }
}

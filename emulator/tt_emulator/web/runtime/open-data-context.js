import { ownAttributes } from '#platform/config.js';
import { SCRIPT } from '#platform/names.js';
import { furnishShared } from '#platform/shared-canvas.js';
import { listen, ownRealm, sharedClasses } from './browser.js';
import { getter, method, setter } from './classes.js';
import { append, canvasOf, create, element, root, setStyle } from './elements.js';
import { array, each } from './language.js';
import { locale } from './locale.js';
import { createChannel } from './messages.js';
import { apply, decodeURIComponent, Object, object, Proxy, URL } from './natives.js';
import { asObject } from './passed.js';
import { SENTENCES } from './sentences.js';
import { tag } from './tag.js';
import { touchMembers } from './touches.js';

/**
 * A realm of the page's own origin, in which the scripts of `tags` run one after the other. It stands
 * beside the screen, as large as the page (not drawn, it would have no animation frames), in a closed
 * shadow tree: so it is not among the page's frames.
 */
function createRealm(tags, log) {
  const host = create('div');
  const frame = element('iframe', { tabindex: '-1', 'aria-hidden': 'true' });
  setStyle(host, { position: 'fixed', left: '-200vw', top: '0', width: '100vw', height: '100vh' });
  setStyle(frame, { width: '100%', height: '100%', border: '0' });
  listen(frame, 'load', () => { // in Chromium within append; before it, others have another document
    const inner = getter.frame.contentDocument(frame);
    array.forEach(tags, ({ attributes, members }) => {
      const script = object.assign(method.document.createElement(inner, 'script'), members);
      setter.script.async(script, false);
      each(attributes, (name, value) => method.element.setAttribute(script, name, value));
      listen(script, 'error', () => log.say('error', SENTENCES.notLoaded(attributes.src)));
      append(getter.document.head(inner), [script]);
    });
  }, { __proto__: null, once: true });
  append(method.element.attachShadow(host, { __proto__: null, mode: 'closed' }), [frame]);
  append(root(), [host]);
  return getter.frame.contentWindow(frame);
}

/**
 * The main domain's side: the shared canvas, and `get`, which is getOpenDataContext. The realm is made at the first
 * use. `outbox` is the way back out of it.
 */
export function createContext(config, state, phone, touches, log) {
  const outbox = createChannel(ownRealm, log);
  let context = null;

  function open(options) {
    const canvas = canvasOf(phone.canvasSize());
    const besides = (name) => getter.url.href(new URL(name, tag.src || config.url + '/'));
    const nonce = tag.nonce ? { nonce: tag.nonce } : {};
    const of = (name) => decodeURIComponent(config.headers['X-Emulator-' + name]);
    const { script = 'open-data.js', members } = Object(tag.realm);
    const token = config.token ? { 'data-token': config.token } : {};
    const data = { ...token, 'data-url': config.url, 'data-world': of('World'), 'data-player': of('Player'), 'data-domain': 'open', ...ownAttributes(config) };
    const handover = {
      canvas, outbox, classes: sharedClasses, directory: config.openData, locale, isRefused: config.url === null,
      isStrict: state.strict_canvas === true, isTwoWay: state.two_way_messages === true, ...phone.handedOver,
    };
    furnishShared(canvas, asObject(options), state, phone, log);
    const made = createRealm([
      { attributes: { src: besides(SCRIPT), ...nonce, ...data }, members: { state, handover } },
      { attributes: { src: besides(script), ...nonce }, members: { handover, ...members } },
    ], log) || ownRealm; // jsdom runs no frames
    handover.inbox = createChannel(made, log);
    handover.touches = touchMembers(touches, made, log);
    return object.freeze({ canvas, postMessage: handover.inbox.post });
  }

  const get = (options) => (context = context || open(options));
  return { get, outbox };
}

/** The canvas, to which the open data domain may not give a size: `refuse(name)` instead. */
export function withFixedSize(canvas, refuse) {
  return new Proxy(canvas, {
    __proto__: null,
    get(target, name) {
      const value = target[name];
      return typeof value === 'function' ? (...given) => apply(value, target, given) : value;
    },
    set(target, name, value) {
      if (name === 'width' || name === 'height') refuse(name);
      else target[name] = value;
      return true;
    },
  });
}

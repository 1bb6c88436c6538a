// What engines want of a page beside what libs/adapter.js has made: classes, events, and files by XMLHttpRequest and fetch.
const { document, navigator } = GameGlobal;
const screen = document.getElementById('screen');
const files = platform.getFileSystemManager();

function withListeners(target) {
  const listeners = {};
  target.addEventListener = (type, listener) => { (listeners[type] = listeners[type] || []).push(listener); };
  target.removeEventListener = (type, listener) => {
    listeners[type] = (listeners[type] || []).filter((each) => each !== listener);
  };
  target.dispatchEvent = (event) => {
    (listeners[event.type] || []).slice().forEach((listener) => {
      if (typeof listener === 'function') listener.call(target, event);
      else listener.handleEvent(event);
    });
    return true;
  };
  return target;
}

const EDGES = {};
['padding', 'border'].forEach((kind) => ['Left', 'Top', 'Right', 'Bottom'].forEach((side) => {
  EDGES[kind + side + (kind === 'border' ? 'Width' : '')] = '0px';
}));

const tree = (element) => Object.assign(element, {
  parentNode: null,
  remove() {},
  removeChild() {},
  canPlayType: () => '', // no video, no sound
  insertBefore() {},
  setAttribute() {},
  contains: () => true,
  getBoundingClientRect: () => ({
    x: 0, y: 0, left: 0, top: 0, width: innerWidth, height: innerHeight, right: innerWidth, bottom: innerHeight,
  }),
});

const { createElement } = document;
withListeners(GameGlobal);
withListeners(tree(document));
[document.body, document.documentElement].forEach((each) => withListeners(tree(each)));
document.body.clientWidth = innerWidth;
document.body.clientHeight = innerHeight;
Object.assign(document, {
  readyState: 'complete',
  baseURI: '',
  defaultView: GameGlobal,
  visibilityState: 'visible',
  hidden: false,
  head: withListeners(tree(createElement('head'))),
  fonts: { add() {}, ready: Promise.resolve() },
  querySelector: () => null,
  querySelectorAll: () => [],
  getElementsByTagName: () => [],
  createElementNS: (space, name) => document.createElement(name),
  hasFocus: () => true,
  createElement(name) {
    const made = createElement(name.toLowerCase());
    return made.tagName === name.toUpperCase() && !made.addEventListener ? withListeners(tree(made)) : made;
  },
});

// the screen's own would be the browser's: what engines register there, the platform's touches reach
withListeners(screen);
Object.assign(screen, { getBoundingClientRect: document.getBoundingClientRect, focus() {} });
Object.defineProperty(screen, 'clientWidth', { get: () => innerWidth });
Object.defineProperty(screen, 'clientHeight', { get: () => innerHeight });

const { constructor: Canvas } = screen;
const { constructor: Picture } = platform.createImage();
GameGlobal.Image.prototype = Picture.prototype; // for `instanceof`
class Event { constructor(type) { this.type = type; } preventDefault() {} stopPropagation() {} composedPath() { return [screen, document, GameGlobal]; } }
class TouchEvent extends Event {}
class MouseEvent extends Event {}
class Element {}

class XMLHttpRequest {
  constructor() { withListeners(this); this.readyState = 0; this.status = 0; }
  open(method, url) { this.url = url; }
  overrideMimeType() {}
  setRequestHeader() {}
  getResponseHeader() { return null; }
  abort() {}
  tell(type) {
    const event = Object.assign(new Event(type), { target: this });
    if (this['on' + type]) this['on' + type](event);
    this.dispatchEvent(event);
  }
  send() {
    const isBinary = this.responseType === 'arraybuffer';
    files.readFile({
      filePath: this.url,
      ...(!isBinary && { encoding: 'utf8' }),
      success: ({ data }) => {
        this.response = this.responseType === 'json' ? JSON.parse(data) : data;
        this.responseText = isBinary ? '' : data;
        Object.assign(this, { status: 200, readyState: 4 });
        this.tell('load');
      },
      fail: () => this.tell('error'),
    });
  }
}

const fetch = (url) => new Promise((resolve, reject) => {
  files.readFile({
    filePath: url,
    success: ({ data }) => resolve({ ok: true, status: 200, arrayBuffer: async () => data }),
    fail: ({ errMsg }) => reject(new TypeError(errMsg)),
  });
});

Object.assign(navigator, { maxTouchPoints: 5, platform: 'Android' });
Object.assign(GameGlobal, {
  Event, TouchEvent, MouseEvent, Element, HTMLElement: Element, XMLHttpRequest, fetch,
  HTMLImageElement: Picture, HTMLCanvasElement: Canvas,
  HTMLVideoElement: class {}, Node: Element, WheelEvent: class extends MouseEvent {},
  ontouchstart: null,
  location: { href: '', origin: '', protocol: 'https:', hostname: '', host: '', pathname: '/game.js', search: '' },
  screen: { width: innerWidth, height: innerHeight, orientation: { type: 'portrait-primary' } },
  scrollX: 0, scrollY: 0, pageXOffset: 0, pageYOffset: 0,
  getComputedStyle: () => ({ width: innerWidth + 'px', height: innerHeight + 'px', ...EDGES }),
  matchMedia: () => ({ matches: false, addEventListener() {}, addListener() {} }),
  focus() {}, parent: GameGlobal, top: GameGlobal,
});

const follow = (listenTo, type) => listenTo(({ touches, changedTouches }) => {
  const whole = (touch) => ({ ...touch, target: screen, screenX: touch.clientX, screenY: touch.clientY, radiusX: 1, radiusY: 1, force: 1 });
  const event = Object.assign(new TouchEvent(type), {
    target: screen, currentTarget: screen, cancelable: true, bubbles: true,
    touches: touches.map(whole), targetTouches: touches.map(whole), changedTouches: changedTouches.map(whole),
  });
  screen.dispatchEvent(event);
  document.dispatchEvent(event);
  GameGlobal.dispatchEvent(event);
});
follow(platform.onTouchStart, 'touchstart');
follow(platform.onTouchMove, 'touchmove');
follow(platform.onTouchEnd, 'touchend');
follow(platform.onTouchCancel, 'touchcancel');

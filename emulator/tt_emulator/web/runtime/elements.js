// What the platform draws over the game is made of.
import { listen } from './browser.js';
import { getter, method, setter } from './classes.js';
import { array, each } from './language.js';
import { CSSStyleSheet, WeakSet } from './natives.js';

// What tt.js draws over the game; fingers there are not the game's.
export const overlays = new WeakSet();

const OVERLAY_STYLE = `
  :host { position: fixed; inset: 0; z-index: 2147483647; font: 16px/1.5 sans-serif; color: #161823; }
  :host(.passing) { pointer-events: none; }
  * { box-sizing: border-box; margin: 0; }
  .shade { position: absolute; inset: 0; background: rgba(0, 0, 0, .5); }
  .card { position: absolute; left: 50%; top: 50%; transform: translate(-50%, -50%); width: min(92%, 22rem);
    max-height: 86%; display: flex; flex-direction: column; background: #fff; border-radius: 12px; overflow: hidden; }
  .card:focus { outline: none; }
  header, footer, li { display: flex; align-items: center; gap: .6rem; padding: .6rem 1rem; }
  header { border-bottom: 1px solid #eee; }
  footer { border-top: 1px solid #eee; }
  h2 { font-size: 1.1rem; flex: 1; }
  small { color: #71727a; }
  p { padding: 1rem; }
  ol { flex: 1; overflow-y: auto; padding: 0; list-style: none; }
  li span:nth-child(1) { min-width: 1.6rem; }
  li span:nth-last-child(2) { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  img { width: 2rem; height: 2rem; border-radius: 50%; }
  button { font: inherit; color: inherit; flex: 1; padding: .3rem .8rem; border: 0; border-radius: 6px; background: #f1f1f2; cursor: pointer; }
  button[aria-pressed="true"], .main { background: #fe2c55; color: #fff; }
  .close { flex: none; }
  .keyboard { position: absolute; left: 0; right: 0; bottom: 0; background: #fff; pointer-events: auto; }
  .field { font: inherit; color: inherit; flex: 1; min-width: 0; padding: .3rem .6rem; border: 1px solid #ccc; border-radius: 6px; }
  .toast { position: absolute; left: 50%; top: 45%; transform: translate(-50%, -50%); padding: .6rem 1rem;
    border-radius: 8px; background: rgba(0, 0, 0, .75); color: #fff; text-align: center; }
  .toast b, .toast i { display: block; margin: 0 auto .3rem; font-size: 1.6rem; line-height: 1.2; }
  .spinner { width: 1.6rem; height: 1.6rem; border: 3px solid rgba(255, 255, 255, .35); border-top-color: #fff; border-radius: 50%;
    animation: turn 1s linear infinite; }
  @keyframes turn { 100% { transform: rotate(360deg); } }`;

export const create = (name) => method.document.createElement(document, name);
export const root = () => getter.document.documentElement(document);

export function append(parent, parts) {
  array.forEach(parts, (part) => method.element.appendChild(parent,
    typeof part === 'string' ? method.document.createTextNode(document, part) : part));
}

/** An element with these attributes; a function among them listens to the event of its name. */
export function element(name, attributes, parts = []) {
  const made = create(name);
  each(attributes, (attribute, value) => {
    if (typeof value === 'function') listen(made, attribute, value);
    else method.element.setAttribute(made, attribute, value);
  });
  append(made, parts);
  return made;
}

export const button = (label, click, attributes) => element('button', { type: 'button', click, ...attributes }, [label]);

/** Property by property, which a Content-Security-Policy allows, and a style attribute it does not. */
export function setStyle(made, properties) {
  const style = getter.element.style(made);
  each(properties, (name, value) => method.style.setProperty(style, name, value));
}

/** {host, shadow}: an element for what is drawn over the game, not yet in the page, and its closed shadow tree of that style. */
export function shadowOf(style, className = '') {
  const host = element('div', { class: className });
  const shadow = method.element.attachShadow(host, { __proto__: null, mode: 'closed' });
  const sheet = new CSSStyleSheet(); // which a Content-Security-Policy allows
  method.sheet.replaceSync(sheet, style);
  const sheets = getter.root.adoptedStyleSheets(shadow);
  if (sheets) array.push(sheets, sheet); // jsdom has none
  method.weakSet.add(overlays, host);
  return { host, shadow };
}

/** Shows `parts` over the game; → a function that takes them away. */
export function overlay(parts, className = '') {
  const { host, shadow } = shadowOf(OVERLAY_STYLE, className);
  append(shadow, parts);
  append(root(), [host]);
  const focus = method.root.querySelector(shadow, '.main') || method.root.querySelector(shadow, 'button');
  if (focus) method.element.focus(focus);
  return () => method.element.remove(host);
}

/** A canvas of that {width, height}; as the browser makes it where there is none. */
export function canvasOf(size) {
  const canvas = create('canvas');
  if (size) {
    setter.canvas.width(canvas, size.width);
    setter.canvas.height(canvas, size.height);
  }
  return canvas;
}

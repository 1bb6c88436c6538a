// What testers see over the game: a round button, which opens switches and last calls.
import { view } from './browser.js';
import { getter, method, setter } from './classes.js';
import { append, element, root, setStyle, shadowOf } from './elements.js';
import { array, each, json, string } from './language.js';
import { Date, has, object, String } from './natives.js';
import { PANEL_SENTENCES } from './panel-sentences.js';

const KNOB_PX = 48;
const EDGE_PX = 8;
const STYLE = `
  :host { position: fixed; inset: 0; z-index: 2147483647; pointer-events: none; font: 15px/1.4 sans-serif; color: #161823; color-scheme: light;
    --ground: #fff; --soft: #5c5e66; --line: #e3e3e6; --on: #c81e43; --good: #0a6b3d; }
  * { box-sizing: border-box; margin: 0; }
  summary { position: fixed; right: ${EDGE_PX}px; top: 40%; width: ${KNOB_PX}px; height: ${KNOB_PX}px; display: grid; place-items: center;
    list-style: none; border: 2px solid #fff; border-radius: 50%; background: rgba(22, 24, 35, .75); pointer-events: auto; cursor: pointer;
    touch-action: none; user-select: none; -webkit-user-select: none; -webkit-tap-highlight-color: transparent; }
  summary::-webkit-details-marker { display: none; }
  svg { width: 24px; height: 24px; fill: none; stroke: #fff; stroke-width: 2; stroke-linecap: round; }
  .close, [open] .open { display: none; }
  [open] .close { display: block; }
  [open] summary { right: calc(${EDGE_PX}px + env(safe-area-inset-right)); top: auto !important; left: auto !important;
    bottom: calc(min(72%, 34rem) - ${KNOB_PX + EDGE_PX}px); z-index: 1; }
  section { position: fixed; left: 0; right: 0; bottom: 0; height: min(72%, 34rem); max-width: 34rem; margin: 0 auto; overflow-y: auto;
    overscroll-behavior: contain; touch-action: pan-y; pointer-events: auto; background: var(--ground); border-radius: 14px 14px 0 0;
    box-shadow: 0 -2px 16px rgba(0, 0, 0, .35); scroll-padding-top: 60px; padding: 0 16px calc(16px + env(safe-area-inset-bottom)); }
  @media (min-width: 34rem) { [open] summary { right: calc(50% - 17rem + ${EDGE_PX}px); } }
  h2 { position: sticky; top: 0; z-index: 1; margin: 0 -16px; padding: 18px ${KNOB_PX + 2 * EDGE_PX}px 14px 16px; font-size: 18px;
    background: var(--ground); }
  h3 { font-size: 15px; margin: 16px 0 4px; }
  p { color: var(--soft); font-size: 13px; }
  p.status { color: var(--on); margin: 8px 0 0; }
  p.status:empty { display: none; }
  label { display: flex; align-items: center; gap: 12px; min-height: 44px; border-bottom: 1px solid var(--line); cursor: pointer; }
  label span { flex: 1; }
  input { appearance: none; -webkit-appearance: none; position: relative; flex: none; width: 44px; height: 26px; border-radius: 13px;
    border: 1px solid var(--soft); background: transparent; cursor: inherit; }
  input::before { content: ''; position: absolute; left: 3px; top: 3px; width: 18px; height: 18px; border-radius: 50%; background: var(--soft); }
  input:checked { background: var(--on); border-color: var(--on); }
  input:checked::before { left: 21px; background: #fff; }
  section:focus { outline: none; }
  summary:focus-visible, input:focus-visible { outline: 3px solid #2f7df6; outline-offset: 2px; }
  ol { list-style: none; padding: 0; }
  li { display: grid; grid-template-columns: 1fr auto; gap: 0 12px; padding: 6px 0; border-bottom: 1px solid var(--line); font-size: 13px; }
  li > * { overflow-wrap: anywhere; }
  b { font-weight: 600; }
  small { font-size: 13px; color: var(--soft); text-align: right; font-variant-numeric: tabular-nums; }
  .bad { color: var(--on); }
  .good { color: var(--good); }
  @media (prefers-color-scheme: dark) {
    :host { color: #f2f2f4; color-scheme: dark; --ground: #1d1f27; --soft: #b3b5bd; --line: #363842; --on: #ff6b88; --good: #4fd08f; }
  }
  @media (forced-colors: active) { input, summary, section { border: 2px solid; } input:checked::before { background: Highlight; } }`;

const SVG = 'http://www.w3.org/2000/svg';
const SLIDERS = 'M4 7h9m4 0h3M4 17h3m4 0h9M15 4.5v5M9 14.5v5';
const CROSS = 'M6 6l12 12M18 6L6 18';

function iconOf(path, name) {
  const made = method.document.createElementNS(document, SVG, 'svg');
  const line = method.document.createElementNS(document, SVG, 'path');
  each({ viewBox: '0 0 24 24', 'aria-hidden': 'true', class: name }, (attribute, value) => method.svg.setAttribute(made, attribute, value));
  method.svg.setAttribute(line, 'd', path);
  append(made, [line]);
  return made;
}

const twoDigits = (number) => string.slice('0' + String(number), -2);

/** The time of day at the tester's, of an ISO date. */
export function timeOfDay(iso) {
  const at = new Date(iso);
  return array.join(array.map([method.date.getHours(at), method.date.getMinutes(at), method.date.getSeconds(at)], twoDigits), ':');
}

/** {api, outcome, isBad, took, time}: the words of a call that the emulator tells of. */
export function wordsOf({ api, outcome, code, duration_ms: ms, received_at: received }) {
  const isOver = outcome !== null;
  return {
    api, time: timeOfDay(received), isBad: isOver && outcome !== 'ok',
    outcome: (isOver ? outcome : PANEL_SENTENCES.underWay()) + (code === null ? '' : ' ' + String(code)),
    took: ms === null ? '' : method.number.toFixed(ms, ms < 10 ? 1 : 0) + ' ms',
  };
}

function rowOf(call) {
  const { api, outcome, isBad, took, time } = wordsOf(call);
  return element('li', {}, [element('b', {}, [api]), element('small', {}, [time]),
    element('span', { class: isBad ? 'bad' : 'good' }, [outcome]), element('small', {}, [took])]);
}

/** Where the button is to stand, wholly within a window of that size. */
export const atEdge = (at, size) => {
  const most = size - KNOB_PX - EDGE_PX;
  const least = at > EDGE_PX ? at : EDGE_PX;
  return least < most ? least : most;
};

/** {host, update, tell, open, close, isOpen, place, moveTo}: the panel, drawn; `turned(name, on)` and `toggled()` tell what testers did. */
export function drawPanel({ turned, toggled }) {
  const boxes = object.create(null);
  const switches = element('div', { role: 'group', 'aria-label': PANEL_SENTENCES.switches() });
  const calls = element('div', {});
  const status = element('p', { class: 'status', role: 'status' });
  const knob = element('summary', { 'aria-label': PANEL_SENTENCES.title() }, [iconOf(SLIDERS, 'open'), iconOf(CROSS, 'close')]);
  const details = element('details', { toggle: toggled }, [knob,
    element('section', { tabindex: '-1', 'aria-label': PANEL_SENTENCES.title() }, [
      element('h2', {}, [PANEL_SENTENCES.title()]), element('p', {}, [PANEL_SENTENCES.hint()]), status,
      element('h3', {}, [PANEL_SENTENCES.switches()]), switches,
      element('h3', {}, [PANEL_SENTENCES.calls()]), calls])]);
  const { host, shadow } = shadowOf(STYLE);
  append(shadow, [details]);
  append(root(), [host]);
  let drawn = '';

  function boxOf(name) {
    const title = has(PANEL_SENTENCES, name) ? PANEL_SENTENCES[name]() : name;
    const box = element('input', { type: 'checkbox', role: 'switch', change: () => turned(name, getter.input.checked(box)) });
    append(switches, [element('label', {}, [element('span', {}, [title]), box])]);
    return box;
  }
  function drawCalls(told) {
    const text = json.stringify(told);
    if (text === drawn) return; // what a screen reader reads stays in place
    drawn = text;
    const latestFirst = array.reduce(told, (rows, call) => array.concat([rowOf(call)], rows), []);
    method.element.replaceChildren(calls);
    append(calls, [told.length > 0 ? element('ol', {}, latestFirst) : element('p', {}, [PANEL_SENTENCES.noCalls()])]);
  }
  return {
    host,
    isOpen: () => getter.details.open(details),
    open: () => setter.details.open(details, true),
    close() {
      setter.details.open(details, false);
      method.element.focus(knob);
    },
    /** What the emulator told. */
    update(told) {
      array.forEach(told.switches, ({ switch: name, on }) => {
        boxes[name] = boxes[name] || boxOf(name);
        setter.input.checked(boxes[name], on);
      });
      drawCalls(told.calls);
    },
    tell(words) { method.element.replaceChildren(status, words); },
    place() {
      const rect = method.element.getBoundingClientRect(knob);
      return { left: getter.rect.left(rect), top: getter.rect.top(rect) };
    },
    moveTo({ left, top }) {
      setStyle(knob, {
        left: String(atEdge(left, view.innerWidth())) + 'px', top: String(atEdge(top, view.innerHeight())) + 'px', right: 'auto',
      });
    },
  };
}

import { listen } from './browser.js';
import { getter, method } from './classes.js';
import { array, matches, string } from './language.js';
import { here, Map } from './natives.js';

// All that fingers, mouse, keys and the focus make go through shadow trees to the page.
const HEARD = 'pointerdown pointermove pointerup pointercancel pointerover pointerout pointerenter pointerleave pointerrawupdate'
  + ' gotpointercapture lostpointercapture mousedown mousemove mouseup mouseover mouseout mouseenter mouseleave click dblclick auxclick'
  + ' contextmenu touchstart touchmove touchend touchcancel wheel keydown keypress keyup beforeinput input focus blur focusin focusout'
  + ' dragstart selectstart';
const PASSIVE = /^(touch|wheel)/; // else the browser waits for us before it scrolls
const DOWN = /down$/;
const UP = /^(pointerup|pointercancel|mouseup)$/;

const pointerOf = (type, event) => {
  if (matches(/^pointer(down|move|up|cancel)$/, type)) return getter.pointer.pointerId(event);
  return matches(/^mouse(down|move|up)$/, type) ? 'mouse' : null;
};

/**
 * Hears the page's events before the game does: `passed(type, event)` what is the game's, and `own(type, event)` what befalls
 * `host()`, an element of ours; of that the game hears nothing. A press belongs until its end to where it began. What a browser
 * does by itself on an event, as a click on a checkbox, it does nevertheless: `change` and `toggle` stay in a shadow tree.
 * That the selection changed is the document's own event, and tells nobody where: it stays the game's.
 */
export function hearFirst(host, own, passed) {
  const pressed = new Map(); // by pointer, whether it is ours

  function isOwn(type, event) {
    const isThere = getter.event.target(event) === host();
    const pointer = pointerOf(type, event);
    if (pointer === null) return isThere;
    if (matches(DOWN, type)) method.map.set(pressed, pointer, isThere);
    const isOurs = method.map.has(pressed, pointer) ? method.map.get(pressed, pointer) : isThere;
    if (matches(UP, type)) method.map.delete(pressed, pointer);
    return isOurs;
  }
  const hear = (type) => (event) => {
    if (host() === null || !isOwn(type, event)) {
      passed(type, event);
      return;
    }
    method.event.stopImmediatePropagation(event);
    own(type, event);
  };
  if (!here.PointerEvent) return;
  array.forEach(string.split(HEARD, ' '), (type) => {
    listen(window, type, hear(type), { __proto__: null, capture: true, passive: matches(PASSIVE, type) });
  });
}

import { getter, method } from './classes.js';
import { Map } from './natives.js';

const FINGERS = 3;
const TAP_MS = 600; // from the first finger on the screen to the last one off it
const REST_PX = 30; // fingers that rest are never quite still

/** hear(type, {id, x, y, timeMs}) of pointers that touch; `tapped` is called when three at once came and went. */
export function createThreeFingers(tapped) {
  const down = new Map(); // where each finger began
  let beganMs = 0;
  let most = 0;
  let isTap = false;

  function press({ id, x, y, timeMs }) {
    if (getter.map.size(down) === 0) {
      beganMs = timeMs;
      most = 0;
      isTap = true;
    }
    method.map.set(down, id, { x, y });
    if (getter.map.size(down) > most) most = getter.map.size(down);
  }
  function move({ id, x, y }) {
    const began = method.map.get(down, id);
    if (began && (x - began.x) ** 2 + (y - began.y) ** 2 > REST_PX ** 2) isTap = false;
  }
  function leave({ id, timeMs }, isCancelled) {
    if (!method.map.delete(down, id)) return;
    if (isCancelled) isTap = false;
    if (getter.map.size(down) === 0 && isTap && most === FINGERS && timeMs - beganMs <= TAP_MS) tapped();
  }
  return function hear(type, finger) {
    if (type === 'pointerdown') press(finger);
    else if (type === 'pointermove') move(finger);
    else leave(finger, type === 'pointercancel');
  };
}

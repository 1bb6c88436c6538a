// What befalls a phone and its window.
import { listen } from './browser.js';
import { getter } from './classes.js';
import { array } from './language.js';
import { reportError } from './natives.js';
import { createSignal } from './signals.js';

const NAMES = ['AccelerometerChange', 'AudioInterruptionBegin', 'AudioInterruptionEnd', 'DeviceOrientationChange', 'GyroscopeChange',
  'KeyboardComplete', 'KeyboardConfirm', 'KeyboardInput', 'MemoryWarning', 'UnhandledRejection', 'WindowResize'];

/** The events that tt has as on<name> and off<name>. */
export const EVENT_MEMBERS = array.flatMap(NAMES, (name) => ['on' + name, 'off' + name]);

/** Each event's signal by its name: what is emitted there the game hears. */
export const createPhoneEvents = () => array.reduce(NAMES, (events, name) => (
  { ...events, [name]: createSignal((error) => reportError(error)) }), {});

/** tt.on<name> and tt.off<name> of each. */
export const eventMembers = (events) => array.reduce(NAMES, (members, name) => (
  { ...members, ['on' + name]: events[name].on, ['off' + name]: events[name].off }), {});

/** Has the page's window drive the events that it has as well. */
export function hearWindow(events, info) {
  let { windowWidth: width, windowHeight: height } = info();
  listen(window, 'resize', () => {
    const { windowWidth, windowHeight } = info();
    if (windowWidth === width && windowHeight === height) return; // those that the world is set to
    width = windowWidth;
    height = windowHeight;
    events.WindowResize.emit({ size: { windowWidth, windowHeight }, windowWidth, windowHeight });
  });
  listen(window, 'unhandledrejection', (event) => events.UnhandledRejection.emit(
    { reason: getter.rejection.reason(event), promise: getter.rejection.promise(event) }));
}

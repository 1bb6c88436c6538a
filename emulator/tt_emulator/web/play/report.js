// What the page tells the emulator of the game that runs in it: GET /__emulator/v1/play shows it.
import { fetch } from '../runtime/browser.js';
import { array, intrinsic, json, string } from '../runtime/language.js';
import { has, object, setTimeout } from '../runtime/natives.js';

const TOGETHER_MS = 100;
const MOST_ERRORS = 50;
const MOST_KEPT_LETTERS = 16_000; // browsers take 64 KiB of what outlives its page

const counted = (table, name) => { table[name] = (has(table, name) ? table[name] : 0) + 1; };

/** {firstFrame(ms), error({message, file, line}), called(name), asked(name), refused(host)} of the page `page`. */
export function createReport(page) {
  const report = {
    ...page, first_frame_ms: null, errors: [], called_absent: object.create(null), asked_absent: [], refused_hosts: object.create(null),
  };
  let isWaiting = false;

  async function send() {
    isWaiting = false;
    const body = json.stringify(report);
    try {
      await intrinsic(fetch('/__play/pages', {
        __proto__: null, method: 'POST', body, headers: { 'Content-Type': 'application/json' }, keepalive: body.length < MOST_KEPT_LETTERS,
      }));
    } catch (error) { /* the emulator has ended: the game's own calls say so */ }
  }
  const change = (act) => (...given) => {
    act(...given);
    if (!isWaiting) setTimeout(send, TOGETHER_MS);
    isWaiting = true;
  };
  send(); // a test that ends at once is known to have had a page
  return {
    firstFrame: change((at_ms) => { report.first_frame_ms = at_ms; }),
    /** At once: a test may end, and close its page, with the deed that failed. */
    error(error) {
      if (report.errors.length >= MOST_ERRORS) return;
      array.push(report.errors, error);
      send();
    },
    called: change((name) => counted(report.called_absent, name)),
    asked: change((name) => { if (!array.includes(report.asked_absent, name)) array.push(report.asked_absent, name); }),
    refused: change((host) => counted(report.refused_hosts, string.toLowerCase(host))),
  };
}

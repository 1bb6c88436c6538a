/*
 * What the game's page and the player's page around it tell each other, by messages alone. The player's page is of the emulator's
 * origin, and the game may be anybody's: nothing that is sent from here is believed there.
 */
import { listen } from '../runtime/browser.js';
import { array, emptied } from '../runtime/language.js';
import { gettersOf, here, Object, quietly, setTimeout } from '../runtime/natives.js';
import { createBackground } from './background.js';
import { takePicture } from './picture.js';

const LINES_EVERY_MS = 100;
const MOST_LINES = 50; // in that time; more are counted

const NOBODY = { isThere: false, firstFrame() {}, line() {}, screen() {}, connect() {} };

/** Who is around this page, if it is the player's page at `origin`; null otherwise. Asked before the game's code begins. */
function parentAt(origin) {
  const { parent } = window;
  if (parent === window) return null;
  const { ancestorOrigins } = here.location;
  if (ancestorOrigins && ancestorOrigins[0] !== origin) return null;
  return parent;
}

/**
 * {isThere, firstFrame(ms), line(a function that makes {level, text, file, line}), screen(canvas), connect({mute, emit})} for the page at `origin`. `connect`
 * hands over what tt.js does at the tester's word: mute(isSilent), and emit(name, value) of an event of the phone.
 */
export function createPlayerPage(origin) {
  const parent = parentAt(origin);
  if (parent === null) return NOBODY;
  const post = parent.postMessage.bind(parent); // to this origin alone: whoever else is there hears nothing
  const tell = (message) => post({ __proto__: null, ...message }, origin);
  const message = gettersOf(here.MessageEvent, 'data origin source');
  const setHidden = createBackground();
  const phone = { isSilent: false, mute() {}, emit() {} };
  const lines = [];
  let dropped = 0;
  let isWaiting = false;
  let screen = null;

  const acts = {
    __proto__: null,
    hidden: ({ value }) => setHidden(value === true),
    silent({ value }) {
      phone.isSilent = value === true;
      phone.mute(phone.isSilent);
    },
    event: ({ name, value }) => phone.emit(name, value),
    picture: ({ id }) => takePicture(screen, (picture) => tell({ type: 'picture', id, picture })),
  };
  listen(window, 'message', (event) => {
    if (message.origin(event) !== origin || message.source(event) !== parent) return;
    const data = Object(message.data(event));
    const act = acts[data.type];
    if (act) quietly(() => act(data));
  });

  function send() {
    isWaiting = false;
    tell({ type: 'lines', lines: emptied(lines), dropped });
    dropped = 0;
  }
  tell({ type: 'ready' });
  return {
    isThere: true,
    firstFrame: (ms) => tell({ type: 'first-frame', ms }),
    line(line) {
      if (lines.length < MOST_LINES) array.push(lines, line());
      else dropped += 1;
      if (!isWaiting) setTimeout(send, LINES_EVERY_MS);
      isWaiting = true;
    },
    screen(canvas) { screen = canvas; },
    connect({ mute, emit }) {
      phone.mute = mute || phone.mute;
      phone.emit = emit || phone.emit;
      phone.mute(phone.isSilent);
    },
  };
}

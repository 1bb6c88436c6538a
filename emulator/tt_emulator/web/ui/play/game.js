/** The game in its frame: what is played and as whom, what it has told, and what it is told. */

import { Refused, unlessTold } from '../core/api.js';
import { h } from '../core/dom.js';
import { readPreference, savePreference } from '../core/preferences.js';
import { throttled } from '../core/throttle.js';
import { ConsoleLog, createLimit, readMessage } from '../logic/frame-messages.js';
import { gameOrigin, withQuery } from '../logic/game-address.js';
import { fitsPath, gameLink } from '../logic/links.js';
import { PHONES } from '../logic/phones.js';
import { save } from '../views/parts.js';

const READ_EVERY_MS = 1000;
const PICTURE_MS = 3000; // a game that hangs sends none

/** In a sandbox it keeps its origin and can neither leave its frame nor open windows. */
const FRAME = {
  id: 'game',
  sandbox: 'allow-scripts allow-same-origin allow-pointer-lock',
  allow: 'autoplay; accelerometer; gyroscope; magnetometer; gamepad; clipboard-read; clipboard-write',
};

/**
 * `state`: `standing` is `reading`, `nothing` (no package is played) or `playing`; `facts` are those of v1/play; `player`, `log`,
 * `firstFrameMs`, `isHidden`, `isSilent`, `isLandscape`, and `phone`, a name of PHONES.
 */
export function createGame(app) {
  const frame = h('iframe', FRAME);
  const state = {
    standing: 'reading',
    facts: null,
    player: new URLSearchParams(location.search).get('player') || 'player-1',
    log: new ConsoleLog(),
    network: null, // `online` or `offline`, of the player
    firstFrameMs: null,
    isHidden: false,
    isSilent: false,
    isLandscape: false,
    phone: readPreference('phone') || PHONES[0].name,
  };
  const mayCome = createLimit();
  let origin = null;
  let picture = null; // the one that was asked for

  const tellFrame = (message) => frame.contentWindow?.postMessage(message, origin);

  const acts = {
    ready() {
      state.firstFrameMs = null;
      tellFrame({ type: 'silent', value: state.isSilent });
      tellFrame({ type: 'hidden', value: state.isHidden });
    },
    'first-frame': ({ ms }) => {
      state.firstFrameMs = ms;
    },
    lines: ({ lines, dropped }) => state.log.add(lines, dropped, Date.now()),
    picture({ id, picture: blob }) {
      if (id === picture?.id) picture.take(blob);
    },
  };

  addEventListener('message', (event) => {
    if (origin === null || event.origin !== origin || event.source !== frame.contentWindow) return;
    const message = mayCome(Date.now()) ? readMessage(event.data) : null;
    if (!message) return;
    acts[message.type](message);
    read();
    app.tell('game');
  });

  const read = throttled(READ_EVERY_MS, async () => {
    try {
      state.facts = await app.api.get('play');
      begin();
    } catch (error) {
      unlessTold(error);
      if (!(error instanceof Refused && error.status === 404)) return; // the state of the connection tells it
      state.standing = 'nothing';
    }
    app.tell('game');
  });

  const pathOfPlayer = () => `players/${encodeURIComponent(state.player)}`;
  const readNetwork = throttled(300, async () => {
    if (!fitsPath(state.player)) return;
    state.network = (await app.api.get(pathOfPlayer())).network;
    app.tell('game');
  });

  function begin() {
    if (state.standing === 'playing') return;
    state.standing = 'playing';
    state.isLandscape = state.facts.orientation === 'landscape';
    origin = gameOrigin(state.facts.game_url, location.hostname);
    reload();
  }

  function reload() {
    state.log.clear();
    state.firstFrameMs = null;
    frame.src = gameLink(origin, { page: '', player: state.player, world: app.state.world });
    app.tell('game');
  }

  function set(name, value) {
    state[name] = value;
    app.tell('game');
  }

  return {
    frame,
    state,
    read,
    readNetwork,
    reload,
    set,
    /** The last page of this player in this world, as v1/play tells of it. */
    page: () => state.facts?.pages.filter(({ player, world }) => player === state.player && world === app.state.world).at(-1),
    address: () => (origin ? gameLink(origin, { page: '', player: state.player, world: app.state.world }) : null),
    playAs(player) {
      if (!player || player === state.player) return;
      Object.assign(state, { player, network: null });
      readNetwork();
      history.replaceState(null, '', withQuery(location.search, { player }) + location.hash);
      reload();
    },
    /** One click takes the player off the network, the next puts them back. */
    toggleNetwork: () =>
      app.attempt(async () => {
        const network = state.network === 'offline' ? 'online' : 'offline';
        set('network', (await app.api.put(pathOfPlayer(), { network })).network);
      }),
    choosePhone(name) {
      savePreference('phone', name);
      set('phone', name);
    },
    hide(isHidden) {
      set('isHidden', isHidden);
      tellFrame({ type: 'hidden', value: isHidden });
    },
    silence(isSilent) {
      set('isSilent', isSilent);
      tellFrame({ type: 'silent', value: isSilent });
    },
    /** An event of the phone, by its name without `on`. */
    fire: (name, value) => tellFrame({ type: 'event', name, value }),
    async savePicture() {
      const blob = await new Promise((resolve) => {
        picture = { id: crypto.getRandomValues(new Uint32Array(1))[0], take: resolve };
        setTimeout(() => resolve(null), PICTURE_MS);
        tellFrame({ type: 'picture', id: picture.id });
      });
      picture = null;
      if (blob) save(blob, 'game.png');
      else app.notice(app.t('noPicture'), { bad: true });
    },
  };
}

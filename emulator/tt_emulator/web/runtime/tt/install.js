/*
 * The `tt` of a Douyin mini-game, answered by tt-emulator on this computer.
 *
 *   <script src="http://127.0.0.1:8717/tt.js"></script>          window.tt, the game needs no change
 *   importScripts('http://127.0.0.1:8717/tt.js')                 a worker, which then has createTT({ url, player, world })
 *   const { createTT } = require('./tt.js')                      Node 18+: createTT({ url, player, world })
 *   import { createTT } from './tt.mjs'                          the same as an ES module: Node, Vite and other bundlers
 *
 * Attributes of the script tag: data-url (default: where the script came from), data-player, data-world,
 * data-open-data (the directory of the open data domain; default: openDataContext of the page's game.json),
 * data-compat ("wx": the same object as wx, and in the open data domain with getFriendCloudStorage, which Douyin does not have).
 * In the page's own URL `?tt-player=`, `?tt-world=` and `?tt-url=` win over them, so two tabs can be two players and a
 * test's page plays where the test arms; `tt-scene`, `tt-location` and `tt-launch-from` say how the game was opened.
 * `tt-panel=1` shows a panel for testers over the game, as a tap of three fingers does, where the world's setting game_panel is on.
 *
 * One classic script, ES2018, no build, no dependency.
 */
import { createTT } from './create-tt.js';
import { install } from '../install.js';
import { here, inPage } from '../natives.js';
import { VERSION } from '../version.js';

if (typeof module === 'object' && module.exports) module.exports = { createTT, version: VERSION };
else if (inPage) install(createTT);
else here.createTT = createTT; // a worker, by importScripts

/*
 * The `wx` of a WeChat mini-game, answered by tt-emulator on this computer.
 *
 *   <script src="http://127.0.0.1:8717/wx.js"></script>          window.wx, the game needs no change
 *   importScripts('http://127.0.0.1:8717/wx.js')                 a worker, which then has createWX({ url, player, world })
 *   const { createWX } = require('./wx.js')                      Node 18+: createWX({ url, player, world })
 *   import { createWX } from './wx.mjs'                          the same as an ES module: Node, Vite and other bundlers
 *
 * Attributes of the script tag: data-url (default: where the script came from), data-player, data-world,
 * data-token (of a team, where the server asks games for one),
 * data-open-data (the directory of the open data domain; default: openDataContext of the page's game.json).
 * In the page's own URL `?tt-player=`, `?tt-world=` and `?tt-url=` win over them, so two tabs can be two players and a
 * test's page plays where the test arms; `tt-scene` says how the game was opened.
 * `tt-panel=1` shows a panel for testers over the game, as a tap of three fingers does, where the world's setting game_panel is on.
 *
 * One classic script, ES2018, no build, no dependency.
 */
import { createWX } from './create-wx.js';
import { install } from '../install.js';
import { here, inPage } from '../natives.js';
import { VERSION } from '../version.js';

if (typeof module === 'object' && module.exports) module.exports = { createWX, version: VERSION };
else if (inPage) install(createWX);
else here.createWX = createWX; // a worker, by importScripts

/** The player's page: the game in a phone, and beside it all that the tester's page has. */

import { h } from './core/dom.js';
import { createPage, createRouter, declareLanguage } from './page.js';
import { consoleView } from './play/console-view.js';
import { createGame } from './play/game.js';
import { gameView } from './play/game-view.js';
import { createStage } from './play/stage.js';
import { createShell } from './shell.js';
import { attachHands } from './views/hands.js';
import { TESTER_VIEWS } from './views/views.js';

const NARROW = matchMedia('(max-width: 62rem)');
let shell = null;

const { app, notices } = createPage({
  draw,
  update(what) {
    shell?.update(what);
    stage.show();
    router.update(what);
    if (what.has('players') || what.has('conditions')) game.readNetwork();
    if (what.has('link') && app.state.link === 'live') game.read();
  },
  show: () => router.show(),
});
const game = createGame(app);
const stage = createStage(app, game, openPanel);
const views = { game: gameView(game), console: consoleView(game), ...TESTER_VIEWS };
const router = createRouter(app, views, () => shell);
const panel = document.getElementById('app');

/** Where there is room for one alone the panel lies over the game; else it is there, and takes the keyboard. */
function openPanel() {
  if (!NARROW.matches) {
    shell.main.focus();
    return;
  }
  document.body.classList.add('panel-open');
  stage.root.inert = true;
  panel.scrollTop = 0;
  panel.querySelector('.panel-close').focus();
}

function closePanel() {
  document.body.classList.remove('panel-open');
  stage.root.inert = false;
  document.querySelector('.capsule-more').focus();
}

addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && NARROW.matches && document.body.classList.contains('panel-open')) closePanel();
});
/** What is done to the phone stands above it, and on a phone itself above the panel. */
function place() {
  stage.root.inert = NARROW.matches && document.body.classList.contains('panel-open');
  if (NARROW.matches) panel.querySelector('.panel-close').after(stage.bar);
  else stage.root.prepend(stage.bar);
}
NARROW.addEventListener('change', place);

function draw() {
  declareLanguage();
  shell?.close();
  const { world } = app.state;
  const query = world === 'default' ? '' : `?world=${encodeURIComponent(world)}`;
  shell = createShell(app, Object.keys(views), { text: app.t('play.tester'), href: `/__emulator/ui/${query}` });
  const close = h('button', { type: 'button', class: 'btn btn-light panel-close', on: { click: closePanel } }, app.t('play.toGame'));
  panel.replaceChildren(close, shell.root, notices.root);
  place();
  stage.show();
  router.show(true);
}

document.getElementById('stage').append(stage.root);
draw();
attachHands(app, Object.keys(views), () => shell);
app.connect();

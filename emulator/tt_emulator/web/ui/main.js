/** Begins: who we are, which world, which view; and draws again what has changed, at most once a frame. */

import { createApp } from './core/app.js';
import { h } from './core/dom.js';
import { createNotices } from './core/notice.js';
import { readPreference, savePreference } from './core/preferences.js';
import { createShell } from './shell.js';
import { chooseLanguage, currentLanguage, t } from './texts.js';
import { callsView } from './views/calls.js';
import { coverageView } from './views/coverage.js';
import { errorsView } from './views/errors.js';
import { linkView } from './views/link.js';
import { playersView } from './views/players.js';
import { worldView } from './views/world.js';

const VIEWS = {
  errors: errorsView,
  calls: callsView,
  players: playersView,
  world: worldView,
  coverage: coverageView,
  link: linkView,
};

takeToken();
const world = new URLSearchParams(location.search).get('world') || 'default';
const notices = createNotices(t);
const pending = new Set();
let drawing = false;
let shell = null;
let view = null;

const app = createApp({
  world,
  token: () => readPreference('token', 'sessionStorage'),
  language: () => (currentLanguage() === 'zh' ? 'zh-CN' : 'en'),
  notice: notices.notice,
  t,
  changed,
});
Object.assign(app, {
  t,
  language: currentLanguage,
  /** A text that has a form in each language. */
  words: (text) => text?.[currentLanguage()] ?? '',
  go: (...path) => {
    location.hash = path.map(encodeURIComponent).join('/');
  },
  unlock(token) {
    savePreference('token', token, 'sessionStorage');
    app.connect();
  },
  token: () => readPreference('token', 'sessionStorage'),
  switchLanguage() {
    chooseLanguage(currentLanguage() === 'zh' ? 'en' : 'zh');
    draw();
    app.connect(); // reasons come in the language of whoever asks
    document.getElementById('language').focus(); // the new button stands where the pressed one stood
  },
});

/** The token comes in the fragment, which no server sees, and leaves the address at once. */
function takeToken() {
  const [, token] = /^#token=(.+)$/.exec(location.hash) || [];
  if (!token) return false;
  savePreference('token', decoded(token), 'sessionStorage');
  history.replaceState(null, '', location.pathname + location.search);
  return true;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // typed by hand
  }
}

function changed(what) {
  for (const name of what) pending.add(name);
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    const done = new Set(pending);
    pending.clear();
    shell?.update(done);
    view?.update(done);
  });
}

const pathOf = () => location.hash.slice(1).split('/').map(decoded);

function draw() {
  document.documentElement.lang = currentLanguage() === 'zh' ? 'zh-CN' : 'en';
  shell?.close();
  shell = createShell(app, Object.keys(VIEWS));
  document.getElementById('app').replaceChildren(shell.root, notices.root);
  show(true);
}

/** The view of the address; one that is there already is told the rest of the path. */
function show(anew = false) {
  const [name, ...rest] = pathOf();
  const known = Object.hasOwn(VIEWS, name) ? name : 'errors';
  if (anew || view?.name !== known) {
    view?.close?.();
    view = Object.assign(VIEWS[known](app), { name: known });
    shell.main.replaceChildren(h('h1', { class: 'visually-hidden' }, t(`view.${known}`)), view.root);
  }
  shell.mark(known);
  view.open?.(rest);
  view.update(new Set(['all']));
}

addEventListener('hashchange', () => {
  if (takeToken()) app.connect();
  show();
});
draw();
app.connect();

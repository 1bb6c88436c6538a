/** What both pages begin with: who we are, which world, which language; and changes drawn at most once a frame. */

import { createAlerts } from './core/alerts.js';
import { createApp } from './core/app.js';
import { h } from './core/dom.js';
import { createNotices } from './core/notice.js';
import { readPreference, savePreference } from './core/preferences.js';
import { decoded } from './logic/links.js';
import { chooseLanguage, currentLanguage, t } from './texts.js';
import { titleOf } from './views/parts.js';

/**
 * {app, notices} of the page; `draw()` draws it anew, in another language perhaps, `update(names)` brings up to date
 * what has changed, `show()` shows the view of the address.
 */
export function createPage({ draw, update, show }) {
  takeToken();
  const world = new URLSearchParams(location.search).get('world') || 'default';
  const notices = createNotices(t);
  const pending = new Set();
  let drawing = false;
  const token = () => readPreference('token', 'sessionStorage');

  function changed(what) {
    for (const name of what) pending.add(name);
    if (drawing) return;
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      const done = new Set(pending);
      pending.clear();
      update(done);
    });
  }

  const alerts = createAlerts(t, ({ api, player, fault }) => {
    const armed = app.state.seen.get(fault);
    return t('alerts.latest', api, player, armed ? titleOf(app, armed) : fault);
  });
  const app = createApp({
    world,
    token,
    language: () => (currentLanguage() === 'zh' ? 'zh-CN' : 'en'),
    notice: notices.notice,
    t,
    changed,
    alerts,
  });
  Object.assign(app, {
    t,
    alerts,
    token,
    language: currentLanguage,
    /** A text that has a form in each language. */
    words: (text) => text?.[currentLanguage()] ?? '',
    go: (...path) => {
      location.hash = path.map(encodeURIComponent).join('/');
    },
    undo: notices.undo,
    unlock(secret) {
      savePreference('token', secret, 'sessionStorage');
      app.connect();
    },
    switchLanguage() {
      chooseLanguage(currentLanguage() === 'zh' ? 'en' : 'zh');
      draw();
      app.connect(); // reasons come in the language of whoever asks
      document.getElementById('language').focus(); // the new button stands where the pressed one stood
    },
  });
  addEventListener('hashchange', () => {
    if (takeToken()) app.connect();
    show();
  });
  return { app, notices };
}

/** The token comes in the fragment, which no server sees, and leaves the address at once. */
function takeToken() {
  const [, token] = /^#token=(.+)$/.exec(location.hash) || [];
  if (!token) return false;
  savePreference('token', decoded(token), 'sessionStorage');
  history.replaceState(null, '', location.pathname + location.search);
  return true;
}

/** Sets the page's language on its root, where browsers and screen readers look. */
export function declareLanguage() {
  document.documentElement.lang = currentLanguage() === 'zh' ? 'zh-CN' : 'en';
}

/** show(isAnew) the view of the address, of `views`, in the `shell()` of now; update(names) of what is shown. */
export function createRouter(app, views, shell) {
  const [first] = Object.keys(views);
  let view = null;

  return {
    /** One that is there already is told the rest of the path. */
    show(anew = false) {
      const [name, ...rest] = location.hash.slice(1).split('/').map(decoded);
      const known = Object.hasOwn(views, name) ? name : first;
      const { main, mark } = shell();
      if (anew || view?.name !== known) {
        view?.close?.();
        view = Object.assign(views[known](app), { name: known });
        main.replaceChildren(h('h1', { class: 'visually-hidden' }, t(`view.${known}`)), view.root);
      }
      mark(known);
      view.open?.(rest);
      view.update(new Set(['all']));
    },
    update: (what) => view?.update(what),
  };
}

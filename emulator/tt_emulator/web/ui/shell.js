/** What stands round every view: the name, the world, the connection, the views, and what is armed. */

import { button, choice, fill, h, keyed, own, say } from './core/dom.js';
import { savePreference } from './core/preferences.js';
import { standingOf } from './logic/causes.js';
import { isActive } from './logic/faults.js';
import { withQuery } from './logic/game-address.js';
import { isUsual } from './logic/platform.js';
import { causeItem } from './views/cause.js';
import { disarmAll } from './views/disarming.js';
import { armedChip } from './views/parts.js';

const MOST_CHIPS = 6; // a scenario fits; of a long list the errors' view has the rest
const TROUBLE = ['lost', 'gone', 'locked'];

/** `other` is the page to which the header leads besides: {text, href, fits(platform)}, shown where it fits the world's. */
export function createShell(app, views, other = demoOf(app)) {
  const { t, state } = app;

  const world = choice(
    [],
    state.world,
    (name) => {
      location.search = withQuery(location.search, { world: name });
    },
    { 'aria-label': t('world') },
  );
  const light = h('span', { class: 'light' });
  const lightText = h('span', { class: 'light-text' });
  const chooseTheme = (name) => {
    window.theme.choose(name || null);
    savePreference('theme', name || null);
    theme.value = name;
  };
  const theme = choice(
    [
      ['', t('theme.system')],
      ['light', t('theme.light')],
      ['dark', t('theme.dark')],
    ],
    window.theme.chosen || '',
    chooseTheme,
    { 'aria-label': t('theme') },
  );
  const elsewhere = h('a', { class: 'btn btn-sm btn-link', href: other.href, target: '_blank' }, other.text);
  const header = h(
    'header',
    { class: 'top' },
    h('a', { class: 'brand', href: `#${views[0]}` }, 'tt-emulator'),
    h('label', { class: 'world' }, h('span', {}, t('world')), world),
    h('span', { class: 'status' }, light, lightText),
    h(
      'div',
      { class: 'preferences' },
      elsewhere,
      button(t('hands.open'), 'btn-sm btn-outline-secondary', () => app.palette(), {
        id: 'palette',
        'aria-haspopup': 'dialog',
        title: 'Ctrl+K, ⌘K',
      }),
      theme,
      button(t('switchLanguage'), 'btn-sm btn-outline-secondary', app.switchLanguage, { id: 'language' }),
    ),
  );

  const links = views.map((name) => h('a', { class: 'nav-link', href: `#${name}` }, t(`view.${name}`)));
  const nav = h('nav', { class: 'views', 'aria-label': t('views') }, links);

  const trouble = h('div', { class: 'trouble', role: 'alert', hidden: true });
  const chips = h('ul', { class: 'chips' });
  const calm = h('span', { class: 'calm' });
  const unknown = h('span', { class: 'unknown' });
  const causes = h('ul', { class: 'causes', 'aria-label': t('causes') });
  const count = h('strong', { class: 'count' });
  const more = h('a', { class: 'more-armed', href: '#errors' });
  const disarm = button(
    t('disarmAll'),
    'btn-sm btn-danger',
    () => disarmAll(app),
    { id: 'disarm-all' },
  );
  const armed = h(
    'section',
    { class: 'armed', 'aria-label': t('armedNow') },
    [calm, unknown, causes, count, chips, more, disarm],
  );
  const main = h('main', { class: 'view', id: 'main', tabindex: '-1' });
  const skip = h(
    'a',
    {
      class: 'skip',
      href: '#main',
      on: {
        click: (event) => {
          event.preventDefault();
          main.focus();
        },
      },
    },
    t('skip'),
  );

  function showLink() {
    const { link } = state;
    light.className = `light light-${link}`;
    say(lightText, t(`link.${link}`));
    trouble.hidden = !TROUBLE.includes(link);
    if (!trouble.hidden) trouble.replaceChildren(...troubleOf(app, link));
  }

  function showArmed() {
    const now = app.now();
    const active = state.faults.filter((fault) => isActive(fault, now));
    keyed(
      chips,
      active.slice(0, MOST_CHIPS),
      (fault) => fault.id,
      (fault) => armedChip(app, fault),
      (chip, fault) => chip.show(fault, now),
    );
    showStanding(active);
    more.hidden = active.length <= MOST_CHIPS;
    say(more, more.hidden ? '' : t('moreArmed', active.length - MOST_CHIPS));
    count.hidden = disarm.hidden = active.length === 0;
    say(count, count.hidden ? '' : t('armedCount', active.length));
    app.alerts.showArmed(active.length);
  }

  function showStanding(active) {
    const { standing, causes: found } = standingOf({ ...state, faults: active });
    calm.hidden = standing !== 'calm';
    unknown.hidden = standing !== 'unknown';
    say(calm, calm.hidden ? '' : t('nothingArmed'));
    say(unknown, unknown.hidden ? '' : t(state.link === 'connecting' ? 'reading' : 'unknown'));
    keyed(
      causes,
      found,
      ({ kind, values }) => `${kind} ${values}`,
      (cause) => causeItem(app, cause),
    );
    causes.hidden = found.length === 0;
    armed.classList.toggle('armed-some', active.length + found.length > 0);
  }

  let before = 0;
  const everySecond = setInterval(() => {
    showArmed();
    const now = state.faults.filter((fault) => isActive(fault, app.now())).length;
    if (now < before) app.tell('faults'); // the time of one is over
    before = now;
  }, 1000);

  function update(what) {
    const all = what.has('all');
    if (all || what.has('link')) showLink();
    if (all || what.has('catalog')) elsewhere.hidden = !(other.fits?.(state.platform) ?? true);
    if (all || what.has('faults') || what.has('catalog') || what.has('link') || what.has('conditions'))
      showArmed();
    if (all || what.has('worlds'))
      fill(
        world,
        (state.worlds.length ? state.worlds : [state.world]).map((name) => [name, name]),
        state.world,
      );
  }

  update(new Set(['all']));
  return {
    root: h('div', { class: 'page' }, skip, header, nav, trouble, armed, main),
    main,
    update,
    chooseTheme,
    mark(name) {
      for (const [index, link] of links.entries()) {
        if (views[index] === name) {
          link.setAttribute('aria-current', 'page');
          nav.scrollLeft = link.offsetLeft - nav.offsetLeft - link.offsetWidth; // a phone shows some of them
        } else link.removeAttribute('aria-current');
      }
    },
    close: () => clearInterval(everySecond),
  };
}

const demoOf = ({ t, state: { world } }) => ({
  text: t('demoGame'),
  fits: isUsual,
  href: world === 'default' ? '/' : `/?tt-world=${encodeURIComponent(world)}`,
});

function troubleOf(app, link) {
  const { t } = app;
  if (link === 'lost') return [h('span', {}, t('lost'))];
  if (link === 'gone') {
    return [
      h('span', {}, t('gone'), ' ', own(app.state.world)),
      button(t('makeAgain'), 'btn-sm btn-light', app.revive),
      h('a', { class: 'btn btn-sm btn-outline-light', href: '?world=default' }, t('toDefault')),
    ];
  }
  const token = h('input', {
    class: 'form-control form-control-sm',
    type: 'password',
    autocomplete: 'off',
    'aria-label': t('token'),
  });
  const unlock = (event) => {
    event.preventDefault();
    app.unlock(token.value.trim());
  };
  return [
    h('span', {}, t('locked')),
    h(
      'form',
      { class: 'unlock', on: { submit: unlock } },
      token,
      h('button', { class: 'btn btn-sm btn-light' }, t('unlock')),
    ),
  ];
}

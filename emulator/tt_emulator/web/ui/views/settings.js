/** The settings of the world; each is stored as soon as it is changed. */

import { choice, field, h, keyed, own } from '../core/dom.js';
import { card } from './parts.js';

const SWITCHES = ['own_data_in_main', 'two_way_messages', 'strict_canvas', 'shared_canvas_in_main', 'screen_sized_canvas', 'game_panel'];

export function settingsCard(app) {
  const { t, state } = app;
  const put = async (patch) => {
    await app.attempt(async () => {
      state.settings = await app.api.put('settings', patch);
    }, t('saved'));
    update(); // also what was refused: the field goes back
  };

  const text = (id, changed) => {
    const input = h('input', {
      class: 'form-control form-control-sm',
      id,
      maxlength: 64,
      autocomplete: 'off',
      spellcheck: 'false',
    });
    input.addEventListener('change', () => changed(input.value));
    return input;
  };
  const app_ = text('app-name', (appName) => put({ host: { appName } }));
  const version = text('sdk-version', (SDKVersion) => put({ host: { SDKVersion } }));
  const appid = text('backend-appid', putBackend);
  const secret = text('backend-secret', putBackend);
  const session = choice(
    ['valid', 'expired', 'none'].map((name) => [name, t(`session.${name}`)]),
    '',
    (value) => put({ new_player_session: value }),
    { id: 'new-session' },
  );
  const fail = choice(
    ['full', 'errMsg'].map((name) => [name, t(`fail_object.${name}`)]),
    '',
    (value) => put({ fail_object: value }),
    { id: 'fail-object' },
  );
  const switches = SWITCHES.map((name) => {
    const box = h('input', { type: 'checkbox', role: 'switch', class: 'form-check-input', id: `setting-${name}` });
    box.addEventListener('change', () => put({ [name]: box.checked }));
    const label = h('label', { class: 'form-check-label', for: box.id }, t(`setting.${name}`));
    return [name, box, h('div', { class: 'form-check form-switch' }, box, label)];
  });
  const lacksTitle = h('h3', {}, t('hostLacks'));
  const lacks = h('ul', { class: 'checks' });
  const keys = h('ul', { class: 'ranking' });
  const key = h('input', {
    class: 'form-control form-control-sm',
    id: 'ranking-key',
    list: 'offer-keys',
    'aria-label': t('rankingKey'),
    placeholder: t('rankingKey'),
    maxlength: 128,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const order = choice(orders(), 'desc', () => {}, { 'aria-label': t('order') });
  const submit = (event) => {
    event.preventDefault();
    if (!key.value) return;
    put({ ranking_keys: { ...state.settings.ranking_keys, [key.value]: order.value } });
    key.value = '';
  };

  /** Both or neither: with one alone nothing is meant yet. */
  function putBackend() {
    if (appid.value && secret.value) put({ backend: { appid: appid.value, secret: secret.value } });
    else if (!appid.value && !secret.value) put({ backend: null });
  }

  function orders() {
    return ['desc', 'asc'].map((name) => [name, t(`order.${name}`)]);
  }

  function lackItem(api) {
    const box = h('input', { type: 'checkbox', class: 'form-check-input', id: `lacks-${api}` });
    box.addEventListener('change', () => {
      const others = state.settings.host.unsupported.filter((name) => name !== api);
      put({ host: { unsupported: box.checked ? [...others, api] : others } });
    });
    return Object.assign(
      h('li', { class: 'form-check' }, box, h('label', { class: 'form-check-label', for: box.id }, api)),
      { box },
    );
  }

  function keyItem([name]) {
    const pick = choice(
      orders(),
      '',
      (value) => put({ ranking_keys: { ...state.settings.ranking_keys, [name]: value } }),
      { 'aria-label': `${t('order')}: ${name}` },
    );
    const gone = () => {
      const { [name]: _, ...rest } = state.settings.ranking_keys;
      put({ ranking_keys: rest });
    };
    return Object.assign(
      h(
        'li',
        {},
        own(name, { class: 'mono' }),
        pick,
        h('button', {
          type: 'button',
          class: 'btn-close',
          'aria-label': `${t('remove')}: ${name}`,
          on: { click: gone },
        }),
      ),
      { pick },
    );
  }

  function update() {
    const { settings, unused_settings: unused } = state;
    if (settings === null) return;
    for (const [input, value] of [
      [app_, settings.host.appName],
      [version, settings.host.SDKVersion],
    ]) {
      if (document.activeElement !== input) input.value = value;
    }
    if (![appid, secret].includes(document.activeElement)) {
      appid.value = settings.backend?.appid ?? '';
      secret.value = settings.backend?.secret ?? '';
    }
    session.value = settings.new_player_session;
    fail.value = settings.fail_object;
    for (const [name, box, line] of switches) {
      box.checked = settings[name];
      line.hidden = unused.includes(name);
    }
    const can = state.rows.filter(({ name }) => name === 'not-supported').map(({ api }) => api);
    const listed = [...new Set([...can, ...settings.host.unsupported])];
    lacksTitle.hidden = listed.length === 0;
    keyed(
      lacks,
      listed,
      (api) => api,
      lackItem,
      (item, api) => {
        item.box.checked = settings.host.unsupported.includes(api);
      },
    );
    keyed(
      keys,
      Object.entries(settings.ranking_keys),
      ([name]) => name,
      keyItem,
      (item, [, value]) => {
        item.pick.value = value;
      },
    );
  }

  return {
    update,
    root: card(
      t('settings'),
      h(
        'div',
        { class: 'fields' },
        field('appName', app_),
        field('SDKVersion', version),
        field(t('newPlayerSession'), session),
        field(t('failObject'), fail),
      ),
      h('div', { class: 'setting-switches' }, switches.map(([, , line]) => line)),
      h('h3', {}, t('backendApp')),
      h('p', { class: 'note' }, t('backendAppNote')),
      h('div', { class: 'fields' }, field('appid', appid), field('secret', secret)),
      h('h3', {}, t('rankingKeys')),
      keys,
      h(
        'form',
        { class: 'add', on: { submit } },
        key,
        order,
        h('button', { class: 'btn btn-sm btn-outline-secondary' }, t('add')),
      ),
      lacksTitle,
      lacks,
    ),
  };
}

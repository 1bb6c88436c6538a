/** The world as a whole: its name, snapshots, files, clock, settings, and a new beginning. */

import { button, choice, fill, h, keyed, own, say } from '../core/dom.js';
import { fileName } from '../logic/file-name.js';
import { clockCard } from './clock.js';
import { card, nameInput, save, timeOf } from './parts.js';
import { phoneCard } from './phone.js';
import { settingsCard } from './settings.js';
import { snapshotsCard, undoable } from './snapshots.js';
import { storedCard } from './stored.js';

const SCOPES = ['data', 'clock', 'faults', 'journal'];

export function worldView(app) {
  const { t } = app;
  const snapshots = snapshotsCard(app);
  const clock = clockCard(app);
  const settings = settingsCard(app);
  const worlds = worldsCard(app);
  const phone = phoneCard(app);
  const stored = storedCard(app);
  const parts = { clock: clock.root, settings: settings.root, stored: stored.root };
  const root = h(
    'div',
    { class: 'world-view' },
    worlds.root,
    snapshots.root,
    fileCard(app, snapshots.read),
    clock.root,
    resetCard(app, snapshots.read),
    settings.root,
    phone.root,
    stored.root,
  );

  return {
    root,
    close: clock.close,
    open([part]) {
      if (Object.hasOwn(parts, part ?? '')) requestAnimationFrame(() => parts[part].scrollIntoView({ block: 'center' }));
    },
    update(what) {
      const all = what.has('all');
      if (all || what.has('worlds')) snapshots.read();
      if (all || what.has('worlds') || what.has('settings')) clock.read();
      if (all || what.has('conditions')) {
        clock.show();
        stored.update();
      }
      if (all || what.has('worlds') || what.has('catalog')) worlds.update();
      if (all || what.has('settings') || what.has('catalog')) settings.update();
      if (all || what.has('settings')) phone.update();
    },
  };

  function worldsCard() {
    const list = h('ul', { class: 'worlds' });
    const name = nameInput('new-world', t('newWorld'));
    const platform = choice([], '', () => {}, { id: 'new-world-platform', 'aria-label': t('platform') });
    const submit = async (event) => {
      event.preventDefault();
      if (!name.value) return;
      if (await app.attempt(() => app.createWorld(name.value, platform.value)))
        location.search = `?world=${encodeURIComponent(name.value)}`;
    };
    const link = (world) =>
      h(
        'li',
        {},
        h(
          'a',
          {
            class: 'world-link',
            href: `?world=${encodeURIComponent(world)}#world`,
            'aria-current': world === app.state.world ? 'true' : null,
          },
          own(world),
        ),
        h('span', { class: 'note' }),
      );
    const showPlatform = (item, world) => say(item.lastChild, app.state.platformOf[world] ?? '');
    return {
      root: card(
        t('worlds'),
        h('p', { class: 'note' }, t('worldsNote')),
        list,
        h(
          'form',
          { class: 'add', on: { submit } },
          name,
          platform,
          h('button', { class: 'btn btn-sm btn-outline-secondary' }, t('create')),
        ),
      ),
      update() {
        keyed(list, app.state.worlds, (world) => world, link, showPlatform);
        const { platforms, platform: ours } = app.state;
        fill(platform, platforms.map(({ name: each }) => [each, each]), platform.value || ours.name);
        platform.hidden = platforms.length < 2;
      },
    };
  }
}

function fileCard(app, after) {
  const { t, state } = app;
  const path = `worlds/${encodeURIComponent(state.world)}`;
  const file = h('input', {
    type: 'file',
    class: 'form-control form-control-sm',
    id: 'import',
    accept: '.json,application/json',
    'aria-label': t('import'),
  });
  file.addEventListener('change', async () => {
    const [chosen] = file.files;
    if (chosen)
      await undoable(app, async () => app.api.putText(path, await chosen.text()), t('imported', chosen.name), after);
    file.value = '';
  });
  const take = () => app.attempt(async () => save(await app.api.file(path), fileName(state.world, 'world.json', new Date())));
  return card(
    t('files'),
    h('p', { class: 'note' }, t('filesNote')),
    h('div', { class: 'actions' }, button(t('export'), 'btn-sm btn-outline-secondary', take, { id: 'export' })),
    h('label', { class: 'form-label', for: 'import' }, t('import')),
    file,
  );
}

function resetCard(app, after) {
  const { t } = app;
  const boxes = SCOPES.map((scope) => [
    scope,
    h('input', { type: 'checkbox', class: 'form-check-input', id: `scope-${scope}`, prop: { checked: true } }),
  ]);
  const run = () => {
    const scope = boxes.filter(([, box]) => box.checked).map(([name]) => name);
    const told = t('resetDone', timeOf(Date.now()).slice(0, 8));
    const work = async () => {
      await app.api.post('reset', { scope });
      if (!scope.includes('journal')) return;
      app.state.calls.clear();
      app.tell('calls');
    };
    const inSnapshot = scope.includes('data') || scope.includes('clock');
    return inSnapshot ? undoable(app, work, told, after) : app.attempt(work, told);
  };
  return card(
    t('reset'),
    h('p', { class: 'note' }, t('resetNote')),
    boxes.map(([name, box]) =>
      h(
        'div',
        { class: 'form-check' },
        box,
        h('label', { class: 'form-check-label', for: box.id }, t(`scope.${name}`)),
      ),
    ),
    button(t('resetNow'), 'btn-sm btn-outline-danger', run, { id: 'reset' }),
  );
}

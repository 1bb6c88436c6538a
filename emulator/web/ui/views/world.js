/** The world as a whole: its name, snapshots, files, clock, settings, and a new beginning. */

import { button, h, keyed, own } from '../core/dom.js';
import { clockCard } from './clock.js';
import { card, save, timeOf } from './parts.js';
import { settingsCard } from './settings.js';

export const UNDO = 'before-last-change'; // one snapshot that each large change overwrites
const SCOPES = ['data', 'clock', 'faults', 'journal'];

export function worldView(app) {
  const { t } = app;
  const snapshots = snapshotsCard(app);
  const clock = clockCard(app);
  const settings = settingsCard(app);
  const worlds = worldsCard(app);
  const root = h('div', { class: 'world-view' },
    worlds.root, snapshots.root, fileCard(app, snapshots.read), clock.root, resetCard(app, snapshots.read), settings.root);

  return {
    root,
    close: clock.close,
    update(what) {
      const all = what.has('all');
      if (all || what.has('worlds')) { snapshots.read(); clock.read(); }
      if (all || what.has('worlds')) worlds.update();
      if (all || what.has('settings') || what.has('catalog')) settings.update();
    },
  };

  function worldsCard() {
    const list = h('ul', { class: 'worlds' });
    const name = h('input', { class: 'form-control form-control-sm', id: 'new-world', 'aria-label': t('newWorld'), placeholder: t('newWorld'), maxlength: 64, pattern: '[A-Za-z0-9][A-Za-z0-9._\\-]*', autocomplete: 'off', spellcheck: 'false' });
    const submit = async (event) => {
      event.preventDefault();
      if (!name.value) return;
      if (await app.attempt(() => app.createWorld(name.value))) location.search = `?world=${encodeURIComponent(name.value)}`;
    };
    const link = (world) => h('li', {}, h('a', { class: 'world-link', href: `?world=${encodeURIComponent(world)}#world`, 'aria-current': world === app.state.world ? 'true' : null }, own(world)));
    return {
      root: card(t('worlds'), h('p', { class: 'note' }, t('worldsNote')), list,
        h('form', { class: 'add', on: { submit } }, name, h('button', { class: 'btn btn-sm btn-outline-secondary' }, t('create')))),
      update() { keyed(list, app.state.worlds, (world) => world, link); },
    };
  }
}

/** Does something large to the world, and offers to take it back. */
async function undoable(app, work, told, after) {
  const restore = () => app.attempt(async () => {
    await app.api.post(`snapshots/${UNDO}/restore`);
    after();
  }, app.t('undone'));
  const done = await app.attempt(async () => {
    await app.api.put(`snapshots/${UNDO}`);
    await work();
  });
  if (done) app.notice(told, { action: { text: app.t('undo'), run: restore } });
  after();
}

function snapshotsCard(app) {
  const { t } = app;
  const list = h('ul', { class: 'snapshots' });
  const empty = h('p', { class: 'note' }, t('noSnapshots'));
  const name = h('input', { class: 'form-control form-control-sm', id: 'new-snapshot', 'aria-label': t('newSnapshot'), placeholder: t('newSnapshot'), maxlength: 64, pattern: '[A-Za-z0-9][A-Za-z0-9._\\-]*', autocomplete: 'off', spellcheck: 'false' });
  const submit = async (event) => {
    event.preventDefault();
    if (!await app.attempt(() => app.api.put(`snapshots/${encodeURIComponent(name.value || suggested())}`), t('kept'))) return;
    name.value = '';
    read();
  };
  const suggested = () => `at-${new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-')}`;

  async function read() {
    try {
      const { snapshots } = await app.api.get('snapshots');
      keyed(list, snapshots, (one) => one, item);
      empty.hidden = snapshots.length > 0;
    } catch { /* the connection tells */ }
  }

  function item(snapshot) {
    const path = `snapshots/${encodeURIComponent(snapshot)}`;
    const back = () => (snapshot === UNDO
      ? app.attempt(() => app.api.post(`${path}/restore`), t('restored', snapshot))
      : undoable(app, () => app.api.post(`${path}/restore`), t('restored', snapshot), read));
    const gone = async () => { await app.attempt(() => app.api.remove(path)); read(); };
    return h('li', { 'data-snapshot': snapshot }, own(snapshot === UNDO ? t('undoSnapshot') : snapshot, { class: 'snapshot-name' }),
      button(t('restore'), 'btn-sm btn-outline-secondary', back, { 'aria-label': `${t('restore')}: ${snapshot}` }),
      h('button', { type: 'button', class: 'btn-close', 'aria-label': `${t('remove')}: ${snapshot}`, on: { click: gone } }));
  }

  return {
    read,
    root: card(t('snapshots'), h('p', { class: 'note' }, t('snapshotsNote')), empty, list,
      h('form', { class: 'add', on: { submit } }, name, h('button', { class: 'btn btn-sm btn-outline-secondary' }, t('keep')))),
  };
}

function fileCard(app, after) {
  const { t, state } = app;
  const path = `worlds/${encodeURIComponent(state.world)}`;
  const file = h('input', { type: 'file', class: 'form-control form-control-sm', id: 'import', accept: '.json,application/json', 'aria-label': t('import') });
  file.addEventListener('change', async () => {
    const [chosen] = file.files;
    if (chosen) await undoable(app, async () => app.api.putText(path, await chosen.text()), t('imported', chosen.name), after);
    file.value = '';
  });
  const take = () => app.attempt(async () => save(await app.api.file(path), `${state.world}.json`));
  return card(t('files'), h('p', { class: 'note' }, t('filesNote')),
    h('div', { class: 'actions' }, button(t('export'), 'btn-sm btn-outline-secondary', take, { id: 'export' })),
    h('label', { class: 'form-label', for: 'import' }, t('import')), file);
}

function resetCard(app, after) {
  const { t } = app;
  const boxes = SCOPES.map((scope) => [scope, h('input', { type: 'checkbox', class: 'form-check-input', id: `scope-${scope}`, prop: { checked: true } })]);
  const run = () => {
    const scope = boxes.filter(([, box]) => box.checked).map(([name]) => name);
    return undoable(app, async () => {
      await app.api.post('reset', { scope });
      if (scope.includes('journal')) { app.state.calls.clear(); app.tell('calls'); }
    }, t('resetDone', timeOf(Date.now()).slice(0, 8)), after);
  };
  return card(t('reset'), h('p', { class: 'note' }, t('resetNote')),
    boxes.map(([name, box]) => h('div', { class: 'form-check' }, box, h('label', { class: 'form-check-label', for: box.id }, t(`scope.${name}`)))),
    button(t('resetNow'), 'btn-sm btn-outline-danger', run, { id: 'reset' }));
}

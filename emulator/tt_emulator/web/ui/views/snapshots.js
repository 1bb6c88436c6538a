/** Snapshots of the world, one of which is kept before each large change, so that it can be taken back. */

import { Refused, unlessTold } from '../core/api.js';
import { button, h, keyed, own } from '../core/dom.js';
import { fitsSegment } from '../logic/links.js';
import { card, nameInput } from './parts.js';

const UNDO = ['before-last-change', 'before-last-change-2']; // in turn: a refused change leaves the other one

/** Does something large to the world, and offers to take it back. */
export async function undoable(app, work, told, after) {
  let fresh = null;
  const restore = () =>
    app.attempt(async () => {
      await app.api.post(`snapshots/${fresh}/restore`);
      after();
    }, app.t('undone'));
  const done = await app.attempt(async () => {
    const { snapshots } = await app.api.get('snapshots');
    const [one, other] = UNDO;
    fresh = snapshots.includes(one) ? other : one;
    const stale = fresh === one ? other : one;
    await app.api.put(`snapshots/${fresh}`);
    await work().catch(async (error) => {
      if (error instanceof Refused && error.status < 500) await app.api.remove(`snapshots/${fresh}`);
      throw error;
    });
    if (snapshots.includes(stale)) await app.api.remove(`snapshots/${stale}`).catch(unlessTold);
  });
  if (done) app.notice(told, { action: { text: app.t('undo'), run: restore } });
  after();
}

const suggested = () => `at-${new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-')}`;

/** Keeps the world under that name; gives whether it did. */
export async function keepSnapshot(app, name = suggested()) {
  if (fitsSegment(name)) return app.attempt(() => app.api.put(`snapshots/${encodeURIComponent(name)}`), app.t('kept'));
  app.notice(app.t('noName', name), { bad: true });
  return false;
}

export function snapshotsCard(app) {
  const { t } = app;
  const list = h('ul', { class: 'snapshots' });
  const empty = h('p', { class: 'note' }, t('noSnapshots'));
  const name = nameInput('new-snapshot', t('newSnapshot'));
  const submit = async (event) => {
    event.preventDefault();
    if (!(await keepSnapshot(app, name.value.trim() || undefined))) return;
    name.value = '';
    read();
  };

  async function read() {
    try {
      const { snapshots } = await app.api.get('snapshots');
      keyed(list, snapshots, (one) => one, item);
      empty.hidden = snapshots.length > 0;
    } catch (error) {
      unlessTold(error);
    }
  }

  function item(snapshot) {
    const path = `snapshots/${encodeURIComponent(snapshot)}`;
    const back = () =>
      UNDO.includes(snapshot)
        ? app.attempt(() => app.api.post(`${path}/restore`), t('restored', snapshot))
        : undoable(app, () => app.api.post(`${path}/restore`), t('restored', snapshot), read);
    const gone = async () => {
      await app.attempt(() => app.api.remove(path));
      read();
    };
    return h(
      'li',
      { 'data-snapshot': snapshot },
      own(UNDO.includes(snapshot) ? t('undoSnapshot') : snapshot, { class: 'snapshot-name' }),
      button(t('restore'), 'btn-sm btn-outline-secondary', back, { 'aria-label': `${t('restore')}: ${snapshot}` }),
      h('button', {
        type: 'button',
        class: 'btn-close',
        'aria-label': `${t('remove')}: ${snapshot}`,
        on: { click: gone },
      }),
    );
  }

  return {
    read,
    root: card(
      t('snapshots'),
      h('p', { class: 'note' }, t('snapshotsNote')),
      empty,
      list,
      h(
        'form',
        { class: 'add', on: { submit } },
        name,
        h('button', { class: 'btn btn-sm btn-outline-secondary' }, t('keep')),
      ),
    ),
  };
}

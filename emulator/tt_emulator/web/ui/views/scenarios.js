/** Scenarios: those that come with the emulator, and those that were saved in this world, of what was armed or a file. */

import { button, field, h, keyed, own } from '../core/dom.js';
import { limited } from '../logic/faults.js';
import { fileName } from '../logic/file-name.js';
import { fitsSegment } from '../logic/links.js';
import { freeName, nameOf } from '../logic/scenarios.js';
import { ttlS } from './arming.js';
import { card, nameInput, save } from './parts.js';

const pathOf = (file) => `scenarios/${encodeURIComponent(file)}`;

const armAll = (app, faults, told) => app.attempt(() => app.api.put('faults', limited(faults, ttlS())), told);

export function scenariosCard(app) {
  const { t, state } = app;
  const list = h('ul', { class: 'scenarios' });

  function item({ file, name, description, faults, saved }) {
    const called = app.words(name);
    const load = () => armAll(app, faults, t('armedNamed', called));
    return h(
      'li',
      { class: saved ? 'scenario scenario-saved' : 'scenario', 'data-scenario': file },
      h(
        'div',
        { class: 'scenario-text' },
        h('h3', {}, saved ? own(file) : called),
        h('p', {}, saved && t('scenarios.count', faults.length), ' ', own(app.words(description))),
      ),
      h(
        'div',
        { class: 'scenario-acts' },
        button(t('arm'), 'btn-sm btn-outline-secondary', load, { 'aria-label': `${t('arm')}: ${saved ? file : called}` }),
        saved && savedActs(app, file),
      ),
    );
  }

  return {
    root: card(t('scenarios'), h('p', { class: 'note' }, t('scenariosNote')), list, savingForm(app), fileField(app)),
    update() {
      keyed(list, state.scenarios, (each) => JSON.stringify(each), item);
    },
  };
}

/** What can be done with a saved one besides. */
function savedActs(app, file) {
  const { t } = app;
  const take = () =>
    app.attempt(async () => save(await app.api.file(pathOf(file)), fileName(file, 'scenario.json', new Date())));
  const gone = () =>
    app.attempt(async () => {
      const text = await (await app.api.file(pathOf(file))).text();
      await app.api.remove(pathOf(file));
      await app.readScenarios();
      app.notice(t('scenarios.gone', file), { action: { text: t('undo'), run: () => putBack(text) } });
    });
  const putBack = (text) =>
    app.attempt(async () => {
      await app.api.putText(pathOf(file), text);
      await app.readScenarios();
    }, t('undone'));
  return [
    button(t('scenarios.file'), 'btn-sm btn-outline-secondary', take, { 'aria-label': `${t('scenarios.file')}: ${file}` }),
    h('button', { type: 'button', class: 'btn-close', 'aria-label': `${t('remove')}: ${file}`, on: { click: gone } }),
  ];
}

function savingForm(app) {
  const { t } = app;
  const name = nameInput('new-scenario', t('scenarios.name'));
  const submit = async (event) => {
    event.preventDefault();
    const wanted = name.value.trim();
    if (!wanted) return name.focus();
    if (!fitsSegment(wanted)) return app.notice(t('scenarios.noName', wanted), { bad: true });
    const kept = async () => {
      await app.api.put(pathOf(wanted));
      await app.readScenarios();
    };
    if (await app.attempt(kept, t('scenarios.saved', wanted))) name.value = '';
  };
  return h(
    'form',
    { on: { submit } },
    h('label', { class: 'form-label', for: name.id }, t('scenarios.saveAs')),
    h('div', { class: 'add' }, name, h('button', { class: 'btn btn-sm btn-outline-secondary' }, t('save'))),
  );
}

/** A file is kept under a name that is free, and armed: the server judges it before anything is replaced. */
function fileField(app) {
  const { t, state } = app;
  const input = h('input', {
    type: 'file',
    class: 'form-control form-control-sm',
    id: 'scenario-file',
    accept: '.json,application/json',
  });
  async function take(chosen) {
    const text = await chosen.text();
    const taken = state.scenarios.map(({ file }) => file);
    const name = freeName(nameOf(text, chosen.name, app.language()), taken);
    let faults;
    const kept = await app.attempt(async () => {
      await app.api.putText(pathOf(name), text);
      ({ faults } = await app.api.get(pathOf(name)));
      await app.readScenarios();
    });
    if (kept) await armAll(app, faults, t('scenarios.loaded', name));
  }
  input.addEventListener('change', async () => {
    const [chosen] = input.files;
    if (chosen) await take(chosen);
    input.value = '';
  });
  return field(t('scenarios.load'), input);
}

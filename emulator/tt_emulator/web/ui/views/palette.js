/** The palette: a dialog in which one types what to do. */

import { h, say, set } from '../core/dom.js';
import { findCommands, nthIn, stepTo } from '../logic/commands.js';
import { findKinds } from '../logic/search.js';
import { scopeChosen } from './arming.js';
import { errorCommands, kindCommands, playerCommands, playerHere, usualNth, worldCommands } from './commands.js';

const MOST = 40; // rows that are drawn; more letters find the others

/** Opens a dialog that is taken away when it closes. */
export function openDialog(label, ...children) {
  const dialog = h('dialog', { class: 'hands', 'aria-label': label }, ...children);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault(); // the browser would close it a moment later, and the next key be lost
    dialog.close();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close(); // beside it
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Kinds are found by what people feel of them, too. */
function kindsFor(app, typed) {
  const felt = new Set(findKinds(app.state.fault_kinds, typed.trim()));
  return kindCommands(app).filter(({ felt: kind }) => felt.has(kind));
}

/** `mode`: `all`, `next` (the next call fails with …) or `every` (each Nth does). `plain()` gives the other commands. */
export function openPalette(app, mode, plain) {
  const { t } = app;
  const label = t(`hands.${mode}`);
  const others = mode === 'all' ? [...plain(), ...worldCommands(app)] : [];
  const next = mode === 'every' ? [] : errorCommands(app);
  let shown = [];
  let at = 0;

  const list = h('ul', { class: 'commands', role: 'listbox', id: 'commands', 'aria-label': label });
  const input = h('input', {
    class: 'form-control',
    id: 'command',
    role: 'combobox',
    'aria-label': label,
    'aria-expanded': 'true',
    'aria-controls': list.id,
    'aria-autocomplete': 'list',
    placeholder: label,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const sum = h('p', { class: 'note', role: 'status' });
  const whom = mode !== 'all' && h('p', { class: 'note' }, t('moreOptions'), ' ', scopeChosen(app, playerHere()));
  const dialog = openDialog(label, input, whom, list, sum);

  function found() {
    const typed = input.value;
    if (mode === 'every') {
      const { n, rest } = nthIn(typed, usualNth());
      return findCommands(errorCommands(app, n), rest);
    }
    const errors = findCommands([...next, ...playerCommands(app, typed)], typed);
    const kinds = kindsFor(app, typed);
    if (mode === 'next') return [...errors, ...kinds];
    return typed.trim() ? [...findCommands(others, typed), ...errors, ...kinds] : others;
  }

  const told = ({ api, n, text }) => {
    if (!api) return text;
    return n === null ? t('hands.nextIs', api, text) : t('hands.nthIs', api, text, n);
  };
  const option = (command, index) => {
    const { head, name = head, api, code, key, felt } = command;
    return h(
      'li',
      { role: 'option', id: `command-${index}`, class: 'command', on: { click: () => take(command) } },
      h('span', { class: 'command-text' }, told(command)),
      (felt || api) && h('span', { class: 'command-ids' }, [name, code].filter(Boolean).join(' ')),
      key && h('kbd', {}, key),
    );
  };

  function show() {
    const all = found();
    shown = all.slice(0, MOST);
    list.replaceChildren(...shown.map(option));
    say(sum, all.length ? t('hands.found', all.length) : t('nothingFound'));
    choose(0);
  }

  function choose(index) {
    at = index;
    for (const [place, item] of [...list.children].entries()) set(item, 'aria-selected', String(place === at));
    set(input, 'aria-activedescendant', shown.length ? `command-${at}` : null);
    list.children[at]?.scrollIntoView({ block: 'nearest' });
  }

  function take({ run }) {
    dialog.close(); // first, so that what it does may take the focus
    run();
  }

  input.addEventListener('input', show);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const to = ['Home', 'End'].includes(event.key) ? null : stepTo(event.key, at, shown.length);
    if (to !== null) choose(to);
    else if (event.key === 'Enter' && shown[at]) take(shown[at]);
    else return;
    event.preventDefault();
  });
  show();
  input.focus();
  app.known.read(() => dialog.open && at === 0 && show());
}

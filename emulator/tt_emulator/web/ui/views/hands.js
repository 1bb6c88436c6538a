/** The keyboard: the palette, the shortcuts, moving in lists, and what fields offer. */

import { h } from '../core/dom.js';
import { readPreference, savePreference } from '../core/preferences.js';
import { commandOf, stepTo, takesLetters } from '../logic/commands.js';
import { plainCommands } from './commands.js';
import { offering } from './offering.js';
import { openDialog, openPalette } from './palette.js';

const LISTED = 'main .calls .call, main .players .player, main .rows [data-arm="next"]';
const ALWAYS = ['palette', 'arrows', 'enter', 'escape'];

const areOn = () => readPreference('shortcuts') !== 'off';
const listed = () => [...document.querySelectorAll(LISTED)].filter((item) => item.checkVisibility());

/** Every shortcut, and the way to switch them off. */
function openHelp({ t }, commands) {
  const box = h('input', { type: 'checkbox', role: 'switch', class: 'form-check-input', id: 'shortcuts-on' });
  box.checked = areOn();
  box.addEventListener('change', () => savePreference('shortcuts', box.checked ? null : 'off'));
  const line = (key, text) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, text));
  const keyed = commands.filter(({ key }) => key);
  const close = h('button', { type: 'button', class: 'btn btn-sm btn-outline-secondary' }, t('close'));
  const dialog = openDialog(
    t('hands.shortcuts'),
    h('h2', {}, t('hands.shortcuts')),
    h('div', { class: 'form-check form-switch' }, box, h('label', { class: 'form-check-label', for: box.id }, t('hands.on'))),
    h(
      'dl',
      { class: 'keys' },
      keyed.map(({ key, text }) => line(key, text)),
      ALWAYS.map((name) => line(t(`hands.key.${name}`), t(`hands.key.${name}.does`))),
    ),
    close,
  );
  close.addEventListener('click', () => dialog.close());
}

/** To the search of the view, or the palette where it has none. */
function toSearch(palette) {
  const search = document.querySelector('main input[type="search"]');
  if (!search?.checkVisibility()) return palette('all');
  search.focus();
  search.select();
}

/** Where the focus is in a list, an arrow moves it. Gives whether it did. */
function moved({ key, target, ctrlKey, metaKey, altKey }) {
  const items = listed();
  const at = items.indexOf(target);
  const to = at < 0 || ctrlKey || metaKey || altKey ? null : stepTo(key, at, items.length);
  items[to]?.focus();
  return to !== null;
}

/** Gives the app its `palette(mode)`, and the page its keys. `shell()` is the one that stands now. */
export function attachHands(app, views, shell) {
  const plain = () => plainCommands(app, views, shell, hands);
  const isOpen = () => document.querySelector('dialog[open]');
  const hands = {
    palette: (mode = 'all') => openPalette(app, mode, plain),
    help: () => openHelp(app, plain()),
    search: () => toSearch(hands.palette),
    list: () => listed()[0]?.focus(),
  };
  app.palette = hands.palette;

  function pressed(event) {
    const { key, ctrlKey, metaKey, target } = event;
    if ((ctrlKey || metaKey) && !event.altKey && !event.shiftKey && key.toLowerCase() === 'k') {
      const open = isOpen();
      if (open) open.close();
      else hands.palette();
      return true;
    }
    if (isOpen()) return false;
    if (key === 'Escape' && takesLetters(target) && !event.isComposing) target.blur();
    if (!areOn()) return false;
    if (moved(event)) return true;
    const command = commandOf(event, plain());
    command?.run();
    return Boolean(command);
  }

  addEventListener('keydown', (event) => {
    if (!event.defaultPrevented && pressed(event)) event.preventDefault();
  });
  offering(app);
}

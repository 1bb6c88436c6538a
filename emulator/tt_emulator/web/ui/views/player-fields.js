/** The fields of a player that the platform tells of: what makes calls fail, and where the player is. */

import { choice, field, h, keyed } from '../core/dom.js';
import { idOf, patchOf, valueAt } from '../logic/player-fields.js';

const SMALL = 'form-control form-control-sm';
const typed = { autocomplete: 'off', spellcheck: 'false' };

/**
 * `put(patch)` stores, `putText(pointer, title, text, before)` what may have been changed meanwhile. Gives {root,
 * show(player)}; the fields are there once the platform has told of them.
 */
export function playerFields(app, { put, putText }) {
  const root = h('div', { class: 'fields-more' });
  const makers = { choice: choiceOf, text: textOf, list: listOf, json: jsonOf };

  function make(told) {
    const { control, show } = makers[told.kind](told);
    const element = field(app.words(told.title), control);
    element.show = (player) => document.activeElement !== control && show(valueAt(player, told.pointer));
    if (told.kind === 'json') element.classList.add('field-wide');
    return element;
  }

  function choiceOf(told) {
    const options = told.states.map(({ value, title }) => [value, app.words(title)]);
    const control = choice(options, '', (value) => put(patchOf(told.pointer, value)), { id: idOf(told) });
    return { control, show: (value) => { control.value = value; } };
  }

  function textOf(told) {
    let loaded = '';
    const control = h('input', { class: SMALL, id: idOf(told), maxlength: 128, dir: 'auto', ...typed });
    onChange(control, () => putText(told.pointer, app.words(told.title), control.value, loaded));
    return { control, show: (value) => { control.value = loaded = value ?? ''; } };
  }

  function listOf(told) {
    const control = h('input', { class: SMALL, id: idOf(told), dir: 'auto', placeholder: 'a, b', ...typed });
    const read = () => control.value.split(/[,，]/).map((each) => each.trim()).filter(Boolean);
    onChange(control, () => put(patchOf(told.pointer, [...new Set(read())])));
    return { control, show: (value) => { control.value = (value ?? []).join(', '); } };
  }

  function jsonOf(told) {
    const control = h('textarea', { class: `${SMALL} json-field`, id: idOf(told), rows: 7, dir: 'ltr', ...typed });
    control.addEventListener('change', () => {
      try {
        put(patchOf(told.pointer, JSON.parse(control.value)));
      } catch (error) {
        app.notice(app.t('noJson', app.words(told.title), error.message), { bad: true });
      }
    });
    return { control, show: (value) => { control.value = JSON.stringify(value, null, 2); } };
  }

  return {
    root,
    show(player) {
      keyed(root, app.state.player_fields, ({ pointer }) => pointer, make, (element) => element.show(player));
    },
  };
}

/** Runs when the text is another and the field is left, or Enter pressed. */
export function onChange(input, run) {
  input.addEventListener('change', run);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') input.blur();
  });
}

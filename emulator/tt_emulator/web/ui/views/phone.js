/** The emulated phone, as `getSystemInfoSync()` tells of it; each field is stored as soon as it is changed. */

import { field, h, say } from '../core/dom.js';
import { card } from './parts.js';

const SIDES = ['left', 'right', 'top', 'bottom', 'width', 'height'];
const PLATFORMS = ['android', 'ios', 'devtools'];
const isSize = (name) => /Width$|Height$|Ratio$/.test(name) && name !== 'statusBarHeight';

export function phoneCard(app) {
  const { t, state } = app;
  const inputs = new Map(); // by name, those of the safe area with `safeArea.` before it
  const typing = new Set(); // what somebody types is not touched
  const words = h('div', { class: 'fields' });
  const sizes = h('div', { class: 'fields' });
  const area = h('div', { class: 'fields' });
  const platforms = h(
    'datalist',
    { id: 'platforms' },
    PLATFORMS.map((name) => h('option', { value: name })),
  );
  const note = h('p', { class: 'note' });
  const root = card(
    t('phone'),
    note,
    platforms,
    words,
    h(
      'details',
      { class: 'phone-sizes' },
      h('summary', {}, t('phoneSizes')),
      h('p', { class: 'note' }, t('phoneSizesNote')),
      sizes,
      h('h3', {}, 'safeArea'),
      area,
    ),
  );

  async function put(system) {
    await app.attempt(async () => {
      state.settings = await app.api.put('settings', { system });
    }, t('saved'));
    update(); // also what was refused: the field goes back
  }

  function inputOf(name, isNumber, change) {
    const input = h('input', {
      class: 'form-control form-control-sm',
      id: `phone-${name}`,
      type: isNumber ? 'number' : 'text',
      step: isNumber ? 'any' : null,
      list: name === 'platform' ? platforms.id : null,
      autocomplete: 'off',
      spellcheck: 'false',
    });
    const read = () => (isNumber ? (input.value === '' ? null : Number(input.value)) : input.value);
    input.addEventListener('input', () => typing.add(input));
    input.addEventListener('change', () => {
      typing.delete(input);
      change(read());
    });
    inputs.set(name, input);
    return field(name.replace('safeArea.', ''), input);
  }

  /** The fields that the server has; one that comes later is there by itself. */
  function build(system) {
    for (const [name, value] of Object.entries(system)) {
      if (name === 'safeArea') continue;
      const place = isSize(name) ? sizes : words;
      place.append(inputOf(name, typeof value !== 'string', (fresh) => put({ [name]: fresh })));
    }
    for (const side of SIDES)
      area.append(
        inputOf(`safeArea.${side}`, true, (fresh) => {
          const sides = { ...state.settings.system.safeArea, [side]: fresh };
          put({ safeArea: Object.values(sides).some((each) => each !== null) ? { [side]: fresh } : null });
        }),
      );
  }

  function update() {
    const system = state.settings?.system;
    root.hidden = !system;
    say(note, t('phoneNote', state.platform.global_name));
    if (!system) return;
    if (inputs.size === 0) build(system);
    for (const [name, input] of inputs) {
      const [first, side] = name.split('.');
      const value = side ? (system.safeArea?.[side] ?? '') : (system[first] ?? '');
      if (!typing.has(input) && input.value !== String(value)) input.value = value;
    }
  }

  return { root, update };
}

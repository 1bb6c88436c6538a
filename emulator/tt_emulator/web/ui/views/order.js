/** What is armed in the order in which it is tried, to be moved by dragging, by keys or by buttons. */

import { h, keyed, own, say, set } from '../core/dom.js';
import { isActive } from '../logic/faults.js';
import { placeAt, placed } from '../logic/order.js';
import { card, scopeOf, titleOf } from './parts.js';

export function orderCard(app) {
  const { t, state } = app;
  const list = h('ol', { class: 'order' });
  const root = card(t('order.title'), h('p', { class: 'note' }, t('order.note')), list);
  let dragged = null; // {row, place}
  let shown = [];

  async function move(fault, place) {
    const before = shown.indexOf(fault.id);
    if (place === before || place < 0 || place >= shown.length) return;
    const ids = placed(
      state.faults.map(({ id }) => id),
      shown,
      fault.id,
      place,
    );
    await app.attempt(
      () => app.api.put('faults/order', { ids }),
      t('order.moved', titleOf(app, fault), place + 1, shown.length),
    );
  }

  const othersThan = (row) => [...list.children].filter((other) => other !== row);

  function showDrop(row, place) {
    const others = othersThan(row);
    for (const [index, other] of others.entries()) {
      other.classList.toggle('drop-before', index === place);
      other.classList.toggle('drop-after', index === others.length - 1 && place === others.length);
    }
  }

  /** A pointer holds the row by its handle until it lets go; what takes the pointer away takes the move back. */
  function handleOf(fault, row) {
    const follow = (event) => {
      if (dragged?.row !== row) return;
      const middles = othersThan(row).map((other) => {
        const { top, height } = other.getBoundingClientRect();
        return top + height / 2;
      });
      dragged.place = placeAt(middles, event.clientY);
      showDrop(row, dragged.place);
    };
    const over = (isDone) => () => {
      if (dragged?.row !== row) return;
      const { place } = dragged;
      dragged = null;
      showDrop(row, -1);
      row.classList.remove('dragged');
      if (isDone) move(fault, place);
      update();
    };
    const take = (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      dragged = { row, place: shown.indexOf(fault.id) };
      row.classList.add('dragged');
    };
    const on = { pointerdown: take, pointermove: follow, pointerup: over(true), pointercancel: over(false) };
    return h('span', { class: 'handle', 'aria-hidden': 'true', title: t('order.drag'), on }, '⠿');
  }

  function rowOf(fault) {
    const title = titleOf(app, fault);
    const by = (step) => () => move(fault, shown.indexOf(fault.id) + step);
    const mover = (text, name, step) =>
      h(
        'button',
        {
          type: 'button',
          class: 'btn btn-sm btn-outline-secondary',
          'aria-label': t(name, title),
          on: { click: by(step) },
        },
        text,
      );
    const [up, down] = [mover('↑', 'order.up', -1), mover('↓', 'order.down', 1)];
    const row = h('li', { class: 'order-row', 'data-fault': fault.id, tabindex: '0' });
    row.addEventListener('keydown', (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step || !event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      by(step)();
    });
    const what = h('span', { class: 'order-what' }, h('span', { class: 'chip-title' }, title));
    const scope = own(scopeOf(app, fault), { class: 'note' });
    const place = h('span', { class: 'number' });
    what.append(' ', scope);
    row.append(handleOf(fault, row), place, what, up, down);
    row.show = (number) => {
      say(place, number + 1);
      set(up, 'aria-disabled', number === 0 ? 'true' : null); // `disabled` would take the focus away
      set(down, 'aria-disabled', number === shown.length - 1 ? 'true' : null);
    };
    return row;
  }

  function update() {
    if (dragged) return;
    const active = state.faults.filter((fault) => isActive(fault, app.now()));
    const ids = active.map(({ id }) => id);
    root.hidden = active.length < 2; // one alone has no order
    if (ids.join() === shown.join()) return;
    shown = ids;
    const { activeElement } = document;
    keyed(
      list,
      active,
      ({ id }) => id,
      rowOf,
      (row, { id }) => row.show(shown.indexOf(id)),
    );
    if (list.contains(activeElement)) activeElement.focus(); // what is moved in a document loses it
  }

  return { root, update };
}

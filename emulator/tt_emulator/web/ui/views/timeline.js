/** A timeline to look at and to walk over: a canvas, what moves it, and the same as a list. */

import { button, choice, h, say } from '../core/dom.js';
import { hit, holding, layOut, momentAt, moved, shown, stepFrom, whole, zoomed } from '../logic/timeline.js';
import { coloursOf, draw } from './timeline-drawing.js';
import { legend } from './timeline-legend.js';
import { timelineList } from './timeline-list.js';
import { timeOf } from './parts.js';

const MOST_PX = 420; // more rows scroll
const STEP = 1.6;
const PAN = 0.25;
const DRAG_PX = 4;
const WAYS = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

/**
 * {root, list, show, …}. `choose(item, go)` is told what somebody chose, and whether to `show` or `focus` it besides;
 * `group(by)` by what the rows shall be, which is `by` now.
 */
export function timeline(app, { choose, group, by }) {
  const { t } = app;
  let layout = layOut([]);
  let window = null; // all of it
  let chosen = null;
  let differing = new Set();
  let asked = 0;
  let drawnIn = null;

  const canvas = h('canvas', {
    class: 'timeline-canvas',
    id: 'timeline',
    tabindex: '0',
    role: 'application',
    'aria-label': t('timeline'),
    'aria-describedby': 'timeline-hint',
  });
  const context = canvas.getContext('2d');
  const height = h('div', { class: 'timeline-height' }, canvas);
  const scroller = h('div', { class: 'timeline-scroll' }, height);
  const told = h('p', { class: 'visually-hidden', role: 'status' });
  const list = timelineList(app, (item) => pick(item, 'show'));
  const empty = h('p', { class: 'empty' }, t('timeline.empty'));
  const control = (name, text, run) =>
    button(text, 'btn-sm btn-outline-secondary', run, {
      'aria-label': t(`timeline.${name}`),
      title: t(`timeline.${name}`),
      'data-do': name,
    });
  const controls = h(
    'div',
    { class: 'filters' },
    choice(
      ['player', 'api'].map((name) => [name, t(`timeline.by.${name}`)]),
      by,
      group,
      { 'aria-label': t('timeline.rows') },
    ),
    h(
      'div',
      { class: 'btn-group', role: 'group', 'aria-label': t('timeline.window') },
      control('earlier', '←', () => pan(-PAN)),
      control('out', '−', () => zoom(STEP)),
      control('in', '+', () => zoom(1 / STEP)),
      control('later', '→', () => pan(PAN)),
    ),
    button(t('timeline.all'), 'btn-sm btn-outline-secondary', () => look(null), { 'data-do': 'all' }),
  );
  const shapes = legend(app);
  const parts = h(
    'div',
    {},
    controls,
    scroller,
    shapes.root,
    h('p', { class: 'note', id: 'timeline-hint' }, t('timeline.hint')),
    told,
  );

  const bounds = () => whole(layout);
  const now = () => window ?? bounds();

  function look(wanted) {
    const all = bounds();
    const isAll = !wanted || wanted.end - wanted.start >= all.end - all.start;
    window = isAll ? null : wanted;
    redraw();
  }

  const zoom = (factor, at = middle()) => look(zoomed(now(), factor, at, bounds()));
  const pan = (share) => look(moved(now(), share * (now().end - now().start), bounds()));

  /** Where a zoom stays: at what is chosen if that is seen. */
  function middle() {
    const { start, end } = now();
    const item = layout.byKey.get(chosen);
    return item && item.start >= start && item.start <= end ? item.start : (start + end) / 2;
  }

  function pick(item, go) {
    if (!item) return;
    chosen = item.key;
    look(holding(now(), item, bounds()));
    intoSight(layout.rows.find(({ name }) => name === item.row));
    say(told, list.textOf(item));
    choose(item, go);
  }

  function intoSight({ top, height: tall }) {
    const seen = scroller.clientHeight;
    if (top + tall > scroller.scrollTop + seen) scroller.scrollTop = top + tall - seen;
    if (top < scroller.scrollTop + 30) scroller.scrollTop = Math.max(0, top - 30);
  }

  function redraw() {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      if (canvas.isConnected) paint();
    });
  }

  function paint() {
    const [width, tall] = [scroller.clientWidth, Math.min(layout.height + 2, MOST_PX)];
    if (!width || parts.hidden) return;
    height.style.height = `${layout.height + 2}px`;
    scroller.style.height = `${tall}px`;
    const theme = document.documentElement.getAttribute('data-bs-theme');
    const colours = coloursOf(canvas);
    const scale = devicePixelRatio || 1;
    canvas.style.height = `${tall}px`;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(tall * scale);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    draw(context, {
      layout,
      window: now(),
      width,
      height: tall,
      top: scroller.scrollTop,
      chosen,
      differing,
      colours,
      family: getComputedStyle(canvas).fontFamily,
      acts: t('timeline.acts'),
      tickText: (ms, step) => (step < 1000 ? timeOf(ms) : timeOf(ms).slice(0, 8)),
    });
    if (theme !== drawnIn) shapes.draw(colours);
    drawnIn = theme;
    list.show(shown(layout, now()), chosen);
  }

  const pointed = ({ offsetX: x, offsetY: y }) =>
    hit(layout, now(), scroller.clientWidth, { x, y: y + scroller.scrollTop });
  let drag = null;
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    drag = { x: event.offsetX, window: now(), far: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!drag) {
      canvas.classList.toggle('timeline-over', pointed(event) !== null);
      return;
    }
    const by = event.offsetX - drag.x;
    drag.far ||= Math.abs(by) >= DRAG_PX;
    const length = drag.window.end - drag.window.start;
    if (drag.far) look(moved(drag.window, (-by / scroller.clientWidth) * length, bounds()));
  });
  canvas.addEventListener('pointerup', (event) => {
    if (drag && !drag.far) pick(pointed(event), 'show');
    drag = null;
  });
  canvas.addEventListener('pointercancel', () => {
    drag = null;
  });
  canvas.addEventListener('wheel', turn, { passive: false });
  function turn(event) {
    const { deltaX: across, deltaY: down, shiftKey: shift } = event;
    const width = scroller.clientWidth;
    if (event.ctrlKey || event.metaKey)
      zoom(STEP ** (Math.sign(down) / 2), momentAt(event.offsetX, now(), width));
    else if (shift || Math.abs(across) > Math.abs(down)) pan((across || down) / width);
    else return; // the page scrolls
    event.preventDefault();
  }
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = WAYS[event.key];
    if (way && event.shiftKey && (way === 'left' || way === 'right')) pan(way === 'left' ? -PAN : PAN);
    else if (way) pick(stepFrom(layout, layout.byKey.get(chosen), way, now()));
    else if (event.key === '+' || event.key === '=') zoom(1 / STEP);
    else if (event.key === '-' || event.key === '_') zoom(STEP);
    else if (event.key === 'Home') look(null);
    else if (event.key === 'Enter') pick(layout.byKey.get(chosen), 'focus');
    else return;
    event.preventDefault();
  });
  scroller.addEventListener('scroll', redraw);
  const size = new ResizeObserver(redraw);
  size.observe(scroller);
  const themes = new MutationObserver(redraw);
  themes.observe(document.documentElement, { attributeFilter: ['data-bs-theme'] });

  return {
    root: h('div', { class: 'timeline' }, empty, parts),
    list: list.root,
    /** Shows these, as they are at `at`; a window at the end of what was there goes along with it. */
    show(entries, { at, chosen: key, differing: ids }) {
      const before = bounds();
      layout = layOut(entries, at);
      [chosen, differing] = [key, ids];
      const after = bounds();
      if (window) {
        const atEnd = window.end >= before.end && after.end > before.end;
        window = moved(window, atEnd ? after.end - window.end : 0, after);
      }
      empty.hidden = entries.length > 0;
      parts.hidden = list.root.hidden = entries.length === 0;
      redraw();
    },
    /** Shows all, as another story begins. */
    all: () => look(null),
    pick: (key) => pick(layout.byKey.get(key), 'show'),
    close() {
      size.disconnect();
      themes.disconnect();
    },
  };
}

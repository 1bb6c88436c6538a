/** One documented error, or one kind of fault: three ways to arm it, and how it stands. */

import { button, h, say, set } from '../core/dom.js';
import { clockText, leftMs } from '../logic/faults.js';
import { armAs, count, delayMs } from './arming.js';
import { meaningOf, remainsOf, seenMark } from './parts.js';

/** `armedHere(entry)` gives the faults that are this entry; the row's `show(entry)` brings it up to date. */
export function errorRow(app, entry, armedHere) {
  const { t } = app;
  const { api, kind = 'error', name, code, message, type, evidence, source } = entry;
  const meaning = kind === 'error' ? meaningOf(app, name) : entry.meaning;
  const full = [name, kind === 'error' ? api : ''].filter(Boolean).join(', ');
  const what = () => ({ [kind]: kind === 'delay_ms' ? delayMs() : name });
  const armWith = (times) => armAs(app, what(), { ...(kind === 'error' && { api }), times, name });
  const action = (text, times, key) =>
    button(text, 'btn-outline-secondary', () => armWith(times()), {
      'data-arm': key,
      'aria-label': `${text}: ${full}`,
    });
  const some = action('', () => count(), 'some');
  const nameTold = h('span', { class: 'name' }, name);
  const left = h('span', { class: 'left' });
  const off = button(
    t('off'),
    'btn-sm btn-danger',
    () =>
      app.attempt(
        () => Promise.all(armedHere(entry).map(({ id }) => app.api.remove(`faults/${id}`))),
        t('disarmedOne', name),
      ),
    { 'aria-label': `${t('off')}: ${full}` },
  );
  const row = h(
    'li',
    { class: 'row-error', 'data-error': name, 'data-api': api },
    h(
      'div',
      { class: code === null ? 'what' : 'what what-code' },
      code !== null && h('span', { class: 'code' }, code),
      h(
        'span',
        { class: 'headline' },
        h('span', { class: 'meaning' }, meaning),
        type && h('span', { class: 'type', title: `errorType ${type}` }, type),
        seenMark(app, evidence, source),
        evidence === 'inferred' && h('span', { class: 'inferred', title: t('inferredTold') }, t('inferred')),
      ),
      h(
        'span',
        { class: 'ids' },
        nameTold,
        message && h('span', { class: kind === 'error' ? 'message' : 'told' }, message),
      ),
    ),
    h('div', { class: 'state' }, left, off),
    h(
      'div',
      { class: 'btn-group btn-group-sm', role: 'group', 'aria-label': full },
      action(t('nextCall'), () => 1, 'next'),
      some,
      action(t('untilOff'), () => null, 'on'),
    ),
  );
  row.show = (current) => {
    const now = app.now();
    const armed = armedHere(current);
    row.classList.toggle('row-armed', armed.length > 0);
    left.hidden = off.hidden = armed.length === 0;
    if (kind === 'delay_ms') say(nameTold, `${delayMs()} ms`);
    say(some, t('nextCalls', count()));
    set(some, 'aria-label', `${t('nextCalls', count())}: ${full}`);
    if (armed.length) {
      const ms = leftMs(armed[0], now);
      say(left, [remainsOf(app, armed[0]), ms === null ? '' : clockText(ms)].filter(Boolean).join(' · '));
    }
  };
  return row;
}

/** Which documented errors games of this world have met, and which nobody has tried. */

import { button, clear, h, keyed, say, set } from '../core/dom.js';
import { throttled } from '../core/app.js';
import { byApi } from '../logic/search.js';
import { ttlS } from './arming.js';
import { arm, meaningOf, seenMark } from './parts.js';

export function coverageView(app) {
  const { t } = app;
  let missing = false;
  let told = null;
  const sum = h('strong', { class: 'covered' });
  const meter = h('progress', { class: 'progress-all', 'aria-label': t('view.coverage') });
  const only = h('input', { type: 'checkbox', class: 'form-check-input', id: 'only-missing' });
  only.addEventListener('change', () => {
    missing = only.checked;
    show();
  });
  const alsoSeen = h('input', { type: 'checkbox', class: 'form-check-input', id: 'also-seen' });
  alsoSeen.addEventListener('change', read);
  const seenCheck = h(
    'div',
    { class: 'form-check' },
    alsoSeen,
    h('label', { class: 'form-check-label', for: 'also-seen' }, t('alsoSeen')),
  );
  const groups = h('div', { class: 'coverage' });
  const root = h(
    'div',
    {},
    h(
      'section',
      { class: 'card coverage-head' },
      sum,
      meter,
      h(
        'div',
        { class: 'form-check' },
        only,
        h('label', { class: 'form-check-label', for: 'only-missing' }, t('onlyMissing')),
      ),
      seenCheck,
      h('p', { class: 'note' }, t('coverageNote')),
    ),
    groups,
  );

  const readSoon = throttled(500, async () => {
    told = await app.api.get(alsoSeen.checked ? 'coverage?cover=seen' : 'coverage');
    show();
  });

  function read() {
    readSoon();
  }

  function show() {
    if (told === null) return;
    seenCheck.hidden = !app.state.rows.some(({ evidence }) => evidence === 'seen');
    const counted = told.documented + told.seen;
    say(sum, t(alsoSeen.checked ? 'coveredOrSeen' : 'covered', told.covered, counted));
    set(meter, 'max', counted);
    meter.value = told.covered;
    const shown = byApi(told.coverage).map(([api, rows]) => [
      api,
      rows,
      missing ? rows.filter(({ delivered }) => !delivered) : rows,
    ]);
    keyed(
      groups,
      shown.filter(([, , rows]) => rows.length),
      ([api]) => api,
      groupOf,
      (group, [api, all, rows]) => {
        say(group.sum, `${all.filter(({ delivered }) => delivered).length} / ${all.length}`);
        say(group.calls, t('callCount', told.calls[api] ?? 0));
        keyed(
          group.list,
          rows,
          ({ name }) => name,
          rowOf,
          (row, { delivered }) => {
            row.classList.toggle('met', delivered > 0);
            say(row.mark, delivered ? '✓' : '');
            say(row.times, delivered ? t('times', delivered) : t('never'));
            row.arm.classList.toggle('invisible', delivered > 0);
          },
        );
      },
    );
  }

  function groupOf([api]) {
    const parts = {
      sum: h('span', { class: 'number' }),
      calls: h('span', { class: 'note' }),
      list: h('ul', { class: 'rows' }),
    };
    return Object.assign(
      h(
        'section',
        { class: 'card' },
        h('header', { class: 'card-head' }, h('h2', {}, api), parts.calls, parts.sum),
        parts.list,
      ),
      parts,
    );
  }

  function rowOf({ api, name, code, evidence, source }) {
    const parts = {
      mark: h('span', { class: 'tick', 'aria-hidden': 'true' }),
      times: h('span', { class: 'note' }),
      arm: button(
        t('nextCall'),
        'btn-sm btn-outline-secondary',
        () => arm(app, { error: name, api, times: 1, ttl_s: ttlS() }, name),
        { 'aria-label': `${t('nextCall')}: ${name}, ${api}` },
      ),
    };
    return Object.assign(
      h(
        'li',
        { class: 'row-coverage', 'data-error': name, 'data-api': api },
        parts.mark,
        h('span', { class: 'covered-what' }, meaningOf(app, name), ' ', h('span', { class: 'code' }, code ?? ''), ' ', seenMark(app, evidence, source)),
        parts.times,
        parts.arm,
      ),
      parts,
    );
  }

  return {
    root,
    update(what) {
      if (what.has('catalog')) {
        clear(groups);
      }
      if (['all', 'calls', 'catalog'].some((name) => what.has(name))) read();
    },
  };
}

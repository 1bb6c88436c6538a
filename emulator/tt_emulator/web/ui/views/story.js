/** The story of a world: saved as a file, opened from one, played again, and drawn over time. */

import { h, say } from '../core/dom.js';
import { actsReader } from '../core/acts.js';
import { throttled } from '../core/throttle.js';
import { actsOf, callsOf, faultsOf } from '../logic/story.js';
import { ACTS, entriesOf } from '../logic/timeline.js';
import { actDetail } from './act.js';
import { callDetail } from './call.js';
import { openCard, saveCard } from './story-file.js';
import { timeline } from './timeline.js';

const EVERY_MS = 300;

/** What stays while one looks at other views: the opened story, and what was chosen. */
const kept = { opened: null, by: 'player', chosen: null };

const foundIn = (bundle) => ({
  calls: callsOf(bundle),
  acts: actsOf(bundle),
  faults: faultsOf(bundle),
  told: true,
});

export function storyView(app) {
  const { t, state } = app;
  const title = h('h2', {});
  const detail = h('div', { class: 'detail', id: 'story-detail', tabindex: '-1' });
  const line = timeline(app, { choose, by: kept.by, group });
  const acts = actsReader(app, () => show());
  const file = openCard(app, kept, { changed, select: (id) => line.pick(`call ${id}`) });
  const side = h('section', { class: 'card', 'aria-label': t('timeline') }, title, line.root);
  const drawn = h('div', { class: 'story-line' }, side, detail, line.list);
  const root = h('div', { class: 'story' }, saveCard(app), file.root, drawn);
  let armed = '';
  let shownKey;

  function changed(isAnother) {
    if (isAnother) {
      kept.chosen = null;
      line.all();
      readActs();
    }
    show();
  }

  function readActs() {
    if (state.link === 'live' && !kept.opened) acts.read();
  }

  function group(by) {
    kept.by = by;
    show();
  }

  function choose({ key }, go) {
    kept.chosen = key;
    showDetail();
    if (go === 'focus') detail.focus();
    if (go === 'show') detail.scrollIntoView({ block: 'nearest' });
  }

  /** {calls, acts, faults, told} of the opened story, or of the world as far as the page has seen it. */
  function found() {
    const { opened } = kept;
    if (opened) return (opened.found ??= foundIn(opened.bundle));
    const calls = state.calls.ids.map((id) => state.calls.get(id));
    const begin = calls.length ? Date.parse(calls[0].received_at) : Infinity;
    return { calls, acts: acts.since(begin), faults: state.seen, told: false };
  }

  let entries = [];
  function show() {
    const { calls, acts: done } = found();
    entries = entriesOf(calls, done, kept.by);
    say(title, kept.opened ? t('story.of', kept.opened.name) : t('story.ofWorld', state.world));
    const at = kept.opened ? undefined : app.now();
    line.show(entries, { at, chosen: kept.chosen, differing: file.differing() });
    showDetail();
  }

  function showDetail() {
    const item = entries.find(({ key }) => key === kept.chosen);
    const value = item?.value;
    const key = value ? `${item.key} ${value.duration_ms} ${state.seen.has(value.fault)} ${kept.opened?.name}` : '';
    if (key === shownKey) return;
    shownKey = key;
    const { faults, told } = found();
    detail.hidden = !value;
    if (!value) return detail.replaceChildren();
    const platform = kept.opened && state.platforms.find(({ name }) => name === kept.opened.bundle.platform);
    const about = { back: null, told, fault: faults.get(value.fault), platform: platform || state.platform };
    detail.replaceChildren(item.row === ACTS ? actDetail(app, value) : callDetail(app, value, about));
  }

  const showSoon = throttled(EVERY_MS, async () => {
    if (!kept.opened) show();
  });

  /** Only what is armed, not what is left of it: each call changes that. */
  function armedIsAnother() {
    const before = armed;
    armed = state.faults.map(({ id }) => id).join();
    return armed !== before;
  }

  const everySecond = setInterval(() => {
    if (entries.some(({ end }) => end === null)) showSoon(); // it lasts longer by now
  }, 1000);
  file.dropOn(root);
  show();
  return {
    root,
    close() {
      clearInterval(everySecond);
      line.close();
    },
    update(what) {
      const all = what.has('all');
      const acted = armedIsAnother() || ['all', 'settings', 'players', 'link'].some((name) => what.has(name));
      if (acted) readActs();
      if (all || what.has('calls') || what.has('catalog')) showSoon();
    },
  };
}

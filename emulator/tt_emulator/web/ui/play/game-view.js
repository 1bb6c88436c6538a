/** The game that is played: as whom, how it began, and what went wrong in it. */

import { button, choice, field, h, keyed, own, say } from '../core/dom.js';
import { phoneOf, safeAreaOf } from '../logic/phones.js';
import { switches } from '../views/switches.js';
import { card, durationOf, timeOf } from '../views/parts.js';

/** Events that befall a phone, and what the game's listeners get; which level of memory is which nobody has documented. */
const EVENTS = {
  MemoryWarning: { level: 10 },
  AudioInterruptionBegin: undefined,
  AudioInterruptionEnd: undefined,
};

export const gameView = (game) => (app) => {
  const { t } = app;
  const panic = switches(app);
  const known = h('datalist', { id: 'known-players' });
  const player = h('input', {
    class: 'form-control form-control-sm',
    id: 'play-player',
    list: known.id,
    maxlength: 128,
    autocomplete: 'off',
    spellcheck: 'false',
    value: game.state.player,
  });
  const alone = h('a', { class: 'btn btn-sm btn-link', target: '_blank' }, t('play.alone'));
  const change = (event) => {
    event.preventDefault();
    game.playAs(player.value.trim());
  };
  const event = choice(
    Object.keys(EVENTS).map((name) => [name, `on${name}`]),
    'MemoryWarning',
    () => {},
    { id: 'play-event', 'aria-label': t('play.event') },
  );
  const fire = button(t('play.fire'), 'btn-sm btn-outline-secondary', () => game.fire(event.value, EVENTS[event.value]));
  const facts = h('dl', { class: 'facts' });
  const phoneButton = button(t('play.tellPhone'), 'btn-sm btn-outline-secondary', tellPhone, { id: 'play-tell-phone' });
  const errors = h('ul', { class: 'game-errors' });
  const phoneNote = h('p', { class: 'note' });
  const noErrors = h('p', { class: 'note' }, t('play.noErrors'));
  const names = h('ul', { class: 'game-names' });
  const hosts = h('ul', { class: 'game-names' });
  const namesCard = card(t('play.absent'), h('p', { class: 'note' }, t('play.absentNote')), names);
  const hostsCard = card(t('play.hosts'), h('p', { class: 'note' }, t('play.hostsNote')), hosts);
  const root = h(
    'div',
    { class: 'game-view' },
    panic.root,
    card(
      t('play.who'),
      h(
        'form',
        { class: 'play-as', on: { submit: change } },
        field(t('player'), player),
        known,
        h('button', { class: 'btn btn-sm btn-outline-secondary' }, t('play.as')),
        alone,
      ),
      facts,
      h('div', { class: 'actions' }, event, fire),
      h('div', { class: 'actions' }, phoneButton),
      phoneNote,
    ),
    card(t('play.errors'), errors, noErrors),
    namesCard,
    hostsCard,
  );

  /** The world's phone becomes the one on the stage, which the game is told when it begins anew. */
  async function tellPhone() {
    const phone = phoneOf(game.state.phone, game.state.isLandscape);
    const system = { pixelRatio: phone.ratio, statusBarHeight: phone.insets.top, safeArea: safeAreaOf(phone) };
    if (await app.attempt(() => app.api.put('settings', { system }), t('saved'))) game.reload();
  }

  async function readPlayers() {
    const { players } = await app.api.get('players');
    known.replaceChildren(...players.slice(0, 200).map(({ openid }) => h('option', { value: openid })));
  }

  function showFacts() {
    const { facts: play, firstFrameMs } = game.state;
    const page = game.page();
    const ms = firstFrameMs ?? page?.first_frame_ms ?? null;
    const rows = [
      [t('play.firstFrame'), ms === null ? t('play.notYet') : durationOf(ms)],
      [t('play.seenAs'), play?.as ?? ''],
      [t('play.engine'), play?.engine ?? '–'],
      [t('play.package'), own(play?.dir ?? '')],
    ];
    facts.replaceChildren(...rows.map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value))));
  }

  function showTrouble() {
    const page = game.page();
    const found = page?.errors ?? [];
    keyed(
      errors,
      found.map((error, index) => ({ ...error, key: `${error.at} ${index} ${error.message}` })),
      ({ key }) => key,
      (error) =>
        h(
          'li',
          {},
          h('span', { class: 'at' }, timeOf(error.at)),
          ' ',
          own(error.message, { class: 'game-error' }),
          ' ',
          error.file && h('span', { class: 'place' }, error.line ? `${error.file}:${error.line}` : error.file),
        ),
    );
    noErrors.hidden = found.length > 0;
    const called = Object.entries(page?.called_absent ?? {});
    const asked = (page?.asked_absent ?? []).filter((name) => !called.some(([other]) => other === name));
    const texts = [...called.map(([name, times]) => [name, t('play.called', times)]), ...asked.map((name) => [name, ''])];
    showNames(names, namesCard, texts);
    showNames(hosts, hostsCard, Object.entries(page?.refused_hosts ?? {}).map(([host, times]) => [host, t('times', times)]));
  }

  function showNames(list, around, texts) {
    around.hidden = texts.length === 0;
    keyed(
      list,
      texts.map((pair) => pair.join(' ')).map((key, index) => ({ key, pair: texts[index] })),
      ({ key }) => key,
      ({ pair: [name, told] }) => h('li', {}, own(name, { class: 'mono' }), told && h('span', { class: 'note' }, told)),
    );
  }

  return {
    root,
    update(what) {
      say(phoneNote, t('play.tellPhoneNote', app.state.platform.global_name));
      panic.update();
      if (what.has('all') || what.has('players')) app.attempt(readPlayers);
      if (document.activeElement !== player) player.value = game.state.player;
      alone.href = game.address() ?? '#';
      say(noErrors, t(game.page() ? 'play.noErrors' : 'play.notYet'));
      showFacts();
      showTrouble();
    },
  };
};

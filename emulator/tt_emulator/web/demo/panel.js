/*
 * What stands beside the game: the switches, the stored data and what the callbacks receive. It starts
 * the game with a `tt` that it watches; the game knows nothing of it.
 */
(function () {
  'use strict';

  const { text, translate, switchLanguage } = window.texts;
  const { control } = window;
  const { saidOf, strikes, isJust } = window.armed;
  const platform = window.tt;
  const LOG_LENGTH = 30;
  const LOOK_EVERY_MS = 1000;
  const KEY = 'stack_best';
  const player = new URLSearchParams(location.search).get('tt-player') || 'player-1';
  const other = player === 'player-1' ? 'player-2' : 'player-1';

  const at = (id) => document.getElementById(id);
  let rows = [];
  let faults = [];
  let looks = 0;
  let trouble = control.isOurs ? null : { text: 'elsewhere', more: '' };
  let stored = null;
  const shown = new Map();

  function make(tag, className, content) {
    const element = document.createElement(tag);
    element.className = className;
    if (content !== undefined) element.textContent = content;
    return element;
  }

  // ---- the switches --------------------------------------------------------------------------

  /** The row of the first fault that strikes each save of this player. */
  function armedRow() {
    const here = { api: control.api, player };
    return faults.map((fault) => rows.find((row) => strikes(fault, row, here))).find(Boolean);
  }

  /** One switch: it arms the error of that catalog row, or disarms if there is none. */
  function switchFor(row) {
    const { name, code, message } = row || { name: '', code: '', message: text('healthyNote') };
    const button = make('button', row ? 'switch' : 'switch healthy');
    button.type = 'button';
    button.dataset.error = name;
    button.append(make('span', 'title', text(name || 'healthy')), make('span', 'code', code), make('span', 'message', message));
    button.addEventListener('click', () => turn(name || null));
    return button;
  }

  function makeSwitches() {
    if (rows.length > 0) at('switches').replaceChildren(...[null, ...rows].map(switchFor));
  }

  /** In place: what is under a finger or has the focus stays where it is. */
  function showSwitches() {
    const armed = armedRow();
    const pressed = armed ? armed.name : '';
    const isHealthy = faults.length === 0 && trouble === null;
    for (const button of at('switches').children) {
      const { error } = button.dataset;
      button.setAttribute('aria-pressed', String(error === pressed && (error !== '' || isHealthy)));
    }
    const others = faults.filter((fault) => !armed || !isJust(fault, armed, control.api)).map(saidOf);
    at('other').hidden = others.length === 0;
    at('other').textContent = `${text('armedOther')} ${others.map((said) => JSON.stringify(said)).join(' ')}`;
    at('curl').textContent = control.curlFor(armed ? armed.name : null);
    showTrouble();
  }

  function showTrouble() {
    const foreign = !control.isOurs;
    at('trouble').hidden = trouble === null;
    at('trouble').textContent = trouble ? `${text(trouble.text)} ${trouble.more}` : '';
    at('home').hidden = !foreign;
    at('home').textContent = control.url;
    at('home').href = control.url;
    if (foreign) at('curl').textContent = `${control.curlFor('network-unavailable')}\n${control.curlFor(null)}`;
  }

  /** Runs something on the control plane, and says so calmly if that cannot be. */
  async function attempt(work) {
    if (!control.isOurs) return;
    try {
      await work();
      trouble = null;
    } catch (error) {
      const silent = error instanceof TypeError;
      trouble = { text: silent ? 'unreachable' : 'refused', more: silent ? '' : error.message };
    }
    showSwitches();
  }

  /** Reads what is armed; of answers that overtake each other, the latest asked for counts. */
  async function readFaults() {
    const look = (looks += 1);
    const found = await control.faults();
    if (look === looks) faults = found;
  }

  const look = () => attempt(async () => {
    if (rows.length === 0) {
      rows = await control.errors();
      makeSwitches();
    }
    await readFaults();
  });

  /** Others arm as well. An event stream would keep one of the page's six connections for itself. */
  async function keepLooking() {
    if (!document.hidden && !(trouble && trouble.text === 'refused')) await look();
    setTimeout(keepLooking, LOOK_EVERY_MS);
  }

  /** Arms the error, or disarms all for null, and calls once so that the effect is there to see. */
  const turn = (name) => attempt(async () => {
    await (name === null ? control.disarm() : control.arm(name));
    await readFaults();
    if (name === null && game.best === 0) game.load();
    else game.saveBest();
  });

  // ---- the stored data -----------------------------------------------------------------------

  function showStored() {
    if (stored === null) return;
    const list = stored.KVDataList;
    at('stored').classList.toggle('empty', !list || list.length === 0);
    if (!list) at('stored').textContent = `${text('storedUnread')} ${stored.errMsg}`;
    else at('stored').textContent = list.map(({ key, value }) => `${key}  ${value}`).join('\n') || text('storedNothing');
  }

  function readStored() {
    platform.getUserCloudStorage({
      keyList: [KEY],
      complete(reply) {
        stored = reply;
        showStored();
      },
    });
  }

  // ---- the callbacks -------------------------------------------------------------------------

  function called(id, api, options) {
    const entry = make('li', 'call');
    entry.append(make('p', 'api', `tt.${api}(${JSON.stringify(options) || ''})`));
    const waiting = make('p', 'waiting note', text('waiting'));
    entry.append(waiting);
    shown.set(id, { entry, waiting, api });
    at('log').prepend(entry);
    while (at('log').children.length > LOG_LENGTH) at('log').lastChild.remove();
    at('silent').hidden = true;
  }

  function heard(id, callback, reply) {
    const { entry, waiting, api } = shown.get(id);
    waiting.remove();
    const line = make('p', `heard ${callback}`);
    line.append(make('span', 'callback', callback), make('code', '', JSON.stringify(reply)));
    entry.append(line);
    if (callback !== 'complete') return;
    shown.delete(id);
    at('again').disabled = game.best === 0;
    look();
    if (api === 'setUserCloudStorage' || stored === null) readStored();
    if (api === 'setUserCloudStorage' && !at('board').hidden) board.refresh();
  }

  // ---- the friends ---------------------------------------------------------------------------

  async function showFriends() {
    await attempt(() => control.befriend(player, other));
    at('board').hidden = false;
    board.refresh();
  }

  // ---- the page ------------------------------------------------------------------------------

  async function copy() {
    await navigator.clipboard.writeText(at('curl').textContent);
    at('copy').textContent = text('copied');
    setTimeout(() => { at('copy').textContent = text('copy'); }, 1500);
  }

  function showAll() {
    translate();
    at('second').textContent = `${text('second')} ${other} ↗`;
    makeSwitches();
    showSwitches();
    showStored();
  }

  function secondPlayer() {
    const address = new URL(location.href);
    address.searchParams.set('tt-player', other);
    return address.href;
  }

  const board = window.createBoard(platform, at('board'), KEY);
  const game = new window.Game(window.watch(platform, { called, heard }), at('game'));
  at('language').addEventListener('click', () => { switchLanguage(); showAll(); });
  at('again').addEventListener('click', () => game.saveBest());
  at('friends').addEventListener('click', showFriends);
  at('copy').addEventListener('click', copy);
  at('copy').hidden = !navigator.clipboard;
  at('player').textContent = player;
  at('second').href = secondPlayer();
  at('tester').href = control.testerPage;
  at('tag').textContent = `<script src="${control.url}/tt.js"></script>`;
  window.addEventListener('focus', () => { if (rows.length > 0) look(); });
  showAll();
  keepLooking();
  game.start();
})();

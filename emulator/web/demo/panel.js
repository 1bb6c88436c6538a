/*
 * What stands beside the game: the switches, the stored data and what the callbacks receive. It starts
 * the game with a `tt` that it watches; the game knows nothing of it.
 */
(function () {
  'use strict';

  const { text, translate, switchLanguage } = window.texts;
  const { control } = window;
  const platform = window.tt;
  const LOG_LENGTH = 30;
  const KEY = 'stack_best';
  const player = new URLSearchParams(location.search).get('tt-player') || 'player-1';
  const other = player === 'player-1' ? 'player-2' : 'player-1';

  const at = (id) => document.getElementById(id);
  let rows = [];
  let faults = [];
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

  const hits = (fault, row) => (fault.error === row.name || fault.error === row.code)
    && (!fault.api || [].concat(fault.api).includes(control.api));

  function armedRow() {
    return rows.find((row) => faults.some((fault) => hits(fault, row)));
  }

  /** One switch: it arms the error of that catalog row, or disarms if there is none. */
  function switchFor(row, armed) {
    const { name, code, message } = row || { name: '', code: '', message: text('healthyNote') };
    const button = make('button', row ? 'switch' : 'switch healthy');
    button.type = 'button';
    button.dataset.error = name;
    button.setAttribute('aria-pressed', String(armed));
    button.append(make('span', 'title', text(name || 'healthy')), make('span', 'code', code), make('span', 'message', message));
    button.addEventListener('click', () => turn(name || null));
    return button;
  }

  function showSwitches() {
    const armed = armedRow();
    const others = faults.filter((fault) => !rows.some((row) => hits(fault, row)));
    const focused = document.activeElement && document.activeElement.dataset.error;
    at('switches').replaceChildren(...(rows.length === 0 ? [] : [
      switchFor(null, faults.length === 0 && trouble === null),
      ...rows.map((row) => switchFor(row, row === armed)),
    ]));
    const button = [...at('switches').children].find(({ dataset }) => dataset.error === focused);
    if (button) button.focus(); // the new button stands where the pressed one stood
    at('other').hidden = others.length === 0;
    at('other').textContent = `${text('armedOther')} ${JSON.stringify(others.map(({ error, api }) => ({ error, api })))}`;
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

  const look = () => attempt(async () => {
    if (rows.length === 0) rows = await control.errors();
    faults = await control.faults();
  });

  /** Arms the error, or disarms all for null, and saves once so that the effect is there to see. */
  const turn = (name) => attempt(async () => {
    await (name === null ? control.disarm() : control.arm(name));
    faults = await control.faults();
    game.saveBest();
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
  game.start();
})();

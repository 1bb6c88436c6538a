/** Everything that a tester does, as a table of commands, each with its words and perhaps a key. */

import { everyNth } from '../logic/faults.js';
import { firstOf } from '../logic/commands.js';
import { withQuery } from '../logic/game-address.js';
import { decoded } from '../logic/links.js';
import { offersFor } from '../logic/offers.js';
import { FIRST_API, findKinds } from '../logic/search.js';
import { armAs, count, delayMs } from './arming.js';
import { disarmAll } from './disarming.js';
import { meaningOf } from './parts.js';
import { keepSnapshot } from './snapshots.js';
import { saveStory } from './story-file.js';

const MOST_PLAYERS = 5; // who begin as is typed

/** Where a player is looked at, the one that is meant. */
export function playerHere() {
  const [view, openid] = location.hash.slice(1).split('/');
  return view === 'players' && openid ? decoded(openid) : undefined;
}

const command = (head, run, { key, words = [], id = head } = {}) => ({ id, head, text: head, words, key, run });

/** The commands that need no error. `hands` opens the lists: {palette(mode), help, search, list}. */
export function plainCommands(app, views, shell, hands) {
  const { t } = app;
  const to = (name, at) => command(t('hands.go', t(`view.${name}`)), () => app.go(name), { key: String(at + 1), words: [name] });
  const theme = (name) =>
    command(t('hands.theme', t(`theme.${name || 'system'}`)), () => shell().chooseTheme(name), { words: [`theme ${name}`] });
  return [
    command(t('hands.errors'), () => hands.palette('next'), { key: 'e', words: ['error fail fault 错误 失败'] }),
    command(t('hands.everyNth'), () => hands.palette('every'), { key: 'n', words: ['every nth 每第'] }),
    command(t('disarmAll'), () => disarmAll(app), { key: 'd', words: ['disarm off 解除 停用'] }),
    command(t('hands.clear'), () => app.clearCalls({}), { key: 'c', words: ['clear journal calls 清空 调用'] }),
    command(t('hands.undo'), () => app.undo() || app.notice(t('hands.nothingToUndo')), { key: 'u', words: ['undo 撤销'] }),
    ...views.map(to),
    command(t('hands.search'), hands.search, { key: '/', words: ['search find 搜索'] }),
    command(t('hands.list'), hands.list, { key: 'l', words: ['list calls errors 列表'] }),
    command(t('hands.story'), () => saveStory(app), { words: ['story bundle save 保存 故事'] }),
    command(t('hands.snapshot'), () => keepSnapshot(app), { words: ['snapshot save 保存 快照'] }),
    ...['', 'light', 'dark'].map(theme),
    command(t('hands.language'), app.switchLanguage, { words: ['language english chinese 语言 中文'] }),
    command(t('hands.shortcuts'), hands.help, { key: '?', words: ['keys shortcuts help 快捷键 帮助'] }),
  ];
}

export const worldCommands = ({ t, state }) =>
  state.worlds
    .filter((name) => name !== state.world)
    .map((name) =>
      command(t('hands.world', name), () => { location.search = withQuery(location.search, { world: name }); }, {
        id: `world ${name}`,
        words: ['world switch 世界 切换'],
      }),
    );

/** A command for each documented error: the next call of its API fails, or each `n`th does. */
export function errorCommands(app, n = null) {
  const { t, state } = app;
  const player = playerHere();
  return firstOf(state.rows, FIRST_API).map(({ api, name, code, message }) => {
    const meanings = state.meanings[name] ?? {};
    const told = t('everyNth.armed', n, api, name);
    return {
      id: `${api} ${name}`,
      head: name,
      usual: api === FIRST_API,
      api,
      n,
      code,
      text: meaningOf(app, name),
      words: [api, code, message, meanings.en, meanings.zh],
      run: () =>
        n === null
          ? armAs(app, { error: name }, { api, player, times: 1, name })
          : armAs(app, everyNth(n, name), { api, player, times: null, name: told }),
    };
  });
}

/** For each player whose name begins as the first word that is typed: the next call of theirs fails. */
export function playerCommands(app, typed) {
  const [begin] = typed.trim().split(/\s/);
  const players = begin ? offersFor(app.known.players(), begin, MOST_PLAYERS) : [];
  const rows = app.state.rows.filter(({ api }) => api === FIRST_API);
  return players.flatMap((player) => rows.map((row) => ofPlayer(app, player, row)));
}

function ofPlayer(app, player, { api, name, code }) {
  const text = app.t('hands.playerIs', player, meaningOf(app, name));
  const run = () => armAs(app, { error: name }, { api, player, times: 1, name });
  return { id: `${player} ${name}`, head: player, name, usual: true, api, n: null, code, text, words: [name, code, text], run };
}

/**
 * A command for each kind of fault that is armed by a click: the next call meets it. A delay comes first: all calls
 * of the API that people come for take longer, until it is off.
 */
export function kindCommands(app) {
  const player = playerHere();
  const kinds = findKinds(app.state.fault_kinds, '');
  kinds.sort((one, other) => (other.family === 'delay_ms') - (one.family === 'delay_ms'));
  return kinds.map((kind) => {
    const { family, name, title, effect } = kind;
    const isDelay = family === 'delay_ms';
    const head = name ?? `${delayMs()} ms`;
    const where = isDelay ? { api: FIRST_API, times: null } : { times: 1 };
    return {
      id: `${family} ${head}`,
      head,
      text: isDelay ? `${FIRST_API}: ${app.words(title)}` : app.words(title),
      words: [family, title.en, title.zh, effect.en, effect.zh],
      felt: kind,
      run: () => armAs(app, { [family]: name ?? delayMs() }, { ...where, player, name: head }),
    };
  });
}

/** The N of "every Nth" that is used where none is typed. */
export const usualNth = () => count();

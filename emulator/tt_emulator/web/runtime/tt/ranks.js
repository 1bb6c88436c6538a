import { fetch } from '../browser.js';
import { getter, lenient, method } from '../classes.js';
import { reasonOf } from '../console.js';
import { append, button, element, overlay } from '../elements.js';
import { array, intrinsic, json } from '../language.js';
import { encodeURIComponent, Error, object, String } from '../natives.js';
import { Refusal } from '../replies.js';
import { PREFIX } from './names.js';
import { OWN_SENTENCES } from './sentences.js';

const RELATIONS = { friend: '好友', all: '全部' };
const PERIODS = { day: '日榜', week: '周榜', month: '月榜', all: '总榜' };

/** Draws the panel of tt.getImRankList over the game, until `closed`. */
function drawRanks(boards, { rankTitle, rankType, suffix = '' }, closed) {
  const scoreOf = (item) => item.value + suffix;
  const list = element('ol', {});
  const own = element('footer', {});
  const tabs = array.map(boards, (board) => button(RELATIONS[board.relationType], () => show(board)));
  const show = (board) => showBoard(list, own, board, scoreOf, tabs, boards);
  const close = () => { remove(); closed(); };

  const head = element('header', {}, [element('h2', {}, [rankTitle || '排行榜']), element('small', {}, [PERIODS[rankType]]),
    button('×', close, { class: 'close', 'aria-label': '关闭' })]);
  const choice = boards.length > 1 ? [element('header', {}, tabs)] : [];
  const keydown = (event) => { if (getter.key.key(event) === 'Escape') close(); };
  const card = element('section', { class: 'card', role: 'dialog', tabindex: '-1', keydown },
    array.concat([head], choice, [list, own]));
  show(boards[0]);
  const remove = overlay([element('div', { class: 'shade', click: close }), card]);
}

function showBoard(list, own, board, scoreOf, tabs, boards) {
  const { rank, item } = board.self_item;
  const rows = array.map(board.items, (entry, index) => element('li', {}, [
    element('span', {}, [String(index + 1)]), element('img', { src: entry.user_img, alt: '' }),
    element('span', {}, [entry.nick_name]), element('span', {}, [scoreOf(entry)])]));
  empty(list);
  append(list, rows.length > 0 ? rows : [element('p', {}, ['暂无数据'])]);
  empty(own);
  append(own, [rank > 0 ? '我的排名：第 ' + rank + ' 名 · ' + scoreOf(item) : '我的排名：未上榜']);
  array.forEach(tabs, (tab, index) => method.element.setAttribute(tab, 'aria-pressed', String(boards[index] === board)));
}

const empty = (parent) => method.element.replaceChildren(parent);

// One screen, one panel: of all tt of the page.
const panel = { isShowing: false };

/** Shows the panel; its data are asked for here, and not part of what the game gets. Throws Refusal while one is there. */
export function showRanks(config, options, log) {
  if (panel.isShowing) throw new Refusal('rank-list-showing');
  panel.isShowing = true;
  return askAndDraw(config, options, log);
}

async function askAndDraw(config, options, log) {
  try {
    const query = array.map(object.keys(options), (name) =>
      encodeURIComponent(name) + '=' + encodeURIComponent(options[name]));
    const url = config.url + PREFIX + 'getImRankList?' + array.join(query, '&');
    const response = await intrinsic(fetch(url, { __proto__: null, headers: config.headers, credentials: 'omit' }));
    if (!lenient.response.ok(response)) throw new Error('HTTP ' + lenient.response.status(response));
    const { boards } = json.parse(await intrinsic(lenient.response.text(response)));
    drawRanks(boards, options, () => { panel.isShowing = false; });
  } catch (error) {
    panel.isShowing = false;
    log.say('warn', OWN_SENTENCES.panel(reasonOf(error)));
  }
}

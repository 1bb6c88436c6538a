// What a developer reads in the console.
import { GLOBAL, MAKER, SCRIPT } from '#platform/names.js';
import { loopbackUrl } from './addresses.js';
import { pageOrigin, placed } from './browser.js';
import { getter } from './classes.js';
import { json, string } from './language.js';
import { localized } from './locale.js';
import { inPage, quietly, URL } from './natives.js';

/** The command that starts an emulator where `url` leads. */
function startCommand(url) {
  const port = quietly(() => getter.url.port(new URL(url)), '');
  return 'tt-emulator start' + (port && port !== '8717' ? ' --port ' + port : '');
}

/** The command that ends all faults of the world. */
const disarmCommand = (url, world) => 'curl -X DELETE ' + url + '/__emulator/v1/faults'
  + (world === 'default' ? '' : ' -H X-Emulator-World:' + world);

export const HINT_TEXTS = {
  cors: {
    en: () => ' · If it runs, look for a CORS error in this console: a library that was loaded before ' + SCRIPT + ' and sends cookies'
      + ' (credentials: "include", withCredentials) has the browser refuse the answers. Load ' + SCRIPT + ' before it.',
    zh: () => ' · 如果它在运行，请在控制台中查找 CORS 错误：在 ' + SCRIPT + ' 之前加载、并且会发送 Cookie 的库'
      + '（credentials: "include"、withCredentials）会让浏览器拒绝应答。请先加载 ' + SCRIPT + '。',
  },
  origin: {
    en: (option) => ' · Does it let this page in? Allow it with: ' + option,
    zh: (option) => ' · 它是否允许这个页面访问？允许的选项：' + option,
  },
  sandbox: {
    en: (option) => ' · This frame is sandboxed: its origin is "null", which the emulator does not let in. Give the frame'
      + ' sandbox="allow-scripts allow-same-origin", or start with: ' + option,
    zh: (option) => ' · 这个框架在沙箱中，来源是 "null"，模拟器不允许访问。请给框架加上'
      + ' sandbox="allow-scripts allow-same-origin"，或启动时加上：' + option,
  },
};
const HINTS = localized(HINT_TEXTS);

/** What a page needs beside a running emulator. */
function howToBeLetIn() {
  const option = '--allow-origin ' + pageOrigin;
  if (!inPage) return '';
  if (pageOrigin !== 'null' && loopbackUrl(pageOrigin) !== null) return HINTS.cors(); // always let in
  return pageOrigin !== 'null' || placed.protocol() === 'file:' ? HINTS.origin(option) : HINTS.sandbox(option);
}

export const TEXTS = {
  emulated: {
    en: (url, player, world) => GLOBAL + ' is emulated by ' + url + ': player ' + player + ', world ' + world + '.',
    zh: (url, player, world) => GLOBAL + ' 由 ' + url + ' 模拟：玩家 ' + player + '，世界 ' + world + '。',
  },
  kept: {
    en: () => 'this page already has a ' + GLOBAL + ': it is kept. To emulate, load ' + SCRIPT + ' first.',
    zh: () => '页面里已有 ' + GLOBAL + '，保留不变。要使用模拟器，请先加载 ' + SCRIPT + '。',
  },
  otherEmulator: {
    en: (url, tagUrl) => 'tt-url in this page\'s address names ANOTHER server than the script tag: ' + GLOBAL + ' plays at '
      + url + ', and not at ' + tagUrl + '.',
    zh: (url, tagUrl) => '页面地址中的 tt-url 与 script 标签指定的【不是同一个】服务器：' + GLOBAL + ' 使用 ' + url + '，而不是 ' + tagUrl + '。',
  },
  refusedUrl: {
    en: (url) => 'tt-url in this page\'s address is ' + json.stringify(url) + ' and is REFUSED: a link must not make a page'
      + ' play with a stranger, so it may name loopback addresses alone, as http://127.0.0.1:8717. ' + GLOBAL + ' plays nowhere now: each call'
      + ' fails as without a network. Mend the address; for an emulator on another machine set data-url on the script tag.',
    zh: (url) => '页面地址中的 tt-url 是 ' + json.stringify(url) + '，【已拒绝】：链接不得让页面连接陌生的服务器，因此只能是本机'
      + '回环地址，例如 http://127.0.0.1:8717。现在 ' + GLOBAL + ' 不连接任何服务器，每次调用都像没有网络一样失败。请修改地址；模拟器在其他电脑上时，'
      + '请在 script 标签上设置 data-url。',
  },
  noString: {
    en: (option, kind) => '[tt-emulator] ' + MAKER + ': ' + option + ' must be a string, got ' + kind,
    zh: (option, kind) => '[tt-emulator] ' + MAKER + '：' + option + ' 必须是字符串，得到的是 ' + kind,
  },
  noSuchDomain: {
    en: (given) => '[tt-emulator] ' + MAKER + ': domain is "main" or "open", got ' + json.stringify(given),
    zh: (given) => '[tt-emulator] ' + MAKER + '：domain 只能是 "main" 或 "open"，得到的是 ' + json.stringify(given),
  },
  refused: {
    en: (api, reason) => GLOBAL + '.' + api + ' was refused: ' + reason,
    zh: (api, reason) => GLOBAL + '.' + api + ' 被拒绝：' + reason,
  },
  fault: {
    en: (api, fault, word, url, world) => GLOBAL + '.' + api + ' met the armed fault ' + fault + (word ? ' (' + word + ')' : '')
      + '. To disarm: ' + disarmCommand(url, world),
    zh: (api, fault, word, url, world) => GLOBAL + '.' + api + ' 命中了已启用的故障 ' + fault + (word ? '（' + word + '）' : '')
      + '。取消故障：' + disarmCommand(url, world),
  },
  unknownWord: {
    en: (word) => 'this ' + SCRIPT + ' knows no client fault ' + word + ': the game gets the plain reply.',
    zh: (word) => '这个 ' + SCRIPT + ' 不认识运行时故障 ' + word + '：游戏得到普通的应答。',
  },
  unreadable: {
    en: (api, url, body) => GLOBAL + '.' + api + ': the answer of ' + url + ' is not the expected JSON: '
      + json.stringify(string.slice(body, 0, 80)) + '. Does data-url name another server?',
    zh: (api, url, body) => GLOBAL + '.' + api + '：' + url + ' 的应答不是预期的 JSON：'
      + json.stringify(string.slice(body, 0, 80)) + '。data-url 是否指向了别的服务器？',
  },
  status: {
    en: (api, url, status, why) => GLOBAL + '.' + api + ': ' + url + ' answered HTTP ' + status + '. '
      + (why || 'Does data-url name another server?'),
    zh: (api, url, status, why) => GLOBAL + '.' + api + '：' + url + ' 应答了 HTTP ' + status + '。'
      + (why || 'data-url 是否指向了别的服务器？'),
  },
  silence: {
    en: (api, url, why) => GLOBAL + '.' + api + ': no answer from ' + url + ' (' + why + '). Unless a fault did it:'
      + ' is the emulator running? Start it with: ' + startCommand(url) + howToBeLetIn(),
    zh: (api, url, why) => GLOBAL + '.' + api + '：' + url + ' 没有应答（' + why + '）。如果不是故障所致，模拟器是否在运行？启动命令：'
      + startCommand(url) + howToBeLetIn(),
  },
  noState: {
    en: (url, why) => 'the state of the emulated phone could not be read from ' + url + ' (' + why
      + '): until this page is loaded again ' + GLOBAL + '.getSystemInfoSync and ' + GLOBAL + '.canIUse answer with defaults.'
      + ' Is the emulator running? Start it with: ' + startCommand(url) + howToBeLetIn(),
    zh: (url, why) => '无法从 ' + url + ' 读取模拟手机的状态（' + why
      + '）：重新加载页面之前，' + GLOBAL + '.getSystemInfoSync 和 ' + GLOBAL + '.canIUse 按默认值应答。模拟器是否在运行？启动命令：'
      + startCommand(url) + howToBeLetIn(),
  },
  stateRefused: {
    en: (url, status, why) => 'the state of the emulated phone was refused by ' + url + ' (HTTP ' + status + '): ' + why,
    zh: (url, status, why) => '模拟手机的状态被 ' + url + ' 拒绝（HTTP ' + status + '）：' + why,
  },
  noStream: {
    en: (url, why) => 'the changes of the network cannot be heard from ' + url + ' (' + why + '): tried again each second.',
    zh: (url, why) => '无法从 ' + url + ' 获知网络变化（' + why + '）：每秒重试一次。',
  },
  noJson: {
    en: (api, option) => GLOBAL + '.' + api + ': ' + option + ' cannot be JSON (a cycle, a BigInt?).',
    zh: (api, option) => GLOBAL + '.' + api + '：' + option + ' 无法转为 JSON（是否有循环引用或 BigInt？）。',
  },
  callback: {
    en: (name, api) => 'the ' + name + ' callback of ' + GLOBAL + '.' + api + ' threw:',
    zh: (name, api) => GLOBAL + '.' + api + ' 的 ' + name + ' 回调抛出了异常：',
  },
  thrown: {
    en: () => 'in a page this would be uncaught:',
    zh: () => '在页面里，这会是未捕获的异常：',
  },
  demanded: {
    en: (api) => '[tt-emulator] ' + GLOBAL + '.' + api + ' threw, as the armed fault demands.',
    zh: (api) => '[tt-emulator] ' + GLOBAL + '.' + api + ' 按已启用的故障的要求抛出了异常。',
  },
  listener: {
    en: () => 'a listener of the network threw:',
    zh: () => '网络变化的监听函数抛出了异常：',
  },
  memoryOnly: {
    en: () => 'this page may not use localStorage: what ' + GLOBAL + '.setStorage keeps is gone when it is left.',
    zh: () => '页面不能使用 localStorage：离开页面后，' + GLOBAL + '.setStorage 存储的数据就会消失。',
  },
  originFull: {
    en: (why) => 'this browser keeps no more for this origin (' + why + '), though the platform would.',
    zh: (why) => '浏览器不再为这个来源存储数据（' + why + '），而平台上本可以存储。',
  },
  pageFailed: {
    en: (api, why) => GLOBAL + '.' + api + ' failed in the page itself, by no fault and no limit: ' + why,
    zh: (api, why) => GLOBAL + '.' + api + ' 在页面内部失败，与故障和限额无关：' + why,
  },
  leftOut: {
    en: (kind) => 'a ' + kind + ' in a message between the domains was left out: messages are copied.',
    zh: (kind) => '域之间的消息中有 ' + kind + '，已略去：消息是复制后传递的。',
  },
  unheard: {
    en: (count) => 'nobody has listened to ' + count + ' messages between the domains: later ones are lost.',
    zh: (count) => '域之间已有 ' + count + ' 条消息没有监听者：之后的消息会丢失。',
  },
  notLoaded: {
    en: (url) => 'the open data domain does not run: ' + url + ' could not be loaded.',
    zh: (url) => '开放数据域没有运行：无法加载 ' + url + '。',
  },
  failedPicture: {
    en: (what, url) => what + ' of a picture that did not load (' + url + '): nothing is drawn, and the drawing goes on.'
      + ' A browser alone would throw here.',
    zh: (what, url) => what + ' 使用了没有加载成功的图片（' + url + '）：什么也不画，绘制继续。浏览器本身会在这里抛出异常。',
  },
  emptyCanvas: {
    en: (what, width, height) => what + ' of a canvas of ' + width + ' × ' + height + ' pixels: nothing is drawn, and the'
      + ' drawing goes on. A browser alone would throw here.',
    zh: (what, width, height) => what + ' 使用了 ' + width + ' × ' + height + ' 像素的画布：什么也不画，绘制继续。'
      + '浏览器本身会在这里抛出异常。',
  },
  cover: {
    en: () => GLOBAL + '.createCanvas() made a canvas over the whole window, as this page has none. Touches go through it to the page'
      + ' below unless the game listens to them, by ' + GLOBAL + '.onTouchStart or on the canvas; then it takes them all. (A listener that a'
      + ' library registers by what it kept before ' + SCRIPT + ' was loaded is not seen.) A <canvas> in the page would be taken instead.',
    zh: () => '页面里没有画布，' + GLOBAL + '.createCanvas() 创建了一个覆盖整个窗口的画布。除非游戏监听触摸（用 ' + GLOBAL + '.onTouchStart 或在画布上监听），'
      + '触摸会穿过它到达下面的页面；一旦监听，所有触摸都归它。（某个库若用 ' + SCRIPT + ' 加载之前保存的函数注册监听，则无法得知。）页面里如有'
      + ' <canvas>，就会使用那一个。',
  },
  soundWaits: {
    en: () => 'browsers keep a page silent until somebody touches it or presses a key. A sound that plays already is heard from then on,'
      + ' from where it is; its events come meanwhile.',
    zh: () => '在有人触摸页面或按键之前，浏览器不允许页面发声。已在播放的声音从那一刻起、从当前位置开始可以听到；在此之前事件照常触发。',
  },
  soundFailed: {
    en: (src, errCode, reason) => 'the sound ' + src + ' cannot be played (errCode ' + errCode + '): ' + reason,
    zh: (src, errCode, reason) => '声音 ' + src + ' 无法播放（errCode ' + errCode + '）：' + reason,
  },
  soundNotRead: {
    en: (reason) => 'it cannot be read (a sound of another host has to be allowed by that host, by CORS): ' + reason,
    zh: (reason) => '无法读取（其他主机上的声音需要该主机通过 CORS 允许）：' + reason,
  },
  noSoundFile: {
    en: () => 'a page can read what lies beside it, and what http:, https:, data: and blob: addresses lead to.',
    zh: () => '页面只能读取与它放在一起的文件，以及 http:、https:、data: 和 blob: 地址指向的内容。',
  },
  noSoundHere: {
    en: () => 'there is no sound here: only pages of a browser can play any.',
    zh: () => '这里没有声音：只有浏览器的页面才能播放。',
  },
  noSpeaker: {
    en: (reason) => 'this browser plays no sound: ' + reason,
    zh: (reason) => '这个浏览器无法播放声音：' + reason,
  },
  noSockets: {
    en: () => 'there is no WebSocket here (Node has one from version 22 on): a socket of ' + GLOBAL + '.connectSocket breaks before it opens.',
    zh: () => '这里没有 WebSocket（Node 从 22 版起才有）：' + GLOBAL + '.connectSocket 的连接在打开之前就会断开。',
  },
  manySockets: {
    en: (most) => 'more than ' + most + ' sockets of ' + GLOBAL + '.connectSocket are open: on the platform ' + most + ' may be, and what becomes'
      + ' of one more is not documented. Here it is opened.',
    zh: (most) => GLOBAL + '.connectSocket 同时打开的连接超过 ' + most + ' 个：平台上最多 ' + most + ' 个，再多一个会怎样没有文档说明。这里会照常打开。',
  },
  noAds: {
    en: (api) => 'there are no advertisements: what ' + GLOBAL + '.' + api + ' made fails to load and to show.',
    zh: (api) => '这里没有广告：' + GLOBAL + '.' + api + ' 创建的广告无法加载，也无法展示。',
  },
};
export const SENTENCES = localized(TEXTS);

/*
 * Every word of the page, in English and Chinese. An element names its text in data-text.
 */
(function () {
  'use strict';

  const TEXTS = {
    en: {
      title: 'tt-emulator: a Douyin game that saves to this computer',
      switch: '中文',
      headline: 'A Douyin game, saving to this computer',
      lead: 'The game calls tt.setUserCloudStorage as on the phone; tt-emulator answers, offline. '
        + 'Pick a failure and watch what its callbacks receive.',
      play: 'Tap, click or press space to drop the block. The best score goes to the cloud.',
      canvas: 'Stacking game: press space to drop the block',
      breakIt: 'Make the save fail',
      healthy: 'Everything works',
      healthyNote: 'no fault is armed',
      armedOther: 'Armed elsewhere:',
      terminal: 'The same from a terminal',
      tester: 'Everything else that can fail, and each call as it comes: the tester’s page ↗',
      copy: 'Copy',
      copied: 'Copied',
      stored: 'Stored now',
      second: 'open as',
      friends: 'Friends',
      showFriends: 'Show the board',
      friendsNote: 'Drawn by the open data domain on the shared canvas: this page never sees the friends’ scores.',
      storedNothing: 'nothing yet: play a round',
      storedUnread: 'could not be read:',
      heard: 'What the callbacks receive',
      saveAgain: 'Save again',
      heardNothing: 'No call yet.',
      waiting: 'waiting for the answer',
      yourGame: 'In your own game, one line:',
      elsewhere: 'This page comes from another origin than the emulator. Games may do that, but only the emulator’s '
        + 'own page may arm faults. Use a terminal, or open the demo there:',
      unreachable: 'The emulator does not answer. Start it with: tt-emulator start',
      refused: 'The emulator refused:',
      'session-failure': 'No session',
      'bad-parameter': 'Bad parameter',
      'not-supported': 'Host lacks the API',
      'server-error': 'Server error',
      'bad-response': 'Broken response',
      'http-not-200': 'HTTP is not 200',
      'network-unavailable': 'No network',
      'internal-error': 'Internal error',
    },
    zh: {
      title: 'tt-emulator：存档在本机的抖音小游戏',
      switch: 'English',
      headline: '抖音小游戏，云存档就在这台电脑上',
      lead: '游戏像在手机上一样调用 tt.setUserCloudStorage，由 tt-emulator 在本机离线应答。'
        + '选一个错误，看看游戏的回调会收到什么。',
      play: '点按、单击或按空格键放下方块。最高分会存到云端。',
      canvas: '叠方块小游戏：按空格键放下方块',
      breakIt: '让存档失败',
      healthy: '一切正常',
      healthyNote: '没有启用任何错误',
      armedOther: '在别处启用了：',
      terminal: '在终端里这样做',
      tester: '更多故障和每一次调用：打开测试页 ↗',
      copy: '复制',
      copied: '已复制',
      stored: '当前存储的数据',
      second: '换个玩家打开：',
      friends: '好友排行',
      showFriends: '显示排行榜',
      friendsNote: '由开放数据域画在 sharedCanvas 上：页面本身拿不到好友的分数。',
      storedNothing: '还没有，先玩一局',
      storedUnread: '读取失败：',
      heard: '回调收到的对象',
      saveAgain: '再存一次',
      heardNothing: '还没有调用。',
      waiting: '等待应答',
      yourGame: '用在自己的游戏里，只需一行：',
      elsewhere: '这个页面与模拟器不同源。游戏可以这样用，但只有模拟器自己的页面才能启用错误。请在终端里操作，或打开模拟器上的演示：',
      unreachable: '模拟器没有应答。启动命令：tt-emulator start',
      refused: '模拟器拒绝了：',
      'session-failure': '没有登录态',
      'bad-parameter': '参数错误',
      'not-supported': '宿主不支持',
      'server-error': '服务端报错',
      'bad-response': '返回数据有误',
      'http-not-200': '网络请求非 200',
      'network-unavailable': '网络不可用',
      'internal-error': '内部错误',
    },
  };

  let language = /^zh/i.test(navigator.language) ? 'zh' : 'en';

  /** The text of that name; a name without a text stands for itself. */
  const text = (name) => TEXTS[language][name] || name;

  function translate() {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.title = text('title');
    for (const element of document.querySelectorAll('[data-text]')) element.textContent = text(element.dataset.text);
    for (const element of document.querySelectorAll('[data-label]')) {
      element.setAttribute('aria-label', text(element.dataset.label));
    }
  }

  function switchLanguage() {
    language = language === 'zh' ? 'en' : 'zh';
    translate();
  }

  window.texts = { text, translate, switchLanguage };
})();

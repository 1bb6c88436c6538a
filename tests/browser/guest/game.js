/*
 * A game that uses all of tt where nothing of the browser is left as it was. What it needs itself it takes beforehand, after
 * tt.js; what it hears is in `seen`, and on the console it says what a tester has to do meanwhile ("guest: …").
 */
(function () {
  'use strict';

  const { apply } = Reflect;
  const { dispatchEvent } = EventTarget.prototype;
  const { getContext } = HTMLCanvasElement.prototype;
  const { createPattern, drawImage } = CanvasRenderingContext2D.prototype;
  const { documentElement: root } = document;
  const { get: countOf } = Object.getOwnPropertyDescriptor(Element.prototype, 'childElementCount');
  const emptyCanvas = Object.assign(document.createElement('canvas'), { width: 0 });
  const { set: setSrc } = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src');
  const { set: setOnload } = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'onload');
  const { set: setOnerror } = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'onerror');
  const { get: isConnected } = Object.getOwnPropertyDescriptor(Node.prototype, 'isConnected');
  const { get: widthOf } = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, 'width');
  const { ArrayBuffer, Error, Event, PointerEvent, setTimeout } = window;
  const { origin } = location;
  const bytes = new Uint8Array([1, 2, 3]).buffer;
  const seen = {};
  const say = (text) => console.info('guest: ' + text);
  const { createTT } = window;
  const later = (act) => setTimeout(act, 20);
  const tell = (target, event) => apply(dispatchEvent, target, [event]);
  const press = (type) => tell(window, new PointerEvent(type, { pointerId: 7, clientX: 5, clientY: 6, bubbles: true }));

  /** Calls the `api` and goes on with `next` once it is complete. */
  function call(api, options, next, name = api, phone = tt) {
    phone[api]({
      ...options,
      complete(reply) { seen[name] = reply; next(); },
    });
  }

  /** The calls of `list`, each [api, options, name], one after the other, then `next`. */
  function calls(list, next, at = 0) {
    if (at === list.length) next();
    else call(list[at][0], list[at][1], () => calls(list, next, at + 1), list[at][2]);
  }

  function sayOnceDrawn(text) {
    const before = apply(countOf, root, []);
    later(function wait() {
      if (apply(countOf, root, []) === before) later(wait);
      else say(text);
    });
  }

  function load(src, next, name) {
    const image = tt.createImage();
    apply(setOnload, image, [() => { seen[name] = 'loaded'; next(image); }]);
    apply(setOnerror, image, [() => { seen[name] = 'failed'; next(image); }]);
    apply(setSrc, image, [src]);
  }

  const moment = new Date(0);
  const cycle = {};
  cycle.KVDataList = cycle;
  const RANK = { relationType: 'default', dataType: 0, rankType: 'week' };
  const PAIRS = { KVDataList: [{ key: 'best', value: '7' }] };

  const steps = [
    function phone(next) {
      seen.platform = tt.getSystemInfoSync().platform;
      seen.can = [tt.canIUse('setUserCloudStorage.object.KVDataList.key'), tt.canIUse('nothing'), tt.canIUse('onShow')];
      seen.folder = [tt.env.USER_DATA_PATH, tt.getEnvInfoSync().common.USER_DATA_PATH];
      seen.level = tt.getLaunchOptionsSync().query.level;
      seen.absent = [tt.createVideo, tt.getSharedCanvas, tt.onMessage, tt.getFriendCloudStorage, 'x' in tt];
      next();
    },

    function cloud(next) {
      calls([['login', { force: true }], ['checkSession'], ['setUserGroup', { groupId: 'g' }, 'group'], ['setUserCloudStorage', PAIRS],
        ['getUserCloudStorage', { keyList: ['best'] }], ['removeUserCloudStorage', { keyList: ['none'] }], ['getUserInfo'],
        ['getNetworkType'], ['getSystemInfo'], ['setImRankData', { dataType: 0, value: '5' }],
        ['setUserCloudStorage', cycle, 'cycle'], ['setUserCloudStorage', { KVDataList: 1 }, 'wrong']], next);
    },

    function faults(next) { // which the test has armed, each once
      const twice = [];
      tt.setUserGroup({ groupId: 'g', complete(reply) {
        twice[twice.length] = reply.errMsg;
        if (twice.length < 2) return;
        seen.twice = twice;
        tt.checkSession({ complete() { seen.never = true; } });
        tt.login({ complete() { seen.thrown = true; } });
        calls([['getNetworkType', {}, 'status'], ['setUserCloudStorage', PAIRS, 'badJson'],
          ['removeUserCloudStorage', { keyList: [] }, 'documented'], ['getUserCloudStorage', { keyList: [] }, 'malformed']], next);
      } });
    },

    function storage(next) {
      tt.setStorageSync('a', { deep: [1, 'zwei'] });
      tt.setStorageSync('b', 'text');
      seen.kept = [tt.getStorageSync('a'), tt.getStorageSync('b'), tt.getStorageSync('none'), tt.getStorageInfoSync().keys];
      tt.removeStorageSync('b');
      try {
        tt.setStorageSync('c', cycle);
      } catch (error) {
        seen.refused = error.errNo;
      }
      calls([['setStorage', { key: 'd', data: 4 }], ['getStorage', { key: 'd' }], ['getStorageInfo'], ['removeStorage', { key: 'd' }],
        ['clearStorage'], ['setStorage', { key: '', data: 4 }, 'badKey']], () => {
        tt.clearStorageSync();
        next();
      });
    },

    function screen(next) {
      const canvas = tt.createCanvas();
      const other = tt.createCanvas();
      seen.canvases = [apply(isConnected, canvas, []), apply(isConnected, other, []), apply(widthOf, other, []) > 300];
      const handle = tt.requestAnimationFrame(() => { seen.cancelled = true; });
      tt.cancelAnimationFrame(handle);
      const pen = apply(getContext, other, ['2d']);
      tt.requestAnimationFrame(() => load(seen.getUserInfo.userInfo.avatarUrl, (image) => {
        apply(drawImage, pen, [image, 0, 0]);
        load('http://127.0.0.1:2/none.png', (failed) => {
          apply(drawImage, pen, [failed, 0, 0]);
          apply(drawImage, pen, [emptyCanvas, 0, 0]);
          seen.pattern = apply(createPattern, pen, [failed, 'repeat']);
          seen.drawn = true;
          next();
        }, 'none');
      }, 'avatar'));
    },

    function fingers(next) {
      const heard = [];
      const note = (kind) => (event) => { heard[heard.length] = [kind, event.touches.length, event.changedTouches[0].clientX]; };
      const start = note('start');
      tt.onTouchStart(start);
      tt.onTouchMove(note('move'));
      tt.onTouchEnd(note('end'));
      tt.onTouchCancel(note('cancel'));
      press('pointerdown');
      press('pointermove');
      press('pointerup');
      tt.offTouchStart(start);
      tt.offTouchMove();
      press('pointerdown');
      press('pointercancel');
      seen.touches = heard;
      next();
    },

    function life(next) {
      const heard = [];
      const note = (kind) => () => { heard[heard.length] = kind; };
      tt.onShow(note('show'));
      tt.onHide(note('hide'));
      tt.onError(({ message }) => { seen.error = message; });
      tt.offShow(note('other'));
      tt.onTouchStart(function broken() {
        tt.offTouchStart(broken);
        throw new Error('of a listener');
      });
      press('pointerdown');
      press('pointerup');
      tell(document, new Event('visibilitychange'));
      later(() => later(() => { seen.life = heard; next(); }));
    },

    function sounds(next) {
      const heard = [];
      const sound = tt.createInnerAudioContext();
      const note = (kind) => () => { heard[heard.length] = kind; };
      sound.onCanplay(note('canplay'));
      sound.onPause(note('pause'));
      sound.onTimeUpdate(function moved() {
        sound.offTimeUpdate(moved);
        sound.loop = sound.loop === false;
        sound.volume = sound.volume / 2;
        sound.currentTime = 1;
        sound.seek(0.1);
        sound.pause();
        sound.play();
        sound.loop = false;
      });
      sound.onEnded(() => {
        seen.sound = [heard, sound.src, sound.duration > 0.5, sound.currentTime === sound.duration, sound.paused, sound.buffered > 0];
        sound.stop();
        sound.destroy();
        const none = tt.createInnerAudioContext();
        none.onError((failure) => { seen.noSound = failure; next(); });
        none.src = 'data:audio/mpeg,';
      });
      sound.src = 'tone.wav';
      sound.play();
      const context = tt.getAudioContext();
      seen.context = context === tt.getAudioContext();
    },

    function drawn(next) {
      sayOnceDrawn('choose in the modal');
      call('showModal', { title: 'sure?', content: 'really' }, () => {
        sayOnceDrawn('cancel the sheet');
        calls([['showActionSheet', { itemList: ['one'] }], ['showToast', { title: 'a', icon: 'loading' }], ['showLoading', { title: 'b' }], ['hideLoading'], ['hideToast'],
          ['showToast', { title: 'hello', duration: 10 }], ['showShareMenu'], ['vibrateShort'], ['checkScene'], ['navigateToScene']], () => {
            sayOnceDrawn('answer whether to share');
            call('shareAppMessage', {}, next);
          });
      });
      tt.onShareAppMessage(() => {});
    },

    function ranks(next) {
      call('getImRankList', RANK, () => call('getImRankList', RANK, () => {
        say('close the panel');
        later(function wait() { // until it is closed, a next one is refused
          call('getImRankList', RANK, () => {
            if (seen.panel.errNo) later(wait);
            else {
              say('close it again');
              next();
            }
          }, 'panel');
        });
      }, 'secondPanel'), 'firstPanel');
    },

    function device(next) {
      const heard = [];
      const note = (kind) => () => { heard[heard.length] = kind; };
      tt.onDeviceOrientationChange(note('orientation'));
      tt.onUnhandledRejection(note('rejection'));
      tt.onWindowResize(note('resize'));
      tell(window, new Event('resize')); // of the size that it has
      (async () => { throw new Error('of nobody'); })();
      calls([['setDeviceOrientation', { value: 'portrait' }], ['startAccelerometer'], ['startAccelerometer', {}, 'runsAlready'],
        ['stopAccelerometer'], ['startGyroscope'], ['stopGyroscope']], () => later(() => {
        seen.device = heard;
        next();
      }));
    },

    function keyboard(next) {
      const heard = [];
      const note = (kind) => () => { heard[heard.length] = kind; };
      tt.onKeyboardInput(note('input'));
      tt.onKeyboardConfirm(note('confirm'));
      tt.onKeyboardComplete(() => { seen.keyboard = heard; next(); });
      call('updateKeyboard', { value: 'nowhere' }, () => call('showKeyboard', { defaultValue: 'a' }, () => say('type')));
    },

    function consent(next) {
      sayOnceDrawn('allow');
      calls([['authorize', { scope: 'scope.album' }], ['authorize', { scope: 'scope.album' }, 'again'], ['getSetting'], ['checkShortcut'],
        ['setClipboardData', { data: 'a' }], ['getClipboardData'], ['requestSubscribeMessage'], ['navigateToMiniProgram']], () => {
        sayOnceDrawn('add the shortcut');
        call('addShortcut', {}, next);
      });
    },

    function outside(next) {
      tt.request({ url: origin, complete(reply) { seen.aborted = reply.errMsg; } }).abort();
      const options = { url: origin, method: 'POST', data: bytes, responseType: 'arraybuffer' };
      call('request', options, () => {
        seen.bytes = seen.request.data instanceof ArrayBuffer;
        calls([['request', { url: 'http://nowhere.example/' }, 'elsewhere'], ['loadSubpackage', { name: 'stage' }], ['downloadFile', { url: origin }]], next);
      });
    },

    function sockets(next) {
      const url = 'ws://127.0.0.1:' + tt.getLaunchOptionsSync().query.socket + '/';
      const early = tt.connectSocket({ url });
      early.close();
      early.readyState = early.OPEN;
      const held = tt.connectSocket({ url, protocols: ['game'] }); // until the player is offline
      held.onClose(({ code }) => { seen.lost = code; });
      held.onOpen(() => {
        const heard = [];
        const task = tt.connectSocket({ url });
        task.onMessage(({ data }) => {
          heard[heard.length] = data instanceof ArrayBuffer || data;
          if (heard.length === 2) task.close({ code: 3001, reason: 'over' });
        });
        task.onOpen(() => {
          task.send({ data: 'a', complete(reply) { seen.sent = reply.errMsg; } });
          task.send({ data: bytes });
        });
        task.onClose(({ code }) => {
          seen.socket = [heard, code];
          tt.connectSocket({ url: 'ws://127.0.0.1:1/' }).onError(({ errMsg }) => { seen.unreachable = errMsg; next(); });
        });
      });
    },

    function buttons(next) {
      seen.font = tt.loadFont('a.ttf');
      const style = { left: 10, top: 10, width: 50, height: 20, color: 'red' };
      tt.createFeedbackButton({ type: 'image', image: 'data:,', style }).onTap((tap) => {
        seen.tap = tap.errMsg;
        say('tap the other');
      });
      const other = tt.createUserInfoButton({ text: 'x', style: { left: 100, top: 10, width: 50, height: 20 } });
      other.onTap((tap) => {
        seen.tapped = tap.errMsg;
        other.destroy();
        next();
      });
      say('tap');
    },

    function managers(next) {
      seen.info = [tt.getWindowInfo().windowWidth, tt.getDeviceInfo().platform, tt.getAppBaseInfo().language,
        tt.getMenuButtonLayout().width, tt.getAccountInfoSync().miniProgram.envVersion];
      tt.setPreferredFramesPerSecond(30);
      tt.triggerGC();
      tt.reportAnalytics('a');
      tt.reportEvent('a');
      tt.onShareTimeline(() => {});
      tt.getLogManager().log('a');
      tt.getRealtimeLogManager().warn('a');
      seen.now = tt.getPerformance().now() > 0;
      const recorder = tt.getGameRecorderManager();
      recorder.stop();
      tt.getUpdateManager().onUpdateReady(() => {});
      tt.getUpdateManager().onCheckForUpdate(({ hasUpdate }) => {
        seen.hasUpdate = hasUpdate;
        recorder.onError((failure) => {
          seen.recorder = failure.errMsg;
          call('recordClip', {}, () => call('updateShareMenu', {}, next), 'clip', recorder);
        });
        recorder.start();
      });
    },

    function ads(next) {
      const ad = tt.createRewardedVideoAd({ adUnitId: 'x' });
      ad.onError((reply) => { seen.ad = reply; next(); });
      ad.onError(() => { throw new Error('of a listener'); });
      ad.hide();
      ad.destroy();
      ad.load();
    },

    function network(next) {
      tt.onNetworkStatusChange(function heard(status) {
        seen.network = status;
        tt.offNetworkStatusChange(heard);
        next();
      });
      say('go offline');
    },

    function online(next) {
      tt.onNetworkStatusChange(function heard() {
        tt.offNetworkStatusChange();
        next();
      });
      say('go online');
    },

    function leaving(next) {
      tt.setStorage({ key: 'first', data: 'words' });
      tell(window, new Event('pagehide'));
      tt.setStorage({ key: 'last', data: 'words' });
      seen.lastWords = [tt.getStorageSync('first'), tt.getStorageSync('last')];
      tell(window, new Event('pageshow'));
      calls([['checkSession']], next);
    },

    function openData(next) {
      seen.shared = [sharedCanvas === tt.getOpenDataContext().canvas];
      tt.getOpenDataContext().postMessage({ type: 'play', nested: [{ list: [1, 2] }], at: moment, act() {} });
      tt.postMessage('text');
      next();
    },

    function alone(next) {
      call('login', {}, next, 'nobody', createTT({ url: 'http://127.0.0.1:2' }));
    },
  ];

  window.seen = seen;
  window.playGame = function playGame(at = 0) {
    if (at === steps.length) say('over');
    else steps[at](() => playGame(at + 1));
  };
})();

/* The open data domain of game.js, in a realm of its own in which nothing is left as it was, either. */
require('./replace.js');
const { apply } = Reflect;
const { getContext } = HTMLCanvasElement.prototype;
const { fillRect } = CanvasRenderingContext2D.prototype;
const { set: setSrc } = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src');
const { set: setOnload } = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'onload');
const { get: widthOf } = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, 'width');
const { console } = window;
const seen = { messages: [], touches: 0 };
GameGlobal.seen = seen;

function call(api, options, next) {
  tt[api]({ ...options, complete(reply) { seen[api] = reply; next(); } });
}

function play() {
  const canvas = tt.getSharedCanvas();
  seen.shared = canvas === sharedCanvas;
  apply(fillRect, apply(getContext, canvas, ['2d']), [0, 0, 9, 9]);
  seen.canvas = apply(widthOf, tt.createCanvas(), []) > 300;
  seen.late = [require('./late').value, require('late.json').value, require('./late').value];
  try {
    require('../game.js');
  } catch (error) {
    seen.outside = error.message;
  }
  try {
    requirePlugin('Layout');
  } catch (error) {
    seen.plugin = error.message;
  }
  seen.absent = [tt.getOpenDataContext, tt.onShow];
  tt.postMessage('no way back');
  call('getFriendCloudStorage', { keyList: ['best'] }, () => call('getCloudStorageByRelation', { type: 'friend', keyList: ['best'] }, () => {
    const image = tt.createImage();
    apply(setOnload, image, [() => tt.requestAnimationFrame(() => {
      replacement.restore(); // else nobody could ask what was seen here
      console.info('guest: open data over');
    })]);
    apply(setSrc, image, [seen.getCloudStorageByRelation.data[0].avatarUrl]);
  }));
}

tt.onTouchStart(({ touches }) => {
  seen.touches = touches.length;
  play();
});
tt.onMessage((message) => {
  seen.messages[seen.messages.length] = message;
  if (message.type === 'play') console.info('guest: touch the screen');
});
GameGlobal.replacement = replaceEverything(require('./by.json').by, [require, requirePlugin]);

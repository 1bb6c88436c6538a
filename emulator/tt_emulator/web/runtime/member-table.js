// What the global of every platform has in a page beside the catalog: each name, and how it is made.
import { createAd } from './ads.js';
import { array } from './language.js';
import { Image } from './natives.js';
import { EVENT_MEMBERS } from './phone-events.js';
import { pick } from './pick.js';
import { TOUCHES } from './touches.js';

const ads = (names) => array.reduce(names, (members, name) => ({ ...members, [name]: ({ log }) => () => createAd(name, log) }), {});

export const COMMON_OF_BOTH = {
  ...pick('touches', array.reduce(TOUCHES, (names, kind) => array.concat(names, ['onTouch' + kind, 'offTouch' + kind]), [])),
  createCanvas: ({ createCanvas }) => createCanvas,
  createImage: () => () => new Image(),
};
export const COMMON = {
  main: {
    ...pick('events', EVENT_MEMBERS),
    ...pick('life', ['getLaunchOptionsSync', 'onShow', 'offShow', 'onHide', 'offHide', 'onError', 'offError']),
    ...pick('managers', ['getUpdateManager', 'getPerformance', 'getLogManager', 'getRealtimeLogManager']),
    onShareAppMessage: ({ sharing }) => sharing.on, // heard by nobody: there is nowhere to share to
    offShareAppMessage: ({ sharing }) => sharing.off,
    onShareTimeline: ({ timeline }) => timeline.on,
    offShareTimeline: ({ timeline }) => timeline.off,
    ...pick('buttons', ['createUserInfoButton', 'createOpenSettingButton', 'createGameClubButton', 'createFeedbackButton']),
    ...ads(['createRewardedVideoAd', 'createInterstitialAd', 'createBannerAd']),
  },
  open: {
    getSharedCanvas: ({ shared }) => () => shared,
    onMessage: ({ inbox }) => inbox.listen,
  },
};

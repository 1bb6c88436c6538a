/*
 * Stand-ins for what games call while they start and tt-emulator does not emulate. They are silent and do nothing, which is
 * not what the platform does: enough for a game to start, not to be tested. Load it after tt.js or wx.js, or copy what you need:
 *
 *   <script src="http://127.0.0.1:8717/tt.js"></script>
 *   <script src="http://127.0.0.1:8717/stand-ins.js"></script>
 *
 * What tt, or wx, has already stays as it is.
 */
(function () {
  'use strict';

  const { tt, wx } = window;
  const nothing = () => {};
  const object = (names, more) => ({ ...Object.fromEntries(names.map((name) => [name, nothing])), ...more });

  /** onX and offX, which never call anybody. */
  const events = (names) => object(names.flatMap((name) => [`on${name}`, `off${name}`]));

  const standIns = {
    ...events(['CompassChange', 'UserCaptureScreen']),
    ...object(['startCompass', 'stopCompass', 'setKeepScreenOn', 'setEnableDebug', 'hideShareMenu', 'setInnerAudioOption']),
    createVideo: () => object(['play', 'pause', 'stop', 'seek', 'destroy', 'requestFullScreen', 'exitFullScreen'], {
      src: '', ...events(['Play', 'Pause', 'Ended', 'TimeUpdate', 'Error', 'Waiting']),
    }),
  };

  for (const platform of [tt, wx].filter(Boolean)) {
    for (const name of Object.keys(standIns)) {
      if (!(name in platform)) platform[name] = standIns[name];
    }
  }
})();

/*
 * Saving a best score to the cloud, as a Douyin mini-game does it. It knows nothing but `tt`.
 */
(function () {
  'use strict';

  /** The score in a KVDataList, 0 if there is none. */
  function readScore(list, key) {
    const pair = list.find((entry) => entry.key === key);
    try {
      return JSON.parse(pair.value).ttgame.score || 0;
    } catch (error) {
      return 0;
    }
  }

  /** `done(failure, score)`: failure is the platform's object, or null. */
  function createCloudSave(tt, key) {
    function ensureSession(done) {
      tt.checkSession({
        success: () => done(null),
        fail: () => tt.login({ success: () => done(null), fail: done }),
      });
    }

    function load(done) {
      tt.getUserCloudStorage({
        keyList: [key],
        success: (res) => done(null, readScore(res.KVDataList, key)),
        fail: (res) => done(res),
      });
    }

    function save(score, done) {
      const ttgame = { score, update_time: Math.floor(Date.now() / 1000) };
      tt.setUserCloudStorage({
        KVDataList: [{ key, value: JSON.stringify({ ttgame }) }],
        success: () => done(null, score),
        fail: (res) => done(res),
      });
    }

    /** Reads, compares, and writes only what is better. */
    function submit(score, done) {
      load((failure, stored) => {
        if (failure) done(failure);
        else if (stored >= score) done(null, stored);
        else save(score, done);
      });
    }

    function open(done) {
      ensureSession((failure) => (failure ? done(failure) : load(done)));
    }

    return { open, load, save, submit };
  }

  if (typeof module === 'object' && module.exports) module.exports = { createCloudSave, readScore };
  else window.createCloudSave = createCloudSave;
})();

/*
 * A `tt` that tells a listener what is called and what comes back. The game notices nothing.
 */
(function () {
  'use strict';

  const APIS = ['setUserCloudStorage', 'getUserCloudStorage', 'removeUserCloudStorage', 'login', 'checkSession'];
  const CALLBACKS = ['success', 'fail', 'complete'];

  /** listener: {called(id, api, options), heard(id, callback, reply)} */
  function watch(tt, listener) {
    const watched = Object.create(tt);
    let calls = 0;
    for (const api of APIS) {
      watched[api] = (options) => {
        const id = (calls += 1);
        const own = { ...options };
        listener.called(id, api, options);
        for (const name of CALLBACKS) {
          own[name] = (reply) => {
            listener.heard(id, name, reply);
            if (options && typeof options[name] === 'function') options[name](reply);
          };
        }
        tt[api](own);
      };
    }
    return watched;
  }

  window.watch = watch;
})();

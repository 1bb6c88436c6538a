/*
 * Makes the calls of a plan, by the same lines under Node and in Chromium: tests/every_row.py has the plans.
 */
(function () {
  'use strict';

  /** What the callbacks of a call hear: [name, reply] of each, once the last one has run. */
  const heardOf = (platform, { api, options }) => new Promise((resolve) => {
    const heard = [];
    const hear = (name) => (reply) => {
      heard.push([name, reply]);
      if (name === 'complete') resolve(heard);
    };
    platform[api]({ ...options, success: hear('success'), fail: hear('fail'), complete: hear('complete') });
  });

  /** What is heard of each call, in the order of the plan; create({player, domain}) gives a platform. */
  async function makeCalls(create, plan) {
    const last = {}; // by API: its calls come one after the other, those of others beside them
    return Promise.all(plan.map((call) => {
      const { api, player, domain } = call;
      last[api] = Promise.resolve(last[api]).then(() => heardOf(create({ player, domain }), call));
      return last[api];
    }));
  }

  if (typeof module === 'object' && module.exports) module.exports = { makeCalls };
  else window.makeCalls = makeCalls;
})();

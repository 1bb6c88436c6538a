/*
 * What an armed fault does, as far as this page is concerned.
 */
(function () {
  'use strict';

  const ACCOUNT = ['id', 'armed_at', 'expires_at', 'matched', 'hits', 'remaining', 'completed', 'near_miss'];
  const DEFAULTS = { probability: 1, skip: 0, delay_ms: 0, moment: 'before' };

  /** What whoever armed the fault said of it: without its account, nulls and defaults. */
  function saidOf(fault) {
    const said = Object.entries(fault).filter(([field, value]) => (
      !ACCOUNT.includes(field) && value !== null && value !== DEFAULTS[field]));
    return Object.fromEntries(said);
  }

  const isError = (error, row) => error === row.name || error === row.code;

  /** Whether every call of `api` by `player` fails with the error of that catalog row. */
  function strikes(fault, row, { api, player }) {
    const { error, api: apis = api, player: whose = player, label, ...narrower } = saidOf(fault);
    return isError(error, row) && [].concat(apis).includes(api) && whose === player && Object.keys(narrower).length === 0;
  }

  /** Whether that is all the fault does: the error, with `api`, for everybody. */
  function isJust(fault, row, api) {
    const { error, api: apis, ...more } = saidOf(fault);
    return isError(error, row) && String(apis) === api && Object.keys(more).length === 0;
  }

  if (typeof module === 'object' && module.exports) module.exports = { saidOf, strikes, isJust };
  else window.armed = { saidOf, strikes, isJust };
})();

/** Disarms everything, and can arm it again. */

import { isActive, specAgain } from '../logic/faults.js';

/** What was spent or expired stays gone. What others have armed meanwhile stays, before what comes back. */
export async function disarmAll(app) {
  const { t, state } = app;
  const before = state.faults.filter((fault) => isActive(fault, app.now()));
  const rearm = () => app.attempt(() => app.api.post('faults', before.map(specAgain)), t('hands.rearmed', before.length));
  if (!(await app.attempt(() => app.api.remove('faults')))) return;
  app.notice(t('disarmed'), before.length ? { action: { text: t('undo'), run: rearm } } : {});
}

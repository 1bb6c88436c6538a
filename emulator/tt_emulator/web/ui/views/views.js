/** The views of the tester's page, by their names in its address. */

import { callsView } from './calls.js';
import { coverageView } from './coverage.js';
import { errorsView } from './errors.js';
import { linkView } from './link.js';
import { playersView } from './players.js';
import { storyView } from './story.js';
import { worldView } from './world.js';

export const TESTER_VIEWS = {
  errors: errorsView,
  calls: callsView,
  story: storyView,
  players: playersView,
  world: worldView,
  coverage: coverageView,
  link: linkView,
};

'use strict';

/* The modules of tt.js by themselves, as Node loads them: no page, no emulator, not even the assembled script. */
const load = (name) => import(`../../../emulator/tt_emulator/web/runtime/${name}.js`);

/** A log whose sentences stand in `said`. */
function noting() {
  const said = [];
  return { said, say: (level, sentence) => said.push([level, sentence]) };
}

module.exports = { load, noting };

/** The tester's page: its views, one at a time. */

import { createPage, createRouter, declareLanguage } from './page.js';
import { createShell } from './shell.js';
import { attachHands } from './views/hands.js';
import { TESTER_VIEWS } from './views/views.js';

let shell = null;
const { app, notices } = createPage({
  draw,
  update(what) {
    shell?.update(what);
    router.update(what);
  },
  show: () => router.show(),
});
const router = createRouter(app, TESTER_VIEWS, () => shell);

function draw() {
  declareLanguage();
  shell?.close();
  shell = createShell(app, Object.keys(TESTER_VIEWS));
  document.getElementById('app').replaceChildren(shell.root, notices.root);
  router.show(true);
}

draw();
attachHands(app, Object.keys(TESTER_VIEWS), () => shell);
app.connect();

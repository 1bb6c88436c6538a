/** The stream of events: open while somebody looks at the page, or wants to be told what happens behind it. */

import { follow } from './stream.js';

/** Gives connect(), which begins anew. `staysOpen()` tells whether the stream stays when the page is hidden. */
export function connection(listening, staysOpen) {
  let stream = null;

  function leave() {
    stream?.stop();
    stream = null;
  }

  function connect() {
    leave();
    if (document.hidden && !staysOpen()) return;
    stream = follow({ url: '/__emulator/v1/events', ...listening });
  }

  document.addEventListener('visibilitychange', () => {
    // a browser grants six connections to all tabs together
    if (document.hidden && !staysOpen()) leave();
    else if (!document.hidden && stream === null) connect();
  });
  return connect;
}

/**
 * Server-sent events over fetch: EventSource cannot send a token. It reconnects by itself, says from where
 * on, and takes a connection that is silent for too long for dead.
 */

const SILENCE_MS = 40_000; // the server says something every 15 s
const PAUSES_MS = [300, 600, 1000, 2000];

/** Reads a stream piece by piece: feed(text) gives the events that are complete. */
export function createParser() {
  let rest = '';
  return function feed(text) {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop();
    return blocks.map(read).filter((event) => event.data !== '');
  };
}

function read(block) {
  const event = { id: 0, kind: 'message', data: '' };
  for (const line of block.split('\n')) {
    const [, name, value] = /^(\w+): ?([^]*)$/.exec(line) || [];
    if (name === 'id') event.id = Number(value);
    if (name === 'event') event.kind = value;
    if (name === 'data') event.data += value;
  }
  return event;
}

/**
 * Listens until stop(). `opening()` runs before each connection and may throw; what it gives goes into
 * the request as Last-Event-ID. `onEvent(event)` gets each event, `onLost(error)` each end.
 */
export function follow({ url, headers, opening, onOpen, onEvent, onLost }) {
  let over = false;
  let failures = 0;
  let connection = null;
  let wake = () => {};

  const pause = (ms) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** An error of the listener's is no reason to leave. */
  function tell(event) {
    try {
      onEvent(event);
    } catch (error) {
      reportError(error);
    }
  }

  async function once() {
    const lastId = await opening();
    if (over) return;
    connection = new AbortController();
    let watchdog = 0;
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => connection.abort(), SILENCE_MS);
    };
    try {
      alive();
      const more = lastId ? { 'Last-Event-ID': String(lastId) } : {};
      const response = await fetch(url, { headers: headers(more), signal: connection.signal });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      failures = 0;
      onOpen();
      await listen(response.body.pipeThrough(new TextDecoderStream()).getReader(), alive);
    } finally {
      clearTimeout(watchdog);
      connection.abort(); // also where we are the ones who left: the browser would keep it open
    }
  }

  async function listen(reader, alive) {
    const feed = createParser();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || over) return;
      alive();
      for (const event of feed(value)) tell({ ...event, data: JSON.parse(event.data) });
    }
  }

  (async () => {
    while (!over) {
      let why = null;
      try {
        await once();
      } catch (error) {
        why = error;
      }
      if (over) return;
      onLost(why);
      await pause(PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)]);
      failures += 1;
    }
  })();

  return {
    stop() {
      over = true;
      wake();
      if (connection) connection.abort();
    },
  };
}

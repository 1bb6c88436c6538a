'use strict';

/*
 * A stand-in for the emulator: it answers what a test tells it to and remembers what it was asked.
 * And the few verbs that the tests of tt.js share.
 */
const http = require('node:http');
const TT_JS = require.resolve('../../emulator/tt_emulator/web/tt.js');
const { createTT } = require(TT_JS);

/** createTT of a tt.js that was loaded while the globals were these; undefined: there is none. */
function createTTOf(globals) {
  const loaded = require.cache[TT_JS];
  const before = Object.fromEntries(Object.keys(globals).map((name) => [name, globalThis[name]]));
  delete require.cache[TT_JS];
  Object.assign(globalThis, globals);
  try {
    return require(TT_JS).createTT;
  } finally {
    Object.assign(globalThis, before);
    require.cache[TT_JS] = loaded;
  }
}

const apiOf = (path) => path.replace('/tt/', '');

/** What the emulator says when all is well. */
function ok(request, response) {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ errMsg: apiOf(request.path) + ':ok' }));
}

/** An answer of the given status, body and headers. */
function says(status, body, headers = {}) {
  return (request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/**
 * Starts a server that lives as long as the test `t`.
 * `answer(request, response)` gets {method, path, headers, body}; → {url, requests}.
 */
async function startStub(t, answer = ok) {
  const requests = [];
  const server = http.createServer(async (message, response) => {
    const chunks = [];
    for await (const chunk of message) chunks.push(chunk);
    const request = {
      method: message.method,
      path: message.url,
      headers: message.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    requests.push(request);
    answer(request, response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${server.address().port}`, requests };
}

/** An address where nobody listens. */
async function deadUrl() {
  const server = http.createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  await new Promise((resolve) => server.close(resolve));
  return url;
}

/**
 * Calls tt[api] and waits until its callbacks have run and had the time to run again.
 * → {events: [[name, reply], …], reply}
 */
function outcome(tt, api, options = {}) {
  return new Promise((resolve) => {
    const events = [];
    const hear = (name) => (reply) => {
      events.push([name, reply]);
      if (name === 'complete') setImmediate(() => resolve({ events, reply }));
    };
    tt[api]({ ...options, success: hear('success'), fail: hear('fail'), complete: hear('complete') });
  });
}

/** Collects what is written to console[level] until the test ends; `heard()` waits for the next line. */
function listenTo(t, level) {
  const lines = [];
  let wake = () => {};
  t.mock.method(console, level, (...parts) => {
    lines.push(parts.join(' '));
    wake();
  });
  lines.heard = () => new Promise((resolve) => {
    wake = resolve;
    if (lines.length > 0) resolve();
  });
  return lines;
}

module.exports = { createTT, createTTOf, deadUrl, listenTo, ok, outcome, says, startStub };

'use strict';

/*
 * The open data directories of tests/clients under Node, on a canvas that records what is drawn. In
 * Chromium they run in browser/test_leaderboard.py.
 */
const assert = require('node:assert/strict');
const { Module, register } = require('node:module');
const path = require('node:path');
const { test } = require('node:test');
const { pathToFileURL } = require('node:url');
const { createTT, says, startStub } = require('./stub.js');

const CLIENTS = path.join(__dirname, '..', 'clients');
const ESM = `${pathToFileURL(path.join(CLIENTS, 'esm')).href}/`;

// Paths from the directory's root, which the platform has and Node has not; in ES modules also files
// without their ending.
process.env.NODE_PATH = path.join(CLIENTS, 'commonjs');
Module._initPaths();
register(`data:text/javascript,${encodeURIComponent(`
  const root = ${JSON.stringify(ESM)};
  export async function resolve(name, context, next) {
    if (!String(context.parentURL).startsWith(root) && !name.startsWith(root)) return next(name, context);
    const url = new URL(name, /^\\.|:/.test(name) ? context.parentURL : root).href;
    return { url: /\\.js$/.test(url) ? url : url + '.js', format: 'module', shortCircuit: true };
  }
`)}`);

class RecordingCanvas {
  constructor() {
    this.drawn = [];
    this.width = 300;
    this.height = 150;
  }

  getContext() {
    const { drawn } = this;
    return {
      clearRect() {},
      fillRect(...place) { drawn.push([this.fillStyle, ...place]); },
      drawImage(image, ...place) { drawn.push([image.src, ...place]); },
    };
  }
}

/** A picture that has loaded a moment after it got its src. */
const createImage = () => ({
  set src(url) {
    Object.defineProperty(this, 'src', { value: url });
    setImmediate(() => this.onload());
  },
});

const pair = (score) => ({ key: 'score', value: JSON.stringify({ ttgame: { score, update_time: 1 } }) });
const FRIENDS = [
  { openid: 'b', nickname: 'b', avatarUrl: 'b.png', KVDataList: [pair(20)] },
  { openid: 'never', nickname: 'never', avatarUrl: 'never.png', KVDataList: [] },
  { openid: 'me', nickname: 'me', avatarUrl: 'me.png', KVDataList: [pair(40)], isMe: true },
  { openid: 'a', nickname: 'a', avatarUrl: 'a.png', KVDataList: [pair(70)] },
];

/** Runs the client in this process as its open data domain; → {post, canvas}. */
async function host(t, load) {
  const { url } = await startStub(t, says(200, { errMsg: 'getCloudStorageByRelation:ok', data: FRIENDS }));
  const canvas = new RecordingCanvas();
  const listeners = [];
  const tt = Object.assign(createTT({ url, domain: 'open', state: {} }), {
    getSharedCanvas: () => canvas,
    onMessage: (listener) => listeners.push(listener),
    createImage,
    requestAnimationFrame: setImmediate,
  });
  Object.assign(globalThis, { tt, GameGlobal: globalThis, sharedCanvas: canvas, HTMLCanvasElement: RecordingCanvas });
  await load();
  return { canvas, post: (message) => listeners.forEach((listener) => listener(message)) };
}

async function settled(canvas, count) {
  while (canvas.drawn.length < count) await new Promise(setImmediate);
}

const STYLES = {
  plain: [JSON.stringify({ event: 'show', key: 'score' }), '#ff0000'],
  commonjs: [{ action: 'show' }, '#00ff00'],
  esm: [{ type: 'show', key: 'score' }, '#0000ff'],
};

for (const [name, [message, colour]] of Object.entries(STYLES)) {
  test(`the ${name} client draws the three best friends`, async (t) => {
    const entry = path.join(CLIENTS, name, 'index.js');
    const { canvas, post } = await host(t, () => (name === 'esm' ? import(pathToFileURL(entry).href) : require(entry)));
    post(message);
    await settled(canvas, 6);
    assert.deepEqual([canvas.width, canvas.height], [120, 90]);
    const bars = canvas.drawn.filter(([what]) => what === colour);
    assert.deepEqual(bars, [[colour, 30, 0, 70, 30], [colour, 30, 30, 40, 30], [colour, 30, 60, 20, 30]]);
    const avatars = canvas.drawn.filter(([what]) => what !== colour);
    assert.deepEqual(avatars, [['a.png', 0, 0, 30, 30], ['me.png', 0, 30, 30, 30], ['b.png', 0, 60, 30, 30]]);
  });
}

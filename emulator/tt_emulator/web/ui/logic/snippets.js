/** A call as text that somebody can paste: for a terminal, for pytest, for a JavaScript test. */

import { outcomeOf } from './calls.js';
import { USUAL, isUsual, makerOf } from './platform.js';
import { reproduction } from './reproduction.js';
import { fileOf, setupOf } from './state.js';

const shell = (text) => `'${text.replace(/'/g, "'\\''")}'`; // for a POSIX shell
const javascript = (value) => JSON.stringify(value);

/** A JSON value as a Python literal. */
export function python(value) {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, part]) => `${JSON.stringify(name)}: ${python(part)}`)
    .join(', ')}}`;
}

/** The call as a curl line. Header values are percent-encoded, as the server reads them. */
export function curlOf(exchange, { url, world, platform = USUAL }) {
  const headers = {
    'X-Emulator-World': world === 'default' ? null : world,
    'X-Emulator-Player': exchange.player,
    'X-Emulator-Domain': exchange.domain === 'main' ? null : exchange.domain,
  };
  const given = Object.entries(headers).filter(([, value]) => value !== null);
  return [
    `curl ${url}${platform.prefix}${exchange.api}`,
    ...given.map(([name, value]) => `-H ${shell(`${name}: ${encodeURIComponent(value)}`)}`),
    `-d ${shell(JSON.stringify(exchange.options))}`,
  ].join(' \\\n  ');
}

/** How to see a player whom no address of a browser can name (see `fitsPath`), and to change them. */
export function byHand(openid, { url, world }) {
  const there = world === 'default' ? '' : ` -H ${shell(`X-Emulator-World: ${world}`)}`;
  const where = world === 'default' ? '' : ` --world ${world}`;
  return [
    `curl --path-as-is ${url}/__emulator/v1/players/${openid}${there}`,
    `tt-emulator player set ${openid} --session expired --url ${url}${where}`,
  ].join('\n');
}

/** Whether the game got a reply that a test can look at. */
const hasReply = (exchange) => exchange.reply !== null && typeof exchange.reply.errMsg === 'string';

/** The fields of a reply that are the same wherever the state is. */
const STORED = { getUserCloudStorage: ['KVDataList', 'data'] };
const isBoard = ({ api, reply }) => api === 'getCloudStorageByRelation' && Array.isArray(reply.data);

function wantedOf(exchange, state) {
  const { api, reply } = exchange;
  if (outcomeOf(exchange) === 'fail') return reply;
  const stored = state ? (STORED[api] ?? []).filter((name) => name in reply) : [];
  return Object.fromEntries(['errMsg', ...stored].map((name) => [name, reply[name]]));
}

/** Who stands on a board in which order, with what; pictures have the server's address in them. */
const rowsOf = (exchange, state) =>
  state && outcomeOf(exchange) === 'ok' && isBoard(exchange)
    ? exchange.reply.data.map(({ openid, KVDataList }) => ({ openid, KVDataList }))
    : null;

/** Whether there is more in a reply than is compared. */
const hasMore = (exchange, state) =>
  outcomeOf(exchange) === 'ok' &&
  rowsOf(exchange, state) === null &&
  Object.keys(exchange.reply).length > Object.keys(wantedOf(exchange, state)).length;

const setupIn = (exchange, { state, fault, fields }) => (state ? setupOf(exchange, state, fault, fields) : null);

/** What a snippet tells besides, as comments: `told` gives the words for a name. */
function remarks(exchange, missing, { told, state }, mark) {
  const names = [missing, hasReply(exchange) && hasMore(exchange, state) && 'reply'].filter(Boolean);
  return names.map((name) => `${mark} ${told(name)}`);
}

/**
 * As a test with the pytest plugin's fixture. `about` has what `reproduction` asks for, and `told(name)` what is missing
 * in words.
 */
export function pytestOf(exchange, { told = String, platform = USUAL, ...about } = {}) {
  const { api, player, domain, options } = exchange;
  const given = (fields) =>
    Object.entries(fields)
      .map(([field, value]) => `${field}=${python(value)}`)
      .join(', ');
  const { ready, missing } = reproduction(exchange, about);
  const lines = remarks(exchange, missing, { told, state: about.state }, '#');
  const setup = setupIn(exchange, about);
  const file = fileOf(exchange, setup);
  if (file) lines.push(`tt_emulator.import_world(Path(__file__).with_name(${python(file)}))`);
  else if (setup) lines.push(`tt_emulator.import_world(${python(setup)})`);
  if (ready?.verb === 'fault') lines.push(`tt_emulator.fault(${given(ready.fields)})`);
  if (ready?.verb === 'player') lines.push(`tt_emulator.player(${python(ready.openid)}, ${given(ready.fields)})`);
  if (ready?.verb === 'settings') lines.push(`tt_emulator.put_settings(${given(ready.fields)})`);
  if (lines.length) lines.push('');
  const whose = given({ player, ...(domain === 'open' && { domain }) });
  const call = `tt_emulator.call(${python(api)}, ${python(options)}, ${whose})`;
  if (hasReply(exchange)) {
    lines.push(`reply = ${call}`, '');
    for (const [field, value] of Object.entries(wantedOf(exchange, about.state)))
      lines.push(`assert reply[${python(field)}] == ${python(value)}`);
    const rows = rowsOf(exchange, about.state);
    const row = '{"openid": row["openid"], "KVDataList": row["KVDataList"]}';
    if (rows) lines.push(`assert [${row} for row in reply["data"]] == ${python(rows)}`);
  } else {
    lines.push(
      `# let the game call ${platform.global_name}.${api} here; it gets no reply, or a damaged one`,
      'with suppress(Exception):',
      `    ${call}`,
      '',
      `tt_emulator.wait_for(${given({ api, count: 1 })})`,
    );
  }
  const body = lines.map((line) => (line ? `    ${line}` : ''));
  const imports = [
    ...(hasReply(exchange) ? [] : ['from contextlib import suppress']),
    ...(file ? ['from pathlib import Path'] : []),
    ...(isUsual(platform) ? [] : ['import pytest']),
  ];
  if (imports.length) imports.push('', '');
  const marks = isUsual(platform) ? [] : [`@pytest.mark.tt_platform(${python(platform.name)})`];
  return [...imports, ...marks, `def test_${snake(api)}(tt_emulator):`, ...body, ''].join('\n');
}

/** How a JavaScript test calls: where the runtime misbehaves there may be no callback, or none to compare. */
function calling(exchange, fault, state, global) {
  const { api, options } = exchange;
  const once = `new Promise((complete) => ${global}.${api}({ ...options, complete }))`;
  const wait = `await emu.waitFor(${javascript({ api, count: 1 })});`;
  const lines = [`const options = ${javascript(options)};`];
  if (['throw', 'never'].includes(fault?.client)) return [...lines, `${global}.${api}(options);`, wait];
  if (!hasReply(exchange) || fault?.client === 'malformed_ok') return [...lines, `await ${once};`, wait];
  const rows = rowsOf(exchange, state);
  const row = '({ openid, KVDataList }) => ({ openid, KVDataList })';
  return [
    ...lines,
    `const reply = await ${once};`,
    '',
    ...Object.entries(wantedOf(exchange, state)).map(
      ([field, value]) => `assert.deepEqual(reply.${field}, ${javascript(value)});`,
    ),
    ...(rows ? [`assert.deepEqual(reply.data.map(${row}), ${javascript(rows)});`] : []),
  ];
}

/** What cannot be copied along, for either kind of test. */
export function missingOf(exchange, about) {
  const { missing } = reproduction(exchange, about);
  return missing ?? (about.fault?.client === 'throw' && exchange.fault !== null ? 'throw' : null);
}

/** As a test with tt-emulator.mjs. */
export function javascriptOf(exchange, { told = String, platform = USUAL, ...about } = {}) {
  const { player, domain, api } = exchange;
  const { ready } = reproduction(exchange, about);
  const of = isUsual(platform) ? '' : `{ platform: '${platform.name}' }`;
  const { global_name: global } = platform;
  const remarked = { told, state: about.state };
  const lines = [...remarks(exchange, missingOf(exchange, about), remarked, '//'), `const emu = createEmulator(${of});`];
  const setup = setupIn(exchange, about);
  const file = fileOf(exchange, setup);
  if (file) {
    lines.push(`const before = await readFile(new URL(${javascript(`./${file}`)}, import.meta.url), 'utf8');`);
    lines.push('await emu.importWorld(JSON.parse(before));');
  } else if (setup) lines.push(`await emu.importWorld(${javascript(setup)});`);
  if (ready?.verb === 'fault') lines.push(`await emu.fault(${javascript(ready.fields)});`);
  if (ready?.verb === 'player')
    lines.push(`await emu.player(${javascript(ready.openid)}, ${javascript(ready.fields)});`);
  if (ready?.verb === 'settings') lines.push(`await emu.settings(${javascript(ready.fields)});`);
  lines.push(
    `const ${global} = await emu.${makerOf(platform)}(${javascript({ player, ...(domain === 'open' && { domain }) })});`,
    '',
    ...calling(exchange, exchange.fault === null ? null : about.fault, about.state, global),
    'await emu.done();',
  );
  return [
    "import assert from 'node:assert/strict';",
    ...(file ? ["import { readFile } from 'node:fs/promises';"] : []),
    "import { test } from 'node:test';",
    "import { createEmulator } from './tt-emulator.mjs';",
    '',
    `test('${global}.${api}', async () => {`,
    ...lines.map((line) => (line ? `  ${line}` : '')),
    '});',
    '',
  ].join('\n');
}

const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

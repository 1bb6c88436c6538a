/** A call as text that somebody can paste: for a terminal, for pytest, for a JavaScript test. */

import { again, codeOf, outcomeOf } from './calls.js';

const STATES = { 'session-failure': { session: 'none' }, 'network-unavailable': { network: 'offline' } };

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
export function curlOf(exchange, { url, world }) {
  const headers = {
    'X-Emulator-World': world === 'default' ? null : world,
    'X-Emulator-Player': exchange.player,
    'X-Emulator-Domain': exchange.domain === 'main' ? null : exchange.domain,
  };
  const given = Object.entries(headers).filter(([, value]) => value !== null);
  return [
    `curl ${url}/tt/${exchange.api}`,
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

/**
 * What has to be so before the call ends in the same way: a fault, or a state of the player or the host.
 * `fault` is the one that struck and `name` the catalog's name of the failure, as far as they are known.
 */
function preparation(exchange, fault, name) {
  const { api, player, fault: struck } = exchange;
  if (struck !== null) {
    const { player: whose, ...fields } = again(exchange, fault) || {};
    return Object.keys(fields).length ? { verb: 'fault', fields } : null;
  }
  if (outcomeOf(exchange) !== 'fail') return null;
  if (STATES[name]) return { verb: 'player', openid: player, fields: STATES[name] };
  return name === 'not-supported' ? { verb: 'settings', fields: { host: { unsupported: [api] } } } : null;
}

/** Whether the game got a reply that a test can look at. */
const hasReply = (exchange) => exchange.reply !== null && typeof exchange.reply.errMsg === 'string';

const wantedOf = (exchange) => (outcomeOf(exchange) === 'fail' ? exchange.reply : { errMsg: exchange.reply.errMsg });

/** As a test with the pytest plugin's fixture. */
export function pytestOf(exchange, { fault, name } = {}) {
  const { api, player, domain, options } = exchange;
  const given = (fields) =>
    Object.entries(fields)
      .map(([field, value]) => `${field}=${python(value)}`)
      .join(', ');
  const ready = preparation(exchange, fault, name);
  const lines = [];
  if (ready?.verb === 'fault') lines.push(`tt_emulator.fault(${given(ready.fields)})`);
  if (ready?.verb === 'player') lines.push(`tt_emulator.player(${python(ready.openid)}, ${given(ready.fields)})`);
  if (ready?.verb === 'settings') lines.push(`tt_emulator.put_settings(${given(ready.fields)})`);
  if (lines.length) lines.push('');
  if (hasReply(exchange)) {
    const whose = given({ player, ...(domain === 'open' && { domain }) });
    lines.push(`reply = tt_emulator.call(${python(api)}, ${python(options)}, ${whose})`, '');
    for (const [field, value] of Object.entries(wantedOf(exchange)))
      lines.push(`assert reply[${python(field)}] == ${python(value)}`);
  } else {
    lines.push(
      `# let the game call tt.${api}(${javascript(options)})`,
      '',
      `tt_emulator.wait_for(${given({ api, count: 1 })})`,
    );
  }
  const body = lines.map((line) => (line ? `    ${line}` : ''));
  return [`def test_${snake(api)}(tt_emulator):`, ...body, ''].join('\n');
}

/** As a test with tt-emulator.mjs. */
export function javascriptOf(exchange, { fault, name } = {}) {
  const { api, player, domain, options } = exchange;
  const ready = preparation(exchange, fault, name);
  const lines = ['const emu = createEmulator();'];
  if (ready?.verb === 'fault') lines.push(`await emu.fault(${javascript(ready.fields)});`);
  if (ready?.verb === 'player')
    lines.push(`await emu.player(${javascript(ready.openid)}, ${javascript(ready.fields)});`);
  if (ready?.verb === 'settings') lines.push(`await emu.settings(${javascript(ready.fields)});`);
  lines.push(`const tt = await emu.createTT(${javascript({ player, ...(domain === 'open' && { domain }) })});`, '');
  if (hasReply(exchange)) {
    lines.push(
      `const options = ${javascript(options)};`,
      `const reply = await new Promise((complete) => tt.${api}({ ...options, complete }));`,
      '',
      ...Object.entries(wantedOf(exchange)).map(
        ([field, value]) => `assert.deepEqual(reply.${field}, ${javascript(value)});`,
      ),
    );
  } else {
    lines.push(
      `// let the game call tt.${api}(${javascript(options)})`,
      `await emu.waitFor(${javascript({ api, count: 1 })});`,
    );
  }
  lines.push('await emu.done();');
  return [
    "import assert from 'node:assert/strict';",
    "import { test } from 'node:test';",
    "import { createEmulator } from './tt-emulator.mjs';",
    '',
    `test('tt.${api}', async () => {`,
    ...lines.map((line) => (line ? `  ${line}` : '')),
    '});',
    '',
  ].join('\n');
}

/** The catalog's name of the failure that an exchange ended with. */
export const nameOf = (exchange, rows) =>
  rows.find(({ api, code }) => api === exchange.api && code === codeOf(exchange))?.name;

const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

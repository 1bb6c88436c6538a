/*
 * The page in which tt-emulator plays a mini-game package: a realm as the platform has one, in which game.js runs; in the frame
 * of the open data domain it is index.js of its folder.
 */
import { currentScript, listen } from '../runtime/browser.js';
import { getter, method } from '../runtime/classes.js';
import { array, intrinsic, json, now, string } from '../runtime/language.js';
import { Error, has, Object, object, Promise, quietly, reportError, setTimeout, String, URL } from '../runtime/natives.js';
import { write } from '../runtime/console.js';
import { compiled } from './es-modules.js';
import { followConsole } from './console.js';
import { MOST_LETTERS } from './console-text.js';
import { createDomain, withoutPlugins } from './domain.js';
import { createFiles } from './files/members.js';
import { watchScreen } from './first-frame.js';
import { plain } from './modules.js';
import { createPlayerPage } from './player-page.js';
import { letPicturesShowFiles } from './pictures.js';
import { placeIn } from './positions.js';
import { reloadOnChange } from './reload.js';
import { createReport } from './report.js';
import { TEXTS } from './sentences.js';
import { webAssemblyMembers } from './web-assembly.js';

const OWN = '/__play/';
const STEPS = 4; // in which a subpackage comes
const ABSENT = /\b(?:tt|wx)\.(\w+) is not a function/;

/** The global that the platform's script makes: it has the script's name. */
const platformOf = ({ script = 'tt.js' }) => window[script.replace('.js', '')];

/** Adds the platform's script, with `members` on its element; a promise of the global that it makes. */
function addPlatform(facts, members) {
  const { openData, names, script: file = 'tt.js' } = facts;
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src: `${OWN}${file}`, ...members });
    Object.assign(script.dataset, { url: location.origin, ...(openData && { openData }), ...(names.includes('wx') && { compat: 'wx' }) });
    script.onload = () => resolve(platformOf(facts));
    script.onerror = () => reject(new Error(TEXTS.notLoaded(file)));
    document.head.append(script);
  });
}

/** {facts, files, modules} of the package: what it is, the size of each file, and what runs. */
async function load() {
  const response = await fetch(`${OWN}package.json`, { cache: 'no-store' });
  if (!response.ok) throw new Error(TEXTS.notLoaded('package.json'));
  const { facts, files, scripts } = await response.json();
  const modules = Object.entries(scripts).map(([path, code]) => ({ path, code }));
  return { facts, files, modules: await compiled(modules, `${OWN}compile-worker.js`, facts.compiler) };
}

/** Names of the platform, as the package sees it: {tt}, {wx}, or both for the one object. */
const named = (names, platform) => Object.fromEntries(names.map((name) => [name, platform]));

/** Tells the emulator, the console and the page around of what the game did not catch. */
function followErrors({ report, page }, positions) {
  function record(message, error, line) {
    const found = placeIn(quietly(() => String(Object(error).stack || ''), ''));
    const place = found.file === null ? positions.at(line) || found : found;
    report.error({ message, ...place, at: now() });
    page.line(() => ({ level: 'error', text: string.slice(message, 0, MOST_LETTERS), ...place }));
    const absent = method.regexp.exec(ABSENT, message);
    if (!absent) return;
    report.called(absent[1]);
    write('error', TEXTS.called(absent[0].split(' ')[0], place.file + ':' + place.line));
  }
  listen(window, 'error', (event) => {
    record(getter.failure.message(event), getter.failure.error(event), getter.failure.lineno(event));
  });
  listen(window, 'unhandledrejection', (event) => {
    const { reason } = event;
    record(quietly(() => 'Unhandled rejection: ' + (Object(reason).message || reason), 'Unhandled rejection'), reason, 0);
  });
}

/** (host): it is counted each time that nothing was sent there, and told once. */
function createRefusing(report) {
  const told = new Set();
  return (host) => {
    report.refused(host);
    if (method.set.has(told, host)) return;
    method.set.add(told, host);
    write('warn', TEXTS.refusedHost(host));
  };
}

/** An error of the game's start is one that nobody has caught, as any other. */
function start(domain, entry) {
  try {
    domain.run(entry);
  } catch (error) {
    reportError(error);
  }
}

/** Has a part of the package run, told by its name or its root; the files are there already. */
function loaderOf(play, domain) {
  const { files, facts: { subpackages } } = play;
  return async (name, tellProgress) => {
    const part = array.find(subpackages, (each) => each.name === name || each.root === plain(name));
    if (!part) throw new Error(TEXTS.noSubpackage(name));
    const isFile = string.endsWith(part.root, '.js');
    const own = array.filter(object.keys(files), (path) => path === part.root || string.startsWith(path, part.root + '/'));
    const bytes = array.reduce(own, (sum, path) => sum + files[path], 0);
    for (let step = 1; step <= STEPS; step += 1) {
      await intrinsic(new Promise((resolve) => { setTimeout(resolve); }));
      tellProgress({
        progress: (100 * step) / STEPS, totalBytesWritten: (bytes * step) / STEPS, totalBytesExpectedToWrite: bytes,
      });
    }
    const entry = isFile ? part.root : part.root + '/game.js';
    if (has(files, entry)) domain.run(entry);
  };
}

async function playMain() {
  const query = new URLSearchParams(location.search);
  const report = createReport({
    page: Array.from(crypto.getRandomValues(new Uint32Array(2)), (number) => number.toString(36)).join(''),
    player: query.get('tt-player') || 'player-1', world: query.get('tt-world') || 'default',
  });
  const facts = json.parse(document.getElementById('facts').textContent);
  reloadOnChange(`${OWN}events`);
  const page = createPlayerPage(facts.playerPage);
  const shared = { report, page, play: null };
  const refused = createRefusing(report);
  const files = createFiles();
  const realm = {
    script: `${OWN}play.js`, members: { shared }, missed: report.asked, connect: page.connect, refused, mapped: facts.mapped,
    platform: files.members, fileAddress: files.blobAddress, transfers: files.transfers,
    screen(canvas) {
      page.screen(canvas);
      watchScreen(canvas, (ms) => { report.firstFrame(ms); page.firstFrame(ms); });
    },
  };
  const [platform, play] = await Promise.all([addPlatform(facts, { realm }), load()]);
  shared.play = play;
  const ownFiles = withoutPlugins(play.files);
  await files.begin(ownFiles);
  letPicturesShowFiles(files.blobAddress);
  listen(document, 'securitypolicyviolation', (event) => {
    const host = quietly(() => getter.url.hostname(new URL(event.blockedURI)), '');
    if (host) refused(host);
  });
  const sharedCanvas = quietly(() => window.sharedCanvas);
  const domain = createDomain(play, '', {
    ...named(play.facts.names, platform), ...webAssemblyMembers(play.facts.names, ownFiles), sharedCanvas,
  });
  realm.loadSubpackage = loaderOf(play, domain);
  followErrors(shared, domain.positions);
  if (page.isThere) followConsole(page.line, domain.positions);
  start(domain, 'game.js');
}

function playOpen({ shared }) {
  const { play } = shared;
  const platform = platformOf(play.facts);
  if (!play.facts.openData) return; // the shared canvas alone was asked for
  const folder = `${play.facts.openData}/`;
  const domain = createDomain(play, folder, { ...named(play.facts.names, platform), sharedCanvas: platform.getSharedCanvas() });
  followErrors(shared, domain.positions);
  if (shared.page.isThere) followConsole(shared.page.line, domain.positions);
  start(domain, 'index.js');
}

if (currentScript.shared) playOpen(currentScript);
else playMain();

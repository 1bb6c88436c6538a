// A domain of the game: its realm, in which its modules run.
import { TIMERS } from './builtins.js';
import { lenient } from '../runtime/classes.js';
import { json, string } from '../runtime/language.js';
import { Error, has, here, object, XMLHttpRequest } from '../runtime/natives.js';
import { UNFORGEABLE } from './bundle.js';
import { createModules } from './modules.js';
import { createPositions } from './positions.js';
import { answerFor, createGlobal, give, takeAway } from './realm.js';
import { runBundle } from './scripts.js';
import { TEXTS } from './sentences.js';

/** Where the emulator serves the package, which is also what relative addresses of its pictures and sounds begin with. */
const PACKAGE = '/package/';
const PLUGINS = '__plugin__/';

/** The text of a file, which must be there before the next line of the game. */
function textOf(path) {
  const request = new XMLHttpRequest();
  lenient.request.open(request, 'GET', PACKAGE + path, false);
  lenient.request.send(request);
  if (lenient.request.status(request) === 200) return lenient.request.responseText(request);
  throw new Error(TEXTS.notLoaded(path));
}

/** Timers that take any `this`, and the clock. */
function hostMembers() {
  const members = { performance: { now: here.performance.now.bind(here.performance) } };
  TIMERS.forEach((name) => { members[name] = here[name].bind(here); });
  return members;
}

/**
 * {run(path), positions} of the domain whose files stand below `folder`, '' for the package's root. `play` is {facts, files,
 * modules}; `members` are the names that it has beside the language. Afterwards nothing of the browser can be named any more.
 */
export function createDomain(play, folder, members) {
  const { facts, files } = play;
  const under = (path) => folder + path;
  const own = play.modules.filter(({ path }) => path.startsWith(folder) || path.startsWith(PLUGINS));
  const name = `package${folder ? `-${folder.replace(/\W+/g, '-')}` : ''}.js`;
  const { ways, table, places } = runBundle(own, name);
  const lines = Object.create(null);
  own.forEach((module) => { lines[module.path] = module.lines; });
  const positions = createPositions(name, places, lines);

  const host = hostMembers();
  const real = UNFORGEABLE.map((each) => [each, window[each]]);
  const covered = facts.lenient ? object.create(null) : takeAway(object.keys({ ...host, ...members }));
  const global = createGlobal(ways, covered);
  if (facts.lenient) real.forEach(([each, value]) => ways[each].set(value));

  const modules = createModules({
    has: (path) => has(files, under(path)),
    codeOf: (path) => table[under(path)],
    textOf: (path) => textOf(under(path)),
    receiver: global,
    jsonOf: json.parse,
    noModule: (wanted, from) => TEXTS.noModule(wanted, under(from)),
  });
  const plugins = createModules({
    has: (path) => has(files, PLUGINS + path),
    codeOf: (path) => table[PLUGINS + path],
    textOf: (path) => textOf(PLUGINS + path),
    receiver: global,
    jsonOf: json.parse,
    noModule: (wanted) => TEXTS.noPlugin(string.split(wanted, '/')[0]),
  });
  give({
    ...host, ...members,
    Function: answerFor(global),
    GameGlobal: global, globalThis: global, global, self: global,
    require: modules.requireFrom('game.js'),
    requirePlugin: plugins.requireFrom(''),
  });
  positions.rewriteStacks();
  return { run: modules.run, positions };
}

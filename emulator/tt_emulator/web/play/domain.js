// A domain of the game: its realm, in which its modules run.
import { TIMERS } from './builtins.js';
import { lenient } from '../runtime/classes.js';
import { string } from '../runtime/language.js';
import { Error, has, here, object, XMLHttpRequest } from '../runtime/natives.js';
import { createModules } from './modules.js';
import { createPositions } from './positions.js';
import { answerFor, createGlobal, give, hiddenNames } from './realm.js';
import { runBundle } from './scripts.js';
import { TEXTS } from './sentences.js';

/** Where the emulator serves the package, which is also what relative addresses of its pictures and sounds begin with. */
const PACKAGE = '/package/';
const PLUGINS = '__plugin__/';

/** Names of every domain, see the end of createDomain. */
const OF_EACH = ['GameGlobal', 'global', 'require', 'requirePlugin', 'Function'];

/** Names of the realm that the browser's tools must find as they are: variables, as what is hidden. */
const OF_TOOLS = ['globalThis', 'self'];
/** The files that are the package's own. */
export const withoutPlugins = (files) => Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith(PLUGINS)));

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
 * modules}; `members` are the names that it has beside the language. Nothing of the browser can be named in its modules.
 */
export function createDomain(play, folder, members) {
  const { facts, files } = play;
  const own = play.modules.filter(({ path }) => path.startsWith(folder) || path.startsWith(PLUGINS));
  const name = `package${folder ? `-${folder.replace(/\W+/g, '-')}` : ''}.js`;
  const host = hostMembers();
  const hidden = hiddenNames([...OF_EACH, ...object.keys(host), ...object.keys(members)]);
  const { ways, table, places } = runBundle(own, name, hidden);
  const lines = Object.create(null);
  own.forEach((module) => { lines[module.path] = module.lines; });
  const positions = createPositions(name, places, lines);

  const global = createGlobal(ways);
  if (facts.lenient) hidden.forEach((each) => ways[each].set(window[each]));
  OF_TOOLS.forEach((each) => ways[each].set(global));

  const modulesBelow = (root, noModule) => createModules({
    has: (path) => has(files, root + path),
    codeOf: (path) => table[root + path],
    textOf: (path) => textOf(root + path),
    receiver: global,
    noModule,
    notScript: TEXTS.notScript,
  });
  const modules = modulesBelow(folder, (wanted, from) => TEXTS.noModule(wanted, folder + from));
  const plugins = modulesBelow(PLUGINS, (wanted) => TEXTS.noPlugin(string.split(wanted, '/')[0]));
  give({
    ...host, ...members,
    Function: answerFor(global),
    GameGlobal: global, global,
    require: modules.requireFrom('game.js'),
    requirePlugin: plugins.requireFrom(''),
  });
  positions.rewriteStacks();
  return { run: modules.run, positions };
}

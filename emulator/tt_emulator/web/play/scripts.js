// The package's script, run in the page as it is parsed: whole, or told where it cannot be.
import { listen } from '../runtime/browser.js';
import { method } from '../runtime/classes.js';
import { json } from '../runtime/language.js';
import { bundleOf, placeOf } from './bundle.js';

/** Runs a text at once; → {message, line} of what kept it from being run, or null. Before the game's code begins. */
function runText(text, receive) {
  let failure = null;
  const note = (event) => {
    event.preventDefault();
    // Chromium says by which method the script came into the page, too
    failure = { message: event.message.replace(/^Uncaught |Failed to execute '\w+' on '\w+': /g, ''), line: event.lineno };
  };
  listen(window, 'error', note);
  const script = Object.assign(document.createElement('script'), { receive, textContent: text });
  document.head.append(script);
  script.remove();
  method.element.removeEventListener(window, 'error', note);
  return failure;
}

const thrower = ({ path }, { message, line }) => ({
  path, code: `throw new SyntaxError(${json.stringify(`${message.replace(/^SyntaxError: /, '')} (${path}:${line})`)});`,
});

/** A module that cannot be parsed by itself throws when it is required, as it would where each is a file. */
function mended(module) {
  const failure = runText(`(function (require, module, exports) { ${module.code}\n})`);
  return failure ? thrower(module, { ...failure, line: module.lines ? module.lines[failure.line] : failure.line }) : module;
}

/** {ways, table, places} of the modules, once they have been run as one script, as bundleOf has it. */
export function runBundle(modules, name, hidden) {
  let result = null;
  const receive = ({ ways, modules: table }) => { result = { ways, table }; };
  let { text, places } = bundleOf(modules, name, hidden);
  const failure = runText(text, receive);
  if (failure === null) return { ...result, places };
  let sound = modules.map(mended);
  if (sound.every((module, index) => module === modules[index])) { // each by itself is sound, and all together are not
    const { path, line } = placeOf(places, failure.line) || { path: modules[0].path, line: 1 };
    sound = sound.map((module) => (module.path === path ? thrower(module, { ...failure, line }) : module));
  }
  ({ text, places } = bundleOf(sound, name, hidden));
  runText(text, receive);
  return { ...result, places };
}

import { ABSENCES } from '#platform/absences.js';
import { CLIENT_FAULTS } from './callbacks.js';
import { method } from './classes.js';
import { reasonOf, write } from './console.js';
import { array } from './language.js';
import { clearTimeout, decodeURIComponent, has, inPage, Object, object, quietly, Set, setTimeout } from './natives.js';
import { SENTENCES } from './sentences.js';
import { tag } from './tag.js';

// An engine asks for some twenty names while it starts: they are told together once no new one has come for so long.
const ABSENCES_MS = 500;

/** A log that says each sentence once. */
export function createLog(config) {
  const said = new Set();
  function say(level, sentence) {
    if (method.set.has(said, sentence)) return;
    method.set.add(said, sentence);
    write(level, sentence);
  }

  const absent = new Set();
  let together = {};
  let timer = null;
  function sayAbsences() {
    const causes = array.filter(object.keys(ABSENCES), (cause) => has(together, cause));
    const sentences = array.map(causes, (cause) => ABSENCES[cause](together[cause], together[cause].length === 1, config));
    together = {};
    write('info', array.join(sentences, ' '));
  }

  return {
    say,

    /** That the global does not have the name, once; in a page with all that a start asks for. Node may end before that. */
    absence(name, cause) {
      if (method.set.has(absent, name)) return;
      method.set.add(absent, name);
      together[cause] = together[cause] || [];
      array.push(together[cause], name);
      if (tag.realm) tag.realm.missed(name);
      if (!inPage) {
        sayAbsences();
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(sayAbsences, ABSENCES_MS);
    },

    /** What X-Emulator headers tell: the fault that struck, and the client fault's word. */
    headers(api, header) {
      const fault = header('X-Emulator-Fault');
      const word = header('X-Emulator-Client-Fault');
      const reason = header('X-Emulator-Reason');
      const host = header('X-Emulator-Refused-Host');
      if (host && tag.realm) tag.realm.refused(quietly(() => decodeURIComponent(host), host)); // it says so once, and counts
      else if (reason) say('warn', SENTENCES.refused(api, quietly(() => decodeURIComponent(reason), reason)));
      if (fault) say('info', SENTENCES.fault(api, fault, word, config.url, config.headers['X-Emulator-World']));
      if (word && !has(CLIENT_FAULTS, word)) say('warn', SENTENCES.unknownWord(word));
      return { fault, word };
    },

    silence(api, error) {
      const { cause } = Object(error); // a stand-in for fetch may throw anything
      say('warn', SENTENCES.silence(api, config.url, (cause && cause.code) || reasonOf(error))); // Node tells it in the cause
    },
  };
}

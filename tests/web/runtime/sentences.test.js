'use strict';

const assert = require('node:assert/strict');
const { readFileSync, readdirSync } = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');
const { load } = require('./runtime.js');

const WEB = path.join(__dirname, '..', '..', '..', 'emulator', 'tt_emulator', 'web');
const modulesOf = (folder) => readdirSync(path.join(WEB, folder)).filter((name) => name.endsWith('.js')).map((name) => `${folder}/${name}`);
const FILES = [...modulesOf('runtime'), ...modulesOf('runtime/tt'), ...modulesOf('runtime/wx'), 'open-data.js'];
const sourceOf = (file) => readFileSync(path.join(WEB, file), 'utf8');

// ---- both languages --------------------------------------------------------------------------

const TABLES = { sentences: ['TEXTS', 'HINT_TEXTS'], 'tt/absences': ['ABSENCE_TEXTS'], 'directory-sentences': ['DIRECTORY_TEXTS'], domains: ['DOMAIN_TEXTS'],
  'panel-sentences': ['PANEL_TEXTS'], 'tt/sentences': ['OWN_TEXTS'], 'wx/absences': ['ABSENCE_TEXTS'], 'wx/sentences': ['OWN_TEXTS'], 'wx/asking-sentences': ['ASKING_TEXTS'] };
const PARTS_OF_TABLES = ['runtime/absences.js', 'runtime/tt/switch-sentences.js', 'runtime/wx/switch-sentences.js'];
const OF_THE_PLATFORM = ['runtime/wx/platform-texts.js']; // never translated
const MAIN = { domain: 'main', url: 'http://127.0.0.1:8717' };
const VALUES = [1, 2, 3, 4, 5].map((at) => `value${at}`);

// What each is told of: also without one of the values, of which some are named only where they are there.
const TOLD = {
  plain: [VALUES, ...VALUES.map((left) => VALUES.map((value) => (value === left ? '' : value)))],
  ABSENCE_TEXTS: [[['value1'], true, MAIN], [['value1', 'value2'], false, MAIN]],
};

/** Each sentence of the tables as {name, languages, en, zh}, once for all that it may be told of. */
async function sentences() {
  const found = [];
  for (const [module, tables] of Object.entries(TABLES)) {
    const exported = await load(module);
    for (const table of tables) {
      for (const [name, texts] of Object.entries(exported[table])) {
        const say = (text, values) => (typeof text === 'function' ? text(...values) : text);
        for (const values of TOLD[table] || TOLD.plain) {
          found.push({ name: `${table}.${name}`, languages: Object.keys(texts), en: say(texts.en, values), zh: say(texts.zh, values) });
        }
      }
    }
  }
  return found;
}

/** What is the same in every language: values, addresses, commands and names. */
const named = (text) => [...new Set(
  text.match(/value\d|https?:[\w/:]+(?:\.[\w/:]+)*|--[\w-]+|(?:tt|wx)\.\w+|data-[\w-]+|\w+_\w+|tt-emulator \w+|"[\w -]+"/g))].sort();

test('each sentence stands in English and in Chinese', async () => {
  for (const { name, languages, en, zh } of await sentences()) {
    assert.deepEqual(languages, ['en', 'zh'], name);
    assert.doesNotMatch(en, /[\u3000-\u9fff\uff00-\uffef]/, name);
    assert.match(zh, /[\u4e00-\u9fff]/, name);
  }
});

test('both languages tell the same values, addresses, commands and names', async () => {
  for (const { name, en, zh } of await sentences()) assert.deepEqual(named(zh), named(en), name);
});

test('each table whose language is chosen is among those', () => {
  const chosen = FILES.flatMap((file) => [...sourceOf(file).matchAll(/(?<!function )\blocalized\(([^)]*)/g)].map(([, table]) => table));
  assert.deepEqual(chosen.sort(), Object.values(TABLES).flat().sort());
});

// ---- nothing beside them ---------------------------------------------------------------------

const COMMENT_OR_STRING = /\/\/.*|\/\*[^]*?\*\/|'(?:\\.|[^'\\\n])*'|"[^"\n]*"|`(?:\\.|[^`\\])*`/g;
const PROSE = /(?:^|[^\w-])(?:a|an|and|as|are|cannot|could|did|does|for|have|is|must|no|not|of|or|so|the|there|this|to|was|with)(?![\w-])/i;
const SAID = /\b(?:(?:say|write)\([^,()]+, |complain\(|new \w*Error\()(['"`].*)/g;
const NO_SENTENCES = [
  "'fetch is not defined'", // the language's own, where there is none
  "'HTTP ' + lenient.response.status(response));", "'HTTP ' + status);", // a reason within a sentence
];

/** What in a source reads as a sentence, or is said, though it comes from no table. */
function untabled(source) {
  const literals = (source.match(COMMENT_OR_STRING) || []).filter((found) => !found.startsWith('/'));
  const prose = literals.filter((text) => /[a-z}] +[a-z$]|[a-z] '$|^' [a-z]/i.test(text) && PROSE.test(text));
  const bare = source.replace(/\/\/.*|\/\*[^]*?\*\//g, '');
  const said = [...bare.matchAll(SAID)].map(([, text]) => text);
  return [...prose, ...said].filter((text) => !NO_SENTENCES.some((known) => text.startsWith(known)));
}

const GENERATED = ['runtime/tt/catalog.js', 'runtime/wx/catalog.js'];
const TABLED = [...Object.keys(TABLES).map((table) => `runtime/${table}.js`), ...PARTS_OF_TABLES, ...OF_THE_PLATFORM];
for (const file of FILES.filter((name) => !TABLED.includes(name) && !GENERATED.includes(name))) {
  test(`${file} says nothing but what stands in the tables`, () => {
    assert.deepEqual(untabled(sourceOf(file)), []);
  });
}

for (const line of [
  "log.say('warn', 'oops');", "write('error', 'oops', error);", 'log.say("warn", `oops ${why}`);', "complain('oops');", "throw new TypeError('oops');",
  "const why = api + ' is not there.';", "const why = 'this page has no canvas';", 'const why = `the ${name} threw`;', "const why = api + ' of ' + url;",
]) {
  test(`a sentence beside the tables is found: ${line}`, () => {
    assert.notDeepEqual(untabled(line), []);
  });
}

test('one module alone asks for the console', () => {
  const asking = FILES.filter((file) => /\bconsole\s*[.[]|[.]console\b/.test(sourceOf(file).replace(COMMENT_OR_STRING, '')));
  assert.deepEqual(asking, ['runtime/console.js']);
});

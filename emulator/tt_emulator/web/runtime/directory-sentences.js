import { SCRIPT } from '#platform/names.js';
import { json } from './language.js';
import { localized } from './locale.js';

// What open-data.js says of the directory of the open data domain.
export const DIRECTORY_TEXTS = {
  noDirectory: {
    en: () => 'nothing names its directory: set openDataContext in game.json beside the page, or data-open-data on the script'
      + ' tag of ' + SCRIPT + '.',
    zh: () => '没有指定它的目录：请在页面旁边的 game.json 中设置 openDataContext，或在 ' + SCRIPT + ' 的 script 标签上设置 data-open-data。',
  },
  noGameJson: {
    en: () => 'game.json is not JSON.',
    zh: () => 'game.json 不是 JSON。',
  },
  noDomain: {
    en: () => 'the game has none: openDataContext in game.json, or data-open-data, is empty.',
    zh: () => '游戏没有开放数据域：game.json 中的 openDataContext 或 data-open-data 为空。',
  },
  noEntry: {
    en: (entry) => entry + ' cannot be read.',
    zh: (entry) => entry + ' 无法读取。',
  },
  goesNowhere: {
    en: (sentence) => 'open data domain: ' + sentence + ' Messages to it go nowhere.',
    zh: (sentence) => '开放数据域：' + sentence + '发给它的消息无法送达。',
  },
  broken: {
    en: (why) => 'open data domain: ' + why,
    zh: (why) => '开放数据域：' + why,
  },
  noPlugin: {
    en: (name) => '[tt-emulator] requirePlugin(' + json.stringify(name) + '): there are no plugins here. Put its files into the'
      + ' directory and require them.',
    zh: (name) => '[tt-emulator] requirePlugin(' + json.stringify(name) + ')：这里没有插件。请把它的文件放进目录，再用 require 引入。',
  },
  noFile: {
    en: (file, name, home, isInside) => '[tt-emulator] ' + file + ': ' + json.stringify(name) + ' is no file of the open data'
      + ' domain\'s directory ' + home + (isInside ? '.' : '. Neither domain can load the files of the other.'),
    zh: (file, name, home, isInside) => '[tt-emulator] ' + file + '：' + json.stringify(name) + ' 不是开放数据域目录 '
      + home + ' 中的文件。' + (isInside ? '' : '两个域都不能加载对方的文件。'),
  },
  notRun: {
    en: (file, why) => '[tt-emulator] ' + file + ' did not run: ' + why,
    zh: (file, why) => '[tt-emulator] ' + file + ' 没有运行：' + why,
  },
  policy: {
    en: () => 'the page\'s Content-Security-Policy forbids inline scripts, without which there is no require here: bundle the'
      + ' directory into one plain script, or use ES modules with relative paths.',
    zh: () => '页面的 Content-Security-Policy 禁止内联脚本，因此这里没有 require：请把目录打包成一个普通脚本，或使用相对路径的 ES 模块。',
  },
};
export const DIRECTORY_SENTENCES = localized(DIRECTORY_TEXTS);

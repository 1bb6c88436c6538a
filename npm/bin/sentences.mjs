/*
 * What the launcher says, in the language in which the program would speak: TT_EMULATOR_LANG, else the system's.
 */
const { env, platform } = process;
const SYSTEM = platform === 'win32' ? Intl.DateTimeFormat().resolvedOptions().locale : '';
const LOCALE = env.LC_ALL || env.LC_MESSAGES || env.LANG || SYSTEM;

const ENGLISH = {
  installing: (version, folder) => `tt-emulator ${version} is being installed in ${folder}, this once.`,
  nothingToRunIt: () => 'error: tt-emulator needs uv, or Python 3.11 or newer, on the PATH: install one of them, '
    + 'from https://docs.astral.sh/uv/ or https://www.python.org/downloads/.',
  notInstalled: (version, reason) => `error: tt-emulator ${version} could not be installed: ${reason}\n`
    + 'hint: Behind a proxy, or with a mirror of the package index, set the variables of uv or pip for it.',
  ended: (program, code) => `${program} ended with ${code}, and said why above.`,
  noWheel: (folder) => `error: There is no wheel of tt-emulator in ${folder}.\n`
    + 'hint: Install the file that npm pack makes, not the folder.',
};

const CHINESE = {
  installing: (version, folder) => `正在把 tt-emulator ${version} 安装到 ${folder}，只需这一次。`,
  nothingToRunIt: () => '错误：tt-emulator 需要 PATH 中有 uv，或者 Python 3.11 或更高版本：请安装其中之一，'
    + '见 https://docs.astral.sh/uv/ 或 https://www.python.org/downloads/ 。',
  notInstalled: (version, reason) => `错误：无法安装 tt-emulator ${version}：${reason}\n`
    + '提示：如果要经过代理或使用软件源镜像，请设置 uv 或 pip 的相应环境变量。',
  ended: (program, code) => `${program} 以 ${code} 结束，原因见上文。`,
  noWheel: (folder) => `错误：${folder} 中没有 tt-emulator 的 wheel。\n`
    + '提示：请安装 npm pack 生成的文件，而不是这个目录。',
};

const language = ['zh', 'en'].includes(env.TT_EMULATOR_LANG) ? env.TT_EMULATOR_LANG : LOCALE.toLowerCase().slice(0, 2);

/** What ends the launcher: a sentence for people, none where they ended it themselves, and the exit code. */
export class Failure extends Error {
  constructor(exitCode, message = '') {
    super(message);
    this.exitCode = exitCode;
  }
}

export const sentences = language === 'zh' ? CHINESE : ENGLISH;

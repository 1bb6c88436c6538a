/* Turns ES modules into CommonJS: TypeScript's services, which the emulator serves beside this, know how. */
'use strict';

importScripts('typescriptServices.js');

const { ts: typescript } = self;
const compilerOptions = {
  module: typescript.ModuleKind.CommonJS,
  target: typescript.ScriptTarget.ESNext,
  allowJs: true,
  esModuleInterop: true,
  sourceMap: true,
  newLine: typescript.NewLineKind.LineFeed,
};

self.onmessage = ({ data: { path, code } }) => {
  const { outputText, sourceMapText } = typescript.transpileModule(code, { compilerOptions, fileName: path });
  const { mappings } = JSON.parse(sourceMapText);
  self.postMessage({ path, code: outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, ''), mappings });
};

// What tt.FileSystemManager.stat tells of a file. https://developer.open-douyin.com, Stats
import { string } from '../../runtime/language.js';
import { Number, String } from '../../runtime/natives.js';

// As POSIX has them, in decimal digits: that the field is a text is documented, not which.
const MODES = { folder: String(0o40755), file: String(0o100644) };
const secondsOf = (modified_ms) => Number(string.split(String((modified_ms || 0) / 1000), '.')[0]);

export function statsOf({ size, modified_ms }) {
  const isFolder = size === null;
  const time_s = secondsOf(modified_ms);
  return {
    mode: isFolder ? MODES.folder : MODES.file,
    size: size || 0,
    lastAccessedTime: time_s,
    lastModifiedTime: time_s,
    isDirectory: () => isFolder,
    isFile: () => !isFolder,
  };
}

/** As getSavedFileList tells of a file. */
export const savedItem = (filePath, { size, modified_ms }) => ({ filePath, createTime: secondsOf(modified_ms), size });

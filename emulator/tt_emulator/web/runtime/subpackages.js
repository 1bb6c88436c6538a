// tt.loadSubpackage: where a package is played, its page has the code already, and runs it.
import { Refusal } from './replies.js';
import { createSignal } from './signals.js';
import { tag } from './tag.js';

/** {task, kept}: what the game gets at once, and what its act then gets. */
export function subpackageTask() {
  const progress = createSignal(() => {});
  return { task: { onProgressUpdate: progress.on }, kept: progress.emit };
}

export function loadSubpackage({ name }, tellProgress) {
  if (!tag.realm) throw new Refusal('internal-error');
  return tag.realm.loadSubpackage(name, tellProgress);
}

// tt.downloadFile and tt.uploadFile: calls with a file, which the page that plays a package has.
import { getter } from './classes.js';
import { write } from './console.js';
import { intrinsic, json } from './language.js';
import { has, Promise, setTimeout } from './natives.js';
import { SENTENCES } from './sentences.js';
import { createSignal } from './signals.js';
import { tag } from './tag.js';

const STEPS = 4; // in which a file goes, as a part of the package comes
const later = () => new Promise((resolve) => { setTimeout(resolve); });
const withOption = (body, name, value) => json.stringify({ ...json.parse(body), [name]: value });

/**
 * Of each the part of the page, whose files are `files`: `before` gives what is then told to the emulator, `after` whether the
 * game can have what came. And what its task hears, in that order, by `tell` of {headers, progress(words)}.
 */
const TRANSFERS = {
  downloadFile: {
    before: (files, body) => withOption(body, 'transfer', files.newName()),
    after: ({ receive }, body, { tempFilePath }) => typeof tempFilePath !== 'string' || receive(json.parse(body).transfer, tempFilePath),
    async tell({ headers, progress }) {
      headers();
      await intrinsic(progress('totalBytesWritten', 'totalBytesExpectedToWrite'));
    },
  },
  uploadFile: {
    async before({ send }, body) {
      const name = await intrinsic(send(json.parse(body).filePath));
      return name === null ? body : withOption(body, 'upload', name);
    },
    after: () => true,
    async tell({ headers, progress }) {
      await intrinsic(progress('totalBytesSent', 'totalBytesExpectedToSend'));
      headers();
    },
  },
};

/** {members, ask} of one call: what its task has beside `abort`, and how the emulator is asked, by `ask` in the end. */
function createTransfer(api, { before, after, tell }, ask, failed) {
  const heard = (name) => createSignal((error) => write('error', SENTENCES.callback(name, api), error));
  const received = heard('onHeadersReceived');
  const moved = heard('onProgressUpdate');

  /** What a task hears comes before the callbacks, and not once it is given up. */
  const hearing = ({ header, bytes }, isGivenUp) => ({
    headers() { if (!isGivenUp()) received.emit({ header }); },
    async progress(done, all) {
      for (let step = 1; step <= STEPS && !isGivenUp(); step += 1) {
        const part = (bytes * step) / STEPS;
        moved.emit({ progress: (100 * step) / STEPS, [done]: part - (part % 1), [all]: bytes });
        await intrinsic(later());
      }
    },
  });

  return {
    members: { onProgressUpdate: moved.on, onHeadersReceived: received.on, offHeadersReceived: received.off },
    async ask(_, body, signal) {
      const isGivenUp = () => getter.signal.aborted(signal);
      const files = tag.realm && tag.realm.transfers;
      const sent = files ? await intrinsic(before(files, body)) : body;
      if (isGivenUp()) return { reply: failed(api, 'aborted') };
      const answer = await intrinsic(ask(api, sent, signal));
      if (files && !(await intrinsic(after(files, sent, answer.reply)))) return { ...answer, reply: failed(api, 'network-unavailable') };
      if (answer.task) await intrinsic(tell(hearing(answer.task, isGivenUp)));
      return answer;
    },
  };
}

/** As createTransfer, of any API whose calls go out. */
export function createExchange(api, ask, failed) {
  return has(TRANSFERS, api) ? createTransfer(api, TRANSFERS[api], ask, failed) : { members: {}, ask };
}

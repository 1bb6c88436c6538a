// ES modules: paths from the directory's root, relative ones, and one without its ending.
import style from "render/style.js";
import { ranked } from './rank.js';
import drawRow from "render/row";

const canvas = typeof sharedCanvas !== 'undefined' ? sharedCanvas : tt.getSharedCanvas();
const pen = canvas.getContext('2d');

function show({ key }) {
  tt.getCloudStorageByRelation({
    type: 'friend',
    keyList: [key],
    success({ data }) {
      canvas.width = style.width;
      canvas.height = style.rows * style.rowHeight;
      ranked(data).slice(0, style.rows).forEach((friend, index) => drawRow(pen, friend, index * style.rowHeight));
    },
  });
}

tt.onMessage((message) => {
  if (message.type === 'show') tt.requestAnimationFrame(() => show(message));
});

'use strict';

const { ROWS, HEIGHT } = require('./settings.json');
const core = require('./rank-core');
const entry = require('../index.js'); // half made: the cycle

const canvas = tt.getSharedCanvas();
const pen = canvas.getContext('2d');
if (!(canvas instanceof HTMLCanvasElement)) throw new Error('this is no canvas');

function loaded(url) {
  return new Promise((resolve) => {
    const image = tt.createImage();
    image.onload = () => resolve(image);
    image.onerror = () => resolve(null);
    image.src = url;
  });
}

exports.show = async function show(friends) {
  const best = core.ranked(friends).slice(0, ROWS);
  const avatars = await Promise.all(best.map((friend) => loaded(friend.avatarUrl)));
  canvas.width = 120;
  canvas.height = HEIGHT * ROWS;
  best.forEach((friend, index) => {
    pen.fillStyle = entry.colour;
    pen.fillRect(HEIGHT, index * HEIGHT, core.scoreOf(friend), HEIGHT);
    if (avatars[index]) pen.drawImage(avatars[index], 0, index * HEIGHT, HEIGHT, HEIGHT);
  });
};

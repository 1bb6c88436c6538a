// Several modules: one that it requires by its path, one by its name in the directory, and settings in JSON.
const { friends } = require('./lib/friends');
const draw = require('lib/draw.js');

wx.onMessage(({ event }) => {
  if (event === 'show') friends('score', (rows) => draw(wx.getSharedCanvas(), rows));
});

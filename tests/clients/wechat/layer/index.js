// For a layer of its own over the game, which the main domain places: it draws each frame, as engines do.
const canvas = wx.getSharedCanvas();
const pen = canvas.getContext('2d');
let rows = [];

const scoreOf = ({ KVDataList: [pair] }) => (pair ? JSON.parse(pair.value).wxgame.score : 0);

function frame() {
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#00ff00';
  rows.slice(0, 3).forEach((row, index) => pen.fillRect(30, index * 30, scoreOf(row), 30));
  requestAnimationFrame(frame);
}

wx.onMessage(({ event }) => {
  if (event !== 'show') return;
  wx.getFriendCloudStorage({
    keyList: ['score'],
    success({ data }) { rows = data.sort((one, other) => scoreOf(other) - scoreOf(one)); },
  });
});
frame();

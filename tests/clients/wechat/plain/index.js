// One file: it draws on a canvas of its own, and that onto the shared one when all is there. Its rows are touched, too.
var shared = wx.getSharedCanvas();
var sheet = wx.createCanvas();
var pen = sheet.getContext('2d');

function scoreOf(friend) {
  var pair = friend.KVDataList[0];
  return pair ? JSON.parse(pair.value).wxgame.score : 0;
}

function publish() {
  shared.getContext('2d').drawImage(sheet, 0, 0);
}

function drawRow(friend, index) {
  pen.fillStyle = '#ff0000';
  pen.fillRect(30, index * 30, scoreOf(friend), 30);
  var avatar = wx.createImage();
  avatar.onload = function () {
    pen.drawImage(avatar, 0, index * 30, 30, 30);
    publish();
  };
  avatar.src = friend.avatarUrl;
}

wx.onMessage(function (message) {
  if (message.event !== 'show') return;
  sheet.width = shared.width;
  sheet.height = shared.height;
  wx.getFriendCloudStorage({
    keyList: ['score'],
    success: function (res) {
      res.data.sort(function (a, b) { return scoreOf(b) - scoreOf(a); }).slice(0, 3).forEach(drawRow);
      publish();
    },
  });
});

wx.onTouchStart(function (event) {
  console.log('touched row ' + Math.floor(event.touches[0].clientY / 30));
});

console.log('here', typeof wx.getSystemInfoSync().windowWidth, typeof requestAnimationFrame, typeof setInterval);

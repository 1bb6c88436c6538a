// One file, global names, JSON text as messages; the reply is read in complete.
var env = GameGlobal.wx || GameGlobal.tt || GameGlobal.swan;
var pen = sharedCanvas.getContext('2d');
var friends = [];

function scoreOf(friend) {
  var pair = friend.KVDataList[0];
  return pair ? Number(JSON.parse(pair.value).ttgame.score) : 0;
}

function drawRow(friend, index) {
  pen.fillStyle = '#ff0000';
  pen.fillRect(30, index * 30, scoreOf(friend), 30);
  var avatar = env.createImage();
  avatar.onload = function () { pen.drawImage(avatar, 0, index * 30, 30, 30); };
  avatar.src = friend.avatarUrl;
}

function draw() {
  pen.clearRect(0, 0, sharedCanvas.width, sharedCanvas.height);
  friends.sort(function (a, b) { return scoreOf(b) - scoreOf(a); });
  friends.slice(0, 3).forEach(drawRow);
}

env.onMessage(function (text) {
  var message = typeof text === 'string' ? JSON.parse(text) : text;
  if (message.event !== 'show') return;
  try {
    sharedCanvas.width = 120;
    sharedCanvas.height = 90;
  } catch (error) {
    console.log('the size of the shared canvas is the main domain\'s here');
  }
  env.getCloudStorageByRelation({
    type: 'friend',
    keyList: [message.key],
    complete: function (res) {
      if (res.errMsg !== 'getCloudStorageByRelation:ok') return;
      friends = res.data;
      draw();
    },
  });
});

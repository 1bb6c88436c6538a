/*
 * The open data domain of the demo: it alone sees the friends' scores, and draws them onto the shared canvas.
 * Written as for Douyin: it knows `tt` and the shared canvas. Told {type: 'show', key, width, scale}.
 */
var ROW = 36;
var GAP = 10;
var AVATAR = 24;
var INK = '#ffffff';
var FAINT = '#8f9bc4';
var OWN = 'rgba(255, 227, 163, 0.16)';
var MEDALS = ['#ffd36e', '#cfd8ea', '#e2a36f'];
var FONT = 'px system-ui, "PingFang SC", "Microsoft YaHei", sans-serif';

var canvas = tt.getSharedCanvas();
var pen = canvas.getContext('2d');
var avatars = {};
var view = null;

/** The best score of that friend, null if there is none or it cannot be read. */
function scoreOf(friend) {
  try {
    return JSON.parse(friend.KVDataList[0].value).ttgame.score;
  } catch (error) {
    return null;
  }
}

/** Who has no score comes after those with 0. */
function rankOf(friend) {
  var score = scoreOf(friend);
  return score === null ? -1 : score;
}

function write(text, x, y, color, size, align, width) {
  pen.font = size + FONT;
  pen.fillStyle = color;
  pen.textAlign = align;
  pen.textBaseline = 'middle';
  pen.fillText(text, x, y, width);
}

/** Each picture is loaded once; the board is drawn again when one arrives. */
function avatarOf(friend) {
  var image = avatars[friend.avatarUrl];
  if (!image) {
    image = tt.createImage();
    avatars[friend.avatarUrl] = image;
    image.onload = draw;
    image.src = friend.avatarUrl;
  }
  return image;
}

function drawRow(friend, index) {
  var score = scoreOf(friend);
  var middle = index * ROW + ROW / 2;
  var image = avatarOf(friend);
  if (friend.isMe) {
    pen.fillStyle = OWN;
    pen.fillRect(0, index * ROW, view.width, ROW);
  }
  write(String(index + 1), GAP + 8, middle, score === null ? FAINT : MEDALS[index] || FAINT, 14, 'center', 20);
  if (image.complete && image.naturalWidth > 0) {
    pen.drawImage(image, GAP + 24, middle - AVATAR / 2, AVATAR, AVATAR);
  }
  write(friend.nickname, GAP + 58, middle, INK, 14, 'left', view.width - 130);
  write(score === null ? '–' : String(score), view.width - GAP, middle, INK, 15, 'right', 60);
}

function draw() {
  var rows = view.friends.length || 1;
  canvas.width = view.width * view.scale;
  canvas.height = rows * ROW * view.scale;
  pen.setTransform(view.scale, 0, 0, view.scale, 0, 0);
  view.friends.forEach(drawRow);
  if (view.failure) write(view.failure, view.width / 2, ROW / 2, FAINT, 11, 'center', view.width - 2 * GAP);
}

function show(message) {
  tt.getCloudStorageByRelation({
    type: 'friend',
    keyList: [message.key],
    complete: function (res) {
      view = { width: message.width, scale: message.scale, friends: [], failure: '' };
      if (res.errMsg === 'getCloudStorageByRelation:ok') {
        view.friends = res.data.slice().sort(function (a, b) { return rankOf(b) - rankOf(a); });
      } else {
        view.failure = res.errMsg;
      }
      draw();
    },
  });
}

tt.onMessage(function (message) {
  if (message.type === 'show') show(message);
});

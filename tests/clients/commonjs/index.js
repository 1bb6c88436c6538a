// CommonJS with a cycle, a JSON file, a name in the directory, and a function taken off tt.
const board = require('./lib/board');
const { COLOUR } = require('lib/settings.json');

const { onMessage, getCloudStorageByRelation } = tt;

exports.colour = COLOUR; // lib/board reads it through the cycle when it draws

function promisify(call) {
  return (options) => new Promise((resolve, reject) => { call({ ...options, success: resolve, fail: reject }); });
}

const friendsOf = promisify(getCloudStorageByRelation);

onMessage((message) => {
  if (message.fromEngine) return;
  if (message.action === 'show') friendsOf({ type: 'friend', keyList: ['score'] }).then(({ data }) => board.show(data));
});

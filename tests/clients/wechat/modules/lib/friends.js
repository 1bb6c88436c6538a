const { envelope } = require('../settings.json');

const scoreOf = ({ KVDataList: [pair] }) => (pair ? JSON.parse(pair.value)[envelope].score : 0);

exports.friends = (key, done) => wx.getFriendCloudStorage({
  keyList: [key],
  success: ({ data }) => done(data.map(scoreOf).sort((one, other) => other - one)),
});

module.exports = {
  scoreOf({ KVDataList }) {
    const pair = KVDataList.find(({ key }) => key === 'score');
    return pair ? JSON.parse(pair.value).ttgame.score : 0;
  },
  ranked(friends) {
    return friends.slice().sort((a, b) => this.scoreOf(b) - this.scoreOf(a));
  },
};

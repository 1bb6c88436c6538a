export const scoreOf = ({ KVDataList: [pair] }) => (pair ? JSON.parse(pair.value).ttgame.score : 0);
export const ranked = (friends) => [...friends].sort((a, b) => scoreOf(b) - scoreOf(a));

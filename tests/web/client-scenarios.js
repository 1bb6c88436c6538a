/*
 * What a game may rely on, run by the same lines under Node and in Chromium against a real emulator.
 * Each scenario gets {tt, otherTT, createCloudSave, arm}: two players of a fresh world, and what arms
 * the faults of a list there instead of any other.
 */
(function () {
  'use strict';

  const canonical = (value) => JSON.stringify(value, (_, inner) => (
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.keys(inner).sort().map((name) => [name, inner[name]])) : inner));

  function same(actual, expected) {
    if (canonical(actual) !== canonical(expected)) {
      throw new Error(`expected ${canonical(expected)}, got ${canonical(actual)}`);
    }
  }

  /** The reply of a call, once its callbacks have run as the platform promises. */
  function call(tt, api, options) {
    return new Promise((resolve, reject) => {
      const heard = [];
      const hear = (name) => (reply) => {
        heard.push([name, reply]);
        if (name !== 'complete') return;
        const [[first, given]] = heard;
        const expected = given.errMsg === `${api}:ok` ? 'success' : 'fail';
        if (heard.length === 2 && first === expected && given === reply) resolve(reply);
        else reject(new Error(`callbacks of ${api}: ${JSON.stringify(heard)}`));
      };
      tt[api]({ ...options, success: hear('success'), fail: hear('fail'), complete: hear('complete') });
      if (heard.length > 0) reject(new Error(`${api} answered before it returned`));
    });
  }

  const set = (tt, pairs) => call(tt, 'setUserCloudStorage', {
    KVDataList: Object.entries(pairs).map(([key, value]) => ({ key, value })),
  });
  const get = async (tt, keyList) => (await call(tt, 'getUserCloudStorage', { keyList })).KVDataList;
  const asPromise = (run) => new Promise((resolve, reject) =>
    run((failure, value) => (failure ? reject(new Error(failure.errMsg)) : resolve(value))));

  const pause = (duration) => new Promise((resolve) => { setTimeout(resolve, duration); });

  /** What the callbacks hear of a call: at least `count` things, and what comes soon after them. */
  async function heardOf(tt, api, options, count) {
    const heard = [];
    await new Promise((resolve) => {
      const hear = (name) => (reply) => {
        heard.push([name, reply]);
        if (heard.length === count) resolve();
      };
      tt[api]({ ...options, success: hear('success'), fail: hear('fail'), complete: hear('complete') });
      if (count === 0) resolve();
    });
    await call(tt, 'checkSession');
    await pause(30);
    return heard;
  }

  const SCENARIOS = {
    async 'a best score is saved, read back, and never made worse'({ tt, createCloudSave }) {
      const cloud = createCloudSave(tt, 'best');
      same(await asPromise(cloud.open), 0);
      same(await asPromise((done) => cloud.submit(7, done)), 7);
      same(await asPromise((done) => cloud.submit(3, done)), 7);
      same(await asPromise(createCloudSave(tt, 'best').open), 7);
      const [{ key, value }] = await get(tt, ['best']);
      const { ttgame } = JSON.parse(value);
      same([key, ttgame.score, Number.isInteger(ttgame.update_time)], ['best', 7, true]);
    },

    async 'point 1: errMsg equals <api>:ok, and a failure begins with <api>:fail'({ tt, arm }) {
      same((await call(tt, 'getUserCloudStorage', { keyList: [] })).errMsg === 'getUserCloudStorage:ok', true);
      await arm([{ error: 'internal-error' }]);
      same((await call(tt, 'getUserCloudStorage', { keyList: [] })).errMsg.startsWith('getUserCloudStorage:fail'), true);
    },

    async 'point 2: complete alone gets the whole reply, the data included'({ tt }) {
      await set(tt, { a: '1' });
      const reply = await new Promise((complete) => tt.getUserCloudStorage({ keyList: ['a'], complete }));
      same([reply.errMsg, reply.KVDataList], ['getUserCloudStorage:ok', [{ key: 'a', value: '1' }]]);
    },

    async 'point 16: the wanted keys alone are got, in keyList order, without the absent'({ tt }) {
      same(await set(tt, { a: '1', b: '2', c: '3' }), { errMsg: 'setUserCloudStorage:ok' });
      const list = [{ key: 'c', value: '3' }, { key: 'a', value: '1' }];
      same(await call(tt, 'getUserCloudStorage', { keyList: ['c', 'nothing', 'a'] }),
        { errMsg: 'getUserCloudStorage:ok', KVDataList: list, data: list });
    },

    async 'what was removed is gone, and removing it again is fine'({ tt }) {
      await set(tt, { a: '1', b: '2' });
      for (let times = 0; times < 2; times += 1) {
        same(await call(tt, 'removeUserCloudStorage', { keyList: ['a'] }), { errMsg: 'removeUserCloudStorage:ok' });
      }
      same(await get(tt, ['a', 'b']), [{ key: 'b', value: '2' }]);
    },

    async 'two players do not see each other'({ tt, otherTT }) {
      await set(tt, { a: 'mine' });
      await set(otherTT, { a: 'yours' });
      same(await get(tt, ['a']), [{ key: 'a', value: 'mine' }]);
      same(await get(otherTT, ['a']), [{ key: 'a', value: 'yours' }]);
    },

    async 'point 17: three writes in one breath, without callbacks, and a read: the last one wins'({ tt }) {
      for (const value of ['1', '2', '3']) tt.setUserCloudStorage({ KVDataList: [{ key: 'a', value }] });
      same(await get(tt, ['a']), [{ key: 'a', value: '3' }]);
    },

    async 'a save in sixty parts comes back whole'({ tt }) {
      const parts = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`save_${n}`, `${n}`.padEnd(330, '存')]));
      await set(tt, parts);
      const list = await get(tt, Object.keys(parts));
      same(Object.fromEntries(list.map(({ key, value }) => [key, value])), parts);
    },

    async 'keys may be any text'({ tt }) {
      const keys = ['__proto__', 'constructor', '../x', 'CON', 'a b', '分数', '🏆', '%41', '"'];
      await call(tt, 'setUserCloudStorage', { KVDataList: keys.map((key) => ({ key, value: `of ${key}` })) });
      same(await get(tt, keys), keys.map((key) => ({ key, value: `of ${key}` })));
    },

    async 'a number as value fails as documented, and nothing of that call is stored'({ tt }) {
      const KVDataList = [{ key: 'good', value: '1' }, { key: 'bad', value: 5 }];
      same(await call(tt, 'setUserCloudStorage', { KVDataList }),
        { errMsg: 'setUserCloudStorage:fail KVDataList', errorCode: 999999, errorType: 'D' });
      same(await get(tt, ['good', 'bad']), []);
    },

    async 'a key of 129 bytes fails with the server\'s words, and nothing of that call is stored'({ tt }) {
      same(await set(tt, { good: '1', ['k'.repeat(129)]: '1' }),
        { errMsg: 'setUserCloudStorage:fail key 长度大于 128 个字节', errorCode: 108002, errorType: 'F' });
      same(await get(tt, ['good']), []);
    },

    async 'an empty list is fine'({ tt }) {
      same(await call(tt, 'setUserCloudStorage', { KVDataList: [] }), { errMsg: 'setUserCloudStorage:ok' });
      same(await get(tt, []), []);
    },

    async 'login gives codes, and then the session holds'({ tt }) {
      const { errMsg, code, anonymousCode, isLogin } = await call(tt, 'login', { force: true });
      same([errMsg, isLogin, typeof code, typeof anonymousCode], ['login:ok', true, 'string', 'string']);
      same(await call(tt, 'checkSession'), { errMsg: 'checkSession:ok' });
    },

    async 'a save fails twice and then works'({ tt, arm }) {
      await arm([{ error: 'network-unavailable', api: 'setUserCloudStorage', times: 2 }]);
      const outcomes = [];
      for (let n = 0; n < 3; n += 1) {
        const { errorCode, errMsg } = await set(tt, { a: '1' });
        outcomes.push(errorCode || errMsg);
      }
      same(outcomes, [999985, 999985, 'setUserCloudStorage:ok']);
    },

    async 'what the wire does to an answer is told as the platform\'s own cause'({ tt, arm }) {
      await set(tt, { a: '1' }); // the faults then meet a connection that is in use
      const causes = {
        reset: 999985, close: 999985, truncate: 999985, hang: 999985, bad_json: 108001, http_status: 999991,
      };
      for (const [wire, cause] of Object.entries(causes)) {
        await arm([{ wire, times: 1, duration_ms: wire === 'hang' ? 50 : null }]);
        const { errorCode, errMsg } = await set(tt, { a: '2' });
        same([wire, errorCode || errMsg], [wire, cause]);
      }
      same(await get(tt, ['a']), [{ key: 'a', value: '1' }]);
      await arm([{ wire: 'drip', duration_ms: 50 }]);
      same(await set(tt, { a: '3' }), { errMsg: 'setUserCloudStorage:ok' });
    },

    async 'a game that stops waiting for a save goes on, and hears of the failure late'({ tt, arm }) {
      await arm([{ wire: 'hang', duration_ms: 800, times: 1 }]);
      const late = set(tt, { a: 'old' });
      same(await Promise.race([late, pause(50).then(() => 'waited long enough')]), 'waited long enough');
      same(await set(tt, { a: 'new' }), { errMsg: 'setUserCloudStorage:ok' });
      same((await late).errorCode, 999985);
      same(await get(tt, ['a']), [{ key: 'a', value: 'new' }]);
    },

    async 'callbacks may be called twice, with the same object'({ tt, arm }) {
      for (const [fault, first] of [[{}, 'success'], [{ moment: 'after' }, 'fail']]) {
        await arm([{ client: 'twice', times: 1, ...fault }]);
        const key = first === 'fail' ? 'k'.repeat(129) : 'a';
        const heard = await heardOf(tt, 'setUserCloudStorage', { KVDataList: [{ key, value: '1' }] }, 4);
        same(heard.map(([name]) => name), [first, 'complete', first, 'complete']);
        same(new Set(heard.map(([, reply]) => reply)).size, 1);
      }
    },

    async 'a success may come without its data'({ tt, arm }) {
      await arm([{ client: 'malformed_ok', api: ['getUserCloudStorage', 'setUserCloudStorage'] }]);
      const got = { errMsg: 'getUserCloudStorage:ok', KVDataList: null, data: null };
      same(await heardOf(tt, 'getUserCloudStorage', { keyList: ['a'] }, 2), [['success', got], ['complete', got]]);
      same(await heardOf(tt, 'setUserCloudStorage', { KVDataList: [] }, 2), [['success', {}], ['complete', {}]]);
    },

    async 'callbacks may never be called'({ tt, arm }) {
      for (const client of ['never', 'throw']) {
        await arm([{ client, times: 1, moment: 'after' }]);
        same(await heardOf(tt, 'setUserCloudStorage', { KVDataList: [{ key: client, value: '1' }] }, 0), []);
        same(await get(tt, [client]), [{ key: client, value: '1' }]);
      }
    },

    async 'what setStorage keeps comes back as it was, for this player alone'({ tt, otherTT }) {
      const values = { text: '分数', empty: '', digits: '7', number: 7, truth: false, nothing: null, list: [1, [{}]], object: { a: { b: 2 } } };
      for (const [key, data] of Object.entries(values)) {
        same(await call(tt, 'setStorage', { key, data }), { errMsg: 'setStorage:ok' });
        same(await call(tt, 'getStorage', { key }), { errMsg: 'getStorage:ok', data });
        tt.setStorageSync(key, data);
        same(tt.getStorageSync(key), data);
      }
      same(otherTT.getStorageSync('text'), '');
      same(await call(otherTT, 'getStorage', { key: 'text' }), { errMsg: 'getStorage:ok', data: '' });
      same((await call(tt, 'getStorageInfo')).keys.sort(), Object.keys(values).sort());
      same(await call(tt, 'removeStorage', { key: 'text' }), { errMsg: 'removeStorage:ok' });
      tt.removeStorageSync('list');
      same([tt.getStorageSync('text'), tt.getStorageSync('list')], ['', '']);
      otherTT.setStorageSync('mine', 1);
      same(await call(tt, 'clearStorage'), { errMsg: 'clearStorage:ok' });
      same([tt.getStorageInfoSync().keys, otherTT.getStorageInfoSync().keys], [[], ['mine']]);
      otherTT.clearStorageSync();
      same(otherTT.getStorageSync('mine'), '');
    },

    async 'undefined may be kept, and the game gets objects of its own'({ tt }) {
      tt.setStorageSync('gone', undefined);
      same([tt.getStorageSync('gone') === undefined, tt.getStorageInfoSync().keys], [true, ['gone']]);
      const list = [1];
      tt.setStorage({ key: 'list', data: list });
      list.push('too late');
      same((await call(tt, 'getStorage', { key: 'list' })).data, [1]);
      tt.getStorageSync('list').push('elsewhere');
      same(tt.getStorageSync('list'), [1]);
      tt.clearStorageSync();
    },

    async 'an armed failure of setStorage keeps nothing, and the emulator never saw the data'({ tt, arm }) {
      await arm([{ error: 21103, api: 'setStorage', key: 'save*', times: 1 }]);
      same(await call(tt, 'setStorage', { key: 'save', data: 1 }), { errMsg: 'setStorage:fail set storage fail', errNo: 21103 });
      same(tt.getStorageSync('save'), '');
      same(await call(tt, 'setStorage', { key: '', data: 1 }), { errMsg: 'setStorage:fail invalid param', errNo: 20001 });
    },

    async 'getSystemInfo says what its synchronous twin says'({ tt }) {
      same(await call(tt, 'getSystemInfo'), { errMsg: 'getSystemInfo:ok', ...tt.getSystemInfoSync() });
    },

    async 'canIUse and getSystemInfoSync answer at once'({ tt }) {
      same(tt.canIUse('setUserCloudStorage.object.KVDataList'), true);
      same(tt.canIUse('getFriendCloudStorage'), false);
      const { appName, windowWidth, safeArea } = tt.getSystemInfoSync();
      same([appName, safeArea.width], ['Douyin', windowWidth]);
    },
  };

  if (typeof module === 'object' && module.exports) module.exports = { SCENARIOS };
  else window.SCENARIOS = SCENARIOS;
})();

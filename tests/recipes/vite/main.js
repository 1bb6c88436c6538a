import { createTT, version } from '../vendor/tt.mjs';

const url = new URLSearchParams(window.location.search).get('url');
const tt = createTT({ url, player: 'vite' });
tt.setUserCloudStorage({
  KVDataList: [{ key: 'score', value: '7' }],
  complete: ({ errMsg }) => { document.title = `${version} ${errMsg} ${typeof window.tt}`; },
});

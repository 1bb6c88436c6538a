/* Serves this folder as Vite does in development (`dev`) or after a `build`, and prints the title that its page comes to. */
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build, createServer, preview } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const port = { port: 0, host: '127.0.0.1' };
const outDir = 'dist';

async function serve(way) {
  const config = { root, configFile: false, logLevel: 'error' };
  if (way === 'dev') return (await createServer({ ...config, server: port })).listen();
  await build({ ...config, build: { outDir, rollupOptions: { input: `${root}/vite/index.html` } } });
  return preview({ ...config, build: { outDir }, preview: port });
}

const server = await serve(process.argv[2]);
const { port: chosen } = server.httpServer.address();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
const page = await browser.newPage();
page.on('pageerror', (error) => console.log(String(error)));
await page.goto(`http://127.0.0.1:${chosen}/vite/index.html?url=${process.env.TT_EMULATOR_URL}`);
await page.waitForFunction(() => document.title.includes('setUserCloudStorage'), null, { timeout: 20_000 }).catch(() => {});
console.log(await page.title());
await browser.close();
await server.close();

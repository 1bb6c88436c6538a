import { defineConfig } from '@playwright/test';

const executablePath = process.env.CHROMIUM; // else the browser that `playwright install` has put there

export default defineConfig({
  testMatch: '*/save.spec.mjs',
  reporter: 'line',
  use: { launchOptions: { executablePath, args: ['--no-sandbox'] } },
});

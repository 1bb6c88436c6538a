/* Compiled, never run: what a TypeScript test may write. */
import { createTT, type PageTT } from '../vendor/tt.mjs';
import { createEmulator, Refused, Unmet, version, type Armed } from '../vendor/tt-emulator.mjs';

const emu = createEmulator({ url: 'http://127.0.0.1:8717', allowUnconsumed: true });
const fault: Armed = await emu.fail('network-unavailable', { api: ['login'], times: 2, moment: 'after' });
await emu.fault({ sequence: ['server-error', 'ok', 999993], delay_ms: { min: 1, max: 2 } });
await emu.fault({ sequence: ['ok', 'hang'], loop: true, times: 2 });
await emu.fault({ reply: { errMsg: 'login:fail', n: [1] }, api: 'login', moment: 'after' });
const left: number | null = (await fault.refresh()).remaining;
await fault.disarm();
await emu.player('alice', { session: 'expired', network: 'offline' });
const tt = await emu.createTT({ player: 'alice' });
tt.setUserCloudStorage({ KVDataList: [{ key: 'score', value: '1' }], fail: ({ errorCode }) => errorCode });
const { ok, count } = await emu.waitFor({ api: 'login', count: { min: 1 }, timeout_ms: 5 });
await emu.assertCalled('login');
const [first] = await emu.requests({ player: 'alice', limit: 1 });
await emu.snapshot();
await emu.restore();
const told = (error: unknown): string => (error instanceof Refused ? error.problem.detail : String(error));
console.log(left, ok, count, first?.reply?.errMsg, told(null), Unmet, version, emu.page('/', { player: 'bob' }));
await emu.done({ passed: false });

createTT({ url: emu.url, world: emu.world, player: 'bob' }).checkSession();
export const show = (page: PageTT) => page.showToast({ title: 'saved' });

await emu.waitFor('login', { check: false });
await emu.waitFor({ api: 'login', check: false });
for (const { name, code } of await emu.errors('login')) await emu.fail(code ?? name);

// @ts-expect-error: no such error
await emu.fail('network-unavailabel');
// @ts-expect-error: no such error
await emu.fault({ error: 'network-unavailabel' });
// @ts-expect-error: no such error
await emu.fault({ sequence: ['network-unavailabel', 'ok'] });
// @ts-expect-error: no such error
await emu.assertCalled({ error: 'network-unavailabel' });
// @ts-expect-error: it says already what it does
await emu.fail('server-error', { wire: 'hang' });
// @ts-expect-error: no such moment
await emu.fail('server-error', { moment: 'later' });
// @ts-expect-error: a player is online or offline
await emu.player('alice', { network: 'slow' });

/*
 * The types of tt-emulator.mjs: tt-emulator in JavaScript tests.
 */
import type { Settings as TTSettings, TT } from './tt.js';
import type { OpenWX, Settings as WXSettings, WX } from './wx.js';

/** The number of an error; some platforms have it as a text. */
export type ErrorCode = number | `${number}`;

/* errors:begin */
/** The errors that are known, of all APIs of all platforms. */
export type ErrorName =
  | 'aborted'
  | 'app-in-background'
  | 'auth-deny'
  | 'bad-anonymous-code'
  | 'bad-appid'
  | 'bad-code'
  | 'bad-config'
  | 'bad-grant-type'
  | 'bad-item'
  | 'bad-key'
  | 'bad-list'
  | 'bad-openid'
  | 'bad-operand'
  | 'bad-operation'
  | 'bad-parameter'
  | 'bad-response'
  | 'bad-secret'
  | 'bad-signature'
  | 'bad-token'
  | 'bare-fail'
  | 'cancelled'
  | 'capability-unsupported'
  | 'check-refused'
  | 'code-used'
  | 'connect-fail'
  | 'data-no-response'
  | 'environment-error'
  | 'error-stack'
  | 'file-exists'
  | 'file-too-large'
  | 'folder-not-empty'
  | 'framework-error'
  | 'gesture-missing'
  | 'host-logged-out'
  | 'host-login-failed'
  | 'http-not-200'
  | 'internal-error'
  | 'invalid-code'
  | 'invalid-domain'
  | 'invalid-key-2019'
  | 'invalid-scope'
  | 'item-too-large'
  | 'key'
  | 'key-and-value'
  | 'missing-parameter'
  | 'network-unavailable'
  | 'no-appid'
  | 'no-code'
  | 'no-secret'
  | 'no-such-file'
  | 'no-token'
  | 'not-found'
  | 'not-friends'
  | 'not-in-list'
  | 'not-supported'
  | 'nowhere-to-go'
  | 'operation-not-permitted'
  | 'orientation-in-live'
  | 'orientation-in-x-screen'
  | 'pairs_per_player'
  | 'parameter-invalid'
  | 'parameter-required'
  | 'parameter-type'
  | 'permission-denied'
  | 'privacy-popup-missing'
  | 'privacy-refused'
  | 'privacy-undeclared'
  | 'privacy-usage-missing'
  | 'quota'
  | 'rank-list-showing'
  | 'ranking-value'
  | 'results-timed-out'
  | 'saved-list-failed'
  | 'scope-refused'
  | 'sensor-disabled'
  | 'sensor-running'
  | 'sensor-unsupported'
  | 'server-error'
  | 'service-error'
  | 'session-expired'
  | 'session-failure'
  | 'share-info-missing'
  | 'shortcut-failed'
  | 'storage-full'
  | 'system-apperror'
  | 'system-busy'
  | 'system-error'
  | 'system-failure'
  | 'system-refused'
  | 'timed-out'
  | 'too-long'
  | 'too-many-zones'
  | 'too-often'
  | 'total'
  | 'unsupported-in-devtools'
  | 'unsupported-on-game'
  | 'update-refused'
  | 'user-blocked'
  | 'user-cancelled'
  | 'user-folder-full'
  | 'wrong-parameter';
/* errors:end */

/* kinds:begin */
export type Wire =
  | 'hang'
  | 'reset'
  | 'close'
  | 'truncate'
  | 'bad_json'
  | 'http_status'
  | 'drip';
export type Misbehaviour =
  | 'twice'
  | 'throw'
  | 'malformed_ok'
  | 'never';
/* kinds:end */

/** An armed fault as docs/faults.md has it; exactly one of the first six says what it does. */
export interface FaultFields {
  /** A documented error, by name or code. */
  error?: ErrorName | ErrorCode;
  wire?: Wire;
  client?: Misbehaviour;
  sequence?: (ErrorName | Wire | 'ok' | ErrorCode)[];
  /** What the callback receives as it is, of the one `api`; errMsg begins with its ok or fail, unless a game's own backend calls it. No page documents it. */
  reply?: { errMsg?: string; [field: string]: unknown };
  delay_ms?: number | { min: number; max: number } | { median: number; sigma: number; max: number };
  /** The sequence begins again; `times` then counts strikes. */
  loop?: boolean;
  detail?: string;
  status?: number;
  duration_ms?: number;
  api?: string | string[];
  player?: string;
  /** A glob over the keys of the call. */
  key?: string;
  min_keys?: number;
  domain?: 'main' | 'open' | 'server';
  skip?: number;
  every?: number;
  times?: number;
  probability?: number;
  ttl_s?: number;
  moment?: 'before' | 'after';
  label?: string;
}

export interface Fault extends FaultFields {
  id: string;
  matched: number;
  hits: number;
  /** Calls that it still has something for; null for no end. */
  remaining: number | null;
  completed: boolean;
  near_miss: string | null;
  /** Of a reply of one's own. */
  undocumented?: true;
  /** Told when it is armed: why it may not be what it says. */
  notice?: string;
}

/**
 * A fault that can be ended: `await using fault = await emu.fail(…)`, or `t.after(fault.end)`. Once it is not armed any
 * more it shows what became of it; `hits` and the rest are null where nobody can know that (its world was dropped).
 */
export interface Armed extends Fault, AsyncDisposable {
  /** Its fields as they are now. */
  refresh(): Promise<Armed>;
  disarm(): Promise<void>;
  /** Disarms it; strikes that it had left are told by the world's done(). What `await using` calls. */
  end(): Promise<void>;
}

export interface Player {
  openid: string;
  nickname: string;
  avatarUrl: string;
  KVDataList: { key: string; value: string }[];
  friends: string[];
  group: string | null;
  account: 'in' | 'out' | 'declines';
  session: 'valid' | 'expired' | 'none';
  network: 'online' | 'offline';
  /** Of WeChat's players, who have neither `group` nor `account`; see docs/control-api.md. */
  groups?: string[];
  launched_from?: string | null;
  shared_by?: string | null;
  session_key?: string;
  scopes?: Record<string, 'undetermined' | 'granted' | 'denied'>;
  privacy?: 'agreed' | 'undecided' | 'refused' | 'undeclared' | 'unannounced' | 'no-popup';
  privacy_asks_again_at?: string | number | null;
  interactive?: Record<string, unknown>;
}

export interface Exchange {
  id: number;
  call_id: string | null;
  api: string;
  player: string;
  domain: 'main' | 'open' | 'server';
  options: Record<string, unknown>;
  fault: string | null;
  reason: string;
  /** null where the game did not get one. */
  reply: { errMsg?: string; [field: string]: unknown } | null;
  received_at: string;
  answered_at: string | null;
  duration_ms: number | null;
}

export interface ErrorRow {
  api: string;
  name: ErrorName;
  code: ErrorCode | null;
  message: string | null;
  type: 'D' | 'U' | 'F' | 'I' | null;
  evidence: 'documented' | 'seen' | 'inferred';
  source: string;
}

/** Which calls: an API's name, or clauses that must all hold. `error` is a row's name or code. */
export type Match = string | { api?: string; player?: string; ok?: boolean; error?: Ending | number };

/** How a call can end: as documented, by a reply that a tester wrote, without an answer, or by a bug of the emulator. */
export type Ending = ErrorName | 'undocumented' | 'lost' | 'emulator-failure';

export type Question = string | (Exclude<Match, string> & {
  count?: number | { min?: number; max?: number };
  timeout_ms?: number;
  /** From one call's answer to the next one's arrival: one bound for each gap, or several in order. */
  min_gap_ms?: number | readonly number[];
  max_gap_ms?: number | readonly number[];
});

export interface Check {
  check?: boolean;
}

export interface Verdict {
  ok: boolean;
  count: number;
  differences: string[];
  /** From one call's answer to the next one's arrival, of the calls that the journal holds. */
  gaps_ms: number[];
}

/** An error that the played game did not catch; file and line are the package's, null where nothing tells. */
export interface GameError {
  message: string;
  file: string | null;
  line: number | null;
  at: string;
}

/** The story of a world, which `tt-emulator replay FILE` and `replay` play again. */
export interface Bundle {
  bundle: 1;
  version: string;
  platform: string;
  seed: number;
  /** As it was before the first of the deeds, like the faults. */
  world: Record<string, unknown>;
  faults: Record<string, unknown>[];
  deeds: { kind: 'call' | 'tester'; offset_ms: number; [field: string]: unknown }[];
  [field: string]: unknown;
}

/** A call of a story, by its place among the deeds and its id, whose reply is another now. */
export interface Difference {
  deed: number;
  id: number;
  api: string;
  player: string;
  was: { reply: Record<string, unknown> | null; fault: string | null };
  now: { reply: Record<string, unknown> | null; fault: string | null };
  /** The places in `/reply` and `/fault` that differ; null is left out. */
  parts: { pointer: string; was?: unknown; now?: unknown }[];
  /** Why there was no reply at all, else empty. */
  error: string;
}

/** The world in which it was played stays until somebody drops it. */
export interface Replayed {
  same: boolean;
  differences: Difference[];
  world: string;
}

/** One world of one emulator. */
export interface Emulator extends AsyncDisposable {
  readonly url: string;
  readonly world: string;

  /** Arms a documented error, by name or code. */
  fail(error: ErrorName | ErrorCode, fields?: Omit<FaultFields, 'error' | 'wire' | 'client' | 'sequence' | 'loop' | 'reply'>): Promise<Armed>;
  fault(fields: FaultFields): Promise<Armed>;
  faults(): Promise<Fault[]>;
  disarmAll(): Promise<void>;

  /** The player, changed to what `fields` say. */
  player(openid: string, fields?: Partial<Omit<Player, 'openid'>>): Promise<Player>;
  /** The world's settings, changed to what `fields` say. */
  settings(fields?: Record<string, unknown>): Promise<Record<string, unknown>>;

  /** The journal, oldest first. */
  requests(match?: string | { api?: string; player?: string; after?: number; limit?: number }): Promise<Exchange[]>;
  /**
   * Waits until at least `count` calls (default 1) match, then judges their gaps. Throws Unmet once the time is over; with `check` false,
   * beside the clauses or after them, `ok` is false instead.
   */
  waitFor(match?: string | (Exclude<Question, string> & Check), check?: Check): Promise<Verdict>;
  /** Throws Unmet unless exactly `count` calls (default: at least 1) match, with such gaps between them. */
  assertCalled(match?: Question): Promise<Verdict>;
  /** The world's clock, moved if told so; `set` is a time as ISO 8601. */
  clock(move?: { set?: string; advance_s?: number; freeze?: boolean }): Promise<Record<string, unknown>>;
  /** How often each documented error was delivered; with 'seen' those as well that were seen. */
  coverage(cover?: 'documented' | 'seen'): Promise<Record<string, unknown>>;
  /** The documented errors, of one API or of all. */
  errors(api?: string): Promise<ErrorRow[]>;

  /** Keeps the world's data under a name; the name. */
  snapshot(name?: string): Promise<string>;
  restore(name?: string): Promise<void>;
  /** Players, settings and clock as one JSON document; what is a file can be read and written so. */
  exportWorld(): Promise<Record<string, unknown>>;
  /** Makes the world what a document says. */
  importWorld(document: Record<string, unknown>): Promise<void>;
  /**
   * What happened in the world as one document, for a file: the last calls, by default all that are known. With `player`
   * it begins with a call of theirs.
   */
  bundle(settings?: { last?: number; player?: string }): Promise<Bundle>;
  /** Plays a bundle again, in a world of its own, and compares each reply. */
  replay(bundle: Bundle): Promise<Replayed>;
  reset(scope?: ('data' | 'faults' | 'journal' | 'clock')[]): Promise<void>;

  /**
   * The address of a page with the parameters by which tt.js there plays in this world of this emulator; without `url`
   * that of the played package (TT_EMULATOR_GAME_URL).
   */
  page(url?: string, player?: { player?: string }): string;
  /** What the played game did not catch in this world. */
  gameErrors(): Promise<GameError[]>;
  /** Waits for an error of the game whose message matches: it is expected, and done() does not throw for it. */
  waitForGameError(match?: string | RegExp, limit?: { timeout_ms?: number }): Promise<GameError>;
  /** The `tt` of a player of this world, from the tt.js beside this file. Not in a page. */
  createTT(settings?: TTSettings): Promise<TT>;
  /** The same of `wx`, from the wx.js beside this file, in a world of the platform wx. */
  createWX(settings: WXSettings & { domain: 'open' }): Promise<OpenWX>;
  createWX(settings?: WXSettings & { domain?: 'main' }): Promise<WX>;

  /** The last calls and the faults, for people. */
  report(): Promise<string>;
  /**
   * Drops the world. Throws Unmet for a fault with `times` or `sequence` that was not used up, for an error that
   * the played game did not catch, and for a call that the emulator itself failed to answer. A test that has not
   * `passed` (default true) is not blamed for its faults and the game's errors as well. The bundle of one that has
   * not, or that fails here, becomes the file `story`, if that is given, and the console says so: for `tt-emulator replay`. Not in a page.
   */
  done(outcome?: { passed?: boolean; story?: string }): Promise<void>;
}

export interface EmulatorSettings {
  /** Default: TT_EMULATOR_URL, then http://127.0.0.1:8717. */
  url?: string;
  /** Default: a fresh one. */
  world?: string;
  /** Of which the world is, if this makes it. Default: that of the first call, else the server's. */
  platform?: 'tt' | 'wx';
  /** Default: TT_EMULATOR_TOKEN. */
  token?: string;
  allowUnconsumed?: boolean;
  allowInternalErrors?: boolean;
  /** Errors that the played game does not catch are no failure. */
  allowGameErrors?: boolean;
}

export function createEmulator(settings?: EmulatorSettings): Emulator;

export class Refused extends Error {
  readonly status: number;
  readonly problem: { detail: string; hint: string; [field: string]: unknown };
}

export class Unmet extends Error {}

export const version: string;

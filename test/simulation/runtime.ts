import { AsyncLocalStorage } from 'node:async_hooks';
import crypto from 'node:crypto';
import { compileFunction } from 'node:vm';
import type { Clock } from './clock';
import type { RandomStreams } from './random-streams';

type Require = (name: string) => unknown;
type Exports = Record<string, unknown>;

/** Globals that replace Node's own time, random numbers and console in bundled code. */
const GLOBALS = ['Date', 'Math', 'AbortSignal', 'setTimeout', 'clearTimeout', 'globalThis', 'global', 'process', 'console'] as const;

/** The clock and the random numbers of the current run, for code that all runs share. */
export const current: { clock: Clock; randomStreams: RandomStreams } = {} as never;

const RealDate = Date;
/** The error of the current process's clock, in milliseconds. */
export const clockError = new AsyncLocalStorage<number>();

const now = (): number => current.clock.now + (clockError.getStore() ?? 0);
const randomNumber = (): number => current.randomStreams.of('handlers').next();

class SimulatedDate extends RealDate {
  static override now(): number {
    return now();
  }

  constructor(...given: ConstructorParameters<typeof Date> | []) {
    super(...(given.length > 0 ? given : [now()]) as [number]);
  }
}

const randomBytes = (count: number): Buffer => Buffer.from(Array.from({ length: count }, () => Math.floor(randomNumber() * 256)));
const fill = <Target extends Uint8Array>(target: Target): Target => {
  target.set(randomBytes(target.length));
  return target;
};
const randomUUID = (): string => `${randomBytes(4).toString('hex')}-0000-4000-8000-${randomBytes(6).toString('hex')}`;

const simulatedCrypto = { ...crypto, randomBytes, randomUUID, getRandomValues: fill, randomFillSync: fill, default: undefined as unknown };
simulatedCrypto.default = simulatedCrypto;

const MODULES: Record<string, unknown> = {
  'node:crypto': simulatedCrypto,
  'crypto': simulatedCrypto,
  'node:timers/promises': { setTimeout: (milliseconds?: number, value?: unknown) => current.clock.sleep(milliseconds, value) },
};

/** `process` in bundled code. */
export const simulatedProcess = Object.create(process, { env: { value: {}, writable: true } }) as { env: Readonly<Record<string, string>> };

const setTimer = (action: () => void, milliseconds = 0): void => {
  const { clock } = current;
  clock.after(milliseconds, () => {
    clock.hasWoken = true;
    action();
  });
};

const simulatedMath = Object.create(Math, { random: { value: randomNumber } }) as typeof Math;
const signals = {
  timeout: (milliseconds: number): AbortSignal => {
    const controller = new AbortController();
    setTimer(() => { controller.abort(); }, milliseconds);
    return controller.signal;
  },
};
const simulatedGlobal = Object.create(globalThis, {
  crypto: { value: simulatedCrypto }, Date: { value: SimulatedDate }, Math: { value: simulatedMath }, setTimeout: { value: setTimer },
}) as object;
const noConsole = new Proxy({}, { get: () => () => undefined });

const VALUES: Record<(typeof GLOBALS)[number], unknown> = {
  Date: SimulatedDate,
  Math: simulatedMath,
  AbortSignal: signals,
  setTimeout: setTimer,
  clearTimeout: () => undefined,
  globalThis: simulatedGlobal,
  global: simulatedGlobal,
  process: simulatedProcess,
  console: noConsole,
};

/** Compiles a bundle. Each call of the returned function creates a new instance of the module with the modules that it requires. */
export function compile(code: string, filename: string): (require: Require) => Exports {
  const run = compileFunction(code, ['module', 'exports', 'require', ...GLOBALS], { filename });
  return (requireOther) => {
    const module = { exports: {} as Exports };
    run(module, module.exports, (name: string) => MODULES[name] ?? requireOther(name), ...GLOBALS.map((name) => VALUES[name]));
    return module.exports;
  };
}

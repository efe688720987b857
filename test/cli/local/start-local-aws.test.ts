import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecord, STATE_FOLDER } from '../../../cli/local/local-record';
import { isLocalAws } from '../../../cli/local/ministack/is-local-aws';
import { requirementsIn } from '../../../cli/local/ministack/ministack-files';
import { assertSupported, startLocalAws } from '../../../cli/local/start-local-aws';
import { runCommand } from '../sample-context';

const FILES = join(__dirname, '..', '..', '..', 'cli', 'local', 'ministack');
const VERSION = createHash('sha256').update(readFileSync(requirementsIn(FILES))).digest('hex').slice(0, 12);

/** Answers like MiniStack on the port of its environment. */
const SERVER = 'require(\'http\').createServer((_, response) => response.end(\'{}\')).listen(process.env.GATEWAY_PORT, process.env.BIND_HOST);';

describe('in the folder of an app', () => {
  const [cwd, home, cache] = [process.cwd(), mkdtempSync(join(tmpdir(), 'local aws ')), process.env.XDG_CACHE_HOME];
  const start = () => startLocalAws(FILES, () => undefined);

  /** Installs a program instead of Python. */
  function install(script: string): void {
    const bin = join(home, 'cdk-order-pipeline', `ministack-${VERSION}`, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'server.js'), script);
    // The path of Node.js can have a space, which a "#!" line cannot.
    writeFileSync(join(bin, 'python'), `#!/bin/sh\nexec "${process.execPath}" "$(dirname "$0")/server.js"\n`);
    chmodSync(join(bin, 'python'), 0o755);
    writeFileSync(join(bin, '..', 'complete'), '');
  }

  beforeAll(() => {
    process.chdir(home);
    process.env.XDG_CACHE_HOME = home;
  });
  beforeEach(() => install(SERVER));
  afterEach(() => runCommand('local --stop', {}));
  afterAll(() => {
    process.chdir(cwd);
    if (cache === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = cache;
    rmSync(home, { recursive: true });
  });

  test('starts one local AWS, however many commands need it', async () => {
    const endpoints = await Promise.all([start(), start()]);
    expect(new Set([...endpoints, await start()]).size).toBe(1);
    expect(endpoints[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(readFileSync(join(STATE_FOLDER, '.gitignore'), 'utf8')).toBe('*\n');
  });

  test('--stop ends it, even if it ignores SIGTERM, as some versions do', async () => {
    install(`${SERVER}\nprocess.on('SIGTERM', () => {});`);
    const endpoint = await start();
    expect(await runCommand('local --stop', {})).toMatchObject({ status: 0, printed: 'The local AWS was stopped.\n' });
    expect(await isLocalAws(endpoint)).toBe(false);
    expect(await runCommand('local --stop', {})).toMatchObject({ status: 0, printed: 'No local AWS of this folder was running.\n' });
  }, 30_000);

  test('starts another one when the first one has ended', async () => {
    const first = await start();
    process.kill(-readRecord()!.pid, 'SIGKILL');
    expect(await start()).not.toBe(first);
  });

  test('fails with the end of the log when it does not start', async () => {
    install('console.log("no module named ministack"); process.exit(1);');
    await expect(start()).rejects.toThrow(/^The local AWS did not start: it ended\. The end of \.cdk-order-pipeline\/ministack\.log:\nno module named ministack/);
    expect(readRecord()).toBeUndefined();
    expect(existsSync(join(STATE_FOLDER, 'lock'))).toBe(false);
  });
});

const on = (platform: NodeJS.Platform, node: string) => () => assertSupported({ platform, versions: { ...process.versions, node } });

test.each([['linux', '22.0.0'], ['darwin', '24.1.0']] as const)('runs on %s with Node.js %s', (platform, node) => {
  expect(on(platform, node)).not.toThrow();
});

test('fails when the system is Windows', () => {
  expect(on('win32', '24.0.0')).toThrow('local runs on Linux and macOS; on Windows, run it in the Windows Subsystem for Linux');
});

test('fails when Node.js is too old for the functions', () => {
  expect(on('linux', '20.20.2')).toThrow('which must be 22 or newer, got 20.20.2; install a newer one');
});

import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createStateFolder, LOCK, LOG_FILE, readRecord, removeRecord, writeRecord } from './local-record';
import { PythonMissing } from './ministack/find-python';
import { installPythonTool } from './ministack/install-python-tool';
import { isLocalAws } from './ministack/is-local-aws';
import { launchMiniStack } from './ministack/launch-ministack';
import { imageIn, requirementsIn, starterIn } from './ministack/ministack-files';
import { stopGroup } from './ministack/stop-group';
import { eventually } from './system/eventually';
import { freePort } from './system/free-port';
import { withLock } from './system/with-lock';

/** The oldest Node.js that runs the functions. */
const OLDEST_NODE = 22;
/** Seconds in which MiniStack starts, also on a busy machine. */
const START_TIMEOUT = 120;

/**
 * Returns the endpoint of the local AWS of the current folder; starts it unless it is running.
 *
 * @param files the folder with the files of MiniStack.
 * @throws Error if it cannot be installed or started.
 */
export function startLocalAws(files: string, log: (line: string) => void): Promise<string> {
  assertSupported(process);
  createStateFolder();
  return withLock(LOCK, async () => {
    const endpoint = readRecord()?.endpoint;
    return endpoint !== undefined && await isLocalAws(endpoint) ? endpoint : start(await install(files, log), starterIn(files));
  });
}

/** @throws Error on Windows and with a Node.js that is too old. */
export function assertSupported({ platform, versions: { node } }: Pick<NodeJS.Process, 'platform' | 'versions'>): void {
  if (platform === 'win32') throw new Error('local runs on Linux and macOS; on Windows, run it in the Windows Subsystem for Linux');
  if (Number.parseInt(node, 10) < OLDEST_NODE) {
    throw new Error(`The functions of a local AWS run with the Node.js of this command, which must be ${OLDEST_NODE} or newer, got ${node}; install a newer one`);
  }
}

async function install(files: string, log: (line: string) => void): Promise<string> {
  try {
    return await installPythonTool({
      requirements: requirementsIn(files), folder: cacheFolder(), onInstalling: () => log('Installing MiniStack, a local AWS, with pip (first run only) …'),
    });
  } catch (error) {
    const { message } = error as Error;
    throw new Error([
      error instanceof PythonMissing ? `The local AWS needs Python 3.10 or newer: ${message}.` : `MiniStack could not be installed. ${message.trim()}`,
      'With Docker, it needs no Python:',
      `  docker run --rm -p 127.0.0.1:4566:4566 ${imageIn(files)}`,
      '  npx cdk-order-pipeline local --endpoint http://127.0.0.1:4566 -- npx cdk deploy',
    ].join('\n'), { cause: error });
  }
}

/** What was installed is shared by all apps of a user. */
const cacheFolder = (): string => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk-order-pipeline');

async function start(python: string, starter: string): Promise<string> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const child = launchMiniStack([python, starter], { port, logFile: LOG_FILE });
  let ended = false;
  child.once('exit', () => { ended = true; });
  // Before it answers, so that it is not lost when this process is killed.
  writeRecord({ endpoint, pid: child.pid! });
  try {
    await eventually('the start of the local AWS', async () => ended || await isLocalAws(endpoint) || undefined, START_TIMEOUT);
    if (ended) throw new Error('it ended');
    return endpoint;
  } catch (error) {
    stopGroup(child.pid!, 'SIGKILL');
    removeRecord();
    throw new Error(`The local AWS did not start: ${(error as Error).message}. The end of ${LOG_FILE}:\n${readFileSync(LOG_FILE, 'utf8').slice(-2000)}`, { cause: error });
  }
}

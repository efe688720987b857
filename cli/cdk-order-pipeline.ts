#!/usr/bin/env node
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from './aws';
import { catchInterruption } from './catch-interruption';
import type { CommandContext } from './command-context';
import { run } from './run';

const context: CommandContext = {
  connect,
  print: (text) => void process.stdout.write(text),
  printError: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
  catchInterruption: () => catchInterruption(process),
  fetch: globalThis.fetch,
  pageFolder: join(__dirname, 'console'),
  ministackFolder: join(__dirname, 'ministack'),
  clock: { now: Date.now, sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }).catch(() => undefined) },
};

// The reader of the output, such as "head", may end before the command.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));

void run(process.argv.slice(2), context).then((status) => {
  process.exitCode = status;
});

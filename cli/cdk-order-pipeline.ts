#!/usr/bin/env node
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
  clock: { now: Date.now, sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }).catch(() => undefined) },
};

void run(process.argv.slice(2), context).then((status) => {
  process.exitCode = status;
});

#!/usr/bin/env node
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from './aws';
import type { CommandContext } from './command-context';
import { run } from './run';

/** The exit status of a process that Ctrl-C ended. */
const INTERRUPTED = 130;
/** With npx, each Ctrl-C arrives twice: from the terminal, and from npx. */
const SAME_SIGNAL_MS = 1000;

function catchInterruption(): AbortSignal {
  const interruption = new AbortController();
  let interruptedAt = 0;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (interruption.signal.aborted && Date.now() > interruptedAt + SAME_SIGNAL_MS) process.exit(INTERRUPTED);
      interruptedAt ||= Date.now();
      interruption.abort();
    });
  }
  return interruption.signal;
}

const context: CommandContext = {
  connect,
  print: (text) => void process.stdout.write(text),
  printError: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
  catchInterruption,
  clock: { now: Date.now, sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }).catch(() => undefined) },
};

void run(process.argv.slice(2), context).then((status) => {
  process.exitCode = status;
});

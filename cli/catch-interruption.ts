/** The exit status of a process that Ctrl-C ended. */
const INTERRUPTED = 130;
/** With npx, each Ctrl-C arrives twice: from the terminal, and from npx. */
const SAME_SIGNAL_MS = 1000;

/** Makes a signal that the first interruption of a process aborts. A second one ends the process. */
export function catchInterruption(process: Pick<NodeJS.Process, 'on' | 'exit'>): AbortSignal {
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

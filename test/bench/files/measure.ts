import { readFileSync } from 'node:fs';

/** The measurements of one process. */
export interface Measured {
  readonly orders: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly peakRssMb: number;
}

/** The measured part of a method: reads a file and returns the numbers of orders and bytes. */
export interface Reading {
  run(): Promise<{ orders: number; bytes: number }>;
}

/** Measures a method in this process and prints the measurements as JSON. The arguments are the file and the warm-up file. */
export async function measure(prepare: (path: string) => Reading): Promise<void> {
  // Warms up the compiler, as in a function that has run before.
  await prepare(process.argv[3]).run();
  const reading = prepare(process.argv[2]);
  const start = process.hrtime.bigint();
  const { orders, bytes } = await reading.run();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const measured: Measured = { orders, bytes, seconds, peakRssMb: peakRssKb() / 1024 };
  process.stdout.write(JSON.stringify(measured));
}

/** The peak memory of this process. `resourceUsage` includes that of the process that started it, before it loaded this program. */
function peakRssKb(): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))!;
  return Number(kilobytes);
}

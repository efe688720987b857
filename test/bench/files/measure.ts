/** What one process measured. */
export interface Measured {
  readonly orders: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly peakRssMb: number;
}

/** What a method does: reads the file in the first argument, the one in the second before to warm up, and says how much it was. `run` is what is timed. */
export interface Reading {
  run(): Promise<{ orders: number; bytes: number }>;
}

/** Measures a method in this process and prints the figures for whoever started it. */
export async function measure(prepare: (path: string) => Reading): Promise<void> {
  // As in a function that has run before: the compiler has seen the code, with a small file.
  await prepare(process.argv[3]).run();
  const reading = prepare(process.argv[2]);
  const start = process.hrtime.bigint();
  const { orders, bytes } = await reading.run();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const measured: Measured = { orders, bytes, seconds, peakRssMb: process.resourceUsage().maxRSS / 1024 };
  process.stdout.write(JSON.stringify(measured));
}

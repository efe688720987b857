/** Compares the reader of order files with a theoretical limit, with other parsers, and with itself on a file of a tenth of the size. */
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { bundleMethods } from './files/bundle-methods';
import { generateFiles, type OrderFiles } from './files/generate-files';
import { METHODS, type Method } from './files/methods';
import { NODE_FLAGS, runMethod } from './files/run-method';
import { parseSize } from './files/size';
import { type Sample, summarise } from './files/summarise';
import { printTable, printTargets, targetsOf } from './files/targets';

const RESULTS = '.local/bench/files.json';
/** The maximum string length of V8: larger files cannot be parsed as a whole. Other parsers are slow and then read a tenth of the file. */
const LARGE = 500e6;
/** Each process first reads a file of this size without measuring, as a warm function would have. */
const WARM_UP = 5e6;

interface Files {
  readonly big: OrderFiles;
  readonly tenth: OrderFiles;
  readonly warmUp: OrderFiles;
}

export async function benchFiles(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { size: { type: 'string', default: '50MB' }, rounds: { type: 'string' } } });
  const size = parseSize(values.size);
  const rounds = Number(values.rounds ?? (size > LARGE ? 3 : 7));
  await bundleMethods();
  const big = await generateFiles(size);
  const tenth = await generateFiles(size / 10);
  const warmUp = await generateFiles(WARM_UP);
  const summaries = summarise(measure({ big, tenth, warmUp }, rounds));
  const targets = targetsOf(summaries, size);
  process.stdout.write(`${values.size} of orders of ${Math.round(big.bytes / big.orders)} bytes, ${rounds} rounds of all methods, medians, `
    + `node ${NODE_FLAGS.join(' ')} (90 % of a function's 512 MB)\n\n`);
  printTable(summaries);
  printTargets(targets);
  const machine = { cpu: cpus()[0]?.model, parallelism: availableParallelism(), node: process.version };
  writeFileSync(RESULTS, JSON.stringify({ size, rounds, machine, nodeFlags: NODE_FLAGS, methods: summaries, targets }, null, 2));
  process.stdout.write(`\n${RESULTS}\n`);
}

/** Runs all methods once per round, so that other load of the machine affects them alike. */
function* measure({ big, tenth, warmUp }: Files, rounds: number): Generator<Sample> {
  for (let round = 0; round < rounds; round++) {
    for (const method of METHODS) {
      const { format } = method;
      yield { method, size: 'big', ...runMethod(method, fileFor(method, big, tenth), warmUp[format]) };
      if (method.isOurs) yield { method, size: 'tenth', ...runMethod(method, tenth[format], warmUp[format]) };
    }
  }
}

function fileFor(method: Method, big: OrderFiles, tenth: OrderFiles): string {
  return big.bytes > LARGE && !method.isOurs ? tenth[method.format] : big[method.format];
}

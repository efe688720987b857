/** Compares the reader of order files with a theoretical limit, with other parsers, and with itself on a file of a tenth of the size. */
import { parseArgs } from 'node:util';
import type { Area } from './area';
import { bundleMethods } from './files/bundle-methods';
import { generateFiles, type OrderFiles } from './files/generate-files';
import { METHODS, type Method } from './files/methods';
import { NODE_FLAGS, runMethod } from './files/run-method';
import { parseSize } from './files/size';
import { type Sample, summarise } from './files/summarise';
import { tableOf, targetsOf } from './files/targets';

/** The maximum string length of V8: larger files cannot be parsed as a whole. Other parsers are slow and then read a tenth of the file. */
const LARGE = 500e6;
/** Each process first reads a file of this size without measuring, as a warm function would have. */
const WARM_UP = 5e6;

interface Files {
  readonly big: OrderFiles;
  readonly tenth: OrderFiles;
  readonly warmUp: OrderFiles;
}

/** `npm run bench -- files [--size 1GB] [--rounds 3]`. */
export const files: Area = {
  name: 'files',
  title: 'Reading order files',
  measure: async (args) => {
    const { values } = parseArgs({ args: [...args], options: { size: { type: 'string', default: '50MB' }, rounds: { type: 'string' } } });
    const size = parseSize(values.size);
    const rounds = Number(values.rounds ?? (size > LARGE ? 3 : 5));
    await bundleMethods();
    const sizes = { big: await generateFiles(size), tenth: await generateFiles(size / 10), warmUp: await generateFiles(WARM_UP) };
    const summaries = summarise(measure(sizes, rounds));
    return {
      method: `${rounds} rounds of all methods, medians, node ${NODE_FLAGS.join(' ')} (90 % of a function's 512 MB).`,
      tables: [tableOf(`${values.size} of orders of ${Math.round(sizes.big.bytes / sizes.big.orders)} bytes`, summaries)],
      targets: targetsOf(summaries, size),
    };
  },
};

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

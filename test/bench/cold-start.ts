import { mkdirSync, statSync } from 'node:fs';
import { buildSync } from 'esbuild';
import type { Area } from './area';
import { floorOf } from './cold-start/floor';
import { loadTime } from './cold-start/load-time';
import { fastest } from './statistics';
import { fixed } from './table';
import { atLeast, atMost } from './target';
import { HANDLER_OPTIONS } from '../../scripts/handler-options';
import { HANDLER_ENV, WITHOUT_HOOK } from '../../src/private/contract';

const ROUNDS = 9;
const FOLDER = '.local/bench/cold-start';
const HANDLERS = Object.keys(HANDLER_ENV);

/** A handler and what it is compared with, as files and by their times in milliseconds. */
interface Subject {
  readonly name: string;
  readonly file: string;
  readonly floor: string;
  readonly times: number[];
  readonly floorTimes: number[];
}

/** Bundles the clients of each handler alone, as the handlers are bundled but with the SDK's own sources of credentials. */
function bundleFloors(): Subject[] {
  const entryPoints = HANDLERS.map((name) => `handlers/${name}.ts`);
  const { metafile } = buildSync({ ...HANDLER_OPTIONS, entryPoints, outdir: FOLDER, write: false });
  mkdirSync(FOLDER, { recursive: true });
  return HANDLERS.map((name) => {
    const floor = `${FOLDER}/${name}.js`;
    const stdin = { contents: floorOf(name, metafile), resolveDir: process.cwd(), sourcefile: 'floor.ts' };
    buildSync({ ...HANDLER_OPTIONS, alias: {}, stdin, outfile: floor });
    return { name, file: fileOf(name), floor, times: [], floorTimes: [] };
  });
}

/** The file that a function loads by default: that of `validate-order` is the one without a validation hook. */
const fileOf = (handler: string): string => `assets/handlers/${handler}/${handler === 'validate-order' ? WITHOUT_HOOK : 'index'}.js`;

/** Bundles the naive function as CDK's `NodejsFunction` does by default: whole, not minified, CommonJS versions of all packages. */
function bundleNaive(): string {
  const outfile = `${FOLDER}/naive-validation.js`;
  buildSync({ entryPoints: ['test/bench/cold-start/naive-validation.ts'], bundle: true, platform: 'node', format: 'cjs', target: 'node24', outfile, logLevel: 'error' });
  return outfile;
}

const bytes = (file: string): number => statSync(file).size;

/** Compares the time to load each handler in a fresh process with the time to load its SDK clients alone. */
export const coldStart: Area = {
  name: 'cold-start',
  title: 'Cold start',
  measure: async () => {
    const subjects = bundleFloors();
    const naive = bundleNaive();
    const naiveTimes: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const { file, floor, times, floorTimes } of subjects) {
        times.push(loadTime(file));
        floorTimes.push(loadTime(floor));
      }
      naiveTimes.push(loadTime(naive));
    }
    const figures = subjects.map(({ name, file, floor, times, floorTimes }) => ({
      name, kilobytes: bytes(file) / 1000, floorKilobytes: bytes(floor) / 1000, time: fastest(times), floorTime: fastest(floorTimes),
    }));
    const validate = figures.find(({ name }) => name === 'validate-order')!;
    const slowest = figures.toSorted((one, other) => other.time / other.floorTime - one.time / one.floorTime)[0];
    const largest = figures.toSorted((one, other) => other.kilobytes / other.floorKilobytes - one.kilobytes / one.floorKilobytes)[0];
    return {
      method: `Time of \`require\` in a fresh process, the fastest of ${ROUNDS} interleaved rounds. The floor is a bundle of the handler's SDK clients alone, `
        + 'created with the SDK\'s defaults. The naive function is validation as public samples write it, bundled with the defaults of `NodejsFunction`.',
      tables: [{
        title: 'Loading a handler',
        header: ['handler', 'KB', 'floor KB', 'ms', 'floor ms', 'ratio'],
        rows: [
          ...figures.map(({ name, kilobytes, floorKilobytes, time, floorTime }) =>
            [name, fixed(kilobytes), fixed(floorKilobytes), fixed(time, 1), fixed(floorTime, 1), fixed(time / floorTime, 2)]),
          ['naive validation', fixed(bytes(naive) / 1000), fixed(validate.floorKilobytes), fixed(fastest(naiveTimes), 1), fixed(validate.floorTime, 1), fixed(fastest(naiveTimes) / validate.floorTime, 2)],
        ],
      }],
      targets: [
        atMost(`load time of the slowest handler, ${slowest.name}, times its SDK clients alone`, slowest.time / slowest.floorTime, 1.12),
        atMost(`size of the largest handler, ${largest.name}, times its SDK clients alone`, largest.kilobytes / largest.floorKilobytes, 1),
        atLeast('load time of the naive validation, times validate-order', fastest(naiveTimes) / validate.time, 2.3),
      ],
    };
  },
};

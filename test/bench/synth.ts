import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { Area } from './area';
import { fastest } from './statistics';
import type { Kind, Synthesis } from './synth/synthesize';
import { fixed } from './table';
import { atMost } from './target';

const SCRIPT = '.local/bench/synth/synthesize.js';
const MAX_RATIO = 1.3;

/** How many stacks are synthesized, and in how many rounds. */
const SIZES = [{ stacks: 1, rounds: 7 }, { stacks: 10, rounds: 3 }, { stacks: 40, rounds: 2 }] as const;

/** Bundles the script with the library, as one file for a fresh process; the library finds its assets from its own folder. */
function bundleScript(): void {
  buildSync({
    entryPoints: ['test/bench/synth/synthesize.ts'],
    outfile: SCRIPT,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    packages: 'external',
    define: { __dirname: JSON.stringify(resolve('src', 'private')) },
  });
}

/** Synthesizes in a fresh process. CDK's validation of templates, which takes as long for every stack, is off. */
function synthesize(kind: Kind, stacks: number, counts: Synthesis['counts'] = {}): Synthesis {
  const result = '.local/bench/synth/result.json';
  execFileSync(process.execPath, [SCRIPT, kind, String(stacks), result, JSON.stringify(counts)], { env: { ...process.env, CDK_VALIDATION: 'false', JSII_DEPRECATED: 'quiet' }, stdio: 'inherit' });
  return JSON.parse(readFileSync(result, 'utf8')) as Synthesis;
}

/** @throws Error when the plain stack does not have the resources of the pipeline. */
function assertSameResources(pipeline: Synthesis['counts'], plain: Synthesis['counts']): void {
  const differences = [...new Set([...Object.keys(pipeline), ...Object.keys(plain)])].filter((type) => pipeline[type] !== plain[type]);
  if (differences.length === 0) return;
  const list = differences.map((type) => `${type} ${pipeline[type] ?? 0}, plain ${plain[type] ?? 0}`).join('; ');
  throw new Error(`the plain stack must have the resources of a pipeline, got ${list}; correct test/bench/synth/plain-stack.ts`);
}

/** Compares the synthesis of pipelines with that of as many plain stacks with the same resources. */
export const synth: Area = {
  name: 'synth',
  title: 'Synthesis',
  measure: async () => {
    bundleScript();
    const { counts } = synthesize('pipelines', 1);
    assertSameResources(counts, synthesize('plain', 1, counts).counts);
    const figures = SIZES.map(({ stacks, rounds }) => {
      const times = Array.from({ length: rounds }, () => [synthesize('pipelines', stacks).milliseconds, synthesize('plain', stacks, counts).milliseconds] as const);
      const [ours, plain] = [fastest(times.map(([time]) => time)), fastest(times.map(([, time]) => time))];
      return { stacks, rounds, ours, plain, ratio: ours / plain };
    });
    const resources = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return {
      method: 'CPU time from `new App()` to the end of `app.synth()`, each in a fresh process, the fastest of interleaved rounds, without CDK\'s validation of templates. '
        + `A plain stack has the same ${resources} resources by type as the stack of a pipeline, made with CDK's own constructs, and no proof of its edges.`,
      tables: [{
        title: 'Synthesis of an app',
        header: ['stacks', 'rounds', 'pipelines ms', 'plain ms', 'ratio'],
        rows: figures.map(({ stacks, rounds, ours, plain, ratio }) => [String(stacks), String(rounds), fixed(ours), fixed(plain), fixed(ratio, 2)]),
      }],
      targets: figures.map(({ stacks, ratio }) => atMost(`CPU time of the synthesis of ${stacks} pipeline${stacks > 1 ? 's' : ''}, times plain stacks`, ratio, MAX_RATIO)),
    };
  },
};

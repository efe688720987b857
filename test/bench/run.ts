/** Runs a benchmark and prints its results: `npm run bench -- files [--size 1GB]`, `proof` or `validation`. */
import { benchFiles } from './files';
import { benchProof } from './proof';
import { benchValidation } from './validation';

const BENCHMARKS: Record<string, (args: string[]) => Promise<void>> = { files: benchFiles, proof: benchProof, validation: benchValidation };

async function main([name, ...args]: string[]): Promise<void> {
  const benchmark = BENCHMARKS[name];
  if (!benchmark) throw new Error(`the name of a benchmark is required: ${Object.keys(BENCHMARKS).join(' or ')}, got ${name ?? 'none'}`);
  await benchmark(args);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

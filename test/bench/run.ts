/** `npm run bench -- files [--size 1GB]`, `npm run bench -- proof`: measures one thing and prints what came of it. */
import { benchFiles } from './files';
import { benchProof } from './proof';

const BENCHES: Record<string, (args: string[]) => Promise<void>> = { files: benchFiles, proof: benchProof };

async function main([name, ...args]: string[]): Promise<void> {
  const bench = BENCHES[name];
  if (!bench) throw new Error(`say what to measure: ${Object.keys(BENCHES).join(', ')}`);
  await bench(args);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

/** `npm run bench -- files [--size 1GB]`: measures one thing, prints a table and writes `.local/bench/<name>.json`. */
import { benchFiles } from './files';

const BENCHES: Record<string, (args: string[]) => Promise<void>> = { files: benchFiles };

async function main([name, ...args]: string[]): Promise<void> {
  const bench = BENCHES[name];
  if (!bench) throw new Error(`say what to measure: ${Object.keys(BENCHES).join(', ')}`);
  await bench(args);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

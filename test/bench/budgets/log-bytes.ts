import { readFileSync } from 'node:fs';
import { bundleScripts, runScript } from '../consumers/run-script';
import { startStubAws } from '../consumers/stub-aws';

const FOLDER = '.local/bench/budgets';

/** The bytes that each function writes to its log for a batch of ten orders that all succeed, without the lines of Lambda itself. */
export async function measureLogBytes(): Promise<Record<string, number>> {
  bundleScripts(FOLDER, ['test/bench/consumers/write-inputs', 'test/bench/budgets/write-log-bytes']);
  const { url, server } = await startStubAws();
  try {
    await runScript(url, `${FOLDER}/write-inputs`, `${FOLDER}/inputs.json`);
    await runScript(url, `${FOLDER}/write-log-bytes`, `${FOLDER}/inputs.json`, `${FOLDER}/log-bytes.json`);
  } finally {
    server.close();
  }
  return JSON.parse(readFileSync(`${FOLDER}/log-bytes.json`, 'utf8')) as Record<string, number>;
}

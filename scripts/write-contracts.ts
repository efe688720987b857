/**
 * Writes the contracts of the standard model to `contracts/`. Refuses a change that breaks those who rely on them, unless it is given `--breaking`:
 * then state it in the commit message and raise the version of the schemas.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { incompatibilities, type Direction } from './contract-compatibility';
import { contractFiles } from '../src/private/contracts/contract-files';
import { DEFAULT_API } from '../src/private/contracts/openapi';
import { writeContracts } from '../src/private/contracts/write-contracts';
import { graphqlContractWith } from '../src/private/graphql/graphql-contract';
import { STANDARD_MODEL } from '../src/private/order-model/load-model';

const FOLDER = join(__dirname, '..', 'contracts');

/** The contracts of the standard model. */
export const standardContracts = (): Record<string, object> => contractFiles(
  STANDARD_MODEL, { title: 'Orders', ...DEFAULT_API },
);

/** The pipeline publishes events and sends requests to the hook; it receives everything else. */
export const directionOf = (path: string): Direction => (/\/events\/|HookRequest/.test(path) ? 'output' : 'input');

/** What of the contracts is no longer compatible with those in a folder. */
export function breakingChanges(contracts: Readonly<Record<string, object>>, folder = FOLDER): string[] {
  const schemas = Object.entries(contracts).filter(([path]) => path.startsWith('schemas/') && existsSync(join(folder, path)));
  return schemas.flatMap(([path, schema]) =>
    incompatibilities(JSON.parse(readFileSync(join(folder, path), 'utf8')), JSON.parse(JSON.stringify(schema)), directionOf(path)).map((change) => `${path}#${change}`));
}

function main(): void {
  const contracts = standardContracts();
  const breaking = breakingChanges(contracts);
  if (breaking.length > 0 && !process.argv.includes('--breaking')) {
    throw new Error(`these changes break those who rely on the contracts; make them compatible, or run "npm run contracts -- --breaking":\n${breaking.join('\n')}`);
  }
  writeContracts(FOLDER, { ...contracts, ...graphqlContractWith(STANDARD_MODEL.schema) });
}

if (require.main === module) main();

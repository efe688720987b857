import type { ContractsCommandLine } from './contracts-command-line';
import { contractFiles } from '../../src/private/contracts/contract-files';
import { DEFAULT_API } from '../../src/private/contracts/openapi';
import { writeContracts } from '../../src/private/contracts/write-contracts';
import { loadModel, loadStandardModel } from '../../src/private/order-model/load-model';
import type { CommandContext } from '../command-context';
import { EXIT_STATUS } from '../exit-status';

/** Writes the contracts of a model. */
export async function runContracts({ out, title, model, extension }: ContractsCommandLine, { print }: CommandContext): Promise<number> {
  const loaded = model === undefined ? loadStandardModel(extension) : loadModel(model.path, model.pointers);
  const files = contractFiles(loaded, { title, ...DEFAULT_API });
  writeContracts(out, files);
  print(`${Object.keys(files).length} files in ${out}\n`);
  return EXIT_STATUS.SUCCESS;
}

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findPython } from './find-python';
import { run } from '../system/run-program';
import { withLock } from '../system/with-lock';

/** A tool of Python. */
export interface PythonTool {
  /** The file of its requirements, `<name>-requirements.txt`. */
  readonly requirements: string;
  /** The folder to install it in. */
  readonly folder: string;
  /** Its command; by default, `python`. */
  readonly command?: string;
  /** Is called before it is installed. */
  readonly onInstalling?: () => void;
}

/**
 * Installs a tool of Python in a virtual environment, once for each version of its requirements. Several processes can install it at once.
 *
 * @returns the path of its command.
 * @throws PythonMissing without Python 3.10 or newer with venv and pip.
 */
export async function installPythonTool({ requirements, folder, command = 'python', onInstalling }: PythonTool): Promise<string> {
  const version = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const home = join(folder, `${basename(requirements, '-requirements.txt')}-${version}`);
  const path = join(home, 'bin', command);
  if (existsSync(join(home, 'complete'))) return path;
  const python = await findPython();
  onInstalling?.();
  await install(python, home, requirements);
  return path;
}

/** Creates the virtual environment in its final place, because it cannot be moved. The file `complete`, written last, marks it as complete. */
async function install(python: string, home: string, requirements: string): Promise<void> {
  await withLock(`${home}.lock`, async () => {
    if (existsSync(join(home, 'complete'))) return;
    rmSync(home, { recursive: true, force: true });
    await run(python, ['-m', 'venv', home]);
    await run(join(home, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
    writeFileSync(join(home, 'complete'), '');
  });
}

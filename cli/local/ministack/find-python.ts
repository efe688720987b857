import { succeeds } from '../system/run-program';

/** This machine has no Python that can install a tool. The message has what is missing, and how to install it. */
export class PythonMissing extends Error {}

const PYTHONS = ['python3', ...[14, 13, 12, 11, 10].map((minor) => `python3.${minor}`), 'python'];
const IS_NEW_ENOUGH = 'import sys; sys.exit(sys.version_info < (3, 10))';

/**
 * Returns the first Python 3.10 or newer that can create a virtual environment with pip.
 *
 * @throws PythonMissing
 */
export async function findPython(): Promise<string> {
  const found: string[] = [];
  for (const python of PYTHONS) {
    if (!await succeeds(python, '-c', IS_NEW_ENOUGH)) continue;
    if (await succeeds(python, '-c', 'import venv, ensurepip')) return python;
    found.push(python);
  }
  throw new PythonMissing(found.length > 0
    ? `${found[0]} has no modules venv and ensurepip (pip), which install it; on Debian and Ubuntu, install them with "sudo apt install python3-venv"`
    : 'Python 3.10 or newer was not found on the PATH; install it from your package manager or from https://www.python.org/downloads/');
}

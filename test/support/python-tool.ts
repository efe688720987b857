import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run';
import { withLock } from './with-lock';

/** The repository's folder for local installations and run-time files; git-ignored. */
export const LOCAL_DIR = join(__dirname, '..', '..', '.local');

/**
 * Installs a tool of Python in a virtual environment of the repository, once.
 *
 * @param name         names its requirements, `<name>-requirements.txt`, and its command.
 * @param onInstalling is called before it is installed.
 * @returns the path of its command; undefined without Python 3.10 or newer.
 */
export async function installPythonTool(name: string, onInstalling: () => void = () => undefined, command = name): Promise<string | undefined> {
  const requirements = join(__dirname, `${name}-requirements.txt`);
  const home = join(LOCAL_DIR, `${name}-${createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)}`);
  const path = join(home, 'bin', command);
  if (existsSync(join(home, 'complete'))) return path;
  const python = await findPython();
  if (!python) return undefined;
  onInstalling();
  await install(python, home, requirements);
  return path;
}

/** Returns the first Python that is new enough and can create a virtual environment. */
async function findPython(): Promise<string | undefined> {
  const versions = ['', ...[14, 13, 12, 11, 10].map((minor) => `.${minor}`)];
  for (const python of [...versions.map((version) => `python3${version}`), 'python']) {
    if (await succeeds(python, '-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))')) return python;
  }
  return undefined;
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

export const succeeds = (command: string, ...args: string[]): Promise<boolean> => run(command, args).then(() => true, () => false);

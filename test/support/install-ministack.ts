import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run';
import { withLock } from './with-lock';

/** The repository's folder for local installations and run-time files; git-ignored. */
export const LOCAL_DIR = join(__dirname, '..', '..', '.local');

const REQUIREMENTS = join(__dirname, 'ministack-requirements.txt');

/** The command or the Docker image that starts the local AWS. */
export type MiniStack = { readonly command: string } | { readonly image: string };

/**
 * Installs MiniStack in a virtual environment of the repository. Without Python, selects its Docker image.
 *
 * @throws Error if neither Python nor Docker is available.
 */
export async function installMiniStack(log: (line: string) => void = () => undefined): Promise<MiniStack> {
  const requirements = readFileSync(REQUIREMENTS, 'utf8');
  const home = join(LOCAL_DIR, `ministack-${createHash('sha256').update(requirements).digest('hex').slice(0, 12)}`);
  const command = join(home, 'bin', 'ministack');
  if (existsSync(join(home, 'complete'))) return { command };

  const python = await findPython();
  if (python) {
    log('installing MiniStack (first run only)');
    await install(python, home);
    return { command };
  }
  if (await succeeds('docker', 'info')) return { image: `ministackorg/ministack:${/ministack==(\S+)/.exec(requirements)![1]}` };
  throw new Error('The local AWS requires Python 3.10 or newer with the venv module (on Debian: python3-venv), or Docker. Neither was found; install one of them.');
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
async function install(python: string, home: string): Promise<void> {
  await withLock(`${home}.lock`, async () => {
    if (existsSync(join(home, 'complete'))) return;
    rmSync(home, { recursive: true, force: true });
    await run(python, ['-m', 'venv', home]);
    await run(join(home, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS]);
    writeFileSync(join(home, 'complete'), '');
  });
}

const succeeds = (command: string, ...args: string[]): Promise<boolean> => run(command, args).then(() => true, () => false);

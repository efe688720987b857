import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run';
import { withLock } from './with-lock';

/** The repository's folder for what is installed or made while it runs; git-ignored. */
export const LOCAL_DIR = join(__dirname, '..', '..', '.local');

const REQUIREMENTS = join(__dirname, 'ministack-requirements.txt');

/** How the local AWS can be started on this machine. */
export type MiniStack = { readonly command: string } | { readonly image: string };

/**
 * Makes MiniStack ready to start: in a virtual environment of the project's own, or, without Python, as its Docker image.
 *
 * @throws Error that names what is missing, when there is neither.
 */
export async function installMiniStack(say: (line: string) => void = () => undefined): Promise<MiniStack> {
  const requirements = readFileSync(REQUIREMENTS, 'utf8');
  const home = join(LOCAL_DIR, `ministack-${createHash('sha256').update(requirements).digest('hex').slice(0, 12)}`);
  const command = join(home, 'bin', 'ministack');
  if (existsSync(join(home, 'complete'))) return { command };

  const python = await findPython();
  if (python) {
    say('installing MiniStack, once');
    await install(python, home);
    return { command };
  }
  if (await works('docker', 'info')) return { image: `ministackorg/ministack:${/ministack==(\S+)/.exec(requirements)![1]}` };
  throw new Error('The local AWS needs Python 3.10 or newer with the venv module (on Debian: python3-venv), or Docker. Neither was found.');
}

/** The first Python that is new enough and can make a virtual environment. */
async function findPython(): Promise<string | undefined> {
  const versions = ['', ...[14, 13, 12, 11, 10].map((minor) => `.${minor}`)];
  for (const python of [...versions.map((version) => `python3${version}`), 'python']) {
    if (await works(python, '-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))')) return python;
  }
  return undefined;
}

/** A virtual environment cannot be moved, so the last file written says that it is whole. */
async function install(python: string, home: string): Promise<void> {
  await withLock(`${home}.lock`, async () => {
    if (existsSync(join(home, 'complete'))) return;
    rmSync(home, { recursive: true, force: true });
    await run(python, ['-m', 'venv', home]);
    await run(join(home, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS]);
    writeFileSync(join(home, 'complete'), '');
  });
}

const works = (command: string, ...args: string[]): Promise<boolean> => run(command, args).then(() => true, () => false);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPythonTool, succeeds } from './python-tool';

export { LOCAL_DIR } from './python-tool';

/** The Python that has MiniStack, or its Docker image. */
export type MiniStack = { readonly python: string } | { readonly image: string };

/**
 * Installs MiniStack in a virtual environment of the repository. Without Python, selects its Docker image.
 *
 * @throws Error if neither Python nor Docker is available.
 */
export async function installMiniStack(log: (line: string) => void = () => undefined): Promise<MiniStack> {
  const python = await installPythonTool('ministack', () => log('installing MiniStack (first run only)'), 'python');
  if (python !== undefined) return { python };
  if (await succeeds('docker', 'info')) {
    const requirements = readFileSync(join(__dirname, 'ministack-requirements.txt'), 'utf8');
    return { image: `ministackorg/ministack:${/ministack==(\S+)/.exec(requirements)![1]}` };
  }
  throw new Error('The local AWS requires Python 3.10 or newer with the venv module (on Debian: python3-venv), or Docker. Neither was found; install one of them.');
}

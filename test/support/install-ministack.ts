import { join } from 'node:path';
import { LOCAL_DIR } from './python-tool';
import { installPythonTool } from '../../cli/local/ministack/install-python-tool';
import { imageIn, requirementsIn, starterIn } from '../../cli/local/ministack/ministack-files';
import { succeeds } from '../../cli/local/system/run-program';

/** The folder of caches of users, in the repository. */
export const CACHE_DIR = join(LOCAL_DIR, 'cache');

const FILES = join(__dirname, '..', '..', 'cli', 'local', 'ministack');

/**
 * Installs MiniStack in a virtual environment of the repository, where the command `local` finds it, too. Without Python, selects its Docker image.
 *
 * @returns the command that starts it on a port.
 * @throws Error if neither Python nor Docker is available.
 */
export async function installMiniStack(log: (line: string) => void = () => undefined): Promise<(port: number) => readonly string[]> {
  try {
    const python = await installPythonTool({
      requirements: requirementsIn(FILES), folder: join(CACHE_DIR, 'cdk-order-pipeline'), onInstalling: () => log('installing MiniStack (first run only)'),
    });
    return () => [python, starterIn(FILES)];
  } catch (error) {
    if (!await succeeds('docker', 'info')) throw error;
    // As it is: tests of HTTP APIs need Python.
    return (port) => ['docker', 'run', '--rm', '--init', '-p', `127.0.0.1:${port}:${port}`, '-e', 'GATEWAY_PORT', imageIn(FILES)];
  }
}

import { join } from 'node:path';
import { installPythonTool as install } from '../../cli/local/ministack/install-python-tool';

/** The repository's folder for local installations and run-time files; git-ignored. */
export const LOCAL_DIR = join(__dirname, '..', '..', '.local');

/** Installs a tool of Python with the requirements of `<name>-requirements.txt` in a virtual environment of the repository, once. Returns its command. */
export const installPythonTool = (name: string, command = name): Promise<string> =>
  install({ requirements: join(__dirname, `${name}-requirements.txt`), folder: LOCAL_DIR, command });

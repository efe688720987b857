import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPython } from '../../../../cli/local/ministack/find-python';

/** Runs with a PATH that has only the given commands. */
async function withCommands<T>(commands: Record<string, string>, work: () => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'commands-'));
  const path = process.env.PATH;
  for (const [name, script] of Object.entries(commands)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  process.env.PATH = folder;
  try {
    return await work();
  } finally {
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  }
}

const IS_MODULE_CHECK = 'case "$2" in *ensurepip*)';

test('selects the first Python that is new enough', async () => {
  await expect(withCommands({ 'python3': 'exit 1', 'python3.12': 'exit 0', 'python3.11': 'exit 0' }, findPython)).resolves.toBe('python3.12');
});

test('fails when there is no Python, or only an old one', async () => {
  const message = 'Python 3.10 or newer was not found on the PATH; install it from your package manager or from https://www.python.org/downloads/';
  await expect(withCommands({}, findPython)).rejects.toThrow(message);
  await expect(withCommands({ python3: 'exit 1' }, findPython)).rejects.toThrow(message);
});

test('fails when Python cannot create virtual environments with pip', async () => {
  await expect(withCommands({ python3: `${IS_MODULE_CHECK} exit 1;; esac` }, findPython))
    .rejects.toThrow('python3 has no modules venv and ensurepip (pip), which install it; on Debian and Ubuntu, install them with "sudo apt install python3-venv"');
});

import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, workFolder, type LanguageApp } from './language-app';
import { snippetsIn } from './snippets';
import { CURRENT_CDK } from './versions';
import { run } from '../../cli/local/system/run-program';

const HOME = workFolder('python');
const PYTHON = join(HOME, 'bin', 'python');
const SOURCES = join(ROOT, 'test', 'languages', 'python');

function wheel(): string {
  const folder = join(ROOT, 'dist', 'python');
  const name = existsSync(folder) && readdirSync(folder).find((file) => file.endsWith('.whl'));
  if (!name) throw new Error('dist/python has no wheel. Run "npm run package:python" first.');
  return join(folder, name);
}

const pip = (...args: string[]): Promise<string> => run(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...args]);

export const pythonApp: LanguageApp = {
  language: 'python',
  tools: [['python3', '-c', 'import venv, ensurepip']],

  async install() {
    if (!existsSync(PYTHON)) await run('python3', ['-m', 'venv', HOME]);
    await pip(`aws-cdk-lib<=${CURRENT_CDK}`, wheel());
    await pip('--force-reinstall', '--no-deps', wheel());
    const snippets = snippetsIn('python');
    for (const [index, { source }] of snippets.entries()) writeFileSync(join(HOME, `snippet_${index}.py`), source);
    await run(PYTHON, ['-m', 'py_compile', ...snippets.map((_, index) => join(HOME, `snippet_${index}.py`))]);
    const cdkVersion = await run(PYTHON, ['-c', 'from importlib.metadata import version; print(version("aws-cdk-lib"))']);
    return { cdkVersion: cdkVersion.trim(), snippets: `${snippets.length} snippets parsed` };
  },

  synthesize: (app, env) => run(PYTHON, [join(SOURCES, `${app}.py`)], { env }),
};

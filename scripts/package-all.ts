/** Packages for every language whose tools this machine has. Prints what was packaged, and what was skipped for which reason. Fails when packaging fails. */
import { spawnSync } from 'node:child_process';

/** The languages, each with the commands that its packaging needs. */
const LANGUAGES = [
  { language: 'js', tools: [['npm', '--version']] },
  { language: 'python', tools: [['python3', '--version'], ['python3', '-m', 'venv', '--help']] },
  { language: 'java', tools: [['java', '-version'], ['mvn', '--version']] },
  { language: 'dotnet', tools: [['dotnet', '--version']] },
  { language: 'go', tools: [['go', 'version']] },
] as const;

const works = ([command, ...args]: readonly string[]): boolean => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Packages for a language. Returns what became of it. */
function packageFor({ language, tools }: (typeof LANGUAGES)[number]): { language: string; result: string; failed?: boolean } {
  const missing = tools.find((tool) => !works(tool));
  if (missing) return { language, result: `skipped: "${missing.join(' ')}" does not work on this machine` };
  const { status } = spawnSync('npx', ['projen', `package:${language}`], { stdio: 'inherit' });
  return status === 0 ? { language, result: `packaged: dist/${language}` } : { language, result: `failed: exit status ${status}`, failed: true };
}

const results = LANGUAGES.map(packageFor);
for (const { language, result } of results) console.log(`${language.padEnd(8)}${result}`);
if (results.some(({ failed }) => failed)) process.exitCode = 1;

import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { javaSnippets } from './java-snippets';
import { ROOT, workFolder, type LanguageApp } from './language-app';
import { snippetsIn } from './snippets';
import { CURRENT_CDK } from './versions';
import { succeeds, run } from '../../cli/local/system/run-program';
import { capitalize } from '../../scripts/snippets/source-parts';

const HOME = workFolder('java');
const PACKAGE = join('src', 'main', 'java', 'com', 'example');
const LIBRARY = 'io.github.cdk-order-pipeline:cdk-order-pipeline';

const maven = (cdkVersion: string, ...args: string[]): Promise<string> =>
  run('mvn', ['--batch-mode', '--quiet', `-Dpackaged=${join(ROOT, 'dist', 'java')}`, `-Dcdk=${cdkVersion}`, ...args], { cwd: HOME });

/** The newest CDK up to that of the reference. Maven could find it in a range, but reads the descriptions of all versions of it, which takes minutes. */
async function availableCdk(): Promise<string> {
  const [major, minor] = CURRENT_CDK.split('.').map(Number);
  for (const version of [CURRENT_CDK, ...Array.from({ length: 5 }, (_, index) => `${major}.${minor - index - 1}.0`)]) {
    if (await succeeds('mvn', '--batch-mode', '--quiet', 'dependency:get', `-Dartifact=software.amazon.awscdk:aws-cdk-lib:${version}`)) return version;
  }
  throw new Error(`Maven has no aws-cdk-lib of the last five minor versions up to ${CURRENT_CDK}.`);
}


export const javaApp: LanguageApp = {
  language: 'java',
  tools: [['java', '-version'], ['mvn', '--version']],

  async install() {
    rmSync(HOME, { recursive: true, force: true });
    cpSync(join(ROOT, 'test', 'languages', 'java'), HOME, { recursive: true });
    const snippets = snippetsIn('java');
    writeFileSync(join(HOME, PACKAGE, 'Snippets.java'), javaSnippets(snippets));
    const cdkVersion = await availableCdk();
    // Maven keeps what it downloaded of a version, but every package of the repository has the same one.
    await maven(cdkVersion, 'dependency:purge-local-repository', `-DmanualInclude=${LIBRARY}`, '-DactTransitively=false', '-DreResolve=false');
    await maven(cdkVersion, 'compile', 'dependency:build-classpath', '-Dmdep.outputFile=classpath.txt');
    return { cdkVersion, snippets: `${snippets.length} snippets compiled` };
  },

  synthesize(app, env) {
    const classpath = [join(HOME, 'target', 'classes'), readFileSync(join(HOME, 'classpath.txt'), 'utf8').trim()].join(delimiter);
    return run('java', ['-cp', classpath, `com.example.${capitalize(app)}`], { env });
  },
};
